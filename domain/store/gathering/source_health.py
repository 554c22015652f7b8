"""How the sources are doing: what their last runs found, and whether that is odd."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import select

from domain.models import CrawlRun, Source
from domain.store.database import Database, now
from domain.store.gathering.parts import KEY

# What is usual is taken from so many runs that ended in order, the newest first. One is enough: a source whose list
# was made anew the day after it was added would be silent otherwise.
RUNS_COMPARED = 7
# So many runs before, of whatever outcome, are looked at: what is flagged goes on from one run to the next.
RUNS_LOOKED_AT = 50
# A source that names three things and then one has not halved in any sense that matters.
FEWEST_USUAL = 4
SHARES = ("title", "date", "lender", "tactic")


@dataclass(frozen=True)
class SourceHealth:
    """A source and its last run that has ended. `shares` of items with title, date, lender, tactic: 0 to 1, or None."""

    source: Source
    last: CrawlRun | None
    found: int
    new: int
    changed: int
    gone: int
    refused: Mapping[str, int]
    shares: Mapping[str, float | None]
    warning: str
    is_running: bool


def found_in(counts: Mapping[str, Any]) -> int:
    """Return how many articles and posts a run met, wanted or not."""
    return int(counts.get("found", 0))


def warning_for(
    database: Database, source: str, run: int, outcome: str, counts: Mapping[str, Any], is_part: bool = False
) -> str:
    """Return what is odd about a run that ends: its outcome, one of `found_nothing[_yet]` and `found_half`, or nothing.

    `is_part`: it read a part of a long source, and how much it found is nothing to compare. `unreadable` also of a run
    that ended in order and could read nothing at the source's own address. One whose list is an error page in good
    HTML, sent with 200, can only be told by this: it has never found anything.
    """
    if outcome in ("unreachable", "unreadable", "failed"):
        return outcome
    if outcome != "finished":
        return ""
    if counts.get("source_unread"):
        return "unreadable"
    found, earlier = found_in(counts), _earlier(database, source, run)
    if found == 0 and (before := _nothing_before(earlier)):
        return before
    if is_part:
        return ""
    in_order = [each.found for each in earlier if each.is_measure][:RUNS_COMPARED]
    usual = median(in_order) if in_order else 0
    if found == 0 and usual >= 1:
        return "found_nothing"
    return "found_half" if usual >= FEWEST_USUAL and found * 2 <= usual else ""


@dataclass(frozen=True)
class _Earlier:
    outcome: str
    warning: str
    found: int
    is_part: bool

    @property
    def is_measure(self) -> bool:
        """Whether it tells what is usual: not where it could read nothing, found nothing any more, or read a part."""
        return self.outcome == "finished" and self.warning not in ("unreadable", "found_nothing") and not self.is_part


def _nothing_before(earlier: Sequence[_Earlier]) -> str:
    """Return the flag of a source that goes on finding nothing, or nothing where it found something the last time.

    What is usual would be nothing after four such runs, and the source that broke silent again.
    """
    for run in earlier:
        if run.found:
            return ""
        if run.outcome == "finished" and run.warning in ("found_nothing", "found_nothing_yet"):
            return run.warning
    return "found_nothing_yet"


def _earlier(database: Database, source: str, run: int) -> list[_Earlier]:
    query = (
        select(CrawlRun.outcome, CrawlRun.warning, CrawlRun.counts)
        .join(Source)
        .where(Source.slug == source, CrawlRun.pk < run)
        .order_by(CrawlRun.pk.desc())
        .limit(RUNS_LOOKED_AT)
    )
    with database.reading() as session:
        rows = session.execute(query)
        return [_Earlier(outcome, warning, found_in(counts), KEY in counts) for outcome, warning, counts in rows]


def health(database: Database) -> list[SourceHealth]:
    """Return every source with how its last run went, by slug; the sample's sources are left out.

    A run that still goes on has found nothing yet: until it ends the one before is told.
    """
    with database.reading() as session:
        latest = select(CrawlRun).where(CrawlRun.ended_at.is_not(None)).order_by(CrawlRun.pk.desc())
        rows = [row for row in session.scalars(select(Source).order_by(Source.slug)) if not row.options.get("sample")]
        return [_of(row, session.scalars(latest.where(CrawlRun.source_pk == row.pk).limit(1)).first()) for row in rows]


def _of(row: Source, last: CrawlRun | None) -> SourceHealth:
    counts: Mapping[str, Any] = last.counts if last else {}
    stored, items, present = counts.get("stored", {}), int(counts.get("items", 0)), now()
    shares = {name: int(counts.get("with", {}).get(name, 0)) / items if items else None for name in SHARES}
    return SourceHealth(
        row, last, found_in(counts), stored.get("new", 0), stored.get("changed", 0), int(counts.get("gone", 0)),
        counts.get("refused", {}), shares, last.warning if last else "", _leased(row.leased_until, present),
    )  # fmt: skip


def _leased(until: datetime | None, present: datetime) -> bool:
    return until is not None and until > present
