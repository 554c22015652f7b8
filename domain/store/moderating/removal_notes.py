"""The notes of the public log, with everything masked that moderators masked in their records since."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.language import language_of
from domain.models import Article, Complaint, Removal
from domain.publishing.hiding import hide


def mask_for_good(session: Session, record_id: str) -> None:
    """Mask in what the log says of a record what is masked in it, before it is forgotten which words these are."""
    lines = session.scalars(select(Removal).where(Removal.record_id == record_id)).all()
    words = _words_masked(session, {record_id})
    for line in lines:
        line.note = _note(line, words)


def masked(session: Session, lines: Sequence[Removal]) -> list[Removal]:
    """Return lines of the log, for readers, with everything masked that moderators masked in their records since."""
    words = _words_masked(session, {line.record_id for line in lines})
    session.expunge_all()  # what is shown is not what is kept
    for line in lines:
        line.note = _note(line, words)
    return list(lines)


def _note(line: Removal, words: Mapping[str, Sequence[str]]) -> str:
    return hide(line.note, words.get(line.record_id, ()), language_of(line.note)).text


def _words_masked(session: Session, ids: set[str]) -> dict[str, list[str]]:
    complaints = select(Complaint.id, Complaint.hidden_words, Complaint.more_masks).where(Complaint.id.in_(ids))
    articles = select(Article.id, Article.hidden_words).where(Article.id.in_(ids))
    words = {row.id: [*row.hidden_words, *row.more_masks] for row in session.execute(complaints)}
    return words | {row.id: row.hidden_words for row in session.execute(articles)}
