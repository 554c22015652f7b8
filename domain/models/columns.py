"""What every table stands on: the base class and the kinds of column."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase

# 64 bits on PostgreSQL; SQLite numbers rows by itself only under the plain name INTEGER, which holds 64 bits there too.
RowNumber = BigInteger().with_variant(Integer, "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: always aware, always UTC, on SQLite too (which forgets time zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        return _written_once(dialect)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@lru_cache(maxsize=16)
def _written_once(dialect: Dialect) -> Any:
    # All rows of one filing have one instant, which takes longer to write out than the rest of a row.
    if dialect.name == "sqlite":
        return lru_cache(maxsize=16)(_as_text)
    written = TypeDecorator.bind_processor(UtcDateTime(), dialect)
    return written and lru_cache(maxsize=16)(written)


def _as_text(value: datetime | None) -> str | None:
    # As the driver's own adapter would, which Python 3.12 advises against: in this form instants sort as texts do.
    return None if value is None else _in_utc(value).isoformat(" ")


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant without a time zone can't be stored")
    return value.astimezone(UTC)


def one_of(column: str, values: tuple[str, ...], name: str) -> CheckConstraint:
    quoted = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({quoted})", name=name)


def index_of_samples(table: str) -> Index:
    """Return an index that only the sample's rows are in: they are counted every few seconds, and are few or none."""
    return Index(
        f"ix_{table}_is_sample", "is_sample", sqlite_where=text("is_sample = 1"), postgresql_where=text("is_sample")
    )


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
