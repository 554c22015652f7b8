"""New rows by statements made once and handed to the driver: the unit of work took most of a filing's time, and has
nothing to work out for rows that are only added."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
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
    """A statement as the driver takes it: its words, and what makes rows the driver's.

    `parameters` returns the values of a row in the order or under the names that the driver wants, `of_all` of many.
    """

    sql: str
    parameters: Convert
    of_all: Callable[[Sequence[Row]], Iterable[Any]]


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
        """Insert rows of one table that have the same columns (ValueError, KeyError); nothing is sent for none."""
        if rows:
            if len(set(map(len, rows))) > 1:
                raise ValueError(f"rows of {table.__tablename__} have different columns")
            statement = _insert(table, tuple(rows[0]), False, self._dialect)
            try:
                self._cursor.executemany(statement.sql, statement.of_all(rows))
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
    in_order = _orderer(order)
    if own:
        in_order = _completed(in_order, own)
    of_rows = {name: converts[name] for name in compiled.params if name in converts and name in names}
    if order is None:
        by_name = _converted_by_name(in_order, of_rows)
        return Statement(str(compiled), by_name, partial(map, by_name))
    by_place = tuple((place, of_rows[name]) for place, name in enumerate(order) if name in of_rows)
    return Statement(str(compiled), *_converted_by_place(in_order, by_place))


def _completed(in_order: Convert, own: Row) -> Convert:
    """Return what puts values in their order with those that the statement has itself."""
    return lambda row: in_order({**row, **own})


def _converted_by_name(in_order: Convert, converts: Mapping[str, Convert]) -> Convert:
    """Return what makes the values of one row the driver's, who wants them by name."""
    return lambda row: {**(values := in_order(row)), **{name: made(values[name]) for name, made in converts.items()}}


def _converted_by_place(in_order: Convert, converts: Sequence[tuple[int, Convert]]) -> tuple[Convert, Convert]:
    """Return what makes the values of one row, and of many, the driver's, who wants them in order."""

    def of_one(row: Row) -> Any:
        values = list(in_order(row))
        for place, convert in converts:
            values[place] = convert(values[place])
        return values

    def of_many(rows: Sequence[Row]) -> Iterable[Any]:
        # By columns: rows need no more than an instant made a text, and a loop over each took longer than to add it.
        columns: list[Iterable[Any]] = list(zip(*map(in_order, rows), strict=True))
        for place, convert in converts:
            columns[place] = map(convert, columns[place])
        return zip(*columns, strict=True)

    return (of_one, of_many) if converts else (in_order, partial(map, in_order))


def _orderer(names: Sequence[str] | None) -> Convert:
    """Return what puts values in their order; a driver that wants them by name gets them as they are."""
    if names is None:
        return lambda values: values
    if len(names) < 2:
        return lambda values: [values[name] for name in names]
    return itemgetter(*names)
