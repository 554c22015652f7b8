"""Who writes alone lets SQLite wait for the disk; a disk that refuses there is believed no sooner than elsewhere."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.settings import Settings
from domain.store import Database, StoreUnavailable, outbox
from domain.store.intake import complaints
from domain.store.intake.complaints import Filed
from tests.domain.store.intake.filed import FILING, KEY, read
from tests.domain.store.refusing_disk import where_the_disk_refuses

File = Callable[[str], Filed]


@pytest.fixture
def file(database: Database) -> File:
    """Files over the store's own connection, by now the only one that writes."""

    def one(key: str) -> Filed:
        return complaints.add_complaint(database, read(FILING), KEY, key)

    for key in ("first", "second"):
        one(key)
    return one


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Each time that the disk is asked after a commit."""
    times: list[int] = []
    sync = os.fdatasync

    def noted(descriptor: int) -> None:
        times.append(descriptor)
        sync(descriptor)

    monkeypatch.setattr(os, "fdatasync", noted)
    return times


@contextlib.contextmanager
def other(settings: Settings):
    """Another process's connection."""
    path = settings.data_dir / "doorstep.sqlite3"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def synchronous(database: Database) -> int:
    return int(database._kept._connection.execute("PRAGMA synchronous").fetchone()[0])


def test_alone_the_commit_is_on_the_disk_without_being_asked_for(
    database: Database, file: File, asked: list[int]
) -> None:
    for key in "abc":
        file(key)
    assert synchronous(database) == 2
    assert asked == []


def test_where_another_process_wrote_the_disk_is_waited_for_after_the_commit(
    database: Database, settings: Settings, file: File, asked: list[int]
) -> None:
    file("alone")
    with other(settings) as connection:
        connection.execute("DELETE FROM outbox")
        file("in turns")  # only now the other is noticed
        connection.execute("UPDATE audit_head SET pk = pk")
        file("beside it")
    assert synchronous(database) == 1
    assert len(asked) == 1


def test_over_a_new_connection_the_journal_is_asked_first(database: Database, file: File, asked: list[int]) -> None:
    file("alone")
    database._kept.close()
    file("again")
    assert len(asked) == 1


def test_a_disk_that_refuses_a_commit_is_no_receipt_and_no_complaint(
    database: Database, settings: Settings, file: File
) -> None:
    file("alone")
    with other(settings) as reading:  # the worker, say
        reading.execute("SELECT count(*) FROM complaint").fetchall()
        with pytest.raises(StoreUnavailable, match="disk I/O error"):
            where_the_disk_refuses(lambda: file("one"))
        assert len(outbox.waiting(database, 10)) == 3
        again = file("one")
    assert complaints.by_receipt(database, KEY, again.receipt) is not None
    assert len(outbox.waiting(database, 10)) == 4


def test_what_a_disk_refused_is_one_complaint_when_sent_again_though_nobody_else_held_the_store_open(
    database: Database, file: File
) -> None:
    """Whoever opens the store next may find in its journal what no receipt was shown for."""
    file("alone")
    with pytest.raises(StoreUnavailable, match="disk I/O error"):
        where_the_disk_refuses(lambda: file("one"))
    again = file("one")
    assert complaints.by_receipt(database, KEY, again.receipt) is not None
    assert len(outbox.waiting(database, 10)) == 4


def test_after_a_refused_commit_nobody_gets_a_receipt_until_the_journal_is_in_the_store(
    database: Database, settings: Settings, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.store.database.MENDING_PATIENCE_MS", 50)
    file("alone")
    log = settings.data_dir / "doorstep.sqlite3-wal"
    with other(settings) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM complaint").fetchall()
        with pytest.raises(StoreUnavailable):
            where_the_disk_refuses(lambda: file("one"))
        for _ in range(3):  # the disk is well again, the journal is not, however often it is tried
            with pytest.raises(StoreUnavailable):
                file("two")
        reading.execute("COMMIT")
    before = log.stat().st_size
    assert complaints.by_receipt(database, KEY, file("two").receipt) is not None
    assert log.stat().st_size < before


def test_what_a_refused_commit_lost_costs_no_receipt_that_was_shown_later(
    database: Database, settings: Settings, file: File, tmp_path: Path
) -> None:
    """Linux takes pages that it could not write for written: here all that stood in the log by then is a hole."""
    log = settings.data_dir / "doorstep.sqlite3-wal"
    file("alone")
    # Whoever closes the last connection would bring the log into the store.
    with other(settings) as reading:
        reading.execute("SELECT count(*) FROM complaint").fetchall()
        with pytest.raises(StoreUnavailable):
            where_the_disk_refuses(lambda: file("one"))
        lost = log.read_bytes()
        later = [file(key) for key in ("two", "three", "four")]
        shutil.copytree(settings.data_dir, tmp_path / "cut")
    left = tmp_path / "cut" / log.name
    if left.read_bytes().startswith(lost[:4096]):
        left.write_bytes(bytes(len(lost)) + left.read_bytes()[len(lost) :])
    cut = Database(f"sqlite:///{tmp_path}/cut/doorstep.sqlite3")
    assert all(complaints.by_receipt(cut, KEY, one.receipt) is not None for one in later)
    cut.dispose()
