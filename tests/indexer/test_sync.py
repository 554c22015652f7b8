"""From a change in the store to the index, on both engines."""

import threading
import time

import pytest

from domain.models import Article, Complaint
from domain.store import outbox
from indexer import sync as syncing
from indexer.engines import Engine
from indexer.request import SearchRequest
from indexer.sync import sync
from indexer.worker import Chore, run_worker


def ids(engine: Engine, term: str = "", **rest: object) -> set[str]:
    return {hit.id for hit in engine.search(SearchRequest(term, size=100, **rest)).hits}  # type: ignore[arg-type]


def test_a_published_complaint_is_found(records, every_engine):
    complaint = records.complaint("他们在半夜打电话给我。")
    sync(records.database, every_engine)
    assert ids(every_engine, "半夜") == {complaint}


def test_a_complaint_that_is_not_published_is_not_found(records, every_engine):
    records.complaint("他们在半夜打电话给我。", publish=False)
    report = sync(records.database, every_engine)
    assert (ids(every_engine), report.set_aside) == (set(), 0)


def test_a_withdrawn_complaint_leaves_the_index(records, every_engine):
    gone, kept = records.complaint("半夜打电话"), records.complaint("半夜敲门")
    sync(records.database, every_engine)
    records.withdraw(gone)
    sync(records.database, every_engine)
    assert ids(every_engine, "半夜") == {kept}
    assert every_engine.count() == 1


def test_a_private_complaint_never_reaches_the_index(records, every_engine):
    complaint = records.complaint("半夜打电话", consent="private", publish=False)
    records.change(Complaint, complaint, status="published")
    sync(records.database, every_engine)
    assert every_engine.count() == 0


def test_a_complaint_for_figures_is_counted_and_its_words_are_not_found(records, every_engine):
    complaint = records.complaint("半夜打电话", consent="figures", tactics=("visit_threatened",), scripts=("明天上门",))
    sync(records.database, every_engine)
    assert ids(every_engine, "半夜") == ids(every_engine, "上门") == set()
    assert ids(every_engine, filters={"tactic": ("visit_threatened",)}) == {complaint}


def test_a_changed_article_is_found_by_its_new_words_only(records, every_engine):
    address = "https://news.example/changed"
    article = records.article("题", "旧的内容写的是电话", url=address)
    sync(records.database, every_engine)
    assert records.article("题", "新的内容写的是短信", url=address) == article
    sync(records.database, every_engine)
    assert (ids(every_engine, "电话"), ids(every_engine, "短信")) == (set(), {article})


def test_a_sync_twice_changes_nothing(records, every_engine):
    complaint = records.complaint("半夜打电话")
    sync(records.database, every_engine)
    again = sync(records.database, every_engine)
    assert (again.indexed, again.removed, again.rebuilt) == (0, 0, False)
    assert ids(every_engine) == {complaint}


def test_changes_carried_again_leave_the_same_index(records, every_engine):
    records.complaint("半夜打电话")
    gone = records.complaint("半夜敲门")
    sync(records.database, every_engine)
    records.withdraw(gone)
    sync(records.database, every_engine)
    with records.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE outbox SET done_at = NULL")
    before = ids(every_engine)
    sync(records.database, every_engine)
    assert ids(every_engine) == before
    assert every_engine.count() == 1


def test_a_poisonous_record_is_set_aside_with_its_reason_and_the_others_go_on(records, every_engine):
    sync(records.database, every_engine)
    first, poisonous, last = (records.complaint(f"半夜打电话 {number}") for number in range(3))
    with records.database.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE complaint SET received_at = 'not a time' WHERE id = ?", (poisonous,)
        )
    report = sync(records.database, every_engine)
    assert ids(every_engine) == {first, last}
    assert report.set_aside == 1
    aside = outbox.set_aside_rows(records.database)
    assert {record for record, _ in aside} == {poisonous}
    assert all("not a time" in reason for _, reason in aside)
    assert outbox.backlog(records.database).waiting == 0


def test_an_indexed_record_that_turns_poisonous_leaves_the_index(records, every_engine):
    poisonous = records.article("题", "正文")
    sync(records.database, every_engine)
    records.change(Article, poisonous, published_on=None)
    with records.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE article SET fetched_at = 'x', version = 2")
        outbox.announce(session, poisonous)
    sync(records.database, every_engine)
    assert ids(every_engine) == set()


def test_a_change_after_one_that_was_set_aside_is_tried_again(records, every_engine):
    complaint = records.complaint("半夜打电话")
    with records.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE complaint SET received_at = 'x'")
    sync(records.database, every_engine)
    with records.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE complaint SET received_at = '2026-11-01 00:00:00.000000'")
        outbox.announce(session, complaint)
    sync(records.database, every_engine)
    assert ids(every_engine) == {complaint}


def test_a_record_that_is_gone_from_the_store_leaves_the_index(records, every_engine):
    article = records.article("题", "正文")
    sync(records.database, every_engine)
    with records.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM article")
        outbox.announce(session, article)
    sync(records.database, every_engine)
    assert ids(every_engine) == set()


def test_an_empty_place_is_filled_from_the_store_by_the_next_sync(records, every_engine):
    complaint = records.complaint("半夜打电话")
    for row in outbox.waiting(records.database, 10):
        outbox.mark_done(records.database, [row.pk])
    assert sync(records.database, every_engine).rebuilt
    assert ids(every_engine) == {complaint}


def test_what_changed_last_does_not_wait_behind_thousands(records, embedded_engine, monkeypatch):
    """After a re-reading of everything a withdrawal must still reach the index within seconds."""
    monkeypatch.setattr(syncing, "BATCH", 5)
    monkeypatch.setattr(syncing, "NEWEST", 2)
    kept = [records.complaint(f"半夜打电话{number}") for number in range(12)]
    sync(records.database, embedded_engine)
    with records.database.writing() as session:
        for record_id in kept:
            outbox.announce(session, record_id)
    records.withdraw(kept[-1])
    carried = []

    def carry(database, engine, rows, names, carry=syncing._carry):
        carried.append({row.record_id for row in rows})
        return carry(database, engine, rows, names)

    monkeypatch.setattr(syncing, "_carry", carry)
    sync(records.database, embedded_engine)
    assert kept[-1] in carried[0]
    assert ids(embedded_engine) == set(kept[:-1])
    assert outbox.waiting(records.database, 10) == []


def test_a_chore_that_takes_long_keeps_no_change_from_the_index(records, embedded_engine):
    stop, begun = threading.Event(), threading.Event()

    def long_chore():
        begun.set()
        stop.wait(60)

    worker = threading.Thread(
        target=run_worker, args=(records.database, embedded_engine, stop, [Chore("long", 3600, long_chore)])
    )
    worker.start()
    try:
        assert begun.wait(30)
        complaint = records.complaint("半夜打电话")
        deadline = time.monotonic() + 30
        while not embedded_engine.is_ready() or ids(embedded_engine) != {complaint}:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        stop.set()
        worker.join()


def test_the_time_of_the_last_sync_is_known(records, every_engine):
    assert every_engine.last_synced() is None
    sync(records.database, every_engine)
    assert every_engine.last_synced() is not None


@pytest.mark.postgresql
def test_a_sync_works_on_every_store(every_store, every_engine):
    kept, gone = every_store.complaint("半夜打电话"), every_store.complaint("半夜敲门")
    article = every_store.article("题", "半夜的来电")
    sync(every_store.database, every_engine)
    every_store.withdraw(gone)
    sync(every_store.database, every_engine)
    assert ids(every_engine, "半夜") == {kept, article}
