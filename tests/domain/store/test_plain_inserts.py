"""Rows that are added past the unit of work stand in the store as those that went through it."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import bindparam, func, or_, select, text

from domain.models import AuditEvent, OutboxRow
from domain.models.columns import UtcDateTime
from domain.store import Database
from domain.store.plain_inserts import PlainWriter

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def added(database: Database, **row: Any) -> None:
    database.add(lambda writer: writer.add_all(OutboxRow, [row]))


def announced(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(OutboxRow.record_id).order_by(OutboxRow.created_at)))


def test_an_instant_is_written_alike_whoever_writes_it(database: Database) -> None:
    with database.writing() as session:
        session.add(OutboxRow(record_id="c1", created_at=NOON))
    added(database, record_id="c2", created_at=NOON.astimezone(timezone(timedelta(hours=8))))
    with database.reading() as session:
        written = session.scalars(text("SELECT DISTINCT created_at FROM outbox")).all()
    assert written == ["2026-11-26 12:00:00+00:00"]


@pytest.mark.parametrize("earlier", [timedelta(microseconds=1), timedelta(milliseconds=500), timedelta(seconds=1)])
def test_instants_are_in_order_whole_seconds_too(every_database: Database, earlier: timedelta) -> None:
    for number, at in enumerate((NOON + earlier, NOON, NOON - earlier)):
        added(every_database, record_id=f"c{number}", created_at=at)
    assert announced(every_database) == ["c2", "c1", "c0"]


def test_an_instant_without_a_time_zone_is_refused(every_database: Database) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        added(every_database, record_id="c1", created_at=datetime(2026, 11, 26))  # noqa: DTZ001 (that is the point)


def test_a_value_named_twice_is_converted_at_both_places(every_database: Database) -> None:
    added(every_database, record_id="c1", created_at=NOON)
    asked = bindparam("at", type_=UtcDateTime())
    question = select(func.count()).where(or_(OutboxRow.created_at == asked, OutboxRow.created_at > asked))
    with every_database.querying() as connection:
        assert PlainWriter.within(connection).ask(question, {"at": NOON}) == [(1,)]


def test_empty_lists_and_notes_read_back_as_they_were(every_database: Database) -> None:
    details: list[Any] = [{}, {"words": []}, {"number": 1, "text": "催收"}]
    rows = [
        {"pk": 100 + number, "at": NOON, "actor": "test", "action": "test", "subject": "s", "details": one,
         "previous_hash": "0", "hash": str(number)}
        for number, one in enumerate(details)
    ]  # fmt: skip
    every_database.add(lambda writer: writer.add_all(AuditEvent, rows))
    with every_database.reading() as session:
        assert session.scalars(select(AuditEvent.details).order_by(AuditEvent.pk)).all() == details


def test_a_row_with_other_columns_than_the_first_is_refused_and_nothing_is_kept(database: Database) -> None:
    first = {"record_id": "c1", "created_at": NOON}
    for other in (first | {"attempts": 2}, {"record_id": "c2", "attempts": 2}):
        with pytest.raises((ValueError, KeyError)):
            database.add(lambda writer, other=other: writer.add_all(OutboxRow, [first, other]))
    assert announced(database) == []
