"""Runs that read a part of a long source: what one leaves, for it has its fill, the next one goes on with."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

# So long one run follows another; then one is begun anew, to see what has changed where they began, and after it they
# go on where they were. What was visited longer ago than a season is read again.
GOES_ON_WITHIN, FORGOTTEN_AFTER = timedelta(days=14), timedelta(days=90)
KEY, LATER = "part", "later"


@dataclass(frozen=True)
class Left:
    """What a run left: `pages` whether articles or posts, `lists` the lists at which the next one is to go on."""

    pages: bool
    lists: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Where the next run goes on: what was visited from `since` on it passes over, and it starts at `lists` too.

    What stands on lists that were read from `since` until `read_until` has been taken. `begun` is when the first of
    these runs began; `is_open` whether anything is left.
    """

    since: datetime
    begun: datetime
    lists: tuple[str, ...] = ()
    read_until: datetime | None = None
    is_open: bool = True

    def after(self, left: Left | None, present: datetime) -> "Part":
        """Return where to go on after a run that goes on here, which ends at `present`."""
        if left is None:
            return replace(self, lists=(), is_open=False)
        if left.pages:
            return replace(self, is_open=True)  # the same lists again: what was taken of them is passed over
        return replace(self, lists=left.lists, read_until=present, is_open=True)

    def as_json(self) -> dict[str, Any]:
        """Return it as the counts of a run keep it."""
        read_until = self.read_until.isoformat() if self.read_until else None
        return {
            "since": self.since.isoformat(), "begun": self.begun.isoformat(), "lists": list(self.lists),
            "read_until": read_until, "is_open": self.is_open,
        }  # fmt: skip


def part_of(counts: Mapping[str, Any], present: datetime, key: str = KEY) -> Part | None:
    """Return where the run with these counts says to go on, or None where it left nothing, or long ago."""
    told = counts.get(key)
    if not isinstance(told, Mapping) or not told.get("is_open"):
        return None
    read_until = datetime.fromisoformat(told["read_until"]) if told["read_until"] else None
    since, begun = (datetime.fromisoformat(told[name]) for name in ("since", "begun"))
    return Part(since, begun, tuple(told["lists"]), read_until) if since > present - FORGOTTEN_AFTER else None


def parts_as_json(part: Part | None, later: Part | None) -> dict[str, Any]:
    """Return what `part_of` finds again in the counts of a run: where it goes on, and where the next one is to."""
    return {name: told.as_json() for name, told in ((KEY, part), (LATER, later)) if told}
