"""Sources of the crawler and its runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from domain.models import CrawlRun, Source
from domain.store import audit
from domain.store.database import Database, now


@dataclass(frozen=True)
class SourceEntry:
    """A place to read: `kind` names its spider, `address` where it starts, `options` what that spider needs."""

    slug: str
    name: str
    kind: str
    address: str
    language: str = "zh"
    options: dict[str, Any] = field(default_factory=dict)


class UnknownSource(Exception):
    """No source has that slug."""


def save_source(database: Database, entry: SourceEntry, actor: str = "command line") -> None:
    """Add a source, or make the one with this slug say what `entry` says."""
    with database.writing() as session:
        source = session.scalar(select(Source).where(Source.slug == entry.slug))
        if source is None:
            source = Source(slug=entry.slug)
            session.add(source)
            audit.note(session, actor, "source.added", entry.slug)
        source.name, source.kind, source.address = entry.name, entry.kind, entry.address
        source.language, source.options = entry.language, dict(entry.options)


def add_source(database: Database, entry: SourceEntry) -> None:
    """Add a source that comes with the project, unless there is one with its slug: what staff changed stays."""
    with database.reading() as session:
        known = session.scalar(select(Source.pk).where(Source.slug == entry.slug))
    if known is None:
        save_source(database, entry, "project")


def source(database: Database, slug: str) -> Source:
    """Return one source. Raises UnknownSource."""
    with database.reading() as session:
        found = session.scalar(select(Source).where(Source.slug == slug))
    if found is None:
        raise UnknownSource(slug)
    return found


def sources(database: Database) -> list[Source]:
    """Return every source, by slug."""
    with database.reading() as session:
        return list(session.scalars(select(Source).order_by(Source.slug)))


def latest_runs(database: Database, each: int) -> dict[str, list[CrawlRun]]:
    """Return {slug: the newest runs of the source, at most `each`, newest first}."""
    place = func.row_number().over(partition_by=CrawlRun.source_pk, order_by=CrawlRun.pk.desc()).label("place")
    placed = select(CrawlRun.pk, place).subquery()
    query = (
        select(Source.slug, CrawlRun)
        .join(CrawlRun, CrawlRun.source_pk == Source.pk)
        .join(placed, placed.c.pk == CrawlRun.pk)
        .where(placed.c.place <= each)
        .order_by(Source.slug, CrawlRun.pk.desc())
    )
    found: dict[str, list[CrawlRun]] = {}
    with database.reading() as session:
        for slug, run in session.execute(query):
            found.setdefault(slug, []).append(run)
    return found


def set_paused(database: Database, slug: str, paused: bool, actor: str) -> None:
    """Pause a source, or let it be read again: `crawl --due` leaves a paused one out. Raises UnknownSource."""
    with database.writing() as session:
        found = session.scalar(select(Source).where(Source.slug == slug).with_for_update())
        if found is None:
            raise UnknownSource(slug)
        if found.paused != paused:
            found.paused = paused
            audit.note(session, actor, "source.paused" if paused else "source.resumed", slug)


def start_run(database: Database, slug: str) -> int:
    """Note that a run begins; return its number."""
    with database.writing() as session:
        found = session.scalar(select(Source).where(Source.slug == slug))
        if found is None:
            raise UnknownSource(slug)
        run = CrawlRun(source_pk=found.pk, started_at=now(), outcome="running", counts={})
        session.add(run)
        session.flush()
        return run.pk


def end_run(database: Database, run: int, outcome: str, counts: Mapping[str, Any]) -> None:
    """Note how a run ended and what it counted."""
    with database.writing() as session:
        row = session.get_one(CrawlRun, run)
        row.ended_at, row.outcome, row.counts = now(), outcome, dict(counts)
