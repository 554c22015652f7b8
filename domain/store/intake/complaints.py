"""Complaints: filed, published, withdrawn. Each deed is one transaction with its outbox row and its audit event."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.keys import keyed_hash
from domain.models import CONSENTS, OUTCOMES, Complaint, ComplaintThreat, ThreatReport
from domain.receipts import canonical_receipt, derived_receipt, new_receipt
from domain.store import audit, outbox, records
from domain.store.database import Database, now
from domain.store.intake import evidence, families, messages
from domain.store.intake.complaint_rows import insert_complaint
from domain.store.intake.filings import Event, Filed, Filing, ReadFiling, Threat
from domain.store.moderating import disputes, queue_marks, removal_notes
from domain.store.plain_inserts import PlainWriter

__all__ = ["Event", "Filed", "Filing", "ReadFiling", "Threat"]


class IdempotencyConflict(Exception):
    """The same idempotency key came with another complaint."""


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
    filing = read.filing
    if idempotency_key is None:
        receipt, idempotency_hash, request_hash = new_receipt(), None, None
    else:
        # Derived and not stored, so that the answer can be given again though only a hash of it is kept.
        receipt = derived_receipt(receipt_key, idempotency_key, filing.fingerprint)
        idempotency_hash = keyed_hash(receipt_key, "idempotency:" + idempotency_key)
        # The sender's key goes in, which is kept nowhere: nobody can try guesses at a withdrawn text on what is left.
        request_hash = keyed_hash(receipt_key, f"request:{idempotency_key}\n{filing.fingerprint}")
    complaint = _values(read, is_sample) | {
        "receipt_hash": receipt_hash(receipt_key, receipt), "idempotency_hash": idempotency_hash,
        "request_hash": request_hash,
    }  # fmt: skip
    if received_at is not None:
        complaint["received_at"] = received_at
    try:
        database.add(lambda writer: _add(writer, complaint, read))
    except IntegrityError:
        if idempotency_hash is None or request_hash is None:
            raise
        return _answer_again(database, idempotency_hash, request_hash, receipt)
    return Filed(complaint["id"], receipt, is_new=True)


def _add(writer: PlainWriter, complaint: dict[str, Any], read: ReadFiling) -> None:
    """Add every row of a filing, the outbox's and the audit log's among them."""
    number = insert_complaint(writer, complaint, read)
    deeds = [audit.deed("borrower", "complaint.received", complaint["id"])]
    if read.files:
        evidence.attach_new(writer, number, read.files)
        deeds.append(audit.deed("borrower", evidence.ADDED, complaint["id"], files=len(read.files)))
    outbox.announce_new(writer, complaint["id"])
    audit.chain(writer, deeds)


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

    Returns the names of its files in the vault, for the caller to discard: domain.returning does both.
    """
    with database.writing() as session:
        complaint = own(session, receipt_key, receipt)
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
    with database.writing() as session:
        complaint = own(session, receipt_key, receipt)
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
    with database.writing() as session:
        complaint = own(session, receipt_key, receipt)
        threat = session.scalar(
            select(ComplaintThreat).where(ComplaintThreat.id == threat_id, ComplaintThreat.complaint_pk == complaint.pk)
        )
        if threat is None:
            raise UnknownComplaint
        threat.outcome = outcome
        session.add(ThreatReport(threat_pk=threat.pk, outcome=outcome, reported_at=now()))
        changed(session, complaint, "borrower", "complaint.outcome", threat=threat_id)


def own(session: Session, receipt_key: bytes, receipt: str) -> Complaint:
    """Return the complaint of a receipt, locked, within the caller's transaction. Raises UnknownComplaint."""
    complaint = session.scalar(
        select(Complaint)
        .where(Complaint.receipt_hash == receipt_hash(receipt_key, receipt), Complaint.status != "withdrawn")
        .with_for_update()
    )
    if complaint is None:
        raise UnknownComplaint
    return complaint


def is_taken_down(complaint: Complaint) -> bool:
    """Tell whether a complaint is held because it was taken down; once its borrower corrected it, it is read anew."""
    return complaint.taken_down_at is not None and complaint.status == "held"


def _values(read: ReadFiling, is_sample: bool) -> dict[str, Any]:
    filing, instant = read.filing, now()
    return {
        "id": records.new_id(records.COMPLAINT_PREFIX), "status": "received", "consent": filing.consent,
        "written_by": filing.written_by, "lender_text": filing.lender, "collector_text": filing.collector,
        "narrative": filing.narrative, "public_text": read.narrative.public_text, "product": read.product,
        "occurred_on": filing.first_day, "region": filing.region, "overdue": filing.overdue, "amount": filing.amount,
        "wants": list(filing.wants), "more_masks": list(filing.more_masks), "language": filing.language,
        "sketch": read.sketch, "contact_sealed": read.contact_sealed, "received_at": instant, "updated_at": instant,
        "is_sample": is_sample,
    }  # fmt: skip


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


def _answer_again(database: Database, idempotency_hash: str, request_hash: str, receipt: str) -> Filed:
    with database.reading() as session:
        first = session.scalar(select(Complaint).where(Complaint.idempotency_hash == idempotency_hash))
    if first is None or first.request_hash != request_hash:
        raise IdempotencyConflict
    # The first request may still be waiting for it.
    database.reach_disk()
    return Filed(first.id, receipt, is_new=False)


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
