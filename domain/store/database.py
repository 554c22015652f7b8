"""The connection to the store: SQLite in WAL mode, or PostgreSQL. Sessions are made here and nowhere else."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from domain.store.journal import Journal
from domain.store.kept_connection import KeptConnection
from domain.store.plain_inserts import PlainWriter
from domain.store.together import Together

BUSY_TIMEOUT_MS = 5000
# Who files meanwhile waits for it, and is refused after it.
MENDING_PATIENCE_MS = 1000
_LAST_STEPS = "steps before the commit"


class StoreUnavailable(Exception):
    """The store could not be reached or could not write: nothing was kept. The message is for the log only."""


class Database:
    """One store, named by its SQLAlchemy address. Safe to share between threads; make it after a fork, not before."""

    def __init__(self, address: str, durable: bool = True) -> None:
        """Unless `durable`, a power cut may take the last commits along, in order: for what can be done again."""
        self._made_with = (address, durable)
        url = make_url(address)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        if self.is_sqlite and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        hasty = {"options": "-c synchronous_commit=off"} if not durable and not self.is_sqlite else {}
        # Errors of statements name no values: a log must never hold what was typed.
        self.engine: Engine = create_engine(
            url, pool_pre_ping=not self.is_sqlite, pool_size=20, max_overflow=20, hide_parameters=True,
            connect_args=hasty, json_serializer=_as_json,
        )  # fmt: skip
        if self.is_sqlite:
            event.listen(self.engine, "connect", _set_sqlite_pragmas if durable else _set_hasty_sqlite_pragmas)
            event.listen(self.engine, "begin", _begin_immediately)
        self._journal = Journal(Path(url.database), self._empty_journal) if self.is_sqlite and url.database else None
        self._kept = KeptConnection(self.engine, BUSY_TIMEOUT_MS, self._journal if durable else None)
        reach_disk = self.reach_disk if durable else _leave_to_sqlite
        self._together = Together(self._kept, reach_disk) if self.is_sqlite else None
        self._sessions = sessionmaker(self.engine, expire_on_commit=False, autoflush=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads; nothing done in it is kept."""
        with translated_errors(), self._sessions() as session:
            if self.is_sqlite:
                session.connection(execution_options={"doorstep_reading": True})
            yield session  # closing rolls back; a rollback here would also empty the rows that were read

    @contextmanager
    def querying(self) -> Iterator[Connection]:
        """A connection that only reads, for plain statements: a session's bookkeeping takes as long as one of them."""
        with translated_errors(), self.engine.connect() as connection:
            yield connection.execution_options(doorstep_reading=True) if self.is_sqlite else connection

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction: committed as one when the block ends, rolled back when it raises."""
        with translated_errors(), self._sessions() as session, session.begin():
            yield session
            for step in session.info.pop(_LAST_STEPS, ()):
                step(session)

    def add(self, work: Callable[[PlainWriter], None]) -> None:
        """Have `work` add rows and return once they are on disk; on SQLite with one commit for all who wait.

        As `writing`, without a session's bookkeeping.
        """
        try:
            if self._together is not None:
                self._together.add(work)
            else:
                with self.engine.begin() as connection:
                    work(PlainWriter.within(connection))
        except DBAPIError as error:
            _refuse_if_down(error)
            raise

    def reach_disk(self) -> None:
        """Return once all that can be read by now would outlast a power cut; raise StoreUnavailable if it would not.

        PostgreSQL shows nothing to others before it is on its disk.
        """
        try:
            if self._journal is not None:
                self._journal.reach_disk()
        except OSError as error:
            raise StoreUnavailable(str(error)) from error

    def ping(self) -> None:
        """Raise StoreUnavailable unless the store answers."""
        with self.reading() as session:
            session.execute(text("SELECT 1"))

    def overwrite_erased(self) -> None:
        """Take what was erased out of SQLite's journal too, as far as nobody is reading; PostgreSQL does its own."""
        if self.is_sqlite:
            connection = self.engine.raw_connection()
            try:
                # Readers are not waited for: it is done again in some minutes.
                with suppress(self.engine.dialect.loaded_dbapi.OperationalError):
                    connection.cursor().execute("PRAGMA busy_timeout=100")
                    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.invalidate()
                connection.close()

    def _empty_journal(self) -> None:
        """Have SQLite write all of its journal into the store, on the disk, and begin it anew; raise OSError."""
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={MENDING_PATIENCE_MS}")
            [(is_busy, _pages, _written)] = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except self.engine.dialect.loaded_dbapi.Error as error:
            raise OSError(f"the journal can't be brought into the store: {error}") from error
        finally:
            connection.invalidate()
            connection.close()
        if is_busy:
            raise OSError("the disk failed, and the journal can't be brought into the store while somebody reads it")

    def again(self) -> "Database":
        """Return the same store with connections of its own: for another process, made after its fork."""
        return Database(*self._made_with)

    def dispose(self) -> None:
        """Close the connections; the next use opens others."""
        self._kept.close()
        if self._journal is not None:
            self._journal.close()
        self.engine.dispose()


def before_commit(session: Session, step: Callable[[Session], None]) -> None:
    """Have `step` done at the end of the transaction, after everything else in it."""
    session.info.setdefault(_LAST_STEPS, []).append(step)


def now() -> datetime:
    """The present instant, in UTC. Tests put another clock in its place."""
    return datetime.now(UTC)


def in_turn(session: Session, what: str) -> None:
    """Let no other process into a transaction on `what` before this one has ended; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:what))"), {"what": what})


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn a store that is down, locked or full into StoreUnavailable."""
    try:
        yield
    except DBAPIError as error:
        _refuse_if_down(error)
        raise


def _refuse_if_down(error: DBAPIError) -> None:
    is_down = isinstance(error, OperationalError) or error.connection_invalidated
    if is_down and not isinstance(error, IntegrityError):
        raise StoreUnavailable(str(error.orig)) from error


def _as_json(value: Any) -> str:
    """Write a value as JSON. Most lists of a filing are empty, and `json` makes an encoder for each."""
    if value == []:
        return "[]"
    return "{}" if value == {} else json.dumps(value)


def _set_sqlite_pragmas(connection: SqliteConnection, record: Any) -> None:
    # FULL and not NORMAL: a receipt that was shown must survive a power cut, not only a crash of the program.
    connection.isolation_level = None
    cursor = connection.cursor()
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}")
    # Erased texts are overwritten and not only struck from the list of pages.
    for pragma in (*pragmas, "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _set_hasty_sqlite_pragmas(connection: SqliteConnection, record: Any) -> None:
    _set_sqlite_pragmas(connection, record)
    connection.execute("PRAGMA synchronous=NORMAL")


def _leave_to_sqlite() -> None:
    """Wait for nothing: what may be lost reaches the disk with whatever may not."""


def _begin_immediately(connection: Any) -> None:
    # A writer that begins deferred and upgrades later is refused at once when another has written in between
    # (SQLITE_BUSY_SNAPSHOT, which no busy timeout helps); one that begins IMMEDIATE waits its turn.
    reading = connection.get_execution_options().get("doorstep_reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
