"""How grave a complaint is: what the queue is ordered by, together with how long it has waited."""

from collections.abc import Iterable
from functools import lru_cache

from domain.tactics import load_taxonomy

LEAST, MOST = 1, 5


def gravity_of(codes: Iterable[str]) -> int:
    """Return the severity (1 to 5, from the taxonomy) of the gravest of these tactics; 1 where there is none."""
    severities = _severities()
    return max((severities.get(code, LEAST) for code in codes), default=LEAST)


@lru_cache(maxsize=1)
def _severities() -> dict[str, int]:
    return {entry.code: min(MOST, max(LEAST, entry.severity)) for entry in load_taxonomy()}
