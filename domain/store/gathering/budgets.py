"""How many requests a site may be asked in 24 hours: for all its sources and all processes together.

A run sets some aside before it makes them, so that two processes at one site, which know nothing of each other, can't
both use up what is left. What it set aside and did not need is free again when it ends.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.models import CrawlRun, Source
from domain.store.database import Database, in_turn, now

BUDGETS, RESERVED = "budgets of sites", "reserved"
DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Spell:
    """The requests that one run made, or may make, from `begun` to `ended`."""

    begun: datetime
    ended: datetime
    requests: int

    def since(self, instant: datetime) -> int:
        """Return how many of them were made since an instant, as if they were evenly spread."""
        if instant <= self.begun or self.ended <= self.begun:
            return self.requests if instant <= self.ended else 0
        return max(0, ceil(self.requests * ((self.ended - instant) / (self.ended - self.begun))))


def reserve(database: Database, run: int, sources: Collection[str], wanted: int, budget: int) -> int:
    """Set up to `wanted` requests aside for a run, as far as `budget` goes for the site; return how many.

    `sources` are the slugs of all sources of the site.
    """
    with database.writing() as session:
        in_turn(session, BUDGETS)
        present = now()
        asked = sum(spell.since(present - DAY) for spell in _spells(session, sources, present))
        granted = max(0, min(wanted, budget - asked))
        if granted:
            row = session.scalars(select(CrawlRun).where(CrawlRun.pk == run).with_for_update()).one()
            row.counts = {**row.counts, RESERVED: int(row.counts.get(RESERVED, 0)) + granted}
        return granted


def requests_of_the_day(database: Database, sources: Collection[str]) -> Sequence[Spell]:
    """Return what the runs of these sources asked for in the last 24 hours, those that began before then too.

    Of a run that goes on, or was killed, it is what it set aside.
    """
    with database.reading() as session:
        return _spells(session, sources, now())


def _spells(session: Session, sources: Collection[str], present: datetime) -> Sequence[Spell]:
    ended = func.coalesce(CrawlRun.ended_at, present)
    query = select(CrawlRun.started_at, CrawlRun.ended_at, CrawlRun.counts).join(Source)
    rows = session.execute(query.where(Source.slug.in_(sources), ended >= present - DAY))
    spells = [
        Spell(begun, until or present, max(int(counts.get("requests", 0)), int(counts.get(RESERVED, 0))))
        for begun, until, counts in rows
    ]
    return [spell for spell in spells if spell.requests]
