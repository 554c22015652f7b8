"""What a representative sees: the published records about their own lender, and their replies. Nothing else."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from domain.publishing import published
from domain.store.moderating import replies
from domain.store.moderating.replies import NotTheirs, NotVerified, TooManyReplies, UnknownReply
from domain.store.staff import representatives
from webapp.searching.cards import title_of
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.moderation import moderation_words

blueprint = Blueprint("staff_representation", __name__, url_prefix="/staff/records")
PAGE = 25
LONGEST = 4000


@blueprint.get("")
@allows("representative")
@takes("before")
def overview() -> str:
    """List the published complaints about the representative's lender."""
    who = guard.account()
    found = replies.public_records_of(
        services().database, who.lender_pk or 0, PAGE + 1, request.args.get("before", type=int)
    )
    return render_template(
        "staff/moderation/own_records.html", records=found[:PAGE], title_of=title_of, published=published,
        check=representatives.check_of(services().database, who.pk), lender=who.lender,
        older=found[PAGE - 1].pk if len(found) > PAGE else None,
    )  # fmt: skip


@blueprint.get("/<complaint_id>")
@allows("representative")
def record(complaint_id: str) -> Response:
    """Show one published complaint about the representative's lender."""
    return page(complaint_id)


@blueprint.post("/<complaint_id>")
@allows("representative")
@takes("text", "csrf_token")
def reply(complaint_id: str) -> AnyResponse:
    """Keep a reply for the moderators."""
    who, text = guard.account(), request.form.get("text", "").replace("\0", "").strip()
    if not text or len(text) > LONGEST:
        return page(complaint_id, "words")
    try:
        replies.add(services().database, services().reader.read, who.pk, who.lender_pk or 0, complaint_id, text)
    except NotTheirs:
        abort(404)
    except NotVerified:
        return page(complaint_id, "verified", 403)
    except TooManyReplies:
        return page(complaint_id, "replies", 409)
    return redirect(f"/staff/records/{complaint_id}", 303)


@blueprint.post("/<complaint_id>/<reply_id>/take-back")
@allows("representative")
@takes("csrf_token")
def take_back(complaint_id: str, reply_id: str) -> AnyResponse:
    """Take one's own reply back."""
    try:
        replies.take_back(services().database, guard.account().pk, reply_id)
    except UnknownReply:
        abort(404)
    return redirect(f"/staff/records/{complaint_id}", 303)


def page(complaint_id: str, refused: str = "", status: int = 0) -> Response:
    """Show a record with the lender's replies; what is not the lender's is not found."""
    who = guard.account()
    try:
        found = replies.public_record_of(services().database, who.lender_pk or 0, complaint_id)
    except NotTheirs:
        abort(404)
    shown = render_template(
        "staff/moderation/own_record.html", record=found, title=title_of(found), published=published,
        replies=replies.replies_to(services().database, complaint_id, who.lender_pk or 0),
        check=representatives.check_of(services().database, who.pk), words_of=moderation_words,
        refusal=moderation_words.REFUSALS.get(refused, ""), form=request.form, own=who.pk,
    )  # fmt: skip
    return make_response(shown, status or (400 if refused else 200))
