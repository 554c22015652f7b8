"""Masks, tags and lenders of a complaint, edited on its text; files released or taken back."""

from collections.abc import Callable
from itertools import chain
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from domain.evidence.sealing import Unreadable
from domain.store import audit
from domain.store.intake import evidence
from domain.store.intake.complaints import UnknownComplaint
from domain.store.moderating import editing, releasing
from domain.store.moderating.editing import RefusedEdit, TagEdit
from domain.store.moderating.moderation import Changed
from webapp.published.evidence import answer
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.moderation import complaint_page, texts
from webapp.staff.moderation.decisions import seen_version
from webapp.staff.moderation.queue import FILTERS, asked_for, pairs_of

blueprint = Blueprint("staff_edits", __name__, url_prefix="/staff/queue")


@blueprint.post("/<complaint_id>/masks")
@allows("moderator", "admin")
@takes("version", "step", "words", "sentence", "place", *FILTERS, "csrf_token")
def masks(complaint_id: str) -> AnyResponse:
    """Mask what was selected, typed or ticked; or lift one mask."""
    lifts = request.form.get("step") == "lift"
    return edit(complaint_id, (lambda: lift(complaint_id)) if lifts else (lambda: hide(complaint_id)),
                "unmasked" if lifts else "masked", "text")  # fmt: skip


@blueprint.post("/<complaint_id>/tags")
@allows("moderator", "admin")
@takes("version", "step", "tag", "code", "assertion", "counted", "passage", *FILTERS, "csrf_token")
def tags(complaint_id: str) -> AnyResponse:
    """Add a tag, change one, or take one away."""
    pk, step, actor = request.form.get("tag", 0, type=int), request.form.get("step"), guard.account().actor
    wanted = TagEdit(
        request.form.get("code", ""), request.form.get("assertion", ""), bool(request.form.get("counted")),
        request.form.get("passage", "").replace("\r\n", "\n"),
    )  # fmt: skip
    database, version = services().database, seen_version()
    deeds: dict[str | None, Callable[[], None]] = {
        "remove": lambda: editing.remove_tag(database, complaint_id, version, pk, actor),
        "change": lambda: editing.change_tag(database, complaint_id, version, pk, wanted, actor),
    }
    add = lambda: editing.add_tag(database, complaint_id, version, wanted, actor)  # noqa: E731
    return edit(complaint_id, deeds.get(step, add), "tagged", "tags")


@blueprint.post("/<complaint_id>/lender")
@allows("moderator", "admin")
@takes("version", "named", "part", *FILTERS, "csrf_token")
def lender(complaint_id: str) -> AnyResponse:
    """Say which lender of the registry it is about, or which firm collected."""
    named = request.form.get("named", "").strip()
    slug = named if named in services().lender_names else services().reader.resolve_lender(named) or ""
    return edit(
        complaint_id,
        lambda: editing.set_lender(
            services().database, complaint_id, seen_version(), slug, guard.account().actor,
            collector=request.form.get("part") == "collector",
        ),
        "lender_set", "facts",
    )  # fmt: skip


@blueprint.get("/<complaint_id>/evidence/<int:number>")
@allows("moderator", "admin")
def file(complaint_id: str, number: int) -> AnyResponse:
    """Send the stripped copy of a file to a moderator; each look is noted."""
    files = evidence.files_of(services().database, complaint_page.complaint_or_404(complaint_id).id)
    found = next((one for one in files if one.number == number), None)
    if found is None:
        abort(404)
    audit.note_alone(services().database, guard.account().actor, "evidence.seen", complaint_id, file=number)
    try:
        content = services().vault.read(found.copy)
        first = next(content, b"")
    except Unreadable:
        abort(404)
    return answer(found, chain((first,), content))


@blueprint.post("/<complaint_id>/evidence/<int:number>")
@allows("moderator", "admin")
@takes("version", "step", *FILTERS, "csrf_token")
def release(complaint_id: str, number: int) -> AnyResponse:
    """Let readers see a file, or show it to them no more."""
    step = releasing.take_back if request.form.get("step") == "take_back" else releasing.release
    complaint_page.complaint_or_404(complaint_id)
    try:
        step(services().database, complaint_id, number, seen_version(), guard.account().actor)
    except (Changed, UnknownComplaint):
        return complaint_page.changed(complaint_id)
    except evidence.UnknownFile:
        abort(404)
    return back(complaint_id, "evidence", "evidence")


def hide(complaint_id: str) -> int:
    """Mask words; return how many of them stand nowhere."""
    complaint = complaint_page.complaint_or_404(complaint_id)
    ticked = set(request.form.getlist("sentence", type=int))
    found = [one.mask for one in complaint_page.shown_masks(complaint)]
    words = [
        word for one in texts.sentences(complaint.public_text, found) if one.number in ticked for word in one.words
    ]
    words += request.form.get("words", "").splitlines()
    reader, actor = services().reader, guard.account().actor
    return len(editing.hide_words(services().database, reader.read, complaint_id, seen_version(), words, actor))


def lift(complaint_id: str) -> None:
    """Lift the mask at a place of the original."""
    start, _, end = request.form.get("place", "").partition("-")
    if not (start.isdigit() and end.isdigit()):
        raise RefusedEdit("not_found")
    place, reader, actor = (int(start), int(end)), services().reader, guard.account().actor
    editing.lift_mask(services().database, reader.read, complaint_id, seen_version(), place, actor)


def edit(complaint_id: str, deed: Callable[[], int | None], done: str, anchor: str) -> AnyResponse:
    """Make a change and come back to the page; tell who saw an old one."""
    try:
        missing = deed()
    except (Changed, UnknownComplaint):
        return complaint_page.changed(complaint_id)
    except RefusedEdit as refusal:
        return complaint_page.show(complaint_id, refusal.code)
    return back(complaint_id, done, anchor, missing or 0)


def back(complaint_id: str, done: str, anchor: str, missing: int = 0) -> AnyResponse:
    """Lead back to the complaint with what was done; the words themselves stand in no address."""
    told = [("as", done), *([("missing", str(missing))] if missing else [])]
    query = urlencode([*pairs_of(asked_for(request.form)), *told])
    return redirect(f"/staff/queue/{complaint_id}?{query}#{anchor}", 303)
