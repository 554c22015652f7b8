"""The requests that wait in this process, packed where they are many: as Scrapy keeps them, 20,000 took 200 MB."""

import pickle
from typing import Any

from scrapy import Request
from scrapy.utils.request import request_from_dict

# A feed or a list has fewer, in 5 MB; to pack one and unpack it takes a fifteenth of what a page costs here.
UNPACKED = 500


def told_of(request: Request, spider: Any) -> dict[str, Any]:
    """Return a request as `request_from_dict` reads it, its callbacks by name; ValueError where one is no method.

    Scrapy's own `to_dict` looks through all that a spider has for each callback, a fifth of what a page costs here.
    """
    names = {"callback": _name_of(request.callback, spider), "errback": _name_of(request.errback, spider)}
    return {**{name: getattr(request, name) for name in request.attributes}, "headers": dict(request.headers), **names}


def _name_of(callback: Any, spider: Any) -> str | None:
    if callback is None:
        return None
    if getattr(callback, "__self__", None) is not spider:
        raise ValueError("a callback is no method of the spider")
    return str(callback.__func__.__name__)


class PackedQueue:
    """Requests of one priority, the latest first, as Scrapy's own queue in memory has them."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._waiting: list[bytes | Request] = []

    @classmethod
    def from_crawler(cls, crawler: Any, key: str) -> "PackedQueue":
        """Make the queue of one priority."""
        return cls(crawler)

    def push(self, request: Request) -> None:
        """Add a request; one that leads back to no method of the spider stays as it is."""
        if len(self._waiting) < UNPACKED:
            self._waiting.append(request)
            return
        try:
            told = told_of(request, self._crawler.spider)
            self._waiting.append(pickle.dumps(told, pickle.HIGHEST_PROTOCOL))
        except (ValueError, TypeError, AttributeError, pickle.PicklingError):
            self._waiting.append(request)

    def pop(self) -> Request | None:
        """Take the latest request, or None."""
        return self._whole(self._waiting.pop()) if self._waiting else None

    def peek(self) -> Request | None:
        """Return the latest request and leave it."""
        return self._whole(self._waiting[-1]) if self._waiting else None

    def __len__(self) -> int:
        return len(self._waiting)

    def close(self) -> None:
        """Nothing is kept: what was not asked for is met again by the next run."""

    def _whole(self, waiting: bytes | Request) -> Request:
        if isinstance(waiting, Request):
            return waiting
        told = pickle.loads(waiting)  # noqa: S301 (from this very process)
        return request_from_dict(told, spider=self._crawler.spider)
