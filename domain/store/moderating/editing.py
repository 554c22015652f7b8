"""What moderators change in a complaint: masks, tags, lenders. Each on the version that they saw, and audited."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.models import ASSERTIONS, COUNTED_ASSERTIONS, Complaint, Lender, LenderMention, Tactic, TacticMention
from domain.store.database import Database
from domain.store.intake.complaint_rows import weigh
from domain.store.intake.complaints import changed
from domain.store.moderating.moderation import locked
from domain.store.moderating.rereading import Read, read_source, reread, texts_of
from domain.text import fold

# A mask over one character would be over every 我 of the text.
SHORTEST_WORDS = 2
MOST_WORDS = 200


class RefusedEdit(Exception):
    """The change can't be made; `code` says why: nothing, not_found, short, many, own, tactic, assertion, lender."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class TagEdit:
    """A tag as a moderator wants it; `passage` are words of the public text, empty for none."""

    code: str
    assertion: str
    counted: bool
    passage: str = ""


def hide_words(
    database: Database, read: Read, complaint_id: str, version: int, words: list[str], actor: str
) -> list[str]:
    """Mask these words wherever they stand in the complaint's texts; return those that stand nowhere.

    Raises UnknownComplaint, Changed, RefusedEdit.
    """
    wanted = list(dict.fromkeys(word.strip() for word in words if word.strip()))
    if not wanted:
        raise RefusedEdit("nothing")
    if any(len(fold(word).strip()) < SHORTEST_WORDS for word in wanted):
        raise RefusedEdit("short")
    with database.writing() as session:
        complaint = locked(session, complaint_id, version)
        whole = fold("\n".join([*texts_of(complaint), complaint.public_text]))
        missing = [word for word in wanted if fold(word).strip() not in whole]
        fresh = [word for word in wanted if word not in missing]
        if not fresh:
            raise RefusedEdit("not_found")
        if len(complaint.hidden_words) + len(fresh) > MOST_WORDS:
            raise RefusedEdit("many")
        folded = {fold(word).strip() for word in fresh}
        complaint.shown_words = [word for word in complaint.shown_words if fold(word).strip() not in folded]
        complaint.hidden_words = list(dict.fromkeys([*complaint.hidden_words, *fresh]))
        reread(session, complaint, read)
        weigh(complaint)
        # How many and not which: the log holds no private data.
        changed(session, complaint, actor, "complaint.masked", masks=len(fresh))
        return missing


def lift_mask(
    database: Database, read: Read, complaint_id: str, version: int, place: tuple[int, int], actor: str
) -> None:
    """Show again what the mask over `place` of the original covers, wherever it stands in this complaint.

    A mask that the borrower asked for can't be lifted. Raises UnknownComplaint, Changed, RefusedEdit.
    """
    with database.writing() as session:
        complaint = locked(session, complaint_id, version)
        if not complaint.narrative:
            raise RefusedEdit("not_found")
        reading = read_source(complaint, read)
        mask = next((one for one in reading.masks if (one.original_start, one.original_end) == place), None)
        if mask is None:
            raise RefusedEdit("not_found")
        covered = complaint.narrative[mask.original_start : mask.original_end]
        if any(fold(word).strip() in fold(covered) for word in complaint.more_masks if fold(word).strip()):
            raise RefusedEdit("own")
        ours = [word for word in complaint.hidden_words if fold(word).strip() in fold(covered)]
        complaint.hidden_words = [word for word in complaint.hidden_words if word not in ours]
        if mask.type != "own":
            complaint.shown_words = list(dict.fromkeys([*complaint.shown_words, covered]))
        reread(session, complaint, read)
        weigh(complaint)
        changed(session, complaint, actor, "complaint.unmasked", kind=mask.type)


def add_tag(database: Database, complaint_id: str, version: int, tag: TagEdit, actor: str) -> None:
    """Add a tag with its passage. Raises UnknownComplaint, Changed, RefusedEdit."""
    with database.writing() as session:
        complaint = locked(session, complaint_id, version)
        complaint.tactic_mentions.append(_mention(session, complaint, tag))
        _retagged(session, complaint, actor, "complaint.tag_added", tag)


