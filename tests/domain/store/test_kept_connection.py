"""The connection over which complaints are added to SQLite outlives what goes wrong on it."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.settings import Settings
from domain.store import Database, StoreUnavailable, kept_connection, outbox


def announce(database: Database, record_id: str) -> None:
    database.add(lambda writer: outbox.announce_new(writer, record_id))


@pytest.fixture
def other(database: Database, settings: Settings) -> Iterator[sqlite3.Connection]:
    """Another process's connection to the same file."""
    with contextlib.closing(
        sqlite3.connect(settings.data_dir / "doorstep.sqlite3", isolation_level=None, check_same_thread=False)
    ) as connection:
        yield connection


def test_a_transaction_of_another_process_is_waited_for(database: Database, other: sqlite3.Connection) -> None:
    other.execute("BEGIN IMMEDIATE")
    tried = threading.Event()
    begin = kept_connection.KeptConnection._begin

    def told(kept: kept_connection.KeptConnection, writer: object) -> None:
        tried.set()
        begin(kept, writer)

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as pool:
        patch.setattr(kept_connection.KeptConnection, "_begin", told)
        added = pool.submit(announce, database, "cone")
        assert tried.wait(30)
        assert not added.done()
        other.execute("COMMIT")
        added.result(30)
    assert [row.record_id for row in outbox.waiting(database, 10)] == ["cone"]


def test_after_a_refusal_the_next_is_kept(
    database: Database, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(database, "cone")
    monkeypatch.setattr(database._kept, "_patience", 0.05)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable):
        announce(database, "ctwo")
    other.execute("ROLLBACK")
    announce(database, "cthree")
    assert [row.record_id for row in outbox.waiting(database, 10)] == ["cone", "cthree"]


def test_over_the_kept_connection_too_what_is_erased_is_overwritten_and_keys_hold(database: Database) -> None:
    announce(database, "cone")
    cursor = database._kept._connection.cursor()
    pragmas = ("secure_delete", "foreign_keys", "journal_mode")
    assert [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas] == [1, 1, "wal"]
    cursor.close()
