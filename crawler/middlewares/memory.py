"""Sends along what is remembered of a page, so that a site need not send again what is unchanged."""

import asyncio
from typing import Any

from scrapy import Request
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from crawler.keeping.captures import fetched_now
from crawler.refusals import Refused
from domain.store import StoreUnavailable
from domain.store.gathering.pages import Memory, Remembered, remembered

CONDITIONS = ("If-None-Match", "If-Modified-Since")
NOT_MODIFIED = 304


class MemoryMiddleware:
    """Asks conditionally, and puts the remembered body in the place of a 304 where a page leads on to others."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> "MemoryMiddleware":
        """Make the middleware for one source."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Put the conditions on a request; a redirected one has those of its own address, not of the first."""
        for name in CONDITIONS:
            request.headers.pop(name, None)
        known = await self._known(request)
        request.meta["remembered"] = known
        # A list without its body can't be gone on from: it has to come whole.
        if known is None or (request.meta.get("leads_on") and known.body is None):
            return
        if known.etag:
            request.headers["If-None-Match"] = known.etag.encode("latin-1", "replace")
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified.encode("latin-1", "replace")

    def process_response(self, request: Request, response: Response) -> Response:
        """Pass an answer on; one that says that nothing changed becomes the page as it was. Raises Refused."""
        known: Remembered | None = request.meta.get("remembered")
        if response.status != NOT_MODIFIED or known is None:
            return response
        if not any(request.headers.get(name) for name in CONDITIONS):
            return response  # nobody asked whether it has changed: this is no answer
        spider = self.crawler.spider
        spider.counts.add("not_modified")
        spider.visits.note_again(response.url, fetched_now())
        if known.body is None:
            if known.has_article:
                spider.met(response.url)
                spider.counts.add("stored/unchanged")
            raise Refused("not_modified")
        headers = response.headers.copy()
        headers["Content-Type"] = known.content_type.encode("latin-1", "replace")
        kind = responsetypes.from_args(headers=headers, url=response.url, body=known.body)
        return response.replace(cls=kind, status=200, headers=headers, body=known.body, flags=["remembered"])

    async def _known(self, request: Request) -> Remembered | None:
        gathering = self.crawler.spider.gathering
        if gathering.afresh or gathering.is_dry or request.meta.get("robots_file") or request.method != "GET":
            return None
        try:
            if gathering.database.is_sqlite:  # sooner done than the way to a thread and back
                gathering.memory = gathering.memory or Memory(gathering.database)
                known: Remembered | None = gathering.memory.of(request.url)
                return known
            return await asyncio.to_thread(remembered, gathering.database, request.url)
        except StoreUnavailable:
            return None  # the pipeline notices, and ends the run
