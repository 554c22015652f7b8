"""New rows by statements made once and handed to the driver: the unit of work took most of a filing's time, and has
nothing to work out for rows that are only added."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, Connection, Dialect, Executable, Float, Table, bindparam, insert
from sqlalchemy.exc import DBAPIError

from domain.models import Base

Row = Mapping[str, Any]
Convert = Callable[[Any], Any]
# SQLite's driver writes a truth value as 0 or 1 and a number as it stands; to convert each took as long as to write it.
AS_THEY_ARE = (Boolean, Float)


@dataclass(frozen=True)
class Statement:
    """A statement as the driver takes it: its words, the values that it has itself, what makes some the driver's.

    `converts` go by the place of a value where the driver wants them in order, else by its name.
    """

    sql: str
    own: Row
    converts: tuple[tuple[Any, Convert], ...]
    in_order: Convert
    copy: Convert

    def parameters(self, row: Row) -> Any:
        """Return the values of a row in the order or under the names that the driver wants."""
        values = self.in_order({**row, **self.own} if self.own else row)
        if self.converts:
            values = self.copy(values)
            for place, convert in self.converts:
                values[place] = convert(values[place])
        return values


class PlainWriter:
    """Adds rows within a transaction that somebody else began and commits."""

    def __init__(self, dialect: Dialect, connection: Any) -> None:
        """Take the driver's connection, as SQLAlchemy's pool hands it out."""
        self._connection = connection
        self._dialect = dialect
        self._error = dialect.loaded_dbapi.Error
        self._cursor = connection.cursor()

    @classmethod
    def within(cls, connection: Connection) -> "PlainWriter":
        """Return one for the transaction of a connection of SQLAlchemy's."""
        return cls(connection.dialect, connection.connection)

    def add(self, table: type[Base], row: Row) -> int:
        """Insert one row and return the number that it got."""
        # SQLite tells the number anyway; asked for it in the statement, it took three times as long to insert.
        is_told = self._dialect.name == "sqlite"
        statement = _insert(table, tuple(row), not is_told, self._dialect)
        self._execute(statement.sql, statement.parameters(row))
        return int(self._cursor.lastrowid if is_told else self._found()[0][0])

    def add_all(self, table: type[Base], rows: Sequence[Row]) -> None:
        """Insert rows of one table; nothing is sent for none."""
        for names, alike in groupby(rows, key=tuple):
            statement = _insert(table, names, False, self._dialect)
            try:
                self._cursor.executemany(statement.sql, list(map(statement.parameters, alike)))
            except self._error as error:
                raise self._translated(error) from error

    def run(self, statement: Executable, values: Row) -> None:
        """Run a statement that was made once; `values` are those of its bindparams."""
        prepared = _prepared(statement, self._dialect)
        self._execute(prepared.sql, prepared.parameters(values))

    def ask(self, statement: Executable, values: Row) -> list[Any]:
        """Return the rows that a statement answers with, as the driver gives them: numbers and texts."""
        self.run(statement, values)
        return self._found()

    def command(self, sql: str) -> list[Any]:
        """Run words that need no values; return what they answer with on SQLite."""
        self._execute(sql, ())
        return self._found() if self._cursor.description else []

    def _execute(self, sql: str, values: Any) -> None:
        try:
            self._cursor.execute(sql, values)
        except self._error as error:
            raise self._translated(error) from error

    def _found(self) -> list[Any]:
        try:
            return list(self._cursor.fetchall())
        except self._error as error:
            raise self._translated(error) from error

    def _translated(self, error: Exception) -> BaseException:
        """Return the driver's error as SQLAlchemy's, without the values: those are what somebody typed."""
        lost = self._dialect.is_disconnect(error, self._connection, self._cursor)  # type: ignore[arg-type]
        return DBAPIError.instance(
            None, None, error, self._error, hide_parameters=True, connection_invalidated=lost, dialect=self._dialect
        )


@lru_cache(maxsize=64)
def _constants(table: type[Base]) -> dict[str, Any]:
    """Return what stands in columns of a new row for which nothing is given; in the statement itself where it can."""
    constants = {}
    for column in table.__table__.columns:
        if column.default is not None and not column.primary_key:
            made = column.default.arg
            value = made(None) if callable(made) else made
            is_plain = isinstance(value, (str, bool, int))
            constants[column.name] = bindparam(None, value, column.type, literal_execute=True) if is_plain else value
    return constants


@lru_cache(maxsize=256)
def _insert(table: type[Base], names: tuple[str, ...], numbered: bool, dialect: Dialect) -> Statement:
    rows: Table = table.__table__  # type: ignore[assignment]
    values = dict.fromkeys(names) | {n: v for n, v in _constants(table).items() if n not in names}
    statement = insert(rows).values(values)
    return _made(statement.returning(*rows.primary_key.columns) if numbered else statement.inline(), dialect, names)


@lru_cache(maxsize=256)
def _prepared(statement: Any, dialect: Dialect) -> Statement:
    return _made(statement, dialect, None)


def _made(statement: Any, dialect: Dialect, given: Collection[str] | None) -> Statement:
    """Compile a statement; `given` are the names that each row brings (None: every one that has no value)."""
    compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    types = {name: compiled.binds[name].type for name in compiled.params}
    converts = {
        name: convert
        for name, kind in types.items()
        if not (dialect.name == "sqlite" and isinstance(kind, AS_THEY_ARE))
        if (convert := kind.dialect_impl(dialect).bind_processor(dialect)) is not None
    }
    names = given if given is not None else {name for name, value in compiled.params.items() if value is None}
    own = {
        name: converts[name](value) if name in converts else value
        for name, value in compiled.params.items()
        if name not in names
    }
    order: Sequence[str] | None = compiled.positiontup
    places = enumerate(order) if order is not None else ((name, name) for name in compiled.params)
    of_rows = tuple((place, converts[name]) for place, name in places if name in converts and name in names)
    return Statement(str(compiled), own, of_rows, _orderer(order), dict if order is None else list)


def _orderer(names: Sequence[str] | None) -> Convert:
    """Return what puts values in their order; a driver that wants them by name gets them as they are."""
    if names is None:
        return lambda values: values
    if len(names) < 2:
        return lambda values: [values[name] for name in names]
    return itemgetter(*names)
