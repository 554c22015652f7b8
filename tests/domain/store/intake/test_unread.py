"""Filings that are answered for before they are read: what becomes of them, on SQLite and on a real PostgreSQL."""

import shutil
import threading
import time
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from domain.filings.filing import file_complaint, keep_filing
from domain.filings.keep_reading import keep_reading
from domain.filings.reading_filings import read_filing
from domain.models import AuditEvent, Base, Complaint, OutboxRow, UnreadFiling
from domain.store import Database, audit, records, samples
from domain.store.intake import complaints, receipts, unread
from domain.store.intake.complaints import Event, Filing, IdempotencyConflict, Threat, UnknownComplaint, WrongState
from domain.store.intake.written_filings import filing_of, written
from domain.store.moderating import queue
from domain.store.moderating.queue import QueueFilter
from domain.store.retagging.retag import Counts
from domain.store.retagging.retag_complaints import retag_complaints
from tests.domain.store.intake.filed import FILING, TOLD, WHOLE, count

CANARY = "13800138000"
STORIES = [
    f"{who}说{what}，{then}。{private}"
    for who in ("催收员", "自称云岭银行的人", "A collector")
    for what in ("明天上门", "要告诉我单位", "已经起诉我", "he is at my door")
    for then, private in (("我等了一天没有人来", f"我的电话是{CANARY}"), ("一天打了三十个电话", "他叫白志远"),
                          ("骂我是老赖", "微信 lin_0001，住在幸福路12号3单元"), ("", ""))
]  # fmt: skip
OF_ITS_OWN = {"id", "receipt_hash", "idempotency_hash", "request_hash", "received_at", "updated_at", "reported_at",
              "created_at", "at", "hash", "previous_hash", "subject", "record_id", "contact_sealed"}  # fmt: skip


def filings() -> list[Filing]:
    plain = [
        replace(WHOLE, narrative=story, scripts=(story, f"限你今天还，联系{CANARY}"), product=f"现金贷{CANARY}",
                contact=f"微信 wx_{number}") if number % 3 == 0
        else Filing("chenxing_cf" if number % 2 else "没有人知道的公司", story, ("insult_abuse",), "publish")
        for number, story in enumerate(STORIES)
    ]  # fmt: skip
    return [*plain, Filing("", "", ("insult_abuse",), "figures")]


def rows(database: Database) -> dict[str, list[dict]]:
    """Return all that stands in the store, but for what differs between two filings of the same words."""
    with database.reading() as session:
        return {
            table.name: [
                {name: value for name, value in row._mapping.items() if name not in OF_ITS_OWN}
                for row in session.execute(table.select().order_by(*table.primary_key.columns))
            ]
            for table in Base.metadata.sorted_tables
        }


def test_what_is_read_later_is_kept_as_what_is_read_at_once(database, reader, keys, prepared_sqlite, tmp_path) -> None:
    shutil.copy(prepared_sqlite, tmp_path / "other.sqlite3")
    other = Database(f"sqlite:///{tmp_path}/other.sqlite3")
    for number, filing in enumerate(filings()):
        keep_filing(database, keys, filing, f"key-{number}")
        file_complaint(other, reader, keys, filing, f"key-{number}")
    assert unread.read_what_waits(database) == len(STORIES) + 1
    found, expected = rows(database), rows(other)
    assert expected["complaint"]
    for table, rows_of_it in expected.items():
        assert found[table] == rows_of_it, table
    other.dispose()


def test_before_it_is_read_nothing_of_a_filing_is_a_complaint(every_database: Database, keys) -> None:
    filed = keep_filing(every_database, keys, replace(FILING, narrative=TOLD, contact="微信 lin_0001"), "one")
    assert records.get(every_database, filed.id) is None
    assert [count(every_database, table) for table in (Complaint, OutboxRow, UnreadFiling)] == [0, 0, 1]
    assert [event.action for event in audit.events_of(every_database, filed.id)] == ["complaint.received"]
    with every_database.reading() as session:
        assert "lin_0001" not in "".join(map(str, session.execute(UnreadFiling.__table__.select()).one()))
    assert not samples.is_untouched(every_database)
    unread.read_what_waits(every_database)
    assert CANARY not in records.get(every_database, filed.id).public_text
    assert [count(every_database, table) for table in (Complaint, OutboxRow, UnreadFiling)] == [1, 1, 0]
    assert count(every_database, AuditEvent) == 1


def test_a_key_is_known_before_and_after_the_reading(every_database: Database, keys, reader) -> None:
    first = keep_filing(every_database, keys, FILING, "one")
    for _ in range(2):
        again = keep_filing(every_database, keys, FILING, "one")
        assert (again.id, again.receipt, again.is_new) == (first.id, first.receipt, False)
        # With files a filing is read at once; it is the same one all the same.
        assert file_complaint(every_database, reader, keys, FILING, "one").id == first.id
        for send in (keep_filing, lambda *given: file_complaint(given[0], reader, *given[1:])):
            with pytest.raises(IdempotencyConflict):
                send(every_database, keys, replace(FILING, narrative="别的。"), "one")
        unread.read_what_waits(every_database)
    assert [count(every_database, table) for table in (Complaint, UnreadFiling)] == [1, 0]


def test_sent_many_times_while_many_read_it_is_one_complaint(every_database: Database, keys, reader) -> None:
    answers, wrong = [], []

    def do(number: int) -> None:
        try:
            if number % 3 == 0:
                unread.read_what_waits(every_database)
            elif number % 3 == 1:
                answers.append(keep_filing(every_database, keys, FILING, "at once"))
            else:
                answers.append(file_complaint(every_database, reader, keys, FILING, "at once"))
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=do, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    unread.read_what_waits(every_database)
    assert wrong == []
    assert len({(answer.id, answer.receipt) for answer in answers}) == 1
    assert [count(every_database, table) for table in (Complaint, UnreadFiling, OutboxRow)] == [1, 0, 1]


