"""Replies of lenders before they are shown: read, masked, published or refused."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from domain.store.moderating import replies
from domain.store.moderating.replies import ReplyChanged, UnknownReply
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.moderation import moderation_words

blueprint = Blueprint("staff_replies", __name__, url_prefix="/staff/replies")


@blueprint.get("")
@allows("reader", "moderator", "admin")
@takes("as")
def overview() -> Response:
    """List the replies that wait, and those decided last."""
    return page()


@blueprint.post("/<reply_id>")
@allows("moderator", "admin")
@takes("version", "decision", "reason", "words", "csrf_token")
def decide(reply_id: str) -> AnyResponse:
    """Publish a reply, refuse it, or mask more of it."""
    database, version, actor = services().database, request.form.get("version", 0, type=int), guard.account().actor
    decision, reason = request.form.get("decision", ""), request.form.get("reason", "").strip()[:1000]
    if replies.get(database, reply_id) is None:
        abort(404)
    if decision not in ("published", "rejected", "mask"):
        abort(400)
    if decision == "rejected" and not reason:
        return page("reason")
    try:
        if decision == "mask":
            words = [word.strip() for word in request.form.get("words", "").splitlines() if len(word.strip()) > 1]
            replies.mask(database, services().reader.read, reply_id, version, words, actor)
        else:
            replies.decide(database, reply_id, version, decision, reason, actor)
    except (ReplyChanged, UnknownReply):
        return page("changed", 409)
    return redirect("/staff/replies?as=reply", 303)


def page(refused: str = "", status: int = 0) -> Response:
    """Show the replies, with what was refused."""
    shown = render_template(
        "staff/moderation/replies.html", waiting=replies.waiting(services().database),
        decided=replies.decided(services().database), words_of=moderation_words,
        refusal=moderation_words.REFUSALS.get(refused, ""), decides=guard.account().role in ("moderator", "admin"),
    )  # fmt: skip
    return make_response(shown, status or (400 if refused else 200))
