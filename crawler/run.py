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

from crawler.counts import Counts
from crawler.gathering import Gathering, Progress, silent
from crawler.kinds import SPIDERS
from crawler.settings import scrapy_settings
from crawler.sources import check
from domain.reading import Reader
from domain.settings import Settings
from domain.store import Database
from domain.store import sources as source_table
from domain.store.sources import SourceEntry

IN_ORDER = frozenset({"finished", "stopped", "unreachable", "unreadable"})


@dataclass(frozen=True)
class CrawlSummary:
    """How the run over one source ended.

    `outcome`: finished; stopped (by a signal); unreachable (the source's own address could not be had, `counts`
    say why); unreadable (it is no feed); store_unavailable or failed (something of ours broke).
    `counts`: numbers, grouped, such as {"fetched": 12, "stored": {"new": 5}, "refused": {"robots": 1}}.
    """

    source: str
    kind: str
    address: str
    outcome: str
    counts: Mapping[str, int | Mapping[str, int]] = field(default_factory=dict)

    @property
    def in_order(self) -> bool:
        """Whether the run ended as it should, whatever it found."""
        return self.outcome in IN_ORDER

    def as_json(self) -> dict[str, Any]:
        """Return the summary ready for JSON."""
        return asdict(self)


@dataclass
class _Run:
    """One source's run while it lasts."""

    source: SourceEntry
    number: int
    counts: Counts = field(default_factory=Counts)
    crawler: Any = None
    broke: bool = False

    def outcome(self, stopped: bool) -> str:
        spider = self.crawler.spider if self.crawler else None
        if spider is None or self.broke:
            return "failed"
        return "stopped" if stopped and spider.outcome == "finished" else str(spider.outcome)


def crawl(
    database: Database, reader: Reader, settings: Settings, sources: Sequence[SourceEntry], progress: Progress = silent
) -> list[CrawlSummary]:
    """Gather from the sources, side by side, and return how each run ended; blocks until all have.

    To be called once in a process: the reactor of Twisted can't be started twice. Sources that are not in the table
    yet are saved. SIGINT and SIGTERM end it in order. Raises crawler.sources.InvalidSource before anything is
    fetched, StoreUnavailable when the runs can't be recorded.
    """
    for source in sources:
        check(source)
    gathering = Gathering(database, reader, settings, progress=progress)
    runs = [_begin(database, source) for source in sources]
    if runs:
        _quiet_logging()
        process = CrawlerProcess(scrapy_settings(settings))
        for run in runs:
            _start(process, run, gathering)
        with _ended_by_signals(process, gathering):
            process.start(install_signal_handlers=False)
    return [_end(database, run, gathering.pace.stopped) for run in runs]


def _begin(database: Database, source: SourceEntry) -> _Run:
    source_table.save_source(database, source)
    return _Run(source, source_table.start_run(database, source.slug))


def _start(process: CrawlerProcess, run: _Run, gathering: Gathering) -> None:
    run.crawler = process.create_crawler(SPIDERS[run.source.kind])

    def broke(failure: Any, **_: Any) -> None:
        run.counts.add("errors")  # one page; the run goes on

    run.crawler.signals.connect(broke, signals.spider_error, weak=False)
    run.crawler.signals.connect(broke, signals.item_error, weak=False)
    begun = process.crawl(run.crawler, source=run.source, gathering=gathering, counts=run.counts)

    def failed(failure: Any) -> None:
        run.broke = True
        logging.getLogger("crawler").error("the run over %s broke: %s", run.source.slug, failure.type.__name__)

    begun.addErrback(failed)


def _end(database: Database, run: _Run, stopped: bool) -> CrawlSummary:
    outcome, counts = run.outcome(stopped), run.counts.grouped()
    source_table.end_run(database, run.number, outcome, counts)
    return CrawlSummary(run.source.slug, run.source.kind, run.source.address, outcome, counts)


def _quiet_logging() -> None:
    # What happens to a page is counted; Scrapy's own lines would repeat items and addresses in the log.
    for name, level in (("scrapy", logging.ERROR), ("twisted", logging.CRITICAL), ("htmldate", logging.CRITICAL),
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
