"""A moderator at work on one complaint: decisions with their letters, and the look at what was typed."""

from dataclasses import dataclass
from datetime import datetime

from domain.filings.returning import sealed
from domain.models import Complaint
from domain.safekeeping.sealing import Keys, open_contact
from domain.store import Database, audit, records
from domain.store.intake import messages
from domain.store.intake.complaints import UnknownComplaint
from domain.store.moderating import moderation
from domain.store.moderating.moderation import Verdict

# Why a complaint is not published, is held or comes back; the words for each are the page's.
REASONS = {
    "published": ("checked",),
    "held": ("private_data", "unclear", "evidence", "other"),
    "rejected": ("not_collection", "private_data", "insult", "advertisement", "repeated", "other"),
    "reopened": ("mistake", "new_facts", "other"),
    "asked": ("question",),
}
LOOK_REASONS = ("mask", "unclear", "law", "other")
LONGEST_WORDS = 4000


class ReasonMissing(Exception):
    """A decision was sent without its reason, or without the words that the borrower is to read."""


@dataclass(frozen=True)
class Decided:
    """A decision with its words opened."""

    decision: str
    reason: str
    words: str
    actor: str
    decided_at: datetime


@dataclass(frozen=True)
class Original:
    """What was typed, word for word; earlier texts are those before corrections."""

    narrative: str
    scripts: list[str]
    abouts: list[str]
    earlier: list[str]


def decide(
    database: Database, keys: Keys, complaint_id: str, version: int | None, decision: str, reason: str, words: str,
    actor: str,
) -> None:  # fmt: skip
    """Decide on a complaint. The words of a rejection and of a question go to the borrower as a letter.

    Raises ReasonMissing, UnknownComplaint, moderation.Changed, complaints.WrongState, messages.TooManyLetters.
    """
    words = words.strip()[:LONGEST_WORDS]
    reason = reason or ("checked" if decision == "published" else "question" if decision == "asked" else "")
    is_letter = decision in ("rejected", "asked")
    if reason not in REASONS.get(decision, ()) or (not words and (is_letter or reason == "other")):
        raise ReasonMissing(decision)
    kept = sealed(keys, words) if words else None
    verdict = Verdict(decision, reason, kept, kept if is_letter else None)
    moderation.decide(database, complaint_id, version, verdict, actor)


def decided(database: Database, keys: Keys, complaint_id: str) -> list[Decided]:
    """Return what was decided on a complaint, oldest first."""
    return [
        Decided(row.decision, row.reason, open_contact(keys, row.words_sealed) if row.words_sealed else "", row.actor,
                row.decided_at)
        for row in moderation.decisions_of(database, complaint_id)
    ]  # fmt: skip


def look_at_original(database: Database, keys: Keys, complaint_id: str, reason: str, actor: str) -> Original:
    """Return what was typed; that it was looked at stands in the audit log before it is shown.

    Raises ReasonMissing, UnknownComplaint.
    """
    if reason not in LOOK_REASONS:
        raise ReasonMissing("original")
    complaint = records.get(database, complaint_id)
    if not isinstance(complaint, Complaint) or complaint.status == "withdrawn":
        raise UnknownComplaint(complaint_id)
    audit.note_alone(database, actor, "complaint.original_seen", complaint_id, reason=reason)
    earlier = messages.earlier_texts_of(database, complaint_id)
    return Original(
        complaint.narrative,
        [script.text for script in complaint.scripts],
        [event.about for event in complaint.events if event.about],
        [open_contact(keys, row.text_sealed) for row in earlier],
    )
