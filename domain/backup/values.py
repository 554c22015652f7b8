"""Values of columns as JSON and back, the same whatever store they come from or go to."""

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy.types import TypeDecorator, TypeEngine

WRITE: dict[str, Callable[[Any], Any]] = {
    "instant": lambda value: value.astimezone(UTC).isoformat(timespec="microseconds"),
    "date": lambda value: value.isoformat(),
    "time": lambda value: value.isoformat(),
    "bytes": lambda value: base64.b64encode(value).decode("ascii"),
    "plain": lambda value: value,
}
READ: dict[str, Callable[[Any], Any]] = {
    "instant": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "bytes": lambda value: base64.b64decode(value),
    "plain": lambda value: value,
}
_KINDS = {datetime: "instant", date: "date", time: "time", bytes: "bytes"}


def kind_of(type_: TypeEngine[Any]) -> str:
    """Return the key of READ and WRITE for a column's type."""
    plain = type_.impl_instance if isinstance(type_, TypeDecorator) else type_
    try:
        return _KINDS.get(plain.python_type, "plain")
    except NotImplementedError:
        return "plain"


def written(kinds: list[str], row: Any) -> list[Any]:
    """Return a row's values as JSON holds them."""
    return [None if value is None else WRITE[kind](value) for kind, value in zip(kinds, row, strict=True)]


def read(kinds: list[str], row: list[Any]) -> list[Any]:
    """Return a row's values as a store takes them."""
    return [None if value is None else READ[kind](value) for kind, value in zip(kinds, row, strict=True)]
