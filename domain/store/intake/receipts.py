"""What a receipt opens: how the complaint stands, and what its borrower adds to it. Few queries, made once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from domain.evidence.vault import Prepared
from domain.models import Complaint, ComplaintThreat, EvidenceFile, Lender, Message, ThreatReport
from domain.readings import Reading
from domain.safekeeping.keys import keyed_hash
from domain.store.database import Database
from domain.store.intake import evidence, messages, unread
from domain.store.intake.complaint_rows import replace_reading
from domain.store.intake.complaints import UnknownComplaint, changed, is_taken_down, own, receipt_hash
from domain.store.moderating.rereading import Read, mask_beside, remask_replies

# Made once: building a statement takes as long as asking it.
_STANDING = (
    select(
        Complaint.pk, Complaint.id, Complaint.status, Complaint.consent, Complaint.received_at, Complaint.published_at,
        Complaint.public_text, Complaint.language, Complaint.lender_text, Lender.slug, Lender.name_zh_hans,
        Lender.name_zh_hant, Lender.name_en,
    )
    .outerjoin(Lender, Lender.pk == Complaint.lender_pk)
    .where(Complaint.receipt_hash == bindparam("hash"), Complaint.status != "withdrawn")
)  # fmt: skip
_LETTERS = (
    select(Message.written_by, Message.text_sealed, Message.written_at)
    .where(Message.complaint_pk == bindparam("pk"))
    .order_by(Message.pk)
)
_THREATS = (
    select(
        ComplaintThreat.id, ComplaintThreat.kind, ComplaintThreat.tactic_code, ComplaintThreat.announced_for,
        ThreatReport.outcome, ThreatReport.reported_at,
    )
    .join(ThreatReport, ThreatReport.threat_pk == ComplaintThreat.pk)
    .where(ComplaintThreat.complaint_pk == bindparam("pk"))
    .order_by(ComplaintThreat.pk, ThreatReport.pk)
)  # fmt: skip
_FILES = (
    select(EvidenceFile.number, EvidenceFile.kind, EvidenceFile.size, EvidenceFile.added_at, EvidenceFile.released_at)
    .where(EvidenceFile.complaint_pk == bindparam("pk"))
    .order_by(EvidenceFile.number)
)


@dataclass(frozen=True)
class Report:
    """What the borrower said of a threat at one time."""

    outcome: str
    reported_at: datetime


@dataclass(frozen=True)
class AnnouncedThreat:
    """What was announced, for when, and every report of what became of it, oldest first."""

    id: str
    kind: str
    tactic: str
    announced_for: date | None
    reports: list[Report] = field(default_factory=list)


@dataclass(frozen=True)
class Standing:
    """How a complaint stands: its row with its lender's names, its sealed letters, its threats, its files."""

    complaint: Any
    letters: Sequence[Any] = ()
    threats: Sequence[AnnouncedThreat] = ()
    files: Sequence[Any] = ()


@dataclass(frozen=True)
class Correction:
    """A new text for a complaint: the `readings` of it and of those beside it, its `sketch`, and the old one, sealed.

    `told` is what only the old text told to be private: it stays masked. The moderators keep the old text until they
    have decided.
    """

    narrative: str
    readings: Mapping[str, Reading]
    told: Sequence[str]
    sketch: str
    old_sealed: str


def look(
    database: Database, receipt_key: bytes, receipt: str, parts: Sequence[str] = ("letters", "threats", "files")
) -> Standing | None:
    """Return how the complaint of a receipt stands; None for a wrong receipt and, alike, for a withdrawn complaint.

    `parts` are what is asked for beside its row: a page that shows no files need not look for them.
    """
    hashed = receipt_hash(receipt_key, receipt)
    found = _look(database, hashed, parts)
    if found is None:
        # A wrong receipt and a withdrawn complaint alike are looked for among what waits to be read.
        unread.read_what_waits(database, hashed)
        found = _look(database, hashed, parts)
    return found


def _look(database: Database, hashed: str, parts: Sequence[str]) -> Standing | None:
    with database.querying() as connection:
        complaint = connection.execute(_STANDING, {"hash": hashed}).first()
        if complaint is None:
            return None
        of_it = {"pk": complaint.pk}
        return Standing(
            complaint,
            connection.execute(_LETTERS, of_it).all() if "letters" in parts else (),
            _threats(connection.execute(_THREATS, of_it)) if "threats" in parts else (),
            connection.execute(_FILES, of_it).all() if "files" in parts else (),
        )


def own_words(database: Database, receipt_key: bytes, receipt: str) -> Complaint:
    """Return the complaint with its narrative as typed, to be corrected. Raises UnknownComplaint."""
    hashed = receipt_hash(receipt_key, receipt)
    unread.read_what_waits(database, hashed)
    with database.reading() as session:
        found = session.scalar(
            select(Complaint)
            .options(joinedload(Complaint.lender), selectinload(Complaint.scripts), selectinload(Complaint.events))
            .where(Complaint.receipt_hash == hashed, Complaint.status != "withdrawn")
        )
    if found is None:
        raise UnknownComplaint
    return found


def write(database: Database, receipt_key: bytes, receipt: str, text_sealed: str, form_key: str) -> None:
    """Keep a letter to the moderators; a form sent twice is one letter. Raises UnknownComplaint, TooManyLetters."""
    with own(database, receipt_key, receipt) as (session, complaint):
        messages.add(session, complaint, "borrower", text_sealed, keyed_hash(receipt_key, f"letter:{form_key}"))
        if complaint.status == "held" and not is_taken_down(complaint):
            # It was held for a question, and here may be the answer.
            complaint.status = "in_review"
            changed(session, complaint, "borrower", "complaint.answered")


def add_files(database: Database, receipt_key: bytes, receipt: str, prepared: Sequence[Prepared]) -> list[Prepared]:
    """Note files in the vault as the complaint's own; return those that it has already.

    Raises UnknownComplaint, Refused("too_many_files"): then nothing is noted, and the caller discards them all.
    """
    with own(database, receipt_key, receipt) as (session, complaint):
        return evidence.attach(session, complaint, prepared)


def correct(database: Database, receipt_key: bytes, receipt: str, corrected: Correction, read: Read) -> None:
    """Put a new text in the place of the old one and have it reviewed again; `read` is Reader.read, for the replies.

    Raises UnknownComplaint.
    """
    reading = corrected.readings[corrected.narrative]
    with own(database, receipt_key, receipt) as (session, complaint):
        messages.keep_earlier(session, complaint, corrected.old_sealed)
        complaint.narrative, complaint.public_text = corrected.narrative, reading.public_text
        complaint.sketch = corrected.sketch
        complaint.hidden_words = list(dict.fromkeys([*complaint.hidden_words, *corrected.told]))
        mask_beside(complaint, corrected.readings)
        remask_replies(complaint, read, corrected.readings)
        replace_reading(session, complaint, reading)
        complaint.status, complaint.published_at = "received", None
        complaint.original_erased_at = None  # there is one again
        changed(session, complaint, "borrower", "complaint.corrected")


def _threats(rows: Iterable[Any]) -> list[AnnouncedThreat]:
    threats: dict[str, AnnouncedThreat] = {}
    for row in rows:
        threat = AnnouncedThreat(row.id, row.kind, row.tactic_code, row.announced_for)
        threats.setdefault(row.id, threat).reports.append(Report(row.outcome, row.reported_at))
    return list(threats.values())
