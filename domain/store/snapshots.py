"""The whole store read as it was at one instant, and an empty store filled with such a snapshot."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, MetaData, Table, bindparam, func, inspect, select, text
from sqlalchemy.orm import Session

from domain.models import Base
from domain.store.database import Database, translated_errors

# Nobody is signed in on the machine that the copy goes to, and nobody has guessed there.
LEFT_OUT = frozenset({"staff_session", "staff_sign_in_try"})
# What says that people have worked here: a store in which any of these has rows is not written over.
HOLDS_WORK = frozenset({"complaint", "unread_filing", "article", "staff_account"})
BATCH = 500


class NotEmpty(Exception):
    """The store holds complaints, articles or accounts."""


@dataclass
class Snapshot:
    """A store at one instant: its tables in an order in which they can be filled again, and the rows of each."""

    session: Session
    tables: list[Table]

    def rows(self, table: Table) -> Iterator[Sequence[Any]]:
        """Yield the rows of a table in the order of its key, a batch at a time in memory."""
        query = select(table).order_by(*table.primary_key.columns)
        yield from self.session.execute(query, execution_options={"yield_per": BATCH})


@contextmanager
def snapshot(database: Database) -> Iterator[Snapshot]:
    """Hold one instant of the store for reading; others go on writing meanwhile."""
    with translated_errors(), database.reading() as session:
        if not database.is_sqlite:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        session.execute(text("SELECT 1 FROM audit_head"))  # on SQLite the instant is that of the first reading
        yield Snapshot(session, [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT])


class Filler:
    """Fills an empty store in one transaction. A reference to a row that is not there yet is put in at the end."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # As the store has its tables and not as this code knows them: the copy may be of an older version.
        self._tables = MetaData()
        self._tables.reflect(session.connection())
        self._filled: set[str] = set()
        self._later: list[tuple[Table, str, Any, Any]] = []

    def empty(self) -> None:
        """Take out what `doorstep init` put in. Raises NotEmpty when people have worked here."""
        for name in self._tables.tables.keys() & HOLDS_WORK:
            if self._session.execute(select(self._tables.tables[name]).limit(1)).first() is not None:
                raise NotEmpty(name)
        for table in reversed(self._tables.sorted_tables):
            if table.name != "alembic_version":
                self._session.execute(table.delete())

    def fill(self, name: str, columns: list[str], rows: list[list[Any]]) -> None:
        """Put rows into a table."""
        table = self._tables.tables[name]
        waiting = [column for column in columns if self._waits(table.c[column])]
        values = [dict(zip(columns, row, strict=True)) for row in rows]
        for row in values:
            for column in waiting:
                if row[column] is not None:
                    self._later.append((table, column, row["pk"], row[column]))
                    row[column] = None
        if values:
            self._session.execute(table.insert(), values)

    def done_with(self, name: str) -> None:
        """Say that every row of a table is in."""
        self._filled.add(name)

    def finish(self) -> None:
        """Put in the references that had to wait, and let the store number new rows on from here."""
        for table, column, key, value in self._later:
            change = table.update().where(table.c.pk == bindparam("key")).values({column: bindparam("value")})
            self._session.execute(change, {"key": key, "value": value})
        if self._session.get_bind().dialect.name == "postgresql":
            for table in self._tables.tables.values():
                self._number_on(table)

    def _waits(self, column: Column[Any]) -> bool:
        return any(key.column.table.name not in self._filled for key in column.foreign_keys)

    def _number_on(self, table: Table) -> None:
        keys = list(table.primary_key.columns)
        if len(keys) != 1:
            return
        sequence = self._session.scalar(select(func.pg_get_serial_sequence(table.name, keys[0].name)))
        last = self._session.scalar(select(func.max(keys[0]))) if sequence else None
        if last is not None:
            self._session.execute(select(func.setval(sequence, last)))


def has_tables(database: Database) -> bool:
    """Tell whether the store was ever made."""
    return inspect(database.engine).has_table("complaint")
