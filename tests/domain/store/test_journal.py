"""What was committed is answered for once the disk has it, and nobody else's commit waits for that."""

import contextlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from commands.chores import anchor
from domain.safekeeping.anchors import read_anchors
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


@contextlib.contextmanager
def failing_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fail(_descriptor: int) -> None:
        raise OSError("Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", fail)
        yield


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
    with failing_disk(monkeypatch), pytest.raises(StoreUnavailable):
        file(database, "one")
    again = file(database, "one")
    assert complaints.by_receipt(database, KEY, again.receipt) is not None
    assert len(outbox.waiting(database, 10)) == 1


def test_what_a_failed_disk_lost_costs_no_receipt_that_was_shown_later(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Linux takes pages that it could not write for written: the next asking succeeds, and the hole stays."""
    log = settings.data_dir / "doorstep.sqlite3-wal"
    file(database, "before")
    safe = log.read_bytes()
    with failing_disk(monkeypatch), pytest.raises(StoreUnavailable):
        file(database, "one")
    lost = log.read_bytes()
    later = file(database, "two")

    shutil.copytree(settings.data_dir, tmp_path / "after the power cut")
    left = tmp_path / "after the power cut" / log.name
    if left.read_bytes().startswith(lost):
        left.write_bytes(safe + bytes(len(lost) - len(safe)) + left.read_bytes()[len(lost) :])
    cut = Database(f"sqlite:///{tmp_path}/after the power cut/doorstep.sqlite3")
    assert complaints.by_receipt(cut, KEY, later.receipt) is not None
    cut.dispose()


def test_after_a_failed_disk_nobody_gets_a_receipt_until_the_journal_is_in_the_store(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.store.database.MENDING_PATIENCE_MS", 50)
    file(database, "before")
    path = settings.data_dir / "doorstep.sqlite3"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM complaint").fetchall()
        with failing_disk(monkeypatch), pytest.raises(StoreUnavailable):
            file(database, "one")
        for _ in range(2):  # the disk is well again, the journal is not
            with pytest.raises(StoreUnavailable):
                file(database, "two")
        reading.execute("COMMIT")
    assert complaints.by_receipt(database, KEY, file(database, "two").receipt) is not None


def test_another_process_is_told_of_the_failure_at_its_own_open_log(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file(database, "one")
    first = database._journal._open
    file(database, "two")
    assert database._journal._open == first is not None
    (settings.data_dir / "doorstep.sqlite3-wal").rename(settings.data_dir / "gone")
    (settings.data_dir / "doorstep.sqlite3-wal").write_bytes(b"")
    database.reach_disk()
    assert os.fstat(database._journal._open).st_size == 0
    database.dispose()
    assert database._journal._open is None


def test_who_waits_at_the_same_time_waits_for_the_disk_once(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file(database, "one")
    journal, disk = Journal(settings.data_dir / "doorstep.sqlite3", database._empty_journal), Disk(monkeypatch)
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
    with failing_disk(monkeypatch), pytest.raises(StoreUnavailable):
        anchor(database, settings)
    assert read_anchors(settings.keys_folder) == []
    anchor(database, settings)
    assert read_anchors(settings.keys_folder)[-1].number == 1
