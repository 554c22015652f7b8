"""Complaints: filed, published, withdrawn. Each deed is one transaction with its outbox row and its audit event."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.keys import keyed_hash
from domain.models import (
    COUNTED_ASSERTIONS,
    Complaint,
    ComplaintScript,
    ComplaintThreat,
    Lender,
    LenderMention,
    TacticMention,
)
from domain.reading import Reading
from domain.receipts import canonical_receipt, derived_receipt, new_receipt
from domain.store import audit, outbox, records
from domain.store.database import Database, now


class IdempotencyConflict(Exception):
    """The same idempotency key came with another complaint."""


class UnknownComplaint(Exception):
    """No complaint has that id or receipt."""


class WrongState(Exception):
    """The complaint is in a state from which this step does not lead."""


@dataclass(frozen=True)
class Threat:
    """What the collector announced (`tactic` code), for when, and what became of it (see models.OUTCOMES)."""

    tactic: str
    announced_for: date | None
    outcome: str


@dataclass(frozen=True)
class Filing:
    """What a borrower sends. `lender` is a slug of the registry or free text; `region` a GB/T 2260 code of 6 digits."""

    lender: str
    narrative: str
    tactics: tuple[str, ...]
    consent: str
    occurred_on: date | None = None
    region: str | None = None
    product: str = ""
    scripts: tuple[str, ...] = ()
    threats: tuple[Threat, ...] = ()
    contact: str = ""
    language: str = "zh-Hans"

    @property
    def fingerprint(self) -> str:
        """Return a hash of everything in the filing: the same key with another body is told apart by it."""
        return hashlib.sha256(
            json.dumps(asdict(self), sort_keys=True, default=str).encode("utf-8", "surrogatepass")
        ).hexdigest()


@dataclass(frozen=True)
class ReadFiling:
    """A filing with what the reader found in it: in the narrative and in each script; `contact_sealed` is encrypted."""

    filing: Filing
    narrative: Reading
    scripts: tuple[Reading, ...] = ()
    contact_sealed: str | None = None


@dataclass(frozen=True)
class Filed:
    """The answer to a filing, made only once the complaint is on disk; `is_new` is False for a repeated request."""

    id: str
    receipt: str
    is_new: bool


def add_complaint(
    database: Database,
    read: ReadFiling,
    receipt_key: bytes,
    idempotency_key: str | None = None,
    is_sample: bool = False,
    received_at: datetime | None = None,
) -> Filed:
    """Keep a complaint and return its receipt; with an idempotency key seen before, return the first answer again.

    Raises IdempotencyConflict when that key came with another body, StoreUnavailable when nothing could be kept.
    """
    filing = read.filing
    if idempotency_key is None:
        receipt, idempotency_hash = new_receipt(), None
    else:
        # Derived and not stored, so that the answer can be given again though only a hash of it is kept.
        receipt = derived_receipt(receipt_key, idempotency_key, filing.fingerprint)
        idempotency_hash = keyed_hash(receipt_key, "idempotency:" + idempotency_key)
    complaint = Complaint(
        id=records.new_id(records.COMPLAINT_PREFIX),
        version=1,
        status="received",
        consent=filing.consent,
        lender_text=filing.lender,
        narrative=filing.narrative,
        public_text=read.narrative.public_text,
        product=filing.product,
        occurred_on=filing.occurred_on,
        region=filing.region,
        language=filing.language,
        contact_sealed=read.contact_sealed,
        receipt_hash=receipt_hash(receipt_key, receipt),
        idempotency_hash=idempotency_hash,
        request_hash=filing.fingerprint if idempotency_key is not None else None,
        received_at=received_at or now(),
        updated_at=now(),
        is_sample=is_sample,
    )
    try:
        with database.writing() as session:
            _attach_lenders(session, complaint, read)
            _attach_tactics(complaint, read)
            complaint.scripts = [
                ComplaintScript(text=text, public_text=reading.public_text)
                for text, reading in zip(filing.scripts, read.scripts, strict=True)
            ]
            complaint.threats = [
                ComplaintThreat(tactic_code=threat.tactic, announced_for=threat.announced_for, outcome=threat.outcome)
                for threat in filing.threats
            ]
            session.add(complaint)
            outbox.announce(session, complaint.id)
            audit.note(session, "borrower", "complaint.received", complaint.id)
    except IntegrityError:
        if idempotency_hash is None:
            raise
        return _answer_again(database, idempotency_hash, filing, receipt)
    return Filed(complaint.id, receipt, is_new=True)


def receipt_hash(receipt_key: bytes, receipt: str) -> str:
    """Return the keyed hash under which a receipt is found."""
    return keyed_hash(receipt_key, "receipt:" + canonical_receipt(receipt))


def by_receipt(database: Database, receipt_key: bytes, receipt: str) -> Complaint | None:
    """Return the complaint of a receipt; None for a wrong one and, alike, for a withdrawn complaint."""
    with database.reading() as session:
        found = session.scalar(
            select(Complaint.id).where(
                Complaint.receipt_hash == receipt_hash(receipt_key, receipt), Complaint.status != "withdrawn"
            )
        )
    record = records.get(database, found or "c")
    return record if isinstance(record, Complaint) else None


def publish(database: Database, complaint_id: str, actor: str) -> None:
    """Publish a complaint. Raises UnknownComplaint, or WrongState when it was rejected, withdrawn or kept private."""
    with database.writing() as session:
        complaint = _locked(session, complaint_id)
        if complaint.status == "published":
            return
        if complaint.status not in ("received", "in_review", "held") or complaint.consent == "private":
            raise WrongState(f"{complaint_id} is {complaint.status}, consent {complaint.consent}")
        complaint.status, complaint.published_at = "published", now()
        _changed(session, complaint, actor, "complaint.published")


def received_ids(database: Database) -> list[str]:
    """Return the ids of the complaints that wait and may be published, oldest first."""
    with database.reading() as session:
        return list(
            session.scalars(
                select(Complaint.id)
                .where(Complaint.status == "received", Complaint.consent != "private")
                .order_by(Complaint.pk)
            )
        )


def withdraw(database: Database, receipt_key: bytes, receipt: str) -> None:
    """Erase a complaint's texts at the borrower's word; a tombstone stays. Raises UnknownComplaint."""
    with database.writing() as session:
        complaint = session.scalar(
            select(Complaint)
            .where(Complaint.receipt_hash == receipt_hash(receipt_key, receipt), Complaint.status != "withdrawn")
            .with_for_update()
        )
        if complaint is None:
            raise UnknownComplaint
        complaint.status = "withdrawn"
        complaint.narrative = complaint.public_text = complaint.product = complaint.lender_text = ""
        complaint.contact_sealed = complaint.region = complaint.occurred_on = complaint.lender_pk = None
        complaint.lender_mentions, complaint.tactic_mentions = [], []
        complaint.scripts, complaint.threats = [], []
        _changed(session, complaint, "borrower", "complaint.withdrawn")


def _answer_again(database: Database, idempotency_hash: str, filing: Filing, receipt: str) -> Filed:
    with database.reading() as session:
        first = session.scalar(select(Complaint).where(Complaint.idempotency_hash == idempotency_hash))
    if first is None or first.request_hash != filing.fingerprint:
        raise IdempotencyConflict
    return Filed(first.id, receipt, is_new=False)


def _attach_lenders(session: Session, complaint: Complaint, read: ReadFiling) -> None:
    lender = session.scalar(select(Lender).where(Lender.slug == read.filing.lender))
    found = records.lender_keys(session, [find.slug for find in read.narrative.lenders])
    if lender is not None:
        complaint.lender_pk, complaint.lender_text = lender.pk, lender.name_zh_hans
        complaint.lender_mentions.append(
            LenderMention(
                lender_pk=lender.pk, role="subject", said_by="borrower", surface=lender.name_zh_hans, confidence=1.0
            )
        )
    complaint.lender_mentions += [
        LenderMention(
            lender_pk=found[find.slug], role=find.role, said_by="classifier", start=find.start, end=find.end,
            surface=find.surface, confidence=find.confidence, reason=find.reason,
        )
        for find in read.narrative.lenders
        if find.slug in found
    ]  # fmt: skip


def _attach_tactics(complaint: Complaint, read: ReadFiling) -> None:
    ticked = [
        TacticMention(
            tactic_code=code, assertion=_ticked_assertion(code), counted=True, said_by="borrower", confidence=1.0
        )
        for code in dict.fromkeys(read.filing.tactics)
    ]
    complaint.tactic_mentions = ticked + [
        TacticMention(
            tactic_code=find.code, assertion=find.assertion, counted=find.assertion in COUNTED_ASSERTIONS,
            said_by="classifier", start=find.start, end=find.end, quote=find.quote,
            confidence=find.confidence, reason=find.reason,
        )
        for find in read.narrative.tactics
    ]  # fmt: skip


# A threat is no visit and no deed: what a borrower ticks under these codes was announced, not lived through.
ANNOUNCED_TACTICS = frozenset({"visit_threatened", "visit_announced", "violence_threat", "false_legal_threat"})


def _ticked_assertion(code: str) -> str:
    return "collector_threat" if code in ANNOUNCED_TACTICS else "first_hand_claim"


def _locked(session: Session, complaint_id: str) -> Complaint:
    complaint = session.scalar(select(Complaint).where(Complaint.id == complaint_id).with_for_update())
    if complaint is None:
        raise UnknownComplaint(complaint_id)
    return complaint


def _changed(session: Session, complaint: Complaint, actor: str, action: str, **details: Any) -> None:
    complaint.version += 1
    complaint.updated_at = now()
    outbox.announce(session, complaint.id)
    audit.note(session, actor, action, complaint.id, **details)
