"""Leaves a site alone when it answers 429 or 503, for as long as it says."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from scrapy import Request
from scrapy.http import Response

BUSY = frozenset({429, 503})
RETRIES = 3
# Without Retry-After: 2, 4, 8 seconds.
FIRST_WAIT_SECONDS = 2.0
# A site that asks for more than this is left for the next run.
LONGEST_WAIT_SECONDS = 300.0


class BackoffMiddleware:
    """Asks once more, at most three times; then the answer stands. The pause itself begins at the connection."""

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
        wait, said = wait_seconds(request, response)
        if asked >= RETRIES or wait > LONGEST_WAIT_SECONDS or (not said and request.meta.get("robots_file")):
            return response
        self.crawler.spider.counts.add("asked_again")
        again = request.copy()
        again.meta["asked_again"], again.dont_filter = asked + 1, True
        return again


def pause_seconds(request: Request, response: Response) -> float:
    """Return for how long the origin of an answer is left alone: 0 where it is not busy, five minutes at most."""
    return min(wait_seconds(request, response)[0], LONGEST_WAIT_SECONDS) if response.status in BUSY else 0.0


def wait_seconds(request: Request, response: Response) -> tuple[float, bool]:
    """Return the seconds until a busy site may be asked again, and whether the site itself named them."""
    seconds = retry_after(response, datetime.now(UTC))
    if seconds is None:
        return FIRST_WAIT_SECONDS * 2 ** request.meta.get("asked_again", 0), False
    return seconds, True


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
