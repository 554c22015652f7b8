"""Complaints: filed, published, withdrawn. Each deed is one transaction with its outbox row and its audit event."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.models import CONSENTS, OUTCOMES, Complaint, ComplaintThreat, ThreatReport
from domain.store import audit, outbox, records
from domain.store.database import Database, now
from domain.store.intake import evidence, families, messages, unread
from domain.store.intake.answers import IdempotencyConflict, answer_to, keep_once, receipt_hash
from domain.store.intake.complaint_rows import complaint_values, insert_complaint
from domain.store.intake.filings import Event, Filed, Filing, ReadFiling, Threat
from domain.store.moderating import disputes, queue_marks, removal_notes
from domain.store.plain_inserts import PlainWriter
from domain.store.retagging.as_read import UNREADABLE

__all__ = ["Event", "Filed", "Filing", "IdempotencyConflict", "ReadFiling", "Threat", "receipt_hash"]


class UnknownComplaint(Exception):
    """No complaint has that id or receipt."""


class WrongState(Exception):
    """The complaint is in a state from which this step does not lead."""


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
    answer = answer_to(read.filing, receipt_key, idempotency_key)
    complaint = complaint_values(read, answer.id, now())
    complaint.update(answer.hashes, is_sample=is_sample)
    if received_at is not None:
        complaint["received_at"] = received_at
    return keep_once(database, answer, Complaint, lambda writer: _add(writer, complaint, read))


def _add(writer: PlainWriter, complaint: dict[str, Any], read: ReadFiling) -> None:
    """Add every row of a filing, the outbox's and the audit log's among them."""
    number = insert_complaint(writer, complaint, read)
    at = complaint["updated_at"]
    deeds = [audit.deed("borrower", "complaint.received", complaint["id"], at)]
    if read.files:
        evidence.attach_new(writer, number, read.files)
        deeds.append(audit.deed("borrower", evidence.ADDED, complaint["id"], at, files=len(read.files)))
    outbox.announce_new(writer, complaint["id"], at)
    audit.chain(writer, deeds)


def by_receipt(database: Database, receipt_key: bytes, receipt: str) -> Complaint | None:
    """Return the complaint of a receipt; None for a wrong one and, alike, for a withdrawn complaint."""
    hashed = receipt_hash(receipt_key, receipt)
    unread.read_what_waits(database, hashed)
    with database.reading() as session:
        found = session.scalar(
            select(Complaint.id).where(Complaint.receipt_hash == hashed, Complaint.status != "withdrawn")
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
        if is_unreadable(complaint):
            raise WrongState(f"{complaint_id} could not be read; `doorstep retag` tries again")
        if is_taken_down(complaint):
            raise WrongState(f"{complaint_id} was taken down; restore it")
        complaint.status, complaint.published_at = "published", now()
        complaint.decided_at = complaint.published_at
        changed(session, complaint, actor, "complaint.published")


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


def withdraw(database: Database, receipt_key: bytes, receipt: str) -> list[str]:
    """Erase a complaint's texts, letters and files at the borrower's word; a tombstone stays. Raises UnknownComplaint.

    Returns the names of its files in the vault, for the caller to discard: domain.filings.returning does both.
    """
    with own(database, receipt_key, receipt) as (session, complaint):
        complaint.status = "withdrawn"
        # The receipt is then as unknown as one that never was: the same queries, the same answer, the same time.
        complaint.receipt_hash = secrets.token_hex(32)
        of_messages = {script.family_pk for script in complaint.scripts if script.family_pk is not None}
        removal_notes.mask_for_good(session, complaint.id)
        _erase(complaint)
        session.flush()
        families.remove_empty(session, of_messages)
        messages.erase(session, complaint)
        disputes.close(session, complaint.id)
        names = evidence.erase(session, complaint)
        changed(session, complaint, "borrower", "complaint.withdrawn")
    return names


def change_consent(database: Database, receipt_key: bytes, receipt: str, consent: str) -> None:
    """Let the borrower allow more or less than before; what may no longer be read leaves the index at once.

    Raises UnknownComplaint for a wrong receipt, ValueError for a consent that there is not.
    """
    if consent not in CONSENTS:
        raise ValueError(f"no consent: {consent}")
    with own(database, receipt_key, receipt) as (session, complaint):
        if complaint.consent != consent:
            before, complaint.consent = complaint.consent, consent
            if complaint.status == "published" and consent == "publish":
                # Nobody may have looked at the words with a view to showing them.
                complaint.status, complaint.published_at = "in_review", None
            changed(session, complaint, "borrower", "complaint.consent", before=before, after=consent)


def report_outcome(database: Database, receipt_key: bytes, receipt: str, threat_id: str, outcome: str) -> None:
    """Add what became of a threat, as the borrower tells it today; earlier reports stay with their days.

    Raises UnknownComplaint for a wrong receipt or for a threat that is not of its complaint, ValueError for an outcome
    that there is not.
    """
    if outcome not in OUTCOMES:
        raise ValueError(f"no outcome: {outcome}")
    with own(database, receipt_key, receipt) as (session, complaint):
        threat = session.scalar(
            select(ComplaintThreat).where(ComplaintThreat.id == threat_id, ComplaintThreat.complaint_pk == complaint.pk)
        )
        if threat is None:
            raise UnknownComplaint
        threat.outcome = outcome
        session.add(ThreatReport(threat_pk=threat.pk, outcome=outcome, reported_at=now()))
        changed(session, complaint, "borrower", "complaint.outcome", threat=threat_id)


@contextmanager
def own(database: Database, receipt_key: bytes, receipt: str) -> Iterator[tuple[Session, Complaint]]:
    """A transaction on the complaint of a receipt, which is read first if it was not yet. Raises UnknownComplaint."""
    hashed = receipt_hash(receipt_key, receipt)
    unread.read_what_waits(database, hashed)
    with database.writing() as session:
        complaint = session.scalar(
            select(Complaint).where(Complaint.receipt_hash == hashed, Complaint.status != "withdrawn").with_for_update()
        )
        if complaint is None:
            raise UnknownComplaint
        yield session, complaint


def is_taken_down(complaint: Complaint) -> bool:
    """Tell whether a complaint is held because it was taken down; once its borrower corrected it, it is read anew."""
    return complaint.taken_down_at is not None and complaint.status == "held"


def is_unreadable(complaint: Complaint) -> bool:
    """Tell whether the reader failed at a complaint: it stays with the moderators until it was read."""
    return UNREADABLE in (complaint.as_read or {})


def _erase(complaint: Complaint) -> None:
    complaint.narrative = complaint.public_text = complaint.product = complaint.lender_text = ""
    complaint.collector_text = complaint.sketch = ""
    complaint.as_read = None
    complaint.contact_sealed = complaint.region = complaint.occurred_on = complaint.lender_pk = None
    complaint.collector_pk = complaint.overdue = complaint.amount = None
    complaint.written_by, complaint.wants, complaint.more_masks = "borrower", [], []
    complaint.lender_mentions, complaint.tactic_mentions = [], []
    complaint.events, complaint.scripts, complaint.threats = [], [], []
    complaint.hidden_words, complaint.shown_words, complaint.gravity = [], [], 0
    # Replies quote, and reasons tell.
    complaint.all_replies, complaint.decisions, complaint.sketch_keys = [], [], []


def _locked(session: Session, complaint_id: str) -> Complaint:
    complaint = session.scalar(select(Complaint).where(Complaint.id == complaint_id).with_for_update())
    if complaint is None:
        raise UnknownComplaint(complaint_id)
    return complaint


def changed(session: Session, complaint: Complaint, actor: str, action: str, **details: Any) -> None:
    """Count the version up, and announce and note the change, within the caller's transaction."""
    complaint.version += 1
    complaint.updated_at = now()
    queue_marks.put_right(session, complaint)
    outbox.announce(session, complaint.id)
    audit.note(session, actor, action, complaint.id, **details)
