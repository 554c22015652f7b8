"""Leaves a site alone when it answers 429 or 503, for as long as it says."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.addresses import origin_of

BUSY = frozenset({429, 503})
RETRIES = 3
# Without Retry-After: 2, 4, 8 seconds.
FIRST_WAIT_SECONDS = 2.0
# A site that asks for more than this is left for the next run.
LONGEST_WAIT_SECONDS = 300.0


class BackoffMiddleware:
    """Pauses the origin and asks once more, at most three times; then the answer stands."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> "BackoffMiddleware":
        """Make the middleware for one source."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Pass an answer on, or pause its origin and ask again."""
        if response.status not in BUSY:
            return response
        asked = request.meta.get("asked_again", 0)
        seconds = retry_after(response, datetime.now(UTC))
        wait = FIRST_WAIT_SECONDS * 2**asked if seconds is None else seconds
        self.crawler.spider.gathering.pace.pause(origin_of(request.url), min(wait, LONGEST_WAIT_SECONDS))
        if asked >= RETRIES or wait > LONGEST_WAIT_SECONDS or (seconds is None and request.meta.get("robots_file")):
            return response
        self.crawler.spider.counts.add("asked_again")
        again = request.copy()
        again.meta["asked_again"], again.dont_filter = asked + 1, True
        return again


def retry_after(response: Response, present: datetime) -> float | None:
    """Return the seconds that Retry-After names, as a number or as a date, or None."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        instant = parsedate_to_datetime(value)
    except ValueError:
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return max(0.0, (instant - present).total_seconds())
