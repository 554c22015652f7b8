"""The connection over which a process adds to SQLite, kept open between transactions: to take one from the pool, to
begin and to give it back took as long as writing half of a complaint's rows.

Who adds alone lets SQLite wait for the disk in the commit: one call less, and nobody is kept waiting by it. Where
others write too, the disk is waited for after the commit (domain.store.journal), not under the lock of all writers.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from domain.store.journal import Journal
from domain.store.plain_inserts import PlainWriter

# SQLite's own patience sleeps ever longer, up to 100 ms, while another process that files ends its transaction in 2.
# One that reads everything again takes seconds: who waits for that need not look so often.
SHORTEST_PAUSE, LONGEST_PAUSE, LONGER_BY = 0.0005, 0.01, 1.1
# sqlite3.SQLITE_BUSY; the low byte of its finer kinds is the same.
BUSY = 5


class KeptConnection:
    """Transactions one after the other; the caller sees to it that there is one at a time."""

    def __init__(self, engine: Engine, patience_ms: int, journal: Journal | None) -> None:
        """`patience_ms`: how long a transaction of another process is waited for. No journal: no disk is waited for."""
        self._engine = engine
        self._patience = patience_ms / 1000
        self._journal = journal
        self._connection: Any = None
        self._writer: PlainWriter | None = None
        self._version, self._was_alone, self._is_full = 0, False, False

    @property
    def may_reach_disk(self) -> bool:
        """Whether the next transaction may wait for the disk in its commit, as far as other processes go.

        Not where one of them wrote since the one before, and not as the first over a connection: the journal has been
        asked by then, which hears of failures of the disk that came before this connection was open.
        """
        return self._was_alone and self._journal is not None and self._journal.is_whole

    def add(self, work: Callable[[PlainWriter], None], *, to_disk: bool) -> None:
        """A transaction: committed when the work is done, gone when it raises; on the disk only if `to_disk`."""
        writer = self._writer or self._opened()
        try:
            self._wait_in_commit(writer, to_disk)
            self._begin(writer)
            work(writer)
            self._commit(writer)
        except BaseException:
            # Whatever went wrong: what was begun on it ends with it.
            self.close()
            raise

    def close(self) -> None:
        """Let the connection go; the next transaction opens another."""
        connection, self._connection, self._writer = self._connection, None, None
        self._version, self._was_alone, self._is_full = 0, False, False
        if connection is not None:
            with suppress(Exception):
                connection.rollback()
            connection.invalidate()
            connection.close()

    def _opened(self) -> PlainWriter:
        self._connection = self._engine.raw_connection()
        self._writer = PlainWriter(self._engine.dialect, self._connection)
        self._writer.command("PRAGMA busy_timeout=0")
        self._writer.command("PRAGMA synchronous=NORMAL")
        return self._writer

    def _wait_in_commit(self, writer: PlainWriter, is_full: bool) -> None:
        if is_full != self._is_full:
            writer.command(f"PRAGMA synchronous={'FULL' if is_full else 'NORMAL'}")
            self._is_full = is_full

    def _begin(self, writer: PlainWriter) -> None:
        was_free = self._wait_for_turn(writer)
        # Another number than before means that another connection wrote.
        before, [(self._version,)] = self._version, writer.command("PRAGMA data_version")
        self._was_alone = was_free and self._version == before

    def _commit(self, writer: PlainWriter) -> None:
        try:
            writer.command("COMMIT")
        except BaseException:
            if self._is_full and self._journal is not None:
                # Told to SQLite once, and to nobody who asks the disk again.
                self._journal.doubt()
            raise

    def _wait_for_turn(self, writer: PlainWriter) -> bool:
        """Begin when no other process writes; return whether none did."""
        until, pause = time.monotonic() + self._patience, SHORTEST_PAUSE
        while True:
            try:
                writer.command("BEGIN IMMEDIATE")
            except OperationalError as error:
                if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != BUSY or time.monotonic() > until:
                    raise
                time.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * LONGER_BY)
            else:
                return pause == SHORTEST_PAUSE
