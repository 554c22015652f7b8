"""One run of the crawler in this process: every source by its spider, each recorded with what it counted."""

import contextlib
import gc
import logging
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from scrapy import signals
from scrapy.crawler import CrawlerProcess

from crawler.frontier.frontier import Frontier, FrontierUnavailable
from crawler.keeping.keeper import Keeper
from crawler.parsing import Parsers
from crawler.runs.counts import Counts
from crawler.runs.gathering import Gathering
from crawler.runs.leases import renewed
from crawler.settings import scrapy_settings
from crawler.sources import check
from crawler.spiders.kinds import SPIDERS
from domain.store import StoreUnavailable
from domain.store.gathering import source_health
from domain.store.gathering import sources as source_table
from domain.store.gathering.sources import OVER_BUDGET, Begun, SourceBusy, SourceEntry
from domain.warming import warm

# After each call that lets other threads run, the one that fetches would wait 5 ms for whoever computes: that was half
# of a crawl's time.
SWITCH_SECONDS = 0.0002
# How a run may end
IN_ORDER = frozenset({"finished", "stopped", "unreachable", "unreadable", "busy", OVER_BUDGET})


@dataclass(frozen=True)
class CrawlSummary:
    """How the run over one source ended.

    `outcome`: finished; over_budget (the day's requests to the site are used up, and the next run goes on); stopped
    (by a signal); unreachable (the source's own address could not be had, `counts`
    say why); unreadable (it is no feed); busy (somebody else crawls it); store_unavailable, frontier_unavailable or
    failed (something of ours broke). Of a run that is shared each process tells its own part, the last one to leave it
    the whole. `counts`: numbers, grouped, such as {"fetched": 12, "stored": {"new": 5}, "refused": {"robots": 1}}.
    `warning`: what is odd beside the earlier runs: found_nothing, found_nothing_yet, found_half.
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
    if gathering.frontier is not None:
        gathering.frontier.say_alive()
    runs = [_begin(gathering, source) for source in sources]
    if any(not run.is_busy for run in runs):
        _gather(gathering, [run for run in runs if not run.is_busy])
    return [_end(gathering, run) for run in runs]


def _gather(gathering: Gathering, runs: Sequence[_Run]) -> None:
    # Else the collector of each process would write to all that they share, and so copy it, and look through it often.
    # Not collected first: that takes 0.15 s and finds nothing, for all that was loaded until here is still wanted.
    gc.freeze()
    # Before the first thread: a process with threads is no good to fork from.
    if not gathering.is_dry:
        gathering.keeper = Keeper(gathering.database, gathering.archive)
    warm(gathering.reader, glossed=False, kind="article")  # here once, and not in each process that takes pages apart
    gc.freeze()
    gathering.parsers = gathering.parsers or Parsers(beside=gathering.reader)
    sys.setswitchinterval(SWITCH_SECONDS)
    leases = {run.source.slug: run.begun.lease for run in runs if run.begun}
    living = gathering.frontier.living() if gathering.frontier else contextlib.nullcontext()
    # From here on: on a crowded machine it takes Scrapy longer to start than others wait before they take one for dead.
    counts = {} if gathering.frontier else {run.source.slug: run.counts for run in runs}
    with living, renewed(gathering.database, leases, counts):
        process = CrawlerProcess(scrapy_settings(gathering.settings, shared=gathering.frontier is not None))
        _quiet_logging()  # after Scrapy has set its own
        for run in runs:
            _start(process, run, gathering)
        with _ended_by_signals(process, gathering):
            process.start(install_signal_handlers=False)
    gathering.parsers.kill()  # and while the kernel takes their memory back, the keeper ends
    if gathering.memory is not None:
        gathering.memory.close()
    if gathering.keeper is not None:
        gathering.keeper.close()
    gathering.parsers.close()


def _begin(gathering: Gathering, source: SourceEntry) -> _Run:
    if gathering.is_dry:
        return _Run(source, None)
    database = gathering.database
    source_table.save_source(database, source)
    frontier = gathering.frontier
    try:
        begun = source_table.start_run(database, source.slug)
    except SourceBusy:
        joined = frontier.join_run(source.slug, source_table.lease_of(database, source.slug)) if frontier else None
        return _Run(source, joined, is_busy=joined is None)
    if frontier:
        frontier.open_run(source.slug, begun)
    return _Run(source, begun)


def _start(process: CrawlerProcess, run: _Run, gathering: Gathering) -> None:
    run.crawler = process.create_crawler(SPIDERS[run.source.kind])

    def broke(failure: Any, **_: Any) -> None:
        run.counts.add("errors")  # one page; the run goes on
        logging.getLogger("crawler").error("%s: a page could not be read: %s", run.source.slug, failure.type.__name__)

    run.crawler.signals.connect(broke, signals.spider_error, weak=False)
    run.crawler.signals.connect(broke, signals.item_error, weak=False)
    begun = process.crawl(run.crawler, source=run.source, gathering=gathering, counts=run.counts, begun=run.begun)

    def failed(failure: Any) -> None:
        run.broke = True
        logging.getLogger("crawler").error("the run over %s broke: %s", run.source.slug, failure.type.__name__)

    begun.addErrback(failed)


def _end(gathering: Gathering, run: _Run) -> CrawlSummary:
    spider, database = run.crawler.spider if run.crawler else None, gathering.database
    outcome, ends, left = run.outcome(gathering.pace.stopped), run.begun is not None, None
    if spider is not None:
        with contextlib.suppress(FrontierUnavailable):
            left = spider.left()
        with contextlib.suppress(StoreUnavailable):  # what was visited is visited again, no more
            spider.visits.flush()
        if gathering.frontier is None:
            run.counts.add("found", spider.marks.count("found"))
    if gathering.frontier is not None and run.begun is not None:
        outcome, ends = _leave(gathering.frontier, run, outcome)
    if outcome == "finished" and run.counts["refused/over_budget"]:
        outcome = OVER_BUDGET
    counts, warning = run.counts.grouped(), ""
    if ends and run.begun is not None:
        is_part = left is not None or run.begun.part is not None
        warning = source_health.warning_for(database, run.source.slug, run.begun.number, outcome, counts, is_part)
        source_table.end_run(database, run.begun, outcome, counts, warning, left)
    return CrawlSummary(run.source.slug, run.source.kind, run.source.address, outcome, counts, warning)


def _leave(frontier: Frontier, run: _Run, outcome: str) -> tuple[str, bool]:
    """Leave a shared run; return how it ended and whether it is to be ended here, with the counts of all."""
    try:
        spider = run.crawler.spider if run.crawler else None
        if spider is not None:
            spider.share_counts()
        left = frontier.leave_run(run.source.slug, outcome)
    except FrontierUnavailable:
        return "frontier_unavailable", False  # the lease ends by itself, and the next run goes on
    if left is None:
        return outcome, False
    run.counts = Counts(left[1])
    return left[0], True


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
