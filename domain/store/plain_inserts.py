"""New rows by statements made once and handed to the driver: the unit of work took most of a filing's time, and has
nothing to work out for rows that are only added."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Executable, Table, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import Insert

from domain.models import Base

Row = Mapping[str, Any]
Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class Statement:
    """A statement as the driver takes it: its words, the values that it has itself, what makes each the driver's."""

    sql: str
    own: Row
    converts: Mapping[str, Convert]
    in_order: Convert

    def parameters(self, row: Row) -> Any:
        """Return the values of a row in the order or under the names that the driver wants."""
        values = dict(self.own)
        for name, value in row.items():
            convert = self.converts.get(name)
            values[name] = convert(value) if convert else value
        return self.in_order(values)


class PlainWriter:
    """Adds rows within a transaction that somebody else began and commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect
        self._error = connection.dialect.loaded_dbapi.Error
        self._cursor = connection.connection.cursor()

    def add(self, table: type[Base], row: Row) -> int:
        """Insert one row and return the number that it got."""
        [found] = self.ask(_insert(table, frozenset(row), numbered=True), row)
        return int(found[0])

    def add_all(self, table: type[Base], rows: Sequence[Row]) -> None:
        """Insert rows of one table; nothing is sent for none."""
        for names, alike in groupby(rows, key=frozenset):
            statement = _prepared(_insert(table, names, numbered=False), self._dialect)
            try:
                self._cursor.executemany(statement.sql, [statement.parameters(row) for row in alike])
            except self._error as error:
                raise self._translated(error) from error

    def run(self, statement: Executable, values: Row) -> None:
        """Run a statement that was made once; `values` are those of its bindparams."""
        prepared = _prepared(statement, self._dialect)
        try:
            self._cursor.execute(prepared.sql, prepared.parameters(values))
        except self._error as error:
            raise self._translated(error) from error

    def ask(self, statement: Executable, values: Row) -> list[Any]:
        """Return the rows that a statement answers with, as the driver gives them: numbers and texts."""
        self.run(statement, values)
        try:
            return list(self._cursor.fetchall())
        except self._error as error:
            raise self._translated(error) from error

    def command(self, sql: str) -> None:
        """Run words that need no values."""
        try:
            self._cursor.execute(sql)
        except self._error as error:
            raise self._translated(error) from error

    def _translated(self, error: Exception) -> BaseException:
        """Return the driver's error as SQLAlchemy's, without the values: those are what somebody typed."""
        lost = self._dialect.is_disconnect(error, self._connection.connection, self._cursor)  # type: ignore[arg-type]
        return DBAPIError.instance(
            None, None, error, self._error, hide_parameters=True, connection_invalidated=lost, dialect=self._dialect
        )


@lru_cache(maxsize=64)
def _constants(table: type[Base]) -> dict[str, Any]:
    """Return what stands in columns of a new row for which nothing is given."""
    constants = {}
    for column in table.__table__.columns:
        if column.default is not None and not column.primary_key:
            made = column.default.arg
            constants[column.name] = made(None) if callable(made) else made
    return constants


@lru_cache(maxsize=256)
def _insert(table: type[Base], names: frozenset[str], numbered: bool) -> Insert:
    rows: Table = table.__table__  # type: ignore[assignment]
    statement = insert(rows).values(dict.fromkeys(sorted(names)) | _constants(table))
    return statement.returning(*rows.primary_key.columns) if numbered else statement.inline()


@lru_cache(maxsize=256)
def _prepared(statement: Any, dialect: Dialect) -> Statement:
    compiled = statement.compile(dialect=dialect)
    converts = {
        name: convert
        for name in compiled.params
        if (convert := compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)) is not None
    }
    own = {name: converts[name](value) if name in converts else value for name, value in compiled.params.items()}
    return Statement(str(compiled), own, converts, _orderer(compiled.positiontup))


def _orderer(names: Sequence[str] | None) -> Convert:
    """Return what puts values in their order; a driver that wants them by name gets them as they are."""
    if names is None:
        return lambda values: values
    if len(names) < 2:
        return lambda values: [values[name] for name in names]
    return itemgetter(*names)
