"""A new index beside the old one, on both engines: search never stops, nothing written meanwhile is lost."""

import threading
import time

import pytest

from domain.store import outbox
from indexer.check import check
from indexer.errors import RebuildRefused, SearchUnavailable
from indexer.rebuild import rebuild
from indexer.request import SearchRequest
from indexer.status import index_status
from indexer.sync import sync


def ids(engine, term: str = "") -> set[str]:
    found, cursor = set(), ""
    while True:
        page = engine.search(SearchRequest(term, size=100, search_after=cursor, facets=()))
        found |= {hit.id for hit in page.hits}
        cursor = page.next
        if not cursor:
            return found


def test_a_rebuild_holds_what_the_store_holds(records, every_engine):
    kept = {records.complaint("半夜打电话"), records.article("题", "正文")}
    records.complaint("不公开", publish=False)
    report = rebuild(records.database, every_engine)
    assert (report.documents, report.refused) == (2, {})
    assert ids(every_engine) == kept
    assert not check(records.database, every_engine)


def test_a_rebuild_mends_what_was_wrong(records, every_engine):
    kept = records.complaint("半夜打电话")
    sync(records.database, every_engine)
    with every_engine.rebuilding() as empty:
        empty.commit()
        empty.swap()
    assert ids(every_engine) == set()
    rebuild(records.database, every_engine)
    assert ids(every_engine) == {kept}


def test_what_waited_is_in_the_new_index_and_waits_no_more(records, every_engine):
    for number in range(5):
        records.complaint(f"半夜打电话 {number}")
    rebuild(records.database, every_engine)
    assert outbox.backlog(records.database).waiting == 0
    assert sync(records.database, every_engine).indexed == 0


def test_a_rebuild_sets_a_poisonous_record_aside_and_goes_on(records, every_engine):
    kept, poisonous = records.complaint("半夜打电话"), records.complaint("半夜敲门")
    with records.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE complaint SET received_at = 'x' WHERE id = ?", (poisonous,))
    report = rebuild(records.database, every_engine)
    assert (report.documents, list(report.refused)) == (1, [poisonous])
    assert ids(every_engine) == {kept}
    assert {record for record, _ in outbox.set_aside_rows(records.database)} == {poisonous}


@pytest.mark.slow
def test_search_goes_on_and_nothing_is_lost_while_a_rebuild_runs(records, every_engine):
    first = [records.complaint(f"半夜打电话 {number}") for number in range(300)]
    sync(records.database, every_engine)
    stop, failures, added, withdrawn = threading.Event(), [], [], []

    def search() -> None:
        while not stop.is_set():
            try:
                if every_engine.search(SearchRequest("半夜", size=1)).total < 200:
                    failures.append("results went missing")
            except SearchUnavailable as reason:
                failures.append(repr(reason))
            time.sleep(0.01)

    def write() -> None:
        try:
            while not stop.is_set():
                added.append(records.complaint("半夜敲门"))
                if first and len(withdrawn) < 50:
                    withdrawn.append(first.pop())
                    records.withdraw(withdrawn[-1])
                sync(records.database, every_engine)
        except SearchUnavailable as reason:
            failures.append(repr(reason))

    threads = [threading.Thread(target=work) for work in (search, write)]
    for thread in threads:
        thread.start()
    rebuilds = 0
    try:
        # As many as it takes the writer to have written in the midst of them, on a machine however busy.
        while not failures and (rebuilds < 3 or len(added) <= 3):
            rebuild(records.database, every_engine)
            rebuilds += 1
            time.sleep(0.1)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    sync(records.database, every_engine)
    assert failures == []
    assert ids(every_engine) == {*first, *added}
    assert not check(records.database, every_engine)


def test_a_new_index_can_be_written_into_as_soon_as_it_is_swapped_in(records, every_engine):
    sync(records.database, every_engine)
    with every_engine.rebuilding() as new:
        new.commit()
        with every_engine.pausing_writes():
            new.swap()
        added = records.complaint("半夜打电话")
        sync(records.database, every_engine)
    assert ids(every_engine) == {added}


