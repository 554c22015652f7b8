"""Filing a complaint: one group of questions a page, the check of what would be published, the receipt."""

import re
import time

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for

from domain.evidence.vault import Prepared
from domain.filings.filing import file_complaint, keep_filing
from domain.store import StoreUnavailable
from domain.store.intake.complaints import Filed, Filing, IdempotencyConflict
from webapp.filing import draft_files, drafts, limits, previews, receipt_page, step_pages, two_tabs
from webapp.filing.drafts import OpenDraft
from webapp.filing.limits import ProofNeeded
from webapp.filing.uploads import files_have_come
from webapp.forms.answers import answers_in, given_twice, without_empty_rows, without_rows
from webapp.forms.filing import Incomplete, StepForm, has_valid_token, whole_filing
from webapp.forms.steps import CHECK, EVIDENCE, MOST_ROWS, STEPS, WRITER, Step, neighbour
from webapp.shell.leaving import has_left, start_anew
from webapp.shell.routes import takes
from webapp.shell.security import never_store
from webapp.shell.services import services

blueprint = Blueprint("complaints", __name__)
# The pages check their token themselves: a stale one must give the text back, which the general refusal does not.
blueprint.handles_csrf_itself = True  # type: ignore[attr-defined]

DRAFT_ID = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
# Nobody reads the pages and fills them in in three seconds; who does is asked once more, and nothing is lost.
QUICKEST_SECONDS = 3.0
FILE_BUTTON = re.compile(r"remove-file-([0-9])", re.ASCII)
ROW_BUTTON = re.compile(r"(add|remove)-(events|scripts|threats)(?:-([0-7]))?", re.ASCII)
EVERY_FIELD = tuple(dict.fromkeys(field for step in STEPS.values() for field in step.fields))


@blueprint.before_request
def keep_nothing() -> None:
    """Let no cache on the way, and no browser, keep what is typed here."""
    never_store()


@blueprint.get("/complaints/new")
@takes("lender")
def new() -> Response:
    """Show the first page; `?lender=` fills in a lender of the registry. Nothing is kept yet."""
    lender = services().names_of_lender(request.args.get("lender", ""))
    answers = {"lender": previews.in_language(lender)} if lender else {}
    return step_pages.show(None, StepForm(WRITER, answers))


@blueprint.post("/complaints/new")
@takes("csrf_token", "carried", "go", *WRITER.fields)
def begin() -> Response:
    """Start a draft with the answer of the first page."""
    drafts.sweep_now_and_then()
    return start_anew(_take(drafts.carried_in(request.form.get("carried")) or drafts.fresh(), WRITER))


@blueprint.get("/complaints/new/<draft_id>/<name>")
@takes("then", "again")
def page(draft_id: str, name: str) -> Response:
    """Show a page with what was typed on it; a draft that is gone is said to be gone."""
    step = _step(draft_id, name)
    opened = drafts.stored(draft_id)
    if opened is None:
        return redirect(url_for("leaving.calendar")) if has_left() else step_pages.show_gone()  # type: ignore[return-value]
    form = StepForm(step, opened.draft.answers)
    if "again" in request.args:
        form.check()
        form.errors |= step_pages.refused_files(opened.draft.answers) if step is EVIDENCE else {}
    try:
        return step_pages.show(opened, form, 400 if form.errors else 200)
    except Incomplete as missing:
        return _go_to(opened, missing.step, again=1)


@blueprint.post("/complaints/new/<draft_id>/<name>")
@takes("csrf_token", "carried", "go", "confirmed", "proof", "then", "files", two_tabs.FIELD, *EVERY_FIELD)
def take(draft_id: str, name: str) -> Response:
    """Keep what a page says and go where its button leads: on, back, to another language, into the store."""
    step = _step(draft_id, name)
    if step is EVIDENCE and not files_have_come():
        return _say_that_the_disk_is_full(draft_id)
    with drafts.folder().held(draft_id):
        opened = drafts.stored(draft_id)
        if opened is not None and two_tabs.is_outdated(opened.draft, step):
            return _take_beside(opened, step)
        return _take(opened or drafts.carried_in(request.form.get("carried")) or drafts.fresh(), step)


def _say_that_the_disk_is_full(draft_id: str) -> Response:
    """Show the page for files again; what was typed before lies in the draft."""
    opened = drafts.stored(draft_id)
    if opened is None:
        raise StoreUnavailable("evidence: no room for what was sent")
    return step_pages.show_in_place(opened, EVIDENCE, 503, notice="not_kept")


def _take_beside(opened: OpenDraft, step: Step) -> Response:
    """Take a page that another tab has changed meanwhile: neither tab's words are replaced unseen."""
    kept = opened.draft
    if step is CHECK and request.form.get("go") == "send":
        opened = opened.now_with(two_tabs.with_masks_of_both(kept))
        try:
            return step_pages.show_in_place(opened, step, 409, "changed")
        except Incomplete as missing:  # the other tab took away what is needed
            return _go_to(opened.saved(), missing.step, again=1)
    if step is not CHECK and two_tabs.differs(kept, step):
        others = two_tabs.other_answers(kept, step)
        sent = opened.now_with(kept.with_answers(answers_in(request.form, step)))
        return step_pages.show(sent, StepForm(step, sent.draft.answers), 409, "two_tabs", others)
    return _go_on(opened.now_with(two_tabs.with_masks_of_both(kept)) if step is CHECK else opened, step)


