"""What every spider does alike: asks on its own site only, counts, and says why something was not taken."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.addresses import origin_of, same_site
from crawler.counts import Counts
from crawler.gathering import Gathering
from crawler.refusals import Refused, reason_of
from domain.store.sources import SourceEntry

# A run takes at most so many pages of a source; `options.max_pages` sets another number.
MOST_PAGES = 5000


class SourceSpider(Spider):
    """Reads one source. `options` that all kinds know: max_pages, delay_seconds, hosts (further hosts of the site)."""

    name = "source"
    option_names: ClassVar[frozenset[str]] = frozenset()
    common_option_names: ClassVar[frozenset[str]] = frozenset({"max_pages", "delay_seconds", "hosts"})

    def __init__(self, source: SourceEntry, gathering: Gathering, counts: Counts, **options: Any) -> None:
        super().__init__(name=source.slug, **options)
        self.source, self.gathering, self.counts = source, gathering, counts
        self.further_hosts = frozenset(source.options.get("hosts", ()))
        self.pages_left = int(source.options.get("max_pages", MOST_PAGES))
        self.outcome = "finished"
        if (delay := source.options.get("delay_seconds")) is not None:
            gathering.pace.ask_for(origin_of(source.address), float(delay))

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the source's address."""
        yield self.ask(self.source.address, self.parse, start=True)

    def is_own(self, url: str) -> bool:
        """Tell whether an address is on the source's own site."""
        return same_site(url, self.source.address, self.further_hosts)

    def ask(self, url: str, callback: Callable[..., Any], *, start: bool = False, again: bool = False,
            priority: int = 0, **arguments: Any) -> Request:  # fmt: skip
        """Return a request of this spider; `again` also for an address that was asked for before."""
        return Request(
            url, callback=callback, errback=self.failed, cb_kwargs=arguments, dont_filter=again, priority=priority,
            meta={"start": start},
        )  # fmt: skip

    def take_page(self) -> bool:
        """Count one more page to ask for; false when the run has its fill."""
        if self.pages_left <= 0:
            self.counts.add("over_limit")
            return False
        self.pages_left -= 1
        return True

    def failed(self, failure: Failure) -> None:
        """Count what could not be fetched; a source whose own address fails is unreachable, not empty."""
        request, reason = getattr(failure, "request", None), reason_of(failure.value or Exception())
        self.refuse(reason)
        if request is not None and request.meta.get("start") and reason != "stopped":
            self.outcome = "unreachable"

    def refuse(self, reason: str) -> None:
        """Count something that was not taken."""
        self.counts.add(f"refused/{reason}")
        self.tell()

    def tell(self) -> None:
        """Report progress."""
        self.gathering.progress(self.source.slug, self.counts.flat())

    def stop_with(self, outcome: str) -> None:
        """End this spider's run in order, for a reason."""
        if self.outcome != outcome:
            self.outcome = outcome
            asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=outcome))  # noqa: RUF006

    async def off_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Run what takes long beside the reactor; count and return None when it refuses."""
        try:
            return await asyncio.to_thread(function, *arguments)
        except Refused as refused:
            self.refuse(refused.reason)
            return None


def fetched_now() -> datetime:
    """The instant noted as the time of fetching."""
    return datetime.now(UTC)


def content_type(response: Response) -> str:
    """Return the Content-Type header, or nothing."""
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def robots_headers(response: Response) -> list[str]:
    """Return the X-Robots-Tag headers."""
    return [value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag")]