def test_a_new_index_that_lacks_records_is_not_swapped_in(records, every_engine, monkeypatch):
    kept = {records.complaint("半夜打电话"), records.complaint("半夜敲门")}
    sync(records.database, every_engine)
    honest = every_engine.rebuilding

    class Forgetful:
        def __init__(self, context):
            self.context = context

        def __enter__(self):
            new = self.context.__enter__()
            write = new.write
            new.write = lambda documents, removals=(): write(documents[1:], removals)
            return new

        def __exit__(self, *error):
            return self.context.__exit__(*error)

    monkeypatch.setattr(every_engine, "rebuilding", lambda: Forgetful(honest()))
    with pytest.raises(RebuildRefused):
        rebuild(records.database, every_engine)
    assert ids(every_engine) == kept


def test_an_interrupted_rebuild_leaves_the_old_index(records, every_engine):
    kept = records.complaint("半夜打电话")
    sync(records.database, every_engine)
    context = every_engine.rebuilding()
    context.__enter__().commit()
    assert context.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None) is not True
    assert ids(every_engine) == {kept}


def test_check_finds_no_difference_after_a_sync(records, every_engine):
    records.complaint("半夜打电话"), records.article("题", "正文")
    sync(records.database, every_engine)
    assert not check(records.database, every_engine)


def test_check_names_what_is_missing_unexpected_outdated_and_different(records, every_engine):
    gone, old, other = (records.complaint(text) for text in ("半夜打电话", "半夜敲门", "半夜短信"))
    sync(records.database, every_engine)
    missing = records.complaint("还没有收进索引")
    with records.database.writing() as session:
        connection = session.connection()
        connection.exec_driver_sql("UPDATE complaint SET status = 'held' WHERE id = ?", (gone,))
        connection.exec_driver_sql("UPDATE complaint SET version = version + 1 WHERE id = ?", (old,))
        connection.exec_driver_sql("UPDATE complaint SET region = '310000' WHERE id = ?", (other,))
    differences = check(records.database, every_engine)
    assert vars(differences) == {
        "missing": [missing], "unexpected": [gone], "outdated": [old], "different": [other],
    }  # fmt: skip


def test_check_without_an_index_says_that_there_is_none(records, every_engine):
    with pytest.raises(SearchUnavailable) as reason:
        check(records.database, every_engine)
    assert reason.value.reason == "missing"


def test_a_search_without_an_index_says_that_there_is_none(every_engine):
    with pytest.raises(SearchUnavailable) as reason:
        every_engine.search(SearchRequest())
    assert reason.value.reason == "missing"
    assert not every_engine.is_ready()


def test_an_index_of_another_format_is_not_read_and_the_next_sync_rebuilds_it(
    records, settings, every_engine, monkeypatch
):
    kept = records.complaint("半夜打电话")
    with monkeypatch.context() as patch:
        for module in ("engines.embedded.folder", "engines.elasticsearch.indices"):
            patch.setattr(f"indexer.{module}.index_format", lambda: "00000000")
        sync(records.database, every_engine)
        assert ids(every_engine) == {kept}
    every_engine._looked_at = float("-inf")  # Elasticsearch: what was seen of the index is believed for two seconds
    with pytest.raises(SearchUnavailable) as reason:
        every_engine.search(SearchRequest())
    assert reason.value.reason == "format"
    assert index_status(records.database, every_engine).stale
    assert sync(records.database, every_engine).rebuilt
    assert ids(every_engine) == {kept}


def test_the_status_says_how_far_the_index_is_behind(records, every_engine):
    assert index_status(records.database, every_engine).stale
    sync(records.database, every_engine)
    records.complaint("半夜打电话")
    behind = index_status(records.database, every_engine)
    assert (behind.waiting, behind.set_aside, behind.stale) == (2, 0, False)
    assert behind.lag_seconds >= 0
    with records.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE outbox SET created_at = '2026-01-01 00:00:00.000000'")
    assert index_status(records.database, every_engine).stale
    sync(records.database, every_engine)
    present = index_status(records.database, every_engine)
    assert (present.waiting, present.lag_seconds, present.stale) == (0, 0.0, False)
    assert present.last_indexed is not None
