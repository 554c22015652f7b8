"""The connection over which a process adds to SQLite, kept open between transactions: to take one from the pool, to
begin and to give it back took as long as writing half of a complaint's rows."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from domain.store.plain_inserts import PlainWriter

# SQLite's own patience sleeps ever longer, up to 100 ms, while another process that files ends its transaction in 2.
# One that reads everything again takes seconds: who waits for that need not look so often.
SHORTEST_PAUSE, LONGEST_PAUSE, LONGER_BY = 0.0005, 0.01, 1.1
# sqlite3.SQLITE_BUSY; the low byte of its finer kinds is the same.
BUSY = 5


class KeptConnection:
    """Transactions one after the other; the caller sees to it that there is one at a time."""

    def __init__(self, engine: Engine, patience_ms: int) -> None:
        """`patience_ms`: how long a transaction of another process is waited for."""
        self._engine = engine
        self._patience = patience_ms / 1000
        self._connection: Any = None

    @contextmanager
    def adding(self) -> Iterator[PlainWriter]:
        """A transaction: committed when the block ends, gone when it raises. It has not reached the disk yet."""
        if self._connection is None:
            self._connection = self._opened()
        writer = PlainWriter(self._engine.dialect, self._connection)
        try:
            self._begin(writer)
            yield writer
            writer.command("COMMIT")
        except BaseException:
            # Whatever went wrong: what was begun on it ends with it.
            self.close()
            raise

    def close(self) -> None:
        """Let the connection go; the next transaction opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):
                connection.rollback()
            connection.invalidate()
            connection.close()

    def _opened(self) -> Any:
        connection = self._engine.raw_connection()
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0")
        # The disk is waited for after the commit (domain.store.journal), and not under the lock of all writers.
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()
        return connection

    def _begin(self, writer: PlainWriter) -> None:
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
                return
