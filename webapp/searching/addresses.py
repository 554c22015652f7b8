"""Addresses of searches and trends that can be shared: the same values give the same address. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from webapp.searching.parameters import SEARCH, TRENDS, Values

# Where a page of results begins; a changed search starts again on its first page.
PLACES = ("frm", "search_after", "page")
_ORDER = list(dict.fromkeys([*(parameter.name for parameter in (*SEARCH, *TRENDS)), "page"]))


def pairs(values: Values, leave_out: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return (name, value) of every value, in the order of the table, without blank ones."""
    left_out = set(leave_out)
    found = []
    for name in _ORDER:
        value = values.get(name)
        if name in left_out or value in (None, "", ()):
            continue
        found += [(name, _text(part)) for part in (value if isinstance(value, tuple) else (value,))]
    return found


def address(path: str, values: Values, leave_out: Iterable[str] = ()) -> str:
    """Return the path with these values."""
    query = urlencode(pairs(values, leave_out))
    return f"{path}?{query}" if query else path


def fresh(values: Values, **changes: Any) -> Values:
    """Return the values with some changed (None takes one away), on the first page of results again."""
    kept = {name: value for name, value in values.items() if name not in PLACES}
    return {name: value for name, value in (kept | changes).items() if value is not None}


def adding(values: Values, name: str, value: str) -> Values:
    """Return the values with one more value of a repeated parameter."""
    return fresh(values, **{name: (*values.get(name, ()), value)})


def removing(values: Values, name: str, value: str = "") -> Values:
    """Return the values without one value of a repeated parameter, or without a single one."""
    present = values.get(name)
    rest = tuple(part for part in present if part != value) if isinstance(present, tuple) else ()
    return fresh(values, **{name: rest or None})


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
