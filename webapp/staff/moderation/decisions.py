"""One complaint before a moderator: read it, decide on it; then the next one opens."""

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from domain.moderation import moderating
from domain.moderation.moderating import ReasonMissing
from domain.store.intake.complaints import UnknownComplaint, WrongState
from domain.store.intake.messages import TooManyLetters
from domain.store.moderating.moderation import Changed
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.moderation import complaint_page, moderation_words
from webapp.staff.moderation.queue import FILTERS, asked_for, open_next

blueprint = Blueprint("staff_decisions", __name__, url_prefix="/staff/queue")


@blueprint.get("/<complaint_id>")
@allows("reader", "moderator", "admin")
@takes(*FILTERS, "done", "as", "missing")
def complaint(complaint_id: str) -> Response:
    """Show a complaint with all that was found in it."""
    return complaint_page.show(complaint_id)


@blueprint.post("/<complaint_id>/decision")
@allows("moderator", "admin")
@takes("version", "decision", "reason", "words", *FILTERS, "csrf_token")
def decide(complaint_id: str) -> AnyResponse:
    """Decide, and open the next one."""
    decision = request.form.get("decision", "")
    try:
        moderating.decide(
            services().database, services().keys, complaint_id, seen_version(), decision,
            request.form.get(f"reason-{decision}", request.form.get("reason", "")), request.form.get("words", ""),
            guard.account().actor,
        )  # fmt: skip
    except (Changed, UnknownComplaint):
        return complaint_page.changed(complaint_id)
    except ReasonMissing:
        return complaint_page.show(complaint_id, "reason")
    except WrongState:
        return complaint_page.show(complaint_id, "state", 409)
    except TooManyLetters:
        return complaint_page.show(complaint_id, "letters", 409)
    return open_next(asked_for(request.form), done=complaint_id, **{"as": decision})


@blueprint.post("/<complaint_id>/original")
@allows("moderator", "admin")
@takes("reason", "csrf_token")
def original(complaint_id: str) -> Response:
    """Show what was typed, once it is noted who looks and why."""
    complaint_page.complaint_or_404(complaint_id)
    try:
        seen = moderating.look_at_original(
            services().database, services().keys, complaint_id, request.form.get("reason", ""), guard.account().actor
        )
    except ReasonMissing:
        return complaint_page.show(complaint_id, "reason")
    except UnknownComplaint:
        return complaint_page.changed(complaint_id)
    page = render_template(
        "staff/moderation/original.html", seen=seen, complaint_id=complaint_id, words_of=moderation_words
    )
    return make_response(page)


def seen_version() -> int:
    """Return the version that the form was made for; 0, which none has, where it can't be read."""
    return request.form.get("version", 0, type=int)