def _take(opened: OpenDraft, step: Step) -> Response:
    return _go_on(opened.now_with(opened.draft.with_answers(answers_in(request.form, step))), step)


def _go_on(opened: OpenDraft, step: Step) -> Response:
    """Do what the page's button asks for with what was typed on it."""
    go = request.form.get("go", "on")
    is_ours = has_valid_token(request.form.get("csrf_token"))
    try:
        if not is_ours:
            return step_pages.show_in_place(opened, step, 400, notice="stale")
        if step is CHECK and go == "send":
            return _send(opened)
        if step is EVIDENCE:
            return _take_files(opened, go)
        return _step_on(opened, step, go)
    except Incomplete as missing:  # the check was to be shown, of a form that is not whole
        form = StepForm(missing.step, opened.draft.answers)
        form.check()
        return step_pages.show(opened, form, 400, notice="" if is_ours else "stale")
    except StoreUnavailable:
        return step_pages.show_not_kept(opened, step, go)
    except OSError:
        return step_pages.show_in_place(opened, step, 503, notice="not_kept")


def _step_on(opened: OpenDraft, step: Step, go: str) -> Response:
    """Save the page and go on; what is refused is named on the page itself."""
    if go == "on":
        opened = opened.now_with(opened.draft.with_answers(without_empty_rows(opened.draft.answers, step)))
        form, twice = StepForm(step, opened.draft.answers), given_twice(request.form, step)
        if not form.check(twice):
            # By its address and not in the answer: of that a browser keeps nothing, and whoever went back over it later
            # was asked whether to send the form again, or saw a page of the browser's own (ERR_CACHE_MISS).
            return step_pages.show(opened.saved(), form, 400) if twice else _go_to(opened.saved(), step, again=1)
        target = CHECK if request.args.get("then") == "check" else neighbour(opened.draft.answers, step, 1)
        return _go_to(opened.saved(), target)
    if (button := ROW_BUTTON.fullmatch(go)) is not None:
        opened = _with_rows(opened, *button.groups()).saved()
        last = len(opened.draft.answers.get(button[2], [])) - 1
        return _go_to(opened, step, _anchor=f"{button[2]}-{max(0, last)}-heading")
    return _go_to(opened.saved(), neighbour(opened.draft.answers, step, -1) if go == "back" else step)


def _take_files(opened: OpenDraft, go: str) -> Response:
    """Take files into the draft, or out of it. One that is refused is named; the others and the text are kept."""
    opened, uploads = draft_files.take_in(opened)
    if (button := FILE_BUTTON.fullmatch(go)) is not None:
        opened = draft_files.take_out(opened, int(button[1]))
    # Named until the page is sent again, by its address as what else is refused.
    opened = opened.now_with(opened.draft.with_answers({"files_refused": uploads.refused}))
    return _go_to(opened.saved(), EVIDENCE, again=1) if uploads.refused else _step_on(opened, EVIDENCE, go)


def _send(opened: OpenDraft) -> Response:
    """Keep the complaint, and only then show its receipt. The same draft sent twice is one complaint."""
    try:
        filing = whole_filing(opened.draft.answers, is_sent=True)
    except Incomplete as missing:
        return _go_to(opened.saved(), missing.step, again=1)
    if _looks_like_a_program(opened) and not request.form.get("confirmed"):
        return step_pages.show_in_place(opened, CHECK, 200, notice="confirm")
    try:
        with limits.one_form(request.form.get("proof", "")), draft_files.carried_over(opened) as (files, kept):
            filed = _keep(filing, f"form:{opened.draft.key}", files)
            kept += files if filed.is_new else ()
    except ProofNeeded as needed:
        return step_pages.show_busy(opened, needed)
    except IdempotencyConflict:
        return step_pages.show_in_place(opened.now_with(opened.draft.with_new_key()), CHECK, 409, notice="already_sent")
    return opened.discard_after(receipt_page.show(filed, bool(filing.threats)))


def _keep(filing: Filing, key: str, files: tuple[Prepared, ...]) -> Filed:
    """Keep what is sent. Files belong to a complaint that is there already, and have taken longer than its reading."""
    if files:
        return file_complaint(services().database, services().reader, services().keys, filing, key, files=files)
    return keep_filing(services().database, services().keys, filing, key)


def _looks_like_a_program(opened: OpenDraft) -> bool:
    """Tell whether the field that no person sees was filled in, or all of it in less time than anybody needs."""
    return bool(opened.draft.answers.get("website")) or time.time() - opened.draft.started < QUICKEST_SECONDS


def _with_rows(opened: OpenDraft, what: str, name: str, number: str | None) -> OpenDraft:
    answers = opened.draft.answers
    if what == "add":
        rows = [*(answers.get(name) or [{}]), {}]
        return opened.now_with(opened.draft.with_answers({name: rows[:MOST_ROWS]}))
    return opened.now_with(opened.draft.with_answers(without_rows(answers, name, {int(number or 0)})))


def _go_to(opened: OpenDraft, step: Step, **more: str | int) -> Response:
    then = request.args.get("then") if step is not CHECK else None
    address = url_for("complaints.page", draft_id=opened.id, name=step.name, then=then, **more)  # type: ignore[arg-type]
    return drafts.remember(make_response(redirect(address, 303)), opened)


def _step(draft_id: str, name: str) -> Step:
    if not DRAFT_ID.fullmatch(draft_id) or name not in STEPS:
        abort(404)
    return STEPS[name]
