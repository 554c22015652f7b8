"""Refuses requests before they are queued, with a readable reason; the connection itself is guarded once more."""

from typing import Any

from scrapy import Request

from crawler.connections.addresses import origin_of
from crawler.connections.guard import refusal_of_address
from crawler.refusals import Refused


class GuardMiddleware:
    """Lets through what is on the source's own site and may be reached: first requests, redirects, robots.txt, all."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler
        self._allowed_origins = frozenset(crawler.settings.getlist("DOORSTEP_ALLOWED_ORIGINS"))

    @classmethod
    def from_crawler(cls, crawler: Any) -> "GuardMiddleware":
        """Make the middleware for one source."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse a request, or give it the download slot of its origin. Raises Refused."""
        if reason := refusal_of_address(request.url, self._allowed_origins):
            raise Refused(reason)
        if not self.crawler.spider.is_own(request.url):
            raise Refused("foreign_site")
        # Scrapy's own slots are per host name: two ports of one host would share one.
        request.meta["download_slot"] = origin_of(request.url)