def change_tag(database: Database, complaint_id: str, version: int, pk: int, tag: TagEdit, actor: str) -> None:
    """Put another tag in the place of one. Raises UnknownComplaint, Changed, RefusedEdit."""
    with database.writing() as session:
        complaint = locked(session, complaint_id, version)
        _take_away(complaint, pk)
        complaint.tactic_mentions.append(_mention(session, complaint, tag))
        _retagged(session, complaint, actor, "complaint.tag_changed", tag)


def remove_tag(database: Database, complaint_id: str, version: int, pk: int, actor: str) -> None:
    """Take a tag away for good: the next reading leaves it away too. Raises UnknownComplaint, Changed, RefusedEdit."""
    with database.writing() as session:
        complaint = locked(session, complaint_id, version)
        gone = _take_away(complaint, pk)
        weigh(complaint)
        changed(session, complaint, actor, "complaint.tag_removed", tactic=gone.tactic_code)


def set_lender(
    database: Database, complaint_id: str, version: int, slug: str, actor: str, *, collector: bool = False
) -> None:
    """Say which lender of the registry (or collector's firm) a complaint is about.

    Raises UnknownComplaint, Changed, RefusedEdit.
    """
    with database.writing() as session:
        complaint = locked(session, complaint_id, version)
        lender = session.scalar(select(Lender).where(Lender.slug == slug))
        if lender is None:
            raise RefusedEdit("lender")
        before = complaint.collector_pk if collector else complaint.lender_pk
        complaint.lender_mentions = [
            mention for mention in complaint.lender_mentions
            if mention.lender_pk not in (before, lender.pk) or mention.said_by == "classifier"
        ]  # fmt: skip
        complaint.lender_mentions.append(
            LenderMention(lender_pk=lender.pk, role="subject", said_by="moderator", surface=lender.name_zh_hans,
                          confidence=1.0)
        )  # fmt: skip
        if collector:
            complaint.collector_pk = lender.pk
        else:
            complaint.lender_pk = lender.pk
        changed(session, complaint, actor, "complaint.lender_set", lender=slug, collector=collector)


def _mention(session: Session, complaint: Complaint, tag: TagEdit) -> TacticMention:
    if session.get(Tactic, tag.code) is None:
        raise RefusedEdit("tactic")
    if tag.assertion not in ASSERTIONS or (tag.counted and tag.assertion not in COUNTED_ASSERTIONS):
        raise RefusedEdit("assertion")
    passage = tag.passage.strip()
    start = complaint.public_text.find(passage) if passage else -1
    if passage and start < 0:
        raise RefusedEdit("not_found")
    place: dict[str, Any] = {"start": start, "end": start + len(passage), "quote": passage} if passage else {}
    return TacticMention(
        tactic_code=tag.code, assertion=tag.assertion, counted=tag.counted, said_by="moderator", confidence=1.0, **place
    )


def _take_away(complaint: Complaint, pk: int) -> TacticMention:
    """Remove a mention so that no later reading brings it back (store.retagging.retag: by code and assertion)."""
    gone = next((mention for mention in complaint.tactic_mentions if mention.pk == pk), None)
    if gone is None:
        raise RefusedEdit("not_found")
    complaint.tactic_mentions.remove(gone)
    for other in complaint.tactic_mentions:
        same = (other.tactic_code, other.assertion) == (gone.tactic_code, gone.assertion)
        if same and gone.said_by == other.said_by == "classifier":
            other.said_by = "moderator"  # it was left standing by one: that is a decision too
    return gone


def _retagged(session: Session, complaint: Complaint, actor: str, action: str, tag: TagEdit) -> None:
    weigh(complaint)
    changed(session, complaint, actor, action, tactic=tag.code, assertion=tag.assertion, counted=tag.counted)
