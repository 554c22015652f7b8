"""What every spider does alike: asks on its own site only, notes what it visited, looks after what is named no more."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.connections.addresses import host_name, origin_of, same_site
from crawler.frontier.claims import SharedClaims
from crawler.frontier.frontier import FrontierUnavailable
from crawler.items import Capture
from crawler.keeping.captures import capture_of, fetched_now
from crawler.keeping.storing import NotKept
from crawler.refusals import Refused, reason_of
from crawler.runs.allowances import Allowance
from crawler.runs.claims import Claims, OwnClaims
from crawler.runs.counts import Counts
from crawler.runs.gathering import Gathering
from crawler.runs.visits import Visits
from crawler.spiders.counting import CountingSpider
from domain.store import StoreUnavailable
from domain.store.gathering import pages
from domain.store.gathering.article_history import mark_gone
from domain.store.gathering.sources import OVER_BUDGET, Begun, SourceEntry

# Pages of articles that the source no longer names are asked for again, to learn whether they are still there.
MOST_REVISITED = 100
GONE = {"http_404", "http_410"}
# What failed by no fault of its own, when the run came to its end: another process takes it up, or the next run.
UNFINISHED = {"stopped", "frontier_unavailable"}
# Why a page is not asked for after all: the run has learnt meanwhile, by another way, what is there.
SETTLED = "settled"


class SourceSpider(CountingSpider):
    """Reads one source. `options` that all kinds know: max_pages, delay_seconds, hosts (further hosts of the site)."""

    name = "source"

    def __init__(
        self, source: SourceEntry, gathering: Gathering, counts: Counts, begun: Begun | None = None, **options: Any
    ) -> None:
        super().__init__(source, gathering, counts, **options)
        self.begun = begun
        self.further_hosts = frozenset(map(host_name, source.options.get("hosts", ())))
        self.allowance = Allowance(gathering, source, begun)
        self.visited_before: set[str] = set()
        # Where the run goes on with one that left something: at these lists too, and not at those that it has read.
        self.part = begun.part if begun and not gathering.afresh else None
        self.starts_at = self.part.lists if self.part else ()
        self.lists_before: set[str] = set()
        self.claims: Claims = OwnClaims(gathering.claims, source.slug)
        database = None if begun is None else gathering.database
        if gathering.frontier is not None:
            self.claims = SharedClaims(gathering.frontier, source.slug)
            # What a process was the only one to know when it ended would be lost: each visit is written at once.
            self.visits = Visits(database, source.slug, written_together=1)
        else:
            self.visits = Visits(database, source.slug)
        self._under_way: set[asyncio.Future[None]] = set()
        self.outcome = "finished"
        self.has_looked_after = False
        delay = source.options.get("delay_seconds", source.pace_seconds)
        if delay is not None:
            gathering.pace.ask_for(origin_of(source.address), float(delay))

    async def may_ask(self, url: str) -> bool:
        """Count one more request to the site; false when the day's are used up. Raises Refused."""
        try:
            return await self.allowance.take(url)
        except StoreUnavailable as error:
            self.stop_with("store_unavailable")
            raise Refused("stopped") from error

    @classmethod
    def from_crawler(cls, crawler: Any, *arguments: Any, **options: Any) -> "SourceSpider":
        """Make the spider of one run."""
        spider: SourceSpider = super().from_crawler(crawler, *arguments, **options)
        crawler.signals.connect(spider.when_idle, signals.spider_idle)
        crawler.signals.connect(spider.when_dropped, signals.request_dropped)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the source's address."""
        await self.remember_earlier_run()
        async for request in self.first_requests():
            yield request

    async def first_requests(self) -> AsyncIterator[Request]:
        """Ask for the source's address."""
        yield self.ask(self.source.address, self.parse, start=True)

    async def remember_earlier_run(self) -> None:
        """Learn what a run that broke off has visited already, so as to go on where it was."""
        if self.begun and self.begun.resumes_from and not self.gathering.afresh:
            arguments = (self.gathering.database, self.source.slug, self.begun.resumes_from)
            self.visited_before = await asyncio.to_thread(pages.visited_since, *arguments)
        if self.part and self.part.read_until:
            within = (self.part.since, self.part.read_until)
            read = await asyncio.to_thread(pages.lists_read, self.gathering.database, self.source.slug, *within)
            self.lists_before = read.difference(self.starts_at)

    def is_own(self, url: str) -> bool:
        """Tell whether an address is on the source's own site."""
        return same_site(url, self.source.address, self.further_hosts)

    def ask(self, url: str, callback: Callable[..., Any], *, start: bool = False, again: bool = False,
            leads_on: bool = False, priority: int = 0, **arguments: Any) -> Request:  # fmt: skip
        """Return a request of this spider; `again` also for an address that was asked for before.

        `leads_on`: the page is wanted for what it leads to, so it is needed whole, changed or not.
        """
        return Request(
            url, callback=callback, errback=self.failed, cb_kwargs=arguments, dont_filter=again, priority=priority,
            meta={"start": start, "leads_on": leads_on},
        )  # fmt: skip

    async def visited(self, response: Response, *, leads_on: bool = False, capture: Capture | None = None) -> None:
        """Note a page that became no item."""
        if "remembered" not in response.flags:
            self.visits.note(capture or capture_of(response), leads_on=leads_on)
        if self.visits.is_full:
            await self.flush()

    async def flush(self) -> None:
        """Write the visits. Raises StoreUnavailable."""
        for wanted in self.visits.to_write():
            await self.gathering.keeper.write(*wanted)

    def is_unchanged(self, response: Response, capture: Capture) -> bool:
        """Tell whether a page is, to the byte, what it was when its article was stored."""
        known = response.meta.get("remembered")
        same = known is not None and known.has_article and known.body is None and known.body_hash == capture.body_hash
        if same:
            self.counts.add("stored/unchanged")
            self.visits.note_again(response.url, fetched_now())
            self.met(response.url)
        return same

    def failed(self, failure: Failure) -> None:
        """Count what could not be fetched; a source whose own address fails is unreachable, not empty."""
        request, reason = getattr(failure, "request", None), reason_of(failure.value or Exception())
        if reason in ("not_modified", SETTLED):
            return
        if reason == "over_limit" and request is not None:
            self.counts.add("over_limit")
            self.claims.leave(request.url)  # another source may want it
            return
        self.refuse(reason)
        if request is None:
            return
        if reason in UNFINISHED:
            request.meta["unfinished"] = True
        if reason in GONE:
            self.gone(request.url, reason)
        if request.meta.get("start") and reason == OVER_BUDGET:
            self.marks.put("unread", self.source.address)  # what it names no more nobody knows
        elif request.meta.get("start") and reason not in UNFINISHED:
            self.outcome = "unreachable"

    def gone(self, address: str, reason: str, *, with_posts: bool = False) -> None:
        """Say of what was gathered at an address, `with_posts` also on that page, that it is there no more."""
        if self.begun is not None:
            self._begin(self._mark_gone(address, reason, with_posts))

    async def _mark_gone(self, address: str, reason: str, with_posts: bool) -> None:
        await self.flush()
        self.counts.add("gone", len(await self.gathering.keeper.write(mark_gone, address, reason, with_posts)))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside what Scrapy waits for; the spider is not closed before."""

        async def done() -> None:
            try:
                await work
            except StoreUnavailable:
                self.stop_with("store_unavailable")
            except FrontierUnavailable:
                self.stop_with("frontier_unavailable")
            except NotKept:
                self.counts.add("errors")
            finally:
                self._under_way.discard(task)
                if self.crawler.engine._slot is not None:
                    self.crawler.engine._slot.nextcall.schedule()

        task = asyncio.ensure_future(done())
        self._under_way.add(task)

    def when_idle(self) -> None:
        """When all is read, look after the articles that the source did not name this time."""
        may_revisit = self.begun is not None and self.outcome == "finished" and self.gathering.limit is None
        if may_revisit and not self.has_looked_after and not self._under_way:
            self.has_looked_after = True
            self._begin(self._look_after_unseen())
        if self._under_way:
            raise DontCloseSpider

    def when_dropped(self, request: Request) -> None:
        """Count a page that was led back to where it came from; what else is dropped was asked for by another way."""
        if request.url in request.meta.get("redirect_urls", ()):
            self.refuse("too_many_redirects")
            if request.meta.get("start"):
                self.outcome = "unreachable"

    async def _look_after_unseen(self) -> None:
        if self.begun is None or self.marks.has("unread", self.source.address):
            return
        if self.counts["refused/over_budget"] or self.left() is not None:
            return  # nothing may be asked, or more is to be read first: of what was named not all was met
        if not self.begins_to_look_after():
            return
        await self.flush()
        since = self.begun.resumes_from or self.begun.started_at
        database, slug = self.gathering.database, self.source.slug
        unseen = await asyncio.to_thread(pages.unseen_since, database, slug, since, MOST_REVISITED)
        for request in [request for address in unseen for request in self.revisit(address)]:
            self.crawler.engine.crawl(request)

    def revisit(self, address: str) -> list[Request]:
        """Return the requests that tell whether an article is still there."""
        return [self.ask(address, self.is_there)] if self.is_own(address) else []

    async def is_there(self, response: Response) -> None:
        """Note that a page is still there."""
        self.visits.note_again(response.url, fetched_now(), with_posts=True)

    def stop_with(self, outcome: str) -> None:
        """End this spider's run in order, for a reason."""
        if self.outcome != outcome:
            self.outcome = outcome
            asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=outcome))  # noqa: RUF006

    async def taken_apart(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Take an answer apart under the limits of `crawler.parsing`; count and return None when it is refused."""
        try:
            return await self.gathering.parsers.run(function, *arguments)
        except Refused as refused:
            self.refuse(refused.reason)
            return None


def content_type(response: Response) -> str:
    """Return the Content-Type header, or nothing."""
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def robots_headers(response: Response) -> list[str]:
    """Return the X-Robots-Tag headers."""
    return [value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag")]