def test_many_who_read_at_once_make_each_filing_one_complaint(every_database: Database, keys) -> None:
    ids = {keep_filing(every_database, keys, FILING, str(number)).id for number in range(60)}
    others = [every_database.again() for _ in range(3)]
    made: list[int] = []
    threads = [threading.Thread(target=lambda one=one: made.append(unread.read_what_waits(one))) for one in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in others:
        one.dispose()
    assert sum(made) == 60
    with every_database.reading() as session:
        assert sorted(session.scalars(select(Complaint.id))) == sorted(ids)


def test_the_receipt_opens_a_filing_that_nobody_read_yet(every_database: Database, keys) -> None:
    filed = keep_filing(every_database, keys, replace(FILING, narrative=TOLD), "one")
    other = keep_filing(every_database, keys, FILING, "two")
    assert receipts.look(every_database, keys.receipt, filed.receipt).complaint.id == filed.id
    assert unread.count(every_database) == 1  # of the other nothing was asked
    complaints.change_consent(every_database, keys.receipt, other.receipt, "private")
    assert records.get(every_database, other.id).consent == "private"


def test_a_withdrawn_filing_leaves_nothing_though_nobody_read_it(every_database: Database, keys) -> None:
    filed = keep_filing(every_database, keys, replace(FILING, narrative=TOLD), "one")
    complaints.withdraw(every_database, keys.receipt, filed.receipt)
    kept = records.get(every_database, filed.id)
    assert (kept.status, kept.narrative, unread.count(every_database)) == ("withdrawn", "", 0)
    with pytest.raises(UnknownComplaint):
        complaints.withdraw(every_database, keys.receipt, filed.receipt)
    assert keep_filing(every_database, keys, replace(FILING, narrative=TOLD), "one").id == filed.id
    assert unread.count(every_database) == 0


def test_a_text_at_which_the_reader_fails_stops_no_other(every_database: Database, keys, monkeypatch, caplog) -> None:
    def fail_at_one(reader, filing):
        if CANARY in filing.narrative:
            raise ValueError(filing.narrative)
        return read_filing(reader, filing)

    monkeypatch.setattr(unread, "read_filing", fail_at_one)
    stories = [STORIES[1], STORIES[0], STORIES[2]]
    one, bad, two = (keep_filing(every_database, keys, replace(FILING, narrative=story), story) for story in stories)
    assert unread.read_what_waits(every_database) == 3
    assert all(records.get(every_database, good.id).public_text for good in (one, two))
    kept = records.get(every_database, bad.id)
    assert (kept.public_text, kept.narrative) == ("", STORIES[0])
    listed = {row.id: row.is_unreadable for row in queue.queue_page(every_database, QueueFilter()).rows}
    assert listed == {one.id: False, bad.id: True, two.id: False}
    with pytest.raises(WrongState, match="could not be read"):
        complaints.publish(every_database, bad.id, "test")
    assert bad.id in caplog.text
    assert "ValueError at tests/domain/store/intake/test_unread.py" in caplog.text
    assert CANARY not in caplog.text


def test_what_could_not_be_read_is_tried_again_by_the_next_retag(every_database, keys, reader, monkeypatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise ValueError

    monkeypatch.setattr(unread, "read_filing", fail)
    filed = keep_filing(every_database, keys, replace(FILING, narrative=TOLD, scripts=(TOLD,)), "one")
    unread.read_what_waits(every_database)
    retag_complaints(every_database, fail, 0, 10, Counts())  # type: ignore[arg-type]
    with pytest.raises(WrongState):
        complaints.publish(every_database, filed.id, "test")
    retag_complaints(every_database, reader.read, 0, 10, Counts())
    complaints.publish(every_database, filed.id, "test")
    kept = records.get(every_database, filed.id)
    for public in (kept.public_text, kept.scripts[0].public_text):
        assert "带人上门" in public
        assert CANARY not in public


def test_a_row_that_is_no_filing_stops_no_other(every_database: Database, keys, caplog) -> None:
    broken, good = (keep_filing(every_database, keys, FILING, key) for key in ("one", "two"))
    with every_database.writing() as session:
        session.scalars(select(UnreadFiling).where(UnreadFiling.id == broken.id)).one().filing = "{"
    assert unread.read_what_waits(every_database) == 1
    assert records.get(every_database, good.id) is not None
    assert unread.count(every_database) == 1
    assert broken.id in caplog.text


def test_the_worker_reads_what_is_filed_while_it_runs(database: Database, keys) -> None:
    stop, hasty = threading.Event(), Database(str(database.engine.url), durable=False)
    reading = threading.Thread(target=keep_reading, args=(hasty, stop))
    reading.start()
    try:
        filed = [keep_filing(database, keys, FILING, str(number)) for number in range(30)]
        until = time.monotonic() + 60
        while unread.count(database) and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        stop.set()
        reading.join()
        hasty.dispose()
    assert all(records.get(database, one.id) is not None for one in filed)


def test_a_filing_comes_back_as_it_was_written() -> None:
    whole = replace(
        WHOLE, occurred_on=date(2026, 3, 6), events=(Event(scripts=("一", "二"), contacted=("borrower",)), Event()),
        threats=(Threat("visit_threatened", None, "unknown"), Threat("", date(2026, 1, 1), "", "other")),
    )  # fmt: skip
    for filing in (*filings(), whole, Filing("", "", (), "private", language="en")):
        assert filing_of(written(filing)) == filing
        assert filing_of(written(filing)).fingerprint == filing.fingerprint
