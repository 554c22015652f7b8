"""Sources of the crawler and its runs."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from domain.models import CrawlRun, Source
from domain.store import audit
from domain.store.database import Database, in_turn, now
from domain.store.gathering.budgets import DAY
from domain.store.gathering.parts import GOES_ON_WITHIN, LATER, Left, Part, part_of, parts_as_json

# A crawler renews its lease four times as often: one that was killed leaves its source free again after this.
LEASE = timedelta(minutes=4)
SOURCES = "sources"


@dataclass(frozen=True)
class SourceEntry:
    """A place to read: `kind` names its spider, `address` where it starts, `options` what that spider needs.

    `every_hours` 0: only when asked. `pace_seconds` None: as robots.txt says, else a second. `daily_pages`: requests
    to the site in 24 hours. `licence` and `contact` are notes for those who run Doorstep.
    """

    slug: str
    name: str
    kind: str
    address: str
    language: str = "zh"
    options: dict[str, Any] = field(default_factory=dict)
    every_hours: float = 24.0
    pace_seconds: float | None = None
    daily_pages: int = 5000
    licence: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Begun:
    """A run that has begun. `resumes_from`: the start of an earlier run that broke off, which it goes on with.

    `part` is where it goes on, when that one left something; `later` where the next one is to, when this is begun anew.
    """

    number: int
    started_at: datetime
    lease: str
    resumes_from: datetime | None = None
    part: Part | None = None
    later: Part | None = None


class UnknownSource(Exception):
    """No source has that slug."""


class SourceChanged(Exception):
    """The source is not any more what somebody had before their eyes: nothing was done."""


class SourceBusy(Exception):
    """Another crawler is at this source now."""


# A run that broke off longer ago than this is not gone on with: the site has changed meanwhile.
RESUMED_WITHIN = timedelta(hours=24)
BROKEN_OFF = ("stopped", "running", "store_unavailable", "frontier_unavailable", "failed")
# A run whose site may be asked no more that day is gone on with the next one, as one that read a part (parts.py).
OVER_BUDGET = "over_budget"


def save_source(database: Database, entry: SourceEntry, actor: str = "command line", seen: str | None = None) -> None:
    """Add a source, or make the one with this slug say what `entry` says.

    `seen` is the `state_of` the source that somebody had before their eyes, empty for one that there was not: raises
    SourceChanged where it is another one by now, and nothing is done. None overwrites whatever is there.
    """
    with database.writing() as session:
        in_turn(session, SOURCES)
        source = session.scalar(select(Source).where(Source.slug == entry.slug))
        if seen is not None and seen != (state_of(source) if source else ""):
            raise SourceChanged(entry.slug)
        if source is None:
            source = Source(slug=entry.slug)
            session.add(source)
            audit.note(session, actor, "source.added", entry.slug)
        elif entry_of(source) != entry:
            audit.note(session, actor, "source.changed", entry.slug)
        source.name, source.kind, source.address = entry.name, entry.kind, entry.address
        source.language, source.options = entry.language, dict(entry.options)
        source.every_hours, source.pace_seconds = entry.every_hours, entry.pace_seconds
        source.daily_pages, source.licence, source.contact = entry.daily_pages, entry.licence, entry.contact


def state_of(source: Source) -> str:
    """Return what tells a source as it is from one that somebody changed."""
    said = json.dumps(asdict(entry_of(source)), sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def add_source(database: Database, entry: SourceEntry) -> None:
    """Add a source that comes with the project, unless there is one with its slug: what staff changed stays."""
    with database.reading() as session:
        known = session.scalar(select(Source.pk).where(Source.slug == entry.slug))
    if known is None:
        save_source(database, entry, "project")


def entry_of(source: Source) -> SourceEntry:
    """Return what a row says of a source."""
    return SourceEntry(
        source.slug, source.name, source.kind, source.address, source.language, dict(source.options),
        source.every_hours, source.pace_seconds, source.daily_pages, source.licence, source.contact,
    )  # fmt: skip


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


def due(database: Database) -> list[Source]:
    """Return the sources whose time has come: not paused, not being crawled, last begun `every_hours` ago."""
    present = now()
    with database.reading() as session:
        latest = select(func.max(CrawlRun.pk)).group_by(CrawlRun.source_pk)
        begun = select(CrawlRun).where(CrawlRun.pk.in_(latest))
        last = {
            run.source_pk: (run.started_at, run.outcome, part_of(run.counts, present) is not None)
            for run in session.scalars(begun)
        }
        rows = session.scalars(select(Source).where(Source.paused.is_(False)).order_by(Source.slug))
        return [row for row in rows if _is_due(row, last.get(row.pk), present)]


def _is_due(row: Source, last: tuple[datetime, str, bool] | None, present: datetime) -> bool:
    if row.options.get("sample") or not row.every_hours or _is_leased(row, present):
        return False
    if last is None:
        return True
    started, outcome, goes_on = last
    # Five minutes after it broke off a run is gone on with; not sooner, or a source that kills it would do so all day.
    wait = timedelta(minutes=5) if outcome in BROKEN_OFF else timedelta(hours=row.every_hours)
    return started + (min(wait, DAY) if outcome == OVER_BUDGET or goes_on else wait) <= present


def _is_leased(row: Source, present: datetime) -> bool:
    return row.leased_until is not None and row.leased_until > present


def start_run(database: Database, slug: str) -> Begun:
    """Take the lease of a source and note that a run begins. Raises UnknownSource, SourceBusy."""
    present, lease = now(), uuid.uuid4().hex
    with database.writing() as session:
        taken = session.execute(
            update(Source)
            .where(Source.slug == slug, or_(Source.leased_until.is_(None), Source.leased_until <= present))
            .values(leased_by=lease, leased_until=present + LEASE)
            .returning(Source.pk)
        ).scalar()
        if taken is None:
            known = session.scalar(select(Source.pk).where(Source.slug == slug))
            raise UnknownSource(slug) if known is None else SourceBusy(slug)
        query = select(CrawlRun).where(CrawlRun.source_pk == taken).order_by(CrawlRun.pk.desc()).limit(1)
        last = session.scalars(query).first()
        resumed, part, later = _going_on(last, present)
        counts = ({"resumes_from": resumed.isoformat()} if resumed else {}) | parts_as_json(part, later)
        run = CrawlRun(source_pk=taken, started_at=present, outcome="running", counts=counts)
        session.add(run)
        session.flush()
        return Begun(run.pk, present, lease, resumed, part, later)


def _going_on(last: CrawlRun | None, present: datetime) -> tuple[datetime | None, Part | None, Part | None]:
    """Return from when on what was visited is passed over, where a run goes on, and where the next one is to."""
    resumed = _resumed(last, present)
    if last is None:
        return resumed, None, None
    part, later = part_of(last.counts, present), part_of(last.counts, present, LATER)
    if part is None or resumed is not None:
        return resumed, part, later
    if last.outcome == "finished" and present - part.begun <= GOES_ON_WITHIN:
        return part.since, part, None
    return None, None, replace(part, begun=present)


def _resumed(last: CrawlRun | None, present: datetime) -> datetime | None:
    if last is None or last.outcome not in (*BROKEN_OFF, OVER_BUDGET):
        return None
    if last.outcome == "running":
        last.outcome, last.ended_at = "killed", present
    earlier = last.counts.get("resumes_from")
    begun = datetime.fromisoformat(earlier) if isinstance(earlier, str) else last.started_at
    within = GOES_ON_WITHIN if last.outcome == OVER_BUDGET else RESUMED_WITHIN
    return begun if begun >= present - within else None


def lease_of(database: Database, slug: str) -> str:
    """Return the lease under which a source is being crawled, or nothing."""
    with database.reading() as session:
        return session.scalar(select(Source.leased_by).where(Source.slug == slug)) or ""


def renew_lease(database: Database, slug: str, lease: str, requests: int = 0) -> bool:
    """Keep a source for a while longer; false when somebody else has it by now.

    `requests` are those that the run has made so far: were it killed, the site would be asked as many once more.
    """
    with database.writing() as session:
        if requests:
            _note_requests(session, slug, lease, requests)
        kept = session.execute(
            update(Source)
            .where(Source.slug == slug, Source.leased_by == lease)
            .values(leased_until=now() + LEASE)
            .returning(Source.pk)
        )
        return kept.scalar() is not None


def _note_requests(session: Session, slug: str, lease: str, requests: int) -> None:
    # The run's row before its source's, as `end_run` has them: two who write can't block each other.
    query = select(CrawlRun).join(Source).where(Source.slug == slug, Source.leased_by == lease)
    query = query.where(CrawlRun.outcome == "running").order_by(CrawlRun.pk.desc()).limit(1)
    if (run := session.scalars(query.with_for_update(of=CrawlRun)).first()) is not None:
        run.counts = {**run.counts, "requests": requests}


def end_run(
    database: Database, run: Begun, outcome: str, counts: Mapping[str, Any], warning: str = "", left: Left | None = None
) -> None:
    """Note how a run ended and what it counted, and give the source back. `left` is what the next one goes on with."""
    with database.writing() as session:
        row = session.get_one(CrawlRun, run.number)
        goes_on = run.resumes_from is not None and outcome in (*BROKEN_OFF, OVER_BUDGET)
        began: dict[str, Any] = {"resumes_from": run.resumes_from.isoformat()} if run.resumes_from and goes_on else {}
        parts = (_part_after(run, left), None) if outcome == "finished" else (run.part, run.later)
        began |= parts_as_json(*parts)
        row.ended_at, row.outcome, row.counts, row.warning = now(), outcome, {**began, **counts}, warning
        session.execute(
            update(Source)
            .where(Source.pk == row.source_pk, Source.leased_by == run.lease)
            .values(leased_by="", leased_until=None)
        )


def _part_after(run: Begun, left: Left | None) -> Part | None:
    """Return where the run after one that ended in order goes on; one that is not open where it was the last part."""
    if run.part is not None:
        return run.part.after(left, now())
    if left is None:
        return None
    return run.later or Part(run.resumes_from or run.started_at, run.started_at).after(left, now())
