"""Records read again: what the reader now makes of them is written where it differs, and only that is announced.

What people said stays: tags of borrowers and moderators, classifier's tags that a moderator took away, texts that a
moderator edited, and of a published text every mask. Here is what complaints and articles have in common.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from domain.models import Article, Complaint, LenderMention, TacticMention
from domain.readings import Reading
from domain.store import audit, outbox
from domain.store.database import now
from domain.store.intake.complaint_rows import weigh
from domain.store.moderating import queue_marks
from domain.store.retagging.as_read import lender_key, lender_rows, tactic_key, tactic_rows, text_hash

ACTOR = "retag"
Read = Callable[..., Reading]


@dataclass
class Counts:
    """What became of the records of one kind; `moderated` are texts that a moderator edited, which stay as edited."""

    read: int = 0
    changed: int = 0
    moderated: int = 0
    folded: int = 0
    parted: int = 0
    turned_irrelevant: int = 0
    turned_relevant: int = 0
    families: int = 0


def replace_tags(session: Session, record: Complaint | Article, reading: Reading, *, may_count: bool) -> bool:
    """Put the tags found in the place of the classifier's, where they differ; what a moderator took away stays away."""
    noted = record.as_read or {}
    # One without a place was named beside the text, by the page or the form, and is not for its reader to judge.
    in_text = [mention for mention in record.lender_mentions if mention.start is not None]
    lenders = [mention for mention in in_text if mention.said_by == "classifier"]
    tactics = [mention for mention in record.tactic_mentions if mention.said_by == "classifier"]
    refused_lenders = set(noted.get("lenders", [])) - {lender_key(one.lender.slug, one.role) for one in lenders}
    refused_tactics = set(noted.get("tactics", [])) - {tactic_key(one.tactic_code, one.assertion) for one in tactics}
    new_lenders = lender_rows(session, reading, refused_lenders)
    new_tactics = tactic_rows(reading, may_count=may_count, without=refused_tactics)
    changed = False
    if [_lender_values(one) for one in lenders] != [_lender_values(one) for one in new_lenders]:
        record.lender_mentions = [one for one in record.lender_mentions if one not in lenders] + new_lenders
        changed = True
    if [_tactic_values(one) for one in tactics] != [_tactic_values(one) for one in new_tactics]:
        record.tactic_mentions = [one for one in record.tactic_mentions if one not in tactics] + new_tactics
        changed = True
    if changed and isinstance(record, Complaint):
        weigh(record)
    return changed


def move_kept(record: Complaint | Article) -> None:
    """Move what people marked to where its words stand in the changed text; without a place where they are gone."""
    marked: list[LenderMention | TacticMention] = [*record.lender_mentions, *record.tactic_mentions]
    for mention in marked:
        if mention.said_by == "classifier":
            continue
        # A tag that has lost its place gets it back when the mask over it is lifted; a lender without one never had it.
        if isinstance(mention, TacticMention):
            words = mention.quote
        else:
            words = mention.surface if mention.start is not None else ""
        if not words:
            continue
        start = record.public_text.find(words)
        mention.start, mention.end = (start, start + len(words)) if start >= 0 else (None, None)


def is_edited(noted: str | None, public_text: str) -> bool:
    """Whether a public text is another one than the reader made, as far as that was noted."""
    return noted is not None and noted != text_hash(public_text)


def keep_note(record: Complaint | Article, note: dict[str, Any]) -> None:
    """Keep what the reader made of a record now; nothing is written where that is what was noted."""
    if record.as_read != note:
        record.as_read = note


def _lender_values(one: LenderMention) -> tuple[Any, ...]:
    return one.lender_pk, one.role, one.start, one.end, one.surface, one.confidence, one.reason


def _tactic_values(one: TacticMention) -> tuple[Any, ...]:
    place = one.start, one.end, one.quote
    return one.tactic_code, one.assertion, one.counted, *place, one.confidence, one.reason


def touch(session: Session, record: Complaint | Article, action: str, counts: Counts) -> None:
    """Count a record's version up, and announce and note the change."""
    record.version += 1
    record.updated_at = now()
    if isinstance(record, Complaint):
        queue_marks.put_right(session, record)
    outbox.announce(session, record.id)
    audit.note(session, ACTOR, action, record.id)
    counts.changed += 1
