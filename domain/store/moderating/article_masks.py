"""Words of an article masked by a moderator, and shown again: on the version that they saw, with a reason, audited.

What is masked in an article is masked in its copies and in every version of it that is kept (store.gathering.hidden).
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.models import DISPUTE_REASONS, Article
from domain.publishing.hiding import stands_in
from domain.store import audit, outbox
from domain.store.database import Database, in_turn, now
from domain.store.gathering import hidden
from domain.store.gathering.articles import ARTICLES
from domain.store.moderating.editing import MOST_WORDS, SHORTEST_WORDS, RefusedEdit
from domain.store.moderating.moderation import Changed
from domain.store.moderating.removals import UnknownRecord
from domain.store.retagging.retag import Read
from domain.store.retagging.retag_articles import reread
from domain.text import fold


def hide_words(
    database: Database, article_id: str, version: int, words: list[str], reason: str, actor: str
) -> list[str]:
    """Mask these words wherever an article and its copies show them; return those that stand nowhere.

    `reason` is one of models.DISPUTE_REASONS. Raises UnknownRecord, Changed, RefusedEdit (nothing, short, not_found,
    many, reason).
    """
    wanted = _checked(words, reason)
    with database.writing() as session:
        article = _locked(session, article_id, version)
        family = _family(session, article)
        masked = hidden.joined(one.hidden_words for one in family)
        texts = "\n".join(text for one in family for text in hidden.texts_before_masks(one))
        standing = stands_in(texts, wanted)
        fresh = [word for word in standing if word not in masked]
        if not fresh:
            raise RefusedEdit("not_found")
        if len(masked) + len(fresh) > MOST_WORDS:
            raise RefusedEdit("many")
        for one in family:
            hidden.put_on(one, [*masked, *fresh])
            _changed(session, one, actor, "article.masked", reason=reason, masks=len(fresh))
        return [word for word in wanted if word not in standing]


def show_words(
    database: Database, read: Read, article_id: str, version: int, words: list[str], reason: str, actor: str
) -> None:
    """Show words again that were masked, with all that is tagged in them; other masks stay.

    Raises UnknownRecord, Changed, RefusedEdit (not_found, reason).
    """
    if reason not in DISPUTE_REASONS:
        raise RefusedEdit("reason")
    with database.writing() as session:
        article = _locked(session, article_id, version)
        lifted = set(words) & set(article.hidden_words)
        if not lifted:
            raise RefusedEdit("not_found")
        for one in _family(session, article):
            hidden.put_on(one, [word for word in one.hidden_words if word not in lifted])
            session.flush()
            reread(session, one, read)
            _changed(session, one, actor, "article.unmasked", reason=reason, masks=len(lifted))


def _checked(words: list[str], reason: str) -> list[str]:
    wanted = list(dict.fromkeys(word.strip() for word in words if word.strip()))
    if not wanted:
        raise RefusedEdit("nothing")
    if any(len(fold(word).strip()) < SHORTEST_WORDS for word in wanted):
        raise RefusedEdit("short")
    if len(wanted) > MOST_WORDS:
        raise RefusedEdit("many")
    if reason not in DISPUTE_REASONS:
        raise RefusedEdit("reason")
    return wanted


def _locked(session: Session, article_id: str, version: int) -> Article:
    # A crawler that brings the next version at this moment sees the mask, or is seen.
    in_turn(session, ARTICLES)
    article = session.scalar(select(Article).where(Article.id == article_id).with_for_update())
    if article is None:
        raise UnknownRecord(article_id)
    if article.version != version:
        raise Changed(article_id)
    return article


def _family(session: Session, article: Article) -> list[Article]:
    """Return an article with its copies, and with those of the same text that are too short to be counted as copies."""
    family = hidden.family_of(article)
    same = session.scalars(select(Article).where(Article.content_hash.in_({one.content_hash for one in family})))
    return list(dict.fromkeys([*family, *same]))


def _changed(session: Session, article: Article, actor: str, action: str, **details: object) -> None:
    article.version += 1
    article.updated_at = now()
    outbox.announce(session, article.id)
    # How many and not which: the log holds no private data.
    audit.note(session, actor, action, article.id, **details)
