"""The cursor: where in the order of results a page ended. Plain text (`r2_6442450…`), no state on any server."""

import re
from dataclasses import dataclass

from indexer.errors import InvalidQuery

_LETTERS = {"relevance": "r", "date_desc": "d", "date_asc": "a"}
_CURSOR = re.compile(r"([rda])([0-9]{1,2})_([0-9]{1,19})", re.ASCII)


@dataclass(frozen=True)
class Place:
    """The last result of a page: its class of relevance (0 is the best) and its sort number."""

    tier: int
    number: int


def write_cursor(sort: str, place: Place) -> str:
    """Return the cursor that leads past `place` under `sort`."""
    return f"{_LETTERS[sort]}{place.tier}_{place.number}"


def read_cursor(sort: str, cursor: str) -> Place:
    """Read a cursor. Raises InvalidQuery `cursor` for any other text and for one of another sort."""
    match = _CURSOR.fullmatch(cursor)
    if match is None or match[1] != _LETTERS[sort] or int(match[3]) >= 1 << 63:
        raise InvalidQuery("cursor", cursor[:80])
    return Place(int(match[2]), int(match[3]))
