"""Complaints in the store, on SQLite and on a real PostgreSQL."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from domain.models import (
    AuditEvent,
    Complaint,
    ComplaintEvent,
    ComplaintScript,
    ComplaintThreat,
    OutboxRow,
    TacticMention,
    ThreatReport,
)
from domain.reading import LenderFind, Reading, TacticFind
from domain.store import Database, StoreUnavailable, outbox, records
from domain.store.intake import complaints
from domain.store.intake.complaints import Event, Filing, ReadFiling, Threat

KEY = b"k" * 32
STORY = "催收员说已经到我家门口，我在家等了一天，没有人来。"
FILING = Filing(lender="chenxing_cf", narrative=STORY, tactics=("visit_threatened",), consent="publish")


def read(filing: Filing) -> ReadFiling:
    found = [TacticFind("visit_actual", "denial", 16, 24, STORY[16:24], 0.9, "没有人来")]
    lenders = [LenderFind("yunling_bank", "background", 0, 3, STORY[0:3], 0.5, "named in passing")]
    return ReadFiling(
        filing,
        Reading(filing.narrative, "zh-Hans", lenders, found),
        tuple(Reading(script.replace("4000", "［金额］"), "zh-Hans") for script in filing.scripts),
    )


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


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


def test_the_same_key_with_the_same_body_gives_the_same_answer(every_database: Database) -> None:
    first = complaints.add_complaint(every_database, read(FILING), KEY, "abc")
    again = complaints.add_complaint(every_database, read(FILING), KEY, "abc")
    assert (again.id, again.receipt, again.is_new) == (first.id, first.receipt, False)
    assert count(every_database, Complaint) == 1
    assert count(every_database, OutboxRow) == 1


def test_the_same_key_with_another_body_is_refused(every_database: Database) -> None:
    complaints.add_complaint(every_database, read(FILING), KEY, "abc")
    with pytest.raises(complaints.IdempotencyConflict):
        complaints.add_complaint(every_database, read(replace(FILING, narrative="别的")), KEY, "abc")
    assert count(every_database, Complaint) == 1


def test_another_key_or_another_body_has_another_receipt(every_database: Database) -> None:
    one = complaints.add_complaint(every_database, read(FILING), KEY, "abc")
    other = complaints.add_complaint(every_database, read(FILING), KEY, "abd")
    assert one.receipt != other.receipt


def test_twenty_requests_at_once_under_one_key_make_one_complaint(every_database: Database) -> None:
    answers: list[str] = []

    def send() -> None:
        answers.append(complaints.add_complaint(every_database, read(FILING), KEY, "at once").receipt)

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 20
    assert len(set(answers)) == 1
    assert count(every_database, Complaint) == 1


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


def test_a_published_complaint_is_public_and_announced_again(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    complaints.publish(every_database, filed.id, "anna")
    found = records.get(every_database, filed.id)
    assert found is not None
    assert records.is_public(found)
    assert found.version == 2
    assert [row.record_id for row in outbox.waiting(every_database, 10)] == [filed.id, filed.id]
    assert [record.id for record in records.iterate_public(every_database)] == [filed.id]


def test_publishing_twice_changes_nothing(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    complaints.publish(every_database, filed.id, "anna")
    complaints.publish(every_database, filed.id, "anna")
    assert count(every_database, OutboxRow) == 2


def test_a_private_complaint_is_never_published(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(replace(FILING, consent="private")), KEY)
    with pytest.raises(complaints.WrongState):
        complaints.publish(every_database, filed.id, "anna")
    assert complaints.received_ids(every_database) == []


def test_publishing_an_unknown_complaint_is_refused(every_database: Database) -> None:
    with pytest.raises(complaints.UnknownComplaint):
        complaints.publish(every_database, "c000000000000", "anna")


def test_a_withdrawn_complaint_keeps_a_tombstone_and_no_text(every_database: Database) -> None:
    filing = replace(
        FILING,
        scripts=("限你今天还4000元",),
        threats=(Threat("visit_threatened", None, "not_happened"),),
        product="现金贷",
    )
    filed = complaints.add_complaint(every_database, read(filing), KEY)
    complaints.publish(every_database, filed.id, "anna")
    complaints.withdraw(every_database, KEY, filed.receipt)
    found = records.get(every_database, filed.id)
    assert isinstance(found, Complaint)
    assert (found.status, found.narrative, found.public_text, found.product) == ("withdrawn", "", "", "")
    assert (found.scripts, found.threats, found.tactic_mentions, found.lender_mentions) == ([], [], [], [])
    assert count(every_database, TacticMention) == 0
    assert not records.is_public(found)
    assert complaints.by_receipt(every_database, KEY, filed.receipt) is None


def test_withdrawing_twice_or_with_a_wrong_receipt_is_refused_alike(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    complaints.withdraw(every_database, KEY, filed.receipt)
    for receipt in (filed.receipt, "0000-0000-0000-0000-0000-0000-0000"):
        with pytest.raises(complaints.UnknownComplaint):
            complaints.withdraw(every_database, KEY, receipt)


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


WHOLE = Filing(
    lender="chenxing_cf", collector="yunling_bank", written_by="relative", narrative=STORY,
    tactics=("visit_threatened",), consent="publish", product="现金贷", region="440000",
    overdue="to_90_days", amount="to_20000",
    wants=("stop_harassment", "written_answer"), more_masks=("家门口",), scripts=("单独的一条",),
    events=(
        Event(date(2026, 11, 2), "21:05", "", "call", ("relative", "employer"), ("限你今天还",)),
        Event(None, None, "十月中旬的晚上", "visit", ("borrower",)),
    ),
    threats=(
        Threat("visit_threatened", date(2026, 11, 30), "not_yet", "visit"), Threat("insult_abuse", None, "unknown"),
    ),
)  # fmt: skip


def whole(database: Database):
    scripts = tuple(Reading(text, "zh-Hans") for text, _ in WHOLE.all_scripts)
    whole_reading = replace(read(WHOLE), abouts=("", "十月中旬"), scripts=scripts)
    filed = complaints.add_complaint(database, whole_reading, KEY)
    return filed, records.get(database, filed.id)


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


def test_nothing_of_it_is_left_after_a_withdrawal(every_database: Database) -> None:
    filed, _ = whole(every_database)
    complaints.withdraw(every_database, KEY, filed.receipt)
    left = records.get(every_database, filed.id)
    kept = {name: value for name, value in vars(left).items() if value and not name.startswith("_")}
    assert set(kept) == {
        "pk", "id", "version", "status", "consent", "written_by", "language", "receipt_hash", "received_at",
        "updated_at",
    }  # fmt: skip
    assert left.written_by == "borrower"
    for table in (ComplaintEvent, ComplaintScript, ComplaintThreat, ThreatReport):
        assert count(every_database, table) == 0


def test_each_report_of_a_threat_is_kept_with_its_time(every_database: Database) -> None:
    filed, kept = whole(every_database)
    threat_id = kept.threats[0].id
    complaints.report_outcome(every_database, KEY, filed.receipt, threat_id, "not_happened")
    found = records.get(every_database, filed.id)
    assert found.threats[0].outcome == "not_happened"
    assert [report.outcome for report in found.threats[0].reports] == ["not_yet", "not_happened"]
    assert found.threats[0].reports[0].reported_at <= found.threats[0].reports[1].reported_at
    assert found.version == kept.version + 1
    assert len(outbox.waiting(every_database, 10)) == 2


def test_nobody_reports_on_a_threat_of_another_complaint(every_database: Database) -> None:
    _, kept = whole(every_database)
    other = complaints.add_complaint(every_database, read(FILING), KEY)
    for receipt, threat_id in ((other.receipt, kept.threats[0].id), ("0000", kept.threats[0].id)):
        with pytest.raises(complaints.UnknownComplaint):
            complaints.report_outcome(every_database, KEY, receipt, threat_id, "happened")
    with pytest.raises(ValueError, match="maybe"):
        complaints.report_outcome(every_database, KEY, other.receipt, kept.threats[0].id, "maybe")
    assert count(every_database, ThreatReport) == 2


def test_a_consent_that_is_taken_back_takes_the_record_from_the_readers(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    complaints.publish(every_database, filed.id, "anna")
    complaints.change_consent(every_database, KEY, filed.receipt, "private")
    found = records.get(every_database, filed.id)
    assert not records.is_public(found)
    assert found.version == 3
    assert len(outbox.waiting(every_database, 10)) == 3
    complaints.change_consent(every_database, KEY, filed.receipt, "figures")
    assert records.is_public(records.get(every_database, filed.id))
    with pytest.raises(complaints.UnknownComplaint):
        complaints.change_consent(every_database, KEY, "0000", "figures")
    with pytest.raises(ValueError, match="all"):
        complaints.change_consent(every_database, KEY, filed.receipt, "all")


def test_the_same_consent_again_changes_nothing(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    complaints.change_consent(every_database, KEY, filed.receipt, "publish")
    assert records.get(every_database, filed.id).version == 1


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


def test_what_a_withdrawal_leaves_can_t_be_tried_for_a_guessed_text(every_database: Database) -> None:
    filed = [complaints.add_complaint(every_database, read(FILING), KEY, key) for key in ("one", "two")]
    for one in filed:
        complaints.withdraw(every_database, KEY, one.receipt)
    first, second = (records.get(every_database, one.id).request_hash for one in filed)
    # The text and the server's key are not enough: the sender's key, which is kept nowhere, goes in.
    assert first != second
    assert FILING.fingerprint not in (first, second)
    again = complaints.add_complaint(every_database, read(FILING), KEY, "one")
    assert (again.id, again.is_new) == (filed[0].id, False)
    with pytest.raises(complaints.IdempotencyConflict):
        complaints.add_complaint(every_database, read(replace(FILING, narrative="别的。")), KEY, "one")
