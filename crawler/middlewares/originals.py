"""Lets a page that another request of the run asks for already wait for what that one finds."""

import asyncio
from typing import Any

from scrapy import Request

from crawler.refusals import Refused
from crawler.spiders.originals import LATER

# Nobody waits for good: of a request that was given up, for it ended its process thrice, no answer comes.
MOST_WAITS = 240
SHORTEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.05, 0.5


class OriginalMiddleware:
    """Puts such a request behind all others, and refuses it when it is known what is there: it need not be asked."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> "OriginalMiddleware":
        """Make the middleware for one source."""
        return cls(crawler)

    async def process_request(self, request: Request) -> Request | None:
        """Pass a request on, or put it back into the queue after a moment. Raises Refused."""
        spider, waited = self.crawler.spider, request.meta.get("waited", 0)
        if not request.meta.get("for_item"):
            return None
        if spider.is_settled(request) or await spider.was_just_met(request):
            raise Refused("settled")
        if waited >= MOST_WAITS or not spider.is_under_way(request):
            return None
        await asyncio.sleep(min(SHORTEST_WAIT_SECONDS * (waited + 1), LONGEST_WAIT_SECONDS))
        again: Request = request.replace(dont_filter=True, priority=LATER, meta={**request.meta, "waited": waited + 1})
        return again
