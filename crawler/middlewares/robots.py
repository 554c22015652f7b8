"""Keeps robots.txt: fetched first, through the guard; one that can't be read means that nothing is fetched."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from protego import Protego
from scrapy import Request, signals
from scrapy.exceptions import StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.addresses import origin_of
from crawler.refusals import Refused
from crawler.settings import BOT_NAME

# What RFC 9309 asks a crawler to read at least; the rest of a larger file is not looked at.
READ_AT_MOST_BYTES = 500 * 1024
# A file that says of itself that it is larger than this, or unpacks to more, is none.
LARGEST_ANNOUNCED_BYTES = 32 * 1024 * 1024
# For no longer may a file be kept (RFC 9309, section 2.4); one that could not be read is asked for again sooner.
KEPT_SECONDS, KEPT_UNREACHABLE_SECONDS = 24 * 3600, 3600


@dataclass(frozen=True)
class Rules:
    """What one origin's robots.txt says to us; without `file`, `reason` says why nothing may be fetched."""

    file: Protego | None
    reason: str = "robots_unreachable"

    def refusal(self, url: str) -> str | None:
        """Return why an address may not be fetched, or None."""
        if self.file is None:
            return self.reason
        return None if self.file.can_fetch(url, BOT_NAME) else "robots"

    @property
    def delay(self) -> float:
        """Seconds between requests, from Crawl-delay and Request-rate, the slower one."""
        if self.file is None:
            return 0.0
        rate = self.file.request_rate(BOT_NAME)
        spaced = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(float(self.file.crawl_delay(BOT_NAME) or 0), float(spaced))


def rules_from(status: int, body: bytes) -> Rules:
    """Return what a robots.txt with this status and body means (RFC 9309, section 2.3.1)."""
    if status >= 500 or status == 429:
        return Rules(None)
    if status >= 400:
        return Rules(Protego.parse(""))
    if status != 200:
        return Rules(None)
    if len(body) > READ_AT_MOST_BYTES:
        body = body[: body.rfind(b"\n", 0, READ_AT_MOST_BYTES) + 1]
    return Rules(Protego.parse(body.decode("utf-8-sig", errors="ignore")))


@dataclass(frozen=True)
class _Asked:
    """When an origin's robots.txt was asked for, and what comes of it."""

    at: float
    rules: asyncio.Future[Rules]

    def lasts(self, present: float) -> bool:
        """Tell whether the rules may still be gone by."""
        if not self.rules.done():
            return True
        lasting = KEPT_UNREACHABLE_SECONDS if self.rules.result().file is None else KEPT_SECONDS
        return present - self.at < lasting


class RobotsMiddleware:
    """Holds each request until its origin's rules are known; reads them again when they are a day old."""

    def __init__(self, crawler: Any, clock: Callable[[], float] = time.monotonic) -> None:
        self.crawler, self._clock = crawler, clock
        self._asked: dict[str, _Asked] = {}

    @classmethod
    def from_crawler(cls, crawler: Any) -> "RobotsMiddleware":
        """Make the middleware for one source."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.enough_received, signals.bytes_received)
        return middleware

    def enough_received(self, data: bytes, request: Request) -> None:
        """End the download of a robots.txt that is larger than what is read of it; Scrapy hands on what came."""
        if request.meta.get("robots_file"):
            request.meta["received"] = request.meta.get("received", 0) + len(data)
            if request.meta["received"] > READ_AT_MOST_BYTES:
                raise StopDownload(fail=False)

    async def process_request(self, request: Request) -> None:
        """Refuse what robots.txt forbids. Raises Refused."""
        if request.meta.get("robots_file"):
            return
        rules = await self._rules_of(origin_of(request.url))
        if reason := rules.refusal(request.url):
            raise Refused(reason)

    async def _rules_of(self, origin: str) -> Rules:
        asked, present = self._asked.get(origin), self._clock()
        if asked is None or not asked.lasts(present):
            asked = self._asked[origin] = _Asked(present, asyncio.ensure_future(self._fetch(origin)))
        return await asked.rules

    async def _fetch(self, origin: str) -> Rules:
        meta = {"robots_file": True, "download_maxsize": LARGEST_ANNOUNCED_BYTES}
        request = Request(f"{origin}/robots.txt", priority=1000, callback=NO_CALLBACK, meta=meta)
        try:
            response: Response = await self.crawler.engine.download_async(request)
        except Exception:  # whatever it was, the rules are not known
            return Rules(None)
        rules = rules_from(response.status, response.body)
        if rules.delay:
            self.crawler.spider.gathering.pace.slow_down(origin, rules.delay)
        return rules
