"""The outbox: which records' documents may have to change. Rows are kept a while after they are done, for rebuilds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from domain.models import OutboxRow
from domain.store.database import Database, now
from domain.store.plain_inserts import PlainWriter

# A rebuild of 10 million records takes hours; rows younger than this can be replayed into the new index.
KEPT_AFTER_DONE = timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """An outbox row that waits to be carried to the index."""

    pk: int
    record_id: str
    attempts: int


@dataclass(frozen=True)
class Backlog:
    """How far the index is behind: `waiting` rows, the `oldest` of them, and the rows `set_aside` as poisonous."""

    waiting: int
    oldest: datetime | None
    set_aside: int


def announce(session: Session, record_id: str) -> None:
    """Put a row for `record_id` into the outbox, as part of the caller's transaction."""
    announce_new(PlainWriter.within(session.connection()), record_id)


def announce_new(writer: PlainWriter, record_id: str, at: datetime | None = None) -> None:
    """Do the same where rows are only added; `at` is the present instant, where it is known."""
    writer.add_all(OutboxRow, [{"record_id": record_id, "created_at": at or now()}])


def waiting(database: Database, limit: int, newest: bool = False) -> list[Waiting]:
    """Return up to `limit` rows that wait, oldest first, or the newest first."""
    with database.reading() as session:
        rows = session.execute(
            select(OutboxRow.pk, OutboxRow.record_id, OutboxRow.attempts)
            .where(OutboxRow.done_at.is_(None), OutboxRow.set_aside_at.is_(None))
            .order_by(OutboxRow.pk.desc() if newest else OutboxRow.pk)
            .limit(limit)
        )
        return [Waiting(*row) for row in rows]


def mark_done(database: Database, pks: Sequence[int]) -> None:
    """Say that the rows have reached the index."""
    with database.writing() as session:
        session.execute(update(OutboxRow).where(OutboxRow.pk.in_(pks)).values(done_at=now(), error=None))


def set_aside(database: Database, record_id: str, pks: Sequence[int], reason: str) -> None:
    """Take the rows of one poisonous record out of the way, keeping the reason; a later change of it is tried again."""
    with database.writing() as session:
        session.execute(
            update(OutboxRow)
            .where(OutboxRow.pk.in_(pks), OutboxRow.record_id == record_id)
            .values(set_aside_at=now(), attempts=OutboxRow.attempts + 1, error=reason[:2000])
        )


def retry_set_aside(database: Database) -> int:
    """Put every row that was set aside back in the queue; return how many there were."""
    with database.writing() as session:
        found = session.execute(
            update(OutboxRow)
            .where(OutboxRow.set_aside_at.is_not(None))
            .values(set_aside_at=None)
            .returning(OutboxRow.pk)
        )
        return len(found.all())


def set_aside_rows(database: Database) -> list[tuple[str, str]]:
    """Return (record id, reason) of the rows that were set aside, oldest first."""
    with database.reading() as session:
        rows = session.execute(
            select(OutboxRow.record_id, OutboxRow.error)
            .where(OutboxRow.set_aside_at.is_not(None))
            .order_by(OutboxRow.pk)
        )
        return [(record_id, error or "") for record_id, error in rows]


def rows_since(database: Database, instant: datetime) -> list[tuple[int, str]]:
    """Return (row, record id) of what was announced and is not done, or was done at or after `instant`, in order.

    What a rebuild that read the records after `instant` has to replay before it swaps.
    """
    with database.reading() as session:
        rows = session.execute(
            select(OutboxRow.pk, OutboxRow.record_id)
            .where(OutboxRow.set_aside_at.is_(None), or_(OutboxRow.done_at.is_(None), OutboxRow.done_at >= instant))
            .order_by(OutboxRow.pk)
        )
        return [(pk, record_id) for pk, record_id in rows]


def backlog(database: Database) -> Backlog:
    """Count what waits and what was set aside."""
    with database.reading() as session:
        count, oldest = session.execute(
            select(func.count(), func.min(OutboxRow.created_at)).where(
                OutboxRow.done_at.is_(None), OutboxRow.set_aside_at.is_(None)
            )
        ).one()
        aside = session.scalar(select(func.count()).where(OutboxRow.set_aside_at.is_not(None))) or 0
        return Backlog(count, oldest, aside)


def prune(database: Database) -> int:
    """Forget rows that were done long ago; return how many."""
    with database.writing() as session:
        found = session.execute(
            delete(OutboxRow).where(OutboxRow.done_at < now() - KEPT_AFTER_DONE).returning(OutboxRow.pk)
        )
        return len(found.all())
