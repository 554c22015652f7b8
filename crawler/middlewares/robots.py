"""Keeps robots.txt: fetched first, through the guard; one that can't be read means that nothing is fetched."""

from typing import Any

from scrapy import Request, signals
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.connections.addresses import origin_of
from crawler.connections.certificates import CERTIFICATE_REASONS
from crawler.connections.connection import refusal_of_resolved
from crawler.refusals import Refused, reason_of
from crawler.runs.robots_rules import LONGEST_DELAY_SECONDS, READ_AT_MOST_BYTES, Rules, rules_from

# A file that says of itself that it is larger than this, or unpacks to more, is none.
LARGEST_ANNOUNCED_BYTES = 32 * 1024 * 1024
# Why one source could not ask; the site may well answer another.
OWN_REASONS = frozenset({"over_budget", "stopped", "frontier_unavailable"})


class RobotsMiddleware:
    """Holds each request until its origin's rules are known; reads them again when they are a day old."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler

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
        rules = await self.crawler.spider.gathering.rules.of(origin_of(request.url), self._fetch)
        if reason := rules.refusal(request.url):
            raise Refused(reason)

    async def _fetch(self, origin: str) -> Rules:
        try:
            response = await self._asked_twice(f"{origin}/robots.txt")
        except Exception as error:
            if reason_of(error) in OWN_REASONS:
                raise Refused(reason_of(error)) from error
            return Rules(None, _fault_of_site(origin, error) or "robots_unreachable")
        rules = rules_from(response.status, response.body)
        if 0 < rules.delay <= LONGEST_DELAY_SECONDS:
            self.crawler.spider.gathering.pace.slow_down(origin, rules.delay)
        return rules

    async def _asked_twice(self, url: str) -> Response:
        # A page that was too slow is given up. This file speaks for all sources of the run: one slow moment of the site
        # would end them all.
        try:
            return await self._download(url)
        except DownloadTimeoutError:
            return await self._download(url)

    async def _download(self, url: str) -> Response:
        meta = {"robots_file": True, "download_maxsize": LARGEST_ANNOUNCED_BYTES}
        request = Request(url, priority=1000, callback=NO_CALLBACK, meta=meta)
        response: Response = await self.crawler.engine.download_async(request)
        return response


def _fault_of_site(origin: str, error: Exception) -> str | None:
    """Return what is wrong with a site's name or certificate: that helps, and a word on robots.txt does not."""
    if isinstance(error, CannotResolveHostError):
        return "name_not_found"
    if not isinstance(error, Refused):
        return None
    return error.reason if error.reason in CERTIFICATE_REASONS else refusal_of_resolved(origin)
