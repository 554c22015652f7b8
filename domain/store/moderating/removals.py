"""What is kept, corrected, taken down and restored, each with a line in a log that everybody may read.

A take-down changes one row and announces it; nothing is erased, so a restore brings the record back as it was.
"""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from domain.models import Article, Complaint, Dispute, Removal
from domain.store import audit, outbox, records
from domain.store.database import Database, now
from domain.store.intake.complaints import is_taken_down
from domain.store.moderating import queue_marks, removal_notes


class UnknownRecord(Exception):
    """There is no such record, or its borrower withdrew it."""


class NotPossible(Exception):
    """The record is not in a state from which this step leads."""


class DisputeChanged(Exception):
    """Somebody else decided on the dispute meanwhile: nothing was done."""


@dataclass(frozen=True)
class Settlement:
    """A decision for the public log: the action and reason as codes, `note` in masked words for everybody.

    `dispute_id` and `dispute_version` name the dispute that it settles, as it was seen; empty for none.
    """

    action: str
    reason: str
    note: str
    dispute_id: str = ""
    dispute_version: int = 0


def settle(database: Database, record_id: str, settled: Settlement, actor: str) -> None:
    """Do what was decided on a record. Raises UnknownRecord, NotPossible, DisputeChanged; then nothing was done."""
    with database.writing() as session:
        record = _locked(session, record_id)
        dispute = _settled_dispute(session, record_id, settled)
        removal = Removal(
            record_id=record_id, action=settled.action, reason=settled.reason, note=settled.note, actor=actor, at=now(),
            dispute_pk=dispute.pk if dispute else None,
        )  # fmt: skip
        if settled.action == "taken_down":
            _take_down(record, removal)
        elif settled.action == "restored":
            _restore(session, record)
        elif dispute is None and not records.is_public(record):
            # What was never public has no line in a log that everybody reads.
            raise NotPossible(f"{record.id} is {record.status}")
        session.add(removal)
        if settled.action in ("taken_down", "restored"):
            record.version += 1
            record.updated_at = now()
            outbox.announce(session, record_id)
        if isinstance(record, Complaint):
            queue_marks.put_right(session, record)
        kind = "complaint" if isinstance(record, Complaint) else "article"
        audit.note(session, actor, f"{kind}.{settled.action}", record_id, reason=settled.reason,
                   dispute=settled.dispute_id)  # fmt: skip


def log(database: Database, limit: int, before: int | None = None) -> list[Removal]:
    """Return the lines of the public log, newest first, those numbered under `before`."""
    query = select(Removal).order_by(Removal.pk.desc()).limit(limit)
    if before is not None:
        query = query.where(Removal.pk < min(before, 2**62))
    with database.reading() as session:
        return removal_notes.masked(session, session.scalars(query).all())


def of_record(database: Database, record_id: str) -> list[Removal]:
    """Return what was decided on one record, oldest first."""
    with database.reading() as session:
        return removal_notes.masked(session, session.scalars(_of(record_id).order_by(Removal.pk)).all())


def stands_taken_down(database: Database, record_id: str) -> Removal | None:
    """Return the line of the log by which a record is taken down now, or None."""
    record = records.get(database, record_id)
    taken = isinstance(record, Article) and record.status == "taken_down"
    if not (taken or (isinstance(record, Complaint) and is_taken_down(record))):
        return None
    with database.reading() as session:
        found = session.scalars(_of(record_id, "taken_down").order_by(Removal.pk.desc()).limit(1)).all()
        return next(iter(removal_notes.masked(session, found)), None)


def _of(record_id: str, action: str = "") -> Select[Removal]:
    query = select(Removal).where(Removal.record_id == record_id)
    return query.where(Removal.action == action) if action else query


def _locked(session: Session, record_id: str) -> Complaint | Article:
    record: Complaint | Article | None
    if record_id[:1] == records.COMPLAINT_PREFIX:
        record = session.scalar(select(Complaint).where(Complaint.id == record_id).with_for_update())
    else:
        record = session.scalar(select(Article).where(Article.id == record_id).with_for_update())
    if record is None or record.status == "withdrawn":
        raise UnknownRecord(record_id)
    return record


def _settled_dispute(session: Session, record_id: str, settled: Settlement) -> Dispute | None:
    if not settled.dispute_id:
        return None
    dispute = session.scalar(
        select(Dispute).where(Dispute.id == settled.dispute_id, Dispute.record_id == record_id).with_for_update()
    )
    if dispute is None or dispute.version != settled.dispute_version:
        raise DisputeChanged(settled.dispute_id)
    dispute.status, dispute.decided_at = "decided", now()
    dispute.version += 1
    return dispute


def _take_down(record: Complaint | Article, removal: Removal) -> None:
    if not records.is_public(record):
        raise NotPossible(f"{record.id} is {record.status}")
    removal.before = record.status
    if isinstance(record, Complaint):
        removal.consent_before = record.consent
        record.status, record.taken_down_at = "held", now()
    else:
        record.status = "taken_down"


def _restore(session: Session, record: Complaint | Article) -> None:
    down = session.scalars(_of(record.id, "taken_down").order_by(Removal.pk.desc()).limit(1)).first()
    if isinstance(record, Article):
        if record.status != "taken_down" or down is None:
            raise NotPossible(f"{record.id} is {record.status}")
        record.status = down.before
        return
    if not is_taken_down(record) or down is None:
        raise NotPossible(f"{record.id} is {record.status}")
    # Words that were not to be shown before were not looked at with a view to showing them.
    widened = record.consent == "publish" != down.consent_before
    record.status, record.taken_down_at = ("in_review" if widened else down.before), None
