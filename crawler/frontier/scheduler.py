"""Scrapy's scheduler over the shared frontier: scrapy-redis' own, with requests that are held until they are done."""

import asyncio
import time
from typing import Any

from scrapy import Request
from scrapy_redis.scheduler import Scheduler

from crawler.frontier.frontier import FrontierUnavailable
from crawler.frontier.queue import HeldQueue

# How often a process that has nothing to do looks whether others have queued something, or died.
SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_BETWEEN_TAKING_BACK = 1.0
UNFINISHED = "unfinished"


class SharedScheduler(Scheduler):  # type: ignore[misc]
    """Gives a process its share of a source's requests."""

    queue: HeldQueue

    def __init__(self, crawler: Any) -> None:
        frontier = crawler.spider.gathering.frontier
        super().__init__(
            frontier.server, persist=True, queue_cls="crawler.frontier.queue.HeldQueue",
            queue_key=frontier.key(crawler.spider.name, "queue"),
            dupefilter_key=frontier.key(crawler.spider.name, "seen"),
            dupefilter_cls="scrapy_redis.dupefilter.RFPDupeFilter",
        )  # fmt: skip
        self._crawler, self._frontier = crawler, frontier
        self._took_back = 0.0
        self._next_look: asyncio.TimerHandle | None = None

    @classmethod
    def from_crawler(cls, crawler: Any) -> "SharedScheduler":
        """Make the scheduler of one source."""
        return cls(crawler)

    def close(self, reason: str) -> None:
        """Give back what is not done."""
        if self._next_look is not None:
            self._next_look.cancel()
        try:
            self._let_go_of_what_is_done()
            self.queue.take_back(own=True)
        except FrontierUnavailable:
            return  # others take it up when this process is gone

    def enqueue_request(self, request: Request) -> bool:
        """Queue a request once; false when it is known, or could not be queued."""
        fingerprint = "" if request.dont_filter else self.df.request_fingerprint(request)
        try:
            return self.queue.put(request, fingerprint)
        except FrontierUnavailable:
            self._give_up()
            return False

    def next_request(self) -> Request | None:
        """Return a request to work on, or None when there is none just now."""
        if self._is_lost():
            return None
        try:
            self._let_go_of_what_is_done()
            request = self.queue.pop()
            if request is None and self._is_time_to_take_back() and self.queue.take_back():
                request = self.queue.pop()
        except FrontierUnavailable:
            self._give_up()
            return None
        if request is None:
            self._look_again_soon()
        return request

    def has_pending_requests(self) -> bool:
        """Tell whether anything waits, or is held by any process: what it leads to may be for this one."""
        if self._is_lost():
            return False
        try:
            self._let_go_of_what_is_done()
            return len(self.queue) > 0
        except FrontierUnavailable:
            self._give_up()
            return False

    def _let_go_of_what_is_done(self) -> None:
        # The engine keeps a request until its answer is read and each item of it has passed the pipelines; there is
        # no signal for that moment. Nothing is let go once the store or the frontier failed: it may not be kept.
        spider, slot = self._crawler.spider, self._crawler.engine._slot
        if slot is None or self._frontier.is_broken or spider.outcome == "store_unavailable":
            return
        done = [request for request in self.queue.held if request not in slot.inprogress]
        if done:
            spider.share_counts()
        for request in done:
            if not request.meta.get(UNFINISHED):
                self.queue.done(request)

    def _is_time_to_take_back(self) -> bool:
        present = time.monotonic()
        if present - self._took_back < SECONDS_BETWEEN_TAKING_BACK:
            return False
        self._took_back = present
        return True

    def _look_again_soon(self) -> None:
        if self._next_look is None or self._next_look.cancelled() or self._next_look.when() < _now():
            look = self._crawler.engine._slot.nextcall.schedule
            self._next_look = asyncio.get_running_loop().call_later(SECONDS_BETWEEN_LOOKS, look)

    def _is_lost(self) -> bool:
        """Tell whether the frontier failed, whoever met it, a page that was being read or the thread that says alive.

        What this process holds it lets go of no more, so to go on would be to wait for itself.
        """
        if self._frontier.is_broken:
            self._give_up()
        return bool(self._frontier.is_broken)

    def _give_up(self) -> None:
        self._crawler.spider.stop_with("frontier_unavailable")


def _now() -> float:
    return asyncio.get_running_loop().time()
