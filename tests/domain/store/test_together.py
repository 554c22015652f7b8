"""Those who file at the same time share a commit, and nobody's refusal costs another's complaint."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from domain.models import OutboxRow
from domain.store import Database, StoreUnavailable, audit, outbox, records
from domain.store.audit_check import check
from domain.store.database import now
from domain.store.intake import complaints
from domain.store.plain_inserts import PlainWriter
from tests.domain.store.intake.filed import FILING, KEY, read


def at_once(database: Database, works: list[Callable[[], Any]]) -> list[Any]:
    """Start works while another has the turn, so that all of them wait; return what each returned or raised."""
    results: list[Any] = [None] * len(works)

    def do(number: int) -> None:
        try:
            results[number] = works[number]()
        except BaseException as error:
            results[number] = error

    threads = [threading.Thread(target=do, args=(number,)) for number in range(len(works))]
    assert database._together._turn.acquire(timeout=30)
    for thread in threads:
        thread.start()
    while len(database._together._waiting) < len(works):
        threading.Event().wait(0.01)
    database._together.end_turn()
    for thread in threads:
        thread.join()
    return results


def commits_of(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note each transaction of what is added together."""
    commits: list[int] = []
    add = database._kept.add

    def counted(work: Callable[[PlainWriter], None], **how: bool) -> None:
        add(work, **how)
        commits.append(1)

    monkeypatch.setattr(database._kept, "add", counted)
    return commits


def test_all_who_wait_are_kept_by_one_commit(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    commits = commits_of(database, monkeypatch)
    filed = at_once(
        database, [lambda key=key: complaints.add_complaint(database, read(FILING), KEY, key) for key in "abcdefgh"]
    )
    assert len(commits) == 1
    assert len({one.id for one in filed}) == 8
    assert all(complaints.by_receipt(database, KEY, one.receipt).id == one.id for one in filed)
    assert len(outbox.waiting(database, 20)) == 8
    assert check(database).findings == []


def test_the_same_complaint_twice_at_once_is_kept_once_and_the_others_with_it(database: Database) -> None:
    keys = ["one", "one", "two", "one"]
    filed = at_once(
        database, [lambda key=key: complaints.add_complaint(database, read(FILING), KEY, key) for key in keys]
    )
    assert [one.is_new for one in filed].count(True) == 2
    assert len({one.receipt for one in filed}) == 2
    assert len(outbox.waiting(database, 20)) == 2
    assert audit.head(database)[0] == 2


def test_what_is_refused_leaves_nothing_and_takes_nothing_from_the_others(database: Database) -> None:
    def half_way(writer: Any) -> None:
        outbox.announce_new(writer, "chalf")
        raise KeyError("refused")

    def twice(writer: Any) -> None:
        outbox.announce_new(writer, "ctwice")
        writer.add_all(OutboxRow, [{"pk": None, "record_id": None, "created_at": now()}])

    def fine(writer: Any) -> None:
        outbox.announce_new(writer, "cfine")

    results = at_once(database, [lambda work=work: database.add(work) for work in (half_way, twice, fine)])
    assert [type(result) for result in results] == [KeyError, IntegrityError, type(None)]
    assert [row.record_id for row in outbox.waiting(database, 10)] == ["cfine"]


def test_a_disk_that_fills_up_refuses_the_whole_batch(database: Database) -> None:
    def full(writer: Any) -> None:
        raise OperationalError("INSERT", None, Exception("database or disk is full"))

    def fine(writer: Any) -> None:
        outbox.announce_new(writer, "cfine")

    results = at_once(database, [lambda work=work: database.add(work) for work in (fine, full, fine)])
    assert [type(result) for result in results] == [StoreUnavailable] * 3
    assert outbox.waiting(database, 10) == []
    database.add(fine)
    assert len(outbox.waiting(database, 10)) == 1


def test_nobody_is_told_of_success_by_whoever_is_stopped_before_the_commit(database: Database) -> None:
    def stopped(writer: Any) -> None:
        raise SystemExit

    def fine(writer: Any) -> None:
        outbox.announce_new(writer, "cfine")

    results = at_once(database, [lambda work=work: database.add(work) for work in (fine, stopped, fine)])
    assert sorted(type(result).__name__ for result in results) == ["InterruptedError", "InterruptedError", "SystemExit"]
    assert outbox.waiting(database, 10) == []


def test_more_than_a_batch_are_all_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("domain.store.together.MOST", 3)
    works = [lambda n=n: database.add(lambda writer: outbox.announce_new(writer, f"c{n}")) for n in range(8)]
    assert at_once(database, works) == [None] * 8
    assert sorted(row.record_id for row in outbox.waiting(database, 10)) == sorted(f"c{n}" for n in range(8))
    assert records.count_samples(database) == 0
