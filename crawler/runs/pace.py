"""The pace of a run: one request at a time per origin, never sooner than the site asks, whatever spider it is for."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from crawler.refusals import Refused

# A second between the requests to a public site that asks for nothing else: what crawler operators recommend.
DEFAULT_DELAY_SECONDS = 1.0
# A site that is slow to answer is given as long again to recover, up to this.
LONGEST_REST_SECONDS = 5.0
# Two clocks differ a little: Retry-After: 2 must not arrive as 1.99 s.
MARGIN_SECONDS = 0.02


@dataclass
class _Lane:
    delay: float
    free_at: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Pace:
    """Gives each origin's requests their turns. One object serves all spiders of a process."""

    def __init__(self, unhurried: Collection[str] = (), default_delay: float = DEFAULT_DELAY_SECONDS) -> None:
        """`unhurried` are the `host:port` pairs of one's own test sites, which need no rest between requests."""
        self._unhurried, self._default_delay = frozenset(unhurried), default_delay
        self._lanes: dict[str, _Lane] = {}
        self._asked: Counter[str] = Counter()
        self._stopped = asyncio.Event()
        self._under_way: set[asyncio.Future[Any]] = set()

    def _lane(self, origin: str) -> _Lane:
        if origin not in self._lanes:
            own = origin.partition("://")[2] in self._unhurried
            self._lanes[origin] = _Lane(0.0 if own else self._default_delay)
        return self._lanes[origin]

    def ask_for(self, origin: str, delay: float) -> None:
        """Leave `delay` seconds between an answer of this origin and the next request from now on."""
        self._lane(origin).delay = delay

    def slow_down(self, origin: str, delay: float) -> None:
        """Leave at least `delay` seconds, as robots.txt asks; never less than before."""
        lane = self._lane(origin)
        lane.delay = max(lane.delay, delay)

    def pause(self, origin: str, seconds: float) -> None:
        """Leave the origin alone for that long."""
        lane = self._lane(origin)
        lane.free_at = max(lane.free_at, _now() + seconds + MARGIN_SECONDS)

    def stop(self) -> None:
        """Let nobody wait any longer: every turn that has not ended raises Refused("stopped")."""
        self._stopped.set()
        for task in list(self._under_way):
            task.cancel()

    @property
    def stopped(self) -> bool:
        """Whether the run is being stopped."""
        return self._stopped.is_set()

    @asynccontextmanager
    async def turn(self, origin: str) -> AsyncIterator[None]:
        """Wait for the origin's next turn and hold it. Raises Refused when the run is stopped meanwhile."""
        lane = self._lane(origin)
        async with lane.lock:
            while not self.stopped and (wait := self.wait_for(origin)) > 0:
                await self._sleep(wait)
            if self.stopped:
                raise Refused("stopped")
            started = _now()
            try:
                yield
            finally:
                # From the end of one answer to the start of the next request: counted from start to start, a
                # first request that waits for its connection would reach the site 0.187 s before the second.
                rest = min(_now() - started, LONGEST_REST_SECONDS) if lane.delay else 0.0
                self.give_back(origin, max(lane.delay, rest))

    def wait_for(self, origin: str) -> float:
        """Return how many seconds to wait for the origin; nothing to wait for means that it is taken."""
        return self._lane(origin).free_at - _now()

    def give_back(self, origin: str, rest: float) -> None:
        """Leave the origin alone for `rest` seconds after an answer."""
        lane = self._lane(origin)
        lane.free_at = max(lane.free_at, _now() + rest)

    def may_ask(self, site: str, budget: int) -> bool:
        """Count one more request to a site; false when the run has made `budget` of them, for whichever source."""
        if self._asked[site] >= budget:
            return False
        self._asked[site] += 1
        return True

    @contextmanager
    def cancelled_by_stop(self, task: asyncio.Future[Any]) -> Iterator[None]:
        """Have a task cancelled when the run is stopped within the block."""
        self._under_way.add(task)
        try:
            yield
        finally:
            self._under_way.discard(task)

    async def _sleep(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return


def _now() -> float:
    return asyncio.get_running_loop().time()
