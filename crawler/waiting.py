"""The requests that wait in this process, packed: as Scrapy keeps them, 20,000 of them took 200 MB."""

import pickle
from typing import Any

from scrapy import Request
from scrapy.utils.request import request_from_dict


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
        try:
            told = request.to_dict(spider=self._crawler.spider)
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
