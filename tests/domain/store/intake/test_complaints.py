"""Complaints in the store, on SQLite and on a real PostgreSQL."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domain.models import (
    AuditEvent,
    Complaint,
    OutboxRow,
)
from domain.store import Database, StoreUnavailable, outbox, records
from domain.store.intake import complaints
from tests.domain.store.intake.filed import FILING, KEY, STORY, count, read, whole


def test_a_filed_complaint_is_kept_with_its_outbox_row_and_audit_event(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    assert filed.is_new
    found = records.get(every_database, filed.id)
    assert isinstance(found, Complaint)
    assert (found.status, found.narrative, found.lender.slug) == ("received", STORY, "chenxing_cf")
    assert [row.record_id for row in outbox.waiting(every_database, 10)] == [filed.id]
    assert count(every_database, AuditEvent) == 1


def test_neither_the_receipt_nor_the_idempotency_key_is_stored(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY, "key-of-the-form")
    found = records.get(every_database, filed.id)
    kept = " ".join(str(value) for value in vars(found).values())
    assert filed.receipt not in kept
    assert filed.receipt.replace("-", "") not in kept
    assert "key-of-the-form" not in kept


def test_a_threat_is_not_counted_as_a_visit(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    found = records.get(every_database, filed.id)
    assert found is not None
    assert {(m.tactic_code, m.assertion, m.counted) for m in found.tactic_mentions} == {
        ("visit_threatened", "collector_threat", True),
        ("visit_actual", "denial", False),
    }


def test_the_table_refuses_to_count_a_denial(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    with pytest.raises(IntegrityError), every_database.writing() as session:
        session.execute(text("UPDATE tactic_mention SET counted = :yes WHERE assertion = 'denial'"), {"yes": True})
    assert records.get(every_database, filed.id) is not None


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1}", "{2}", "{3}"])
def test_a_receipt_opens_its_complaint_however_it_is_typed(every_database: Database, typed: str) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    receipt = filed.receipt
    full_width = "".join(chr(ord(c) + 0xFEE0) if c != "-" else "－" for c in receipt)
    forms = typed.format(
        receipt, receipt.lower(), receipt.replace("-", " ").replace("1", "l").replace("0", "O"), full_width
    )
    found = complaints.by_receipt(every_database, KEY, forms)
    assert found is not None
    assert found.id == filed.id


def test_a_wrong_receipt_opens_nothing(every_database: Database) -> None:
    complaints.add_complaint(every_database, read(FILING), KEY)
    assert complaints.by_receipt(every_database, KEY, "0000-0000-0000-0000-0000-0000-0000") is None
    assert complaints.by_receipt(every_database, KEY, "") is None


def test_an_unknown_tactic_keeps_nothing_at_all(every_database: Database) -> None:
    with pytest.raises(IntegrityError):
        complaints.add_complaint(every_database, read(replace(FILING, tactics=("no_such_tactic",))), KEY)
    assert (count(every_database, Complaint), count(every_database, OutboxRow), count(every_database, AuditEvent)) == (
        0,
        0,
        0,
    )


def test_a_store_that_is_locked_keeps_nothing_and_says_so(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("domain.store.database.BUSY_TIMEOUT_MS", 50)
    waiting = Database(str(database.engine.url))
    with database.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        with pytest.raises(StoreUnavailable):
            complaints.add_complaint(waiting, read(FILING), KEY)
    assert count(database, Complaint) == 0


def test_sqlite_keeps_what_it_acknowledged(database: Database) -> None:
    with database.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_everything_that_is_asked_is_kept(every_database: Database) -> None:
    _, kept = whole(every_database)
    assert (kept.written_by, kept.collector.slug, kept.overdue, kept.amount) == (
        "relative", "yunling_bank", "to_90_days", "to_20000",
    )  # fmt: skip
    assert (kept.wants, kept.more_masks) == (["stop_harassment", "written_answer"], ["家门口"])
    assert kept.occurred_on == date(2026, 11, 2)
    first, second = kept.events
    assert (first.number, first.occurred_on, first.occurred_at) == (1, date(2026, 11, 2), "21:05")
    assert (first.channel, first.contacted) == ("call", ["relative", "employer"])
    assert (second.number, second.about, second.about_public) == (2, "十月中旬的晚上", "十月中旬")
    assert [(script.text, script.event_number) for script in kept.scripts] == [("单独的一条", None), ("限你今天还", 1)]
    assert [(threat.kind, threat.outcome) for threat in kept.threats] == [("visit", "not_yet"), ("other", "unknown")]
    assert len({threat.id for threat in kept.threats}) == 2
    assert {mention.lender.slug for mention in kept.lender_mentions if mention.role == "subject"} == {
        "chenxing_cf", "yunling_bank",
    }  # fmt: skip


@pytest.mark.parametrize("table", ["complaint", "article"])
def test_samples_are_counted_without_reading_the_others(database: Database, table: str) -> None:
    plan = f"EXPLAIN QUERY PLAN SELECT count(*) FROM {table} WHERE {table}.is_sample = 1"  # noqa: S608
    with database.querying() as connection:
        steps = [row[-1] for row in connection.exec_driver_sql(plan)]
    assert any(f"ix_{table}_is_sample" in step for step in steps), steps


def test_samples_are_told_from_what_was_filed(every_database: Database) -> None:
    complaints.add_complaint(every_database, read(FILING), KEY)
    assert records.count_samples(every_database) == 0
    complaints.add_complaint(every_database, read(FILING), KEY, is_sample=True)
    assert records.count_samples(every_database) == 1
