"""Articles read again, from their stored text: tags, relevance, copies."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from domain.models import Article, LenderMention
from domain.publishing.hiding import hide_in_reading
from domain.readings import Reading
from domain.store.database import Database
from domain.store.gathering import copies, hidden
from domain.store.gathering.articles import content_hash_of
from domain.store.gathering.hidden import text_before_masks
from domain.store.retagging.as_read import as_read, text_hash
from domain.store.retagging.retag import Counts, Read, is_edited, keep_note, move_kept, replace_tags, touch

# Texts that nobody sees any more are left as they are.
OF_NO_USE = ("gone", "taken_down")


def retag_articles(database: Database, read: Read, after: int, batch: int, counts: Counts) -> int | None:
    """Read the next `batch` articles after row `after` again, from their stored text; else as `retag_complaints`."""
    with database.writing() as session:
        query = select(Article).where(Article.pk > after, Article.status.not_in(OF_NO_USE))
        rows = list(
            session.scalars(
                query.options(
                    selectinload(Article.lender_mentions).joinedload(LenderMention.lender),
                    selectinload(Article.tactic_mentions),
                ).order_by(Article.pk).limit(batch).with_for_update(of=Article)
            )
        )  # fmt: skip
        for article in rows:
            counts.read += 1
            if _reread_article(session, article, read, counts):
                touch(session, article, "article.retagged", counts)
    return rows[-1].pk if rows else None


def _reread_article(session: Session, article: Article, read: Read, counts: Counts) -> bool:
    counts.moderated += is_edited((article.as_read or {}).get("text"), text_before_masks(article))
    changed, relevant = reread(session, article, read)
    turned = _turn(article, relevant, counts)
    changed |= _part(article, counts)
    if turned or changed or not _has_keys(session, article):
        changed |= _fold(session, article, counts)
    return changed or turned


def reread(session: Session, article: Article, read: Read) -> tuple[bool, bool]:
    """Read an article's stored text again; return whether what is shown of it changed, and whether it is relevant.

    The text is read as it is without moderators' masks, and what is found is shown with them.
    """
    before, noted = hidden.before_masks(article), article.as_read or {}
    reading = read(before["text"], kind="article")
    moderated = is_edited(noted.get("text"), before["text"])
    changed = not moderated and reading.public_text != before["text"]
    if changed:
        read_now = {"text": reading.public_text, "gaps": _moved(before["gaps"], reading)}
        article.content_hash = content_hash_of(reading.public_text)
        hidden.show(article, before | read_now)
        move_kept(article)
    shown = hide_in_reading(reading, article.hidden_words) if article.hidden_words else reading
    changed |= replace_tags(session, article, shown, may_count=False)
    kept = noted["text"] if moderated else text_hash(reading.public_text)
    keep_note(article, as_read(shown) | {"text": kept})
    return changed, reading.relevant


def _turn(article: Article, relevant: bool, counts: Counts) -> bool:
    """Take an article out of sight, or into it, as its text is now found to be on the subject or not."""
    if article.status == "indexed" and not relevant:
        article.status = "irrelevant"
        counts.turned_irrelevant += 1
        return True
    if article.status == "irrelevant" and relevant:
        article.status = "indexed"
        counts.turned_relevant += 1
        return True
    return False


def _fold(session: Session, article: Article, counts: Counts) -> bool:
    """Look for the first of an article's text again; return whether it became a copy or ceased to be one."""
    before = article.status
    session.flush()
    if article.status == "irrelevant":
        copies.release(session, article)
        return False
    if article.status == "indexed" and not copies.is_too_short(article.form, text_before_masks(article)):
        text = copies.told(article.pk, article.content_hash, text_before_masks(article))
        copies.fold(session, article, copies.find_first(session, text))
        counts.folded += article.status == "duplicate_of"
    return article.status != before


def _has_keys(session: Session, article: Article) -> bool:
    return article.status != "indexed" or copies.has_its_keys(session, article)


def _part(article: Article, counts: Counts) -> bool:
    """Let a near copy stand for itself that is found to be none; its first is looked for again."""
    if article.status != "duplicate_of" or article.duplicate_how != "near" or copies.tells_its_first_again(article):
        return False
    article.duplicate_of, article.duplicate_how, article.status = None, None, "indexed"
    counts.parted += 1
    return True


def _moved(gaps: Sequence[dict[str, Any]], reading: Reading) -> list[dict[str, Any]]:
    """Move the gaps of an article to where they stand once masks were put before them; a masked one is gone."""
    moved = []
    for gap in gaps:
        position = gap["position"]
        if any(mask.original_start <= position < mask.original_end for mask in reading.masks):
            continue
        before = [mask for mask in reading.masks if mask.original_end <= position]
        shift = sum(mask.end - mask.start - (mask.original_end - mask.original_start) for mask in before)
        moved.append(gap | {"position": position + shift})
    return moved
