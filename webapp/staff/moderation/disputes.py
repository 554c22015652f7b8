"""Disputes: read, and decided with a reason for everybody; each decision can be turned back."""

import re

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from domain.models import DISPUTE_REASONS, Article, Complaint
from domain.moderation import settling
from domain.moderation.settling import NoteMissing, NoteQuotes
from domain.store import records
from domain.store.moderating import disputes, removals
from domain.store.moderating.removals import DisputeChanged, NotPossible, Settlement, UnknownRecord
from webapp.searching.cards import title_of
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.moderation import articles, moderation_words

# A record's number as it is, or at the end of its address.
RECORD = re.compile(r"(?:^|/records/)([ac][0-9a-z]{12})$")
blueprint = Blueprint("staff_disputes", __name__, url_prefix="/staff/disputes")


@blueprint.get("")
@allows("reader", "moderator", "admin")
@takes("as", "record")
def overview() -> AnyResponse | str:
    """List the disputes that wait, and what was decided last; or lead to the record that was asked for."""
    if asked := RECORD.search(request.args.get("record", "").strip()):
        return redirect(f"/staff/disputes/records/{asked[1]}")
    waiting = settling.opened(services().keys, disputes.waiting(services().database))
    decided = removals.log(services().database, 30)
    return render_template(
        "staff/moderation/disputes.html", waiting=waiting, decided=decided, words_of=moderation_words,
        decides=guard.account().role in ("moderator", "admin"),
    )  # fmt: skip


@blueprint.get("/records/<record_id>")
@allows("reader", "moderator", "admin")
def record(record_id: str) -> Response:
    """Show a record with its disputes and with what was decided on it."""
    return page(record_id)


@blueprint.post("/records/<record_id>")
@allows("moderator", "admin")
@takes("action", "reason", "note", "dispute", "version", "csrf_token")
def settle(record_id: str) -> AnyResponse:
    """Keep the record, say that it was corrected, take it down, or restore it."""
    settled = Settlement(
        request.form.get("action", ""), request.form.get("reason", ""), request.form.get("note", ""),
        request.form.get("dispute", ""), request.form.get("version", 0, type=int),
    )  # fmt: skip
    try:
        settling.settle(services().database, services().reader, record_id, settled, guard.account().actor)
    except UnknownRecord:
        abort(404)
    except NoteMissing:
        return page(record_id, "note")
    except NoteQuotes:
        return page(record_id, "quotes")
    except NotPossible:
        return page(record_id, "state", 409)
    except DisputeChanged:
        return page(record_id, "changed", 409)
    return redirect("/staff/disputes?as=dispute", 303)


def page(record_id: str, refused: str = "", status: int = 0) -> Response:
    """Show the page of a record, with what was refused."""
    found = records.get(services().database, record_id)
    if found is None or found.status == "withdrawn":
        abort(404)
    down = removals.stands_taken_down(services().database, record_id)
    shown = render_template(
        "staff/moderation/dispute.html", record=found, title=title_of(found), is_public=records.is_public(found),
        is_complaint=isinstance(found, Complaint), down=down, reasons=DISPUTE_REASONS,
        disputes=settling.opened(services().keys, disputes.of_record(services().database, record_id)),
        decided=removals.of_record(services().database, record_id), words_of=moderation_words,
        refusal=moderation_words.REFUSALS.get(refused, ""), form=request.form,
        pieces=articles.pieces_of(found) if isinstance(found, Article) else [],
        decides=guard.account().role in ("moderator", "admin"),
    )  # fmt: skip
    return make_response(shown, status or (400 if refused else 200))
