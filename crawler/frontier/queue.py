"""The queue of a source's requests: scrapy-redis' own, but what is taken is held until it is done.

scrapy-redis pops a request and knows no more of it: with the process dies the request. Here it is moved, in the same
step, to what the process holds, and comes back into the queue when the process is gone.
"""

from scrapy import Request
from scrapy_redis.queue import PriorityQueue

from crawler.frontier import scripts
from crawler.frontier.frontier import ALIVE, Frontier
from crawler.frontier.requests import packed, unpacked

# A page that ends the process that takes it, thrice, is let go: it would end them all.
MOST_TRIES = 3


class HeldQueue(PriorityQueue):  # type: ignore[misc]
    """Requests by priority, then in order. `number_of` names a request that was taken."""

    frontier: Frontier

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.frontier = self.spider.gathering.frontier
        self._numbers: dict[Request, bytes] = {}

    def _part(self, name: str) -> str:
        return self.frontier.key(self.spider.name, name)

    def __len__(self) -> int:
        """Count what waits and what any process holds."""
        return int(self.frontier.run(scripts.COUNT, [self.key, self._part("held")]))

    def put(self, request: Request, fingerprint: str) -> bool:
        """Queue a request, unless one with this fingerprint was queued before; an empty one is never known."""
        keys = [self.key, self._part("seen"), self._part("number")]
        data = packed(request, self.spider)
        return bool(self.frontier.run(scripts.ENQUEUE, keys, fingerprint, -request.priority, data))

    def pop(self, timeout: int = 0) -> Request | None:
        """Take the next request and hold it."""
        entry = self.frontier.run(scripts.TAKE, [self.key, self._part("held")], self.frontier.process)
        if not entry:
            return None
        number, _tries, data = entry.split(b":", 2)
        request = unpacked(data, self.spider)
        self._numbers[request] = number
        return request

    @property
    def held(self) -> list[Request]:
        """What this process has taken and not yet done."""
        return list(self._numbers)

    def done(self, request: Request) -> None:
        """Let go of a request: all that came of it is stored, or queued."""
        number = self._numbers.pop(request)
        self.frontier.run(scripts.DONE, [self._part("held")], self.frontier.process, number)

    def take_back(self, own: bool = False) -> int:
        """Queue again what processes held that are gone; with `own` what this one holds. Return how many."""
        keys = [self.key, self._part("held"), self._part("counts")]
        whose = (self.frontier.process,) if own else ()
        if own:
            self._numbers.clear()
        return int(self.frontier.run(scripts.TAKE_BACK, keys, MOST_TRIES, ALIVE, *whose))
