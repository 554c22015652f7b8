"""An article as moderators see it: words masked on its text, and shown again."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from domain.models import DISPUTE_REASONS, Article
from domain.publishing.hiding import mask_places
from domain.store import audit, records
from domain.store.moderating import article_masks
from domain.store.moderating.editing import RefusedEdit
from domain.store.moderating.moderation import Changed
from domain.store.moderating.removals import UnknownRecord
from webapp.published.records import versions_of
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.moderation import moderation_words, texts
from webapp.staff.moderation.decisions import seen_version

blueprint = Blueprint("staff_articles", __name__, url_prefix="/staff/articles")


@blueprint.get("/<article_id>")
@allows("reader", "moderator", "admin")
@takes("as", "missing")
def article(article_id: str) -> Response:
    """Show an article with its masks and its earlier versions."""
    return page(article_id)


@blueprint.post("/<article_id>/masks")
@allows("moderator", "admin")
@takes("version", "step", "words", "reason", "csrf_token")
def masks(article_id: str) -> AnyResponse:
    """Mask words that were selected or typed, or show one again."""
    lifts = request.form.get("step") == "lift"
    try:
        missing = lift(article_id) if lifts else hide(article_id)
    except UnknownRecord:
        abort(404)
    except Changed:
        return page(article_id, "changed", 409)
    except RefusedEdit as refusal:
        return page(article_id, "why" if refusal.code == "reason" else refusal.code)
    told = f"?as={'unmasked' if lifts else 'masked'}{f'&missing={missing}' if missing else ''}"
    return redirect(f"/staff/articles/{article_id}{told}#text", 303)


def hide(article_id: str) -> int:
    """Mask words; return how many of them stand nowhere."""
    wanted, reason = request.form.get("words", "").splitlines(), request.form.get("reason", "")
    return len(
        article_masks.hide_words(
            services().database, article_id, seen_version(), wanted, reason, guard.account().actor
        )
    )  # fmt: skip


def lift(article_id: str) -> int:
    """Show words again."""
    wanted, reason = request.form.getlist("words"), request.form.get("reason", "")
    article_masks.show_words(
        services().database, services().reader.read, article_id, seen_version(), wanted, reason, guard.account().actor
    )
    return 0


def page(article_id: str, refused: str = "", status: int = 0) -> Response:
    """Show the page of an article, with what was refused."""
    found = records.get(services().database, article_id)
    if not isinstance(found, Article):
        abort(404)
    shown = render_template(
        "staff/moderation/article.html", record=found, pieces=pieces_of(found), refused=refused, form=request.form,
        refusal=moderation_words.REFUSALS.get(refused, ""), versions=versions_of(found),
        reasons=DISPUTE_REASONS, words_of=moderation_words, decides=guard.account().role in ("moderator", "admin"),
        events=audit.events_of(services().database, article_id)[-1:], is_public=records.is_public(found)
    )  # fmt: skip
    return make_response(shown, status or (400 if refused else 200))


def pieces_of(found: Article) -> list[texts.Piece]:
    """Return an article's text cut at its masks."""
    places = enumerate(mask_places(found.public_text), start=1)
    return texts.pieces(found.public_text, [texts.Mark(*place, mask=number) for number, place in places])
