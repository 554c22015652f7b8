"""Disputes: what somebody holds against a public record. Words and ways to reach them are sealed by whoever calls."""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from domain.models import Dispute
from domain.store import audit, records
from domain.store.database import Database, now

# Far above every real quarrel over one record; what goes on after this is no dispute.
MOST_WAITING = 50


class NotPublic(Exception):
    """There is no public record with this id."""


class TooManyDisputes(Exception):
    """As many disputes about this record wait as may wait."""


def add(database: Database, record_id: str, reason: str, words_sealed: str, contact_sealed: str | None = None) -> str:
    """Keep a dispute about a public record; return its id. Raises NotPublic, TooManyDisputes."""
    if not records.public_among(database, [record_id]):
        raise NotPublic(record_id)
    with database.writing() as session:
        of_it = select(func.count()).where(Dispute.record_id == record_id, Dispute.status == "waiting")
        if (session.scalar(of_it) or 0) >= MOST_WAITING:
            raise TooManyDisputes(record_id)
        dispute = Dispute(
            id=records.new_id(records.DISPUTE_PREFIX), version=1, record_id=record_id, reason=reason, status="waiting",
            words_sealed=words_sealed, contact_sealed=contact_sealed, received_at=now(),
        )  # fmt: skip
        session.add(dispute)
        audit.note(session, "visitor", "dispute.received", record_id, dispute=dispute.id, reason=reason)
        return dispute.id


def close(session: Session, record_id: str) -> None:
    """End the disputes about a record that was withdrawn and erase their words, within the caller's transaction."""
    session.execute(
        update(Dispute)
        .where(Dispute.record_id == record_id)
        .values(
            status="decided", words_sealed="", contact_sealed=None, version=Dispute.version + 1,
            decided_at=func.coalesce(Dispute.decided_at, now()),
        )
    )  # fmt: skip


def waiting(database: Database, limit: int = 100) -> list[Dispute]:
    """Return the disputes that wait, oldest first."""
    with database.reading() as session:
        query = select(Dispute).where(Dispute.status == "waiting").order_by(Dispute.pk).limit(limit)
        return list(session.scalars(query))


def of_record(database: Database, record_id: str) -> list[Dispute]:
    """Return the disputes about one record, oldest first."""
    with database.reading() as session:
        return list(session.scalars(select(Dispute).where(Dispute.record_id == record_id).order_by(Dispute.pk)))
