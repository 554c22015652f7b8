"""How the sources are doing: what their last runs found, and whether that is odd."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import select

from domain.models import CrawlRun, Source
from domain.store.database import Database, now

# What is usual is taken from so many runs before; two are too few to call anything usual.
RUNS_COMPARED, FEWEST_RUNS = 7, 2
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


def warning_for(database: Database, source: str, run: int, outcome: str, counts: Mapping[str, Any]) -> str:
    """Return what is odd about a run that ends: its outcome, one of `found_nothing[_yet]` and `found_half`, or nothing.

    `unreadable` also of a run that ended in order and could read nothing at the source's own address. One whose list
    is an error page in good HTML, sent with 200, can only be told by this: it has never found anything.
    """
    if outcome in ("unreachable", "unreadable", "failed"):
        return outcome
    if outcome != "finished":
        return ""
    if counts.get("source_unread"):
        return "unreadable"
    found = found_in(counts)
    if found == 0 and not _ever_found(database, source, run):
        return "found_nothing_yet"
    earlier = _earlier(database, source, run)
    if len(earlier) < FEWEST_RUNS:
        return ""
    usual = median(earlier)
    if found == 0 and usual >= 1:
        return "found_nothing"
    return "found_half" if usual >= FEWEST_USUAL and found * 2 <= usual else ""


def _ever_found(database: Database, source: str, run: int) -> bool:
    query = select(CrawlRun.counts).join(Source).where(Source.slug == source, CrawlRun.pk < run)
    with database.reading() as session:
        return any(found_in(counts) for counts in session.scalars(query.order_by(CrawlRun.pk.desc())))


def _earlier(database: Database, source: str, run: int) -> list[int]:
    query = (
        select(CrawlRun.counts)
        .join(Source)
        .where(
            Source.slug == source, CrawlRun.pk < run, CrawlRun.outcome == "finished", CrawlRun.warning != "unreadable"
        )
        .order_by(CrawlRun.pk.desc())
        .limit(RUNS_COMPARED)
    )
    with database.reading() as session:
        return [found_in(counts) for counts in session.scalars(query)]


def health(database: Database) -> list[SourceHealth]:
    """Return every source with how its last run went, by slug; the sample's sources are left out.

    A run that still goes on has found nothing yet: until it ends the one before is told.
    """
    with database.reading() as session:
        latest = select(CrawlRun).where(CrawlRun.ended_at.is_not(None)).order_by(CrawlRun.pk.desc())
        rows = [row for row in session.scalars(select(Source).order_by(Source.slug)) if not row.options.get("sample")]
        return [_of(row, session.scalars(latest.where(CrawlRun.source_pk == row.pk).limit(1)).first()) for row in rows]


def requests_today(database: Database, slugs: list[str]) -> int:
    """Add up the requests that the runs of these sources made in the last 24 hours."""
    query = select(CrawlRun.counts).join(Source)
    with database.reading() as session:
        query = query.where(Source.slug.in_(slugs), CrawlRun.started_at >= now() - timedelta(hours=24))
        return sum(int(counts.get("requests", 0)) for counts in session.scalars(query))


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
