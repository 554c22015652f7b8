"""What was committed is answered for once the disk has it, and nobody else's commit waits for that."""

import contextlib
import os
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from commands.chores import anchor
from domain.anchors import read_anchors
from domain.settings import Settings
from domain.store import Database, StoreUnavailable, outbox
from domain.store.intake import complaints
from domain.store.intake.complaints import Filed
from domain.store.journal import Journal
from tests.domain.store.intake.filed import FILING, KEY, read


class Disk:
    """A disk that says when it is asked, and answers when it is let."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked, self.may_answer, self.times = threading.Event(), threading.Event(), 0
        self._sync = os.fdatasync
        monkeypatch.setattr(os, "fdatasync", self._wait)

    def _wait(self, descriptor: int) -> None:
        self.times += 1
        self.asked.set()
        assert self.may_answer.wait(60)
        self._sync(descriptor)


def file(database: Database, key: str) -> Filed:
    return complaints.add_complaint(database, read(FILING), KEY, key)


def drawn(journal: Journal) -> int:
    """Return how many numbers were drawn, without drawing one."""
    return int(journal._numbers.__reduce__()[1][0]) - 1


def test_no_receipt_before_the_disk_has_it_and_others_write_meanwhile(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    with ThreadPoolExecutor(1) as pool:
        filed = pool.submit(file, database, "one")
        assert disk.asked.wait(60)
        path = settings.data_dir / "doorstep.sqlite3"
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("COMMIT")
        assert not filed.done()
        disk.may_answer.set()
        assert filed.result(60).is_new


def test_who_sends_the_same_again_meanwhile_waits_for_the_disk_too(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    twin = database.again()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(file, database, "one")
        assert disk.asked.wait(60)
        disk.asked.clear()
        second = pool.submit(file, twin, "one")
        assert disk.asked.wait(60)
        assert not first.done()
        assert not second.done()
        disk.may_answer.set()
        assert first.result(60).receipt == second.result(60).receipt
    twin.dispose()


def test_a_disk_that_fails_is_no_receipt_and_the_same_sent_again_is_one_complaint(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:

        def fail(_descriptor: int) -> None:
            raise OSError("Input/output error")

        broken.setattr(os, "fdatasync", fail)
        with pytest.raises(StoreUnavailable):
            file(database, "one")
    again = file(database, "one")
    assert complaints.by_receipt(database, KEY, again.receipt) is not None
    assert len(outbox.waiting(database, 10)) == 1


def test_who_waits_at_the_same_time_waits_for_the_disk_once(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file(database, "one")
    journal, disk = Journal(settings.data_dir / "doorstep.sqlite3"), Disk(monkeypatch)
    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(journal.reach_disk)
        assert disk.asked.wait(60)
        others = [pool.submit(journal.reach_disk) for _ in range(5)]
        while drawn(journal) < 7:  # by the six, and one by whoever had the disk asked
            threading.Event().wait(0.01)
        disk.may_answer.set()
        for one in (first, *others):
            one.result(60)
    assert disk.times == 2


def test_the_audit_log_is_anchored_where_the_disk_has_it(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file(database, "one")
    with monkeypatch.context() as broken:

        def fail(_descriptor: int) -> None:
            raise OSError("Input/output error")

        broken.setattr(os, "fdatasync", fail)
        with pytest.raises(StoreUnavailable):
            anchor(database, settings)
    assert read_anchors(settings.keys_folder) == []
    anchor(database, settings)
    assert read_anchors(settings.keys_folder)[-1].number == 1
