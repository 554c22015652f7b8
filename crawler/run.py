"""One run of the crawler in this process: every source by its spider, each recorded with what it counted."""

import contextlib
import logging
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from scrapy import signals
from scrapy.crawler import CrawlerProcess

from crawler.addresses import same_site
from crawler.counts import Counts
from crawler.gathering import Gathering
from crawler.kinds import SPIDERS
from crawler.leases import renewed
from crawler.parsing import Parsers
from crawler.settings import scrapy_settings
from crawler.sources import check
from domain.store import Database, StoreUnavailable, source_health
from domain.store import sources as source_table
from domain.store.sources import Begun, SourceBusy, SourceEntry

IN_ORDER = frozenset({"finished", "stopped", "unreachable", "unreadable", "busy"})


@dataclass(frozen=True)
class CrawlSummary:
    """How the run over one source ended.

    `outcome`: finished; stopped (by a signal); unreachable (the source's own address could not be had, `counts`
    say why); unreadable (it is no feed); busy (somebody else is crawling it); store_unavailable or failed (something
    of ours broke). `counts`: numbers, grouped, such as {"fetched": 12, "stored": {"new": 5}, "refused": {"robots": 1}}.
    `warning`: what is odd beside the earlier runs: found_nothing, found_half.
    """

    source: str
    kind: str
    address: str
    outcome: str
    counts: Mapping[str, int | Mapping[str, int]] = field(default_factory=dict)
    warning: str = ""

    @property
    def in_order(self) -> bool:
        """Whether the run ended as it should, whatever it found."""
        return self.outcome in IN_ORDER

    def as_json(self) -> dict[str, Any]:
        """Return the summary ready for JSON."""
        return asdict(self)


@dataclass
class _Run:
    """One source's run while it lasts; `begun` is None for a dry one, and for one whose source is busy."""

    source: SourceEntry
    begun: Begun | None
    budget: int = 0
    is_busy: bool = False
    counts: Counts = field(default_factory=Counts)
    crawler: Any = None
    broke: bool = False

    def outcome(self, stopped: bool) -> str:
        if self.is_busy:
            return "busy"
        spider = self.crawler.spider if self.crawler else None
        if spider is None or self.broke:
            return "failed"
        return "stopped" if stopped and spider.outcome == "finished" else str(spider.outcome)


def crawl(gathering: Gathering, sources: Sequence[SourceEntry]) -> list[CrawlSummary]:
    """Gather from the sources, side by side, and return how each run ended; blocks until all have.

    To be called once in a process: the reactor of Twisted can't be started twice. Sources that are not in the table
    yet are saved. SIGINT and SIGTERM end it in order. Raises crawler.sources.InvalidSource before anything is
    fetched, StoreUnavailable when the runs can't be recorded.
    """
    for source in sources:
        check(source)
    runs = [_begin(gathering, source) for source in sources]
    if any(not run.is_busy for run in runs):
        _quiet_logging()
        gathering.parsers = (
            gathering.parsers or Parsers()
        )  # before the first thread: a process with threads is no good to fork from
        process = CrawlerProcess(scrapy_settings(gathering.settings))
        for run in runs:
            if not run.is_busy:
                _start(process, run, gathering)
        leases = {run.source.slug: run.begun.lease for run in runs if run.begun}
        with renewed(gathering.database, leases), _ended_by_signals(process, gathering):
            process.start(install_signal_handlers=False)
        gathering.parsers.close()
    gathering.archive.close()
    return [_end(gathering.database, run, gathering.pace.stopped) for run in runs]


def _begin(gathering: Gathering, source: SourceEntry) -> _Run:
    if gathering.is_dry:
        return _Run(source, None, source.daily_pages)
    database = gathering.database
    source_table.save_source(database, source)
    same = [row.slug for row in source_table.sources(database) if same_site(row.address, source.address)]
    budget = max(0, source.daily_pages - source_health.requests_today(database, same))
    try:
        return _Run(source, source_table.start_run(database, source.slug), budget)
    except SourceBusy:
        return _Run(source, None, is_busy=True)


def _start(process: CrawlerProcess, run: _Run, gathering: Gathering) -> None:
    run.crawler = process.create_crawler(SPIDERS[run.source.kind])

    def broke(failure: Any, **_: Any) -> None:
        run.counts.add("errors")  # one page; the run goes on
        logging.getLogger("crawler").error("%s: a page could not be read: %s", run.source.slug, failure.type.__name__)

    run.crawler.signals.connect(broke, signals.spider_error, weak=False)
    run.crawler.signals.connect(broke, signals.item_error, weak=False)
    begun = process.crawl(
        run.crawler, source=run.source, gathering=gathering, counts=run.counts, begun=run.begun, budget=run.budget
    )

    def failed(failure: Any) -> None:
        run.broke = True
        logging.getLogger("crawler").error("the run over %s broke: %s", run.source.slug, failure.type.__name__)

    begun.addErrback(failed)


def _end(database: Database, run: _Run, stopped: bool) -> CrawlSummary:
    spider = run.crawler.spider if run.crawler else None
    outcome = run.outcome(stopped)
    if spider is not None:
        run.counts.add("found", len(spider.found))
        with contextlib.suppress(StoreUnavailable):  # what was visited is visited again, no more
            spider.visits.flush()
    counts, warning = run.counts.grouped(), ""
    if run.begun is not None:
        warning = source_health.warning_for(database, run.source.slug, run.begun.number, outcome, counts)
        source_table.end_run(database, run.begun, outcome, counts, warning)
    return CrawlSummary(run.source.slug, run.source.kind, run.source.address, outcome, counts, warning)


def _quiet_logging() -> None:
    # What happens to a page is counted; Scrapy's own lines would repeat items and addresses in the log.
    for name, level in (("scrapy", logging.CRITICAL), ("twisted", logging.CRITICAL), ("htmldate", logging.CRITICAL),
                        ("trafilatura", logging.CRITICAL), ("protego", logging.CRITICAL)):  # fmt: skip
        logging.getLogger(name).setLevel(level)


@contextlib.contextmanager
def _ended_by_signals(process: CrawlerProcess, gathering: Gathering) -> Iterator[None]:
    """Stop all spiders at the first SIGINT or SIGTERM: nothing waits, what is being stored is stored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    from twisted.internet import reactor

    def stop() -> None:
        gathering.pace.stop()
        process.stop()

    def received(number: int, frame: Any) -> None:
        reactor.callFromThread(stop)

    before = {number: signal.signal(number, received) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
