"""The pace of several processes: one request at a time per origin, whichever of them it is from."""

from collections.abc import Collection
from contextlib import suppress
from urllib.parse import urlsplit

from crawler.frontier import scripts
from crawler.frontier.frontier import ALIVE, Frontier, FrontierUnavailable
from crawler.refusals import Refused
from crawler.runs.pace import Pace

# How soon to ask again for an origin at which another process is.
SECONDS_BETWEEN_TRIES = 0.03
DAY_SECONDS = 24 * 3600


class SharedPace(Pace):
    """Gives turns like Pace, and each of them only while no other living process has the origin's."""

    def __init__(self, frontier: Frontier, unhurried: Collection[str] = ()) -> None:
        super().__init__(unhurried)
        self._frontier = frontier

    def slow_down(self, origin: str, delay: float) -> None:
        """Leave at least `delay` seconds, all processes."""
        super().slow_down(origin, delay)
        with suppress(FrontierUnavailable):  # then this process ends
            self._frontier.run(scripts.SLOW_DOWN, [_slot(origin)], delay)

    def pause(self, origin: str, seconds: float) -> None:
        """Leave the origin alone for that long, all processes."""
        super().pause(origin, seconds)
        with suppress(FrontierUnavailable):
            self._frontier.run(scripts.GIVE_BACK, [_slot(origin)], "nobody", seconds)

    def may_ask(self, site: str, budget: int) -> bool:
        """Count one more request to a site; false when all processes have made `budget` of them in the last day."""
        try:
            return bool(self._frontier.run(scripts.ASK, [f"doorstep:asked_at:{site}"], budget, DAY_SECONDS))
        except FrontierUnavailable:
            raise Refused("frontier_unavailable") from None

    def wait_for(self, origin: str) -> float:
        """Return how many seconds to wait, or take the origin. Raises Refused when the frontier is lost."""
        own = super().wait_for(origin)
        if own > 0:
            return own
        try:
            arguments = (self._frontier.process, ALIVE, SECONDS_BETWEEN_TRIES)
            return float(self._frontier.run(scripts.ACQUIRE, [_slot(origin)], *arguments))
        except FrontierUnavailable:
            raise Refused("frontier_unavailable") from None

    def give_back(self, origin: str, rest: float) -> None:
        """Let the next process have the origin, after a rest."""
        super().give_back(origin, rest)
        with suppress(FrontierUnavailable):  # it is free when this process is gone
            self._frontier.run(scripts.GIVE_BACK, [_slot(origin)], self._frontier.process, rest)


def _slot(origin: str) -> str:
    parts = urlsplit(origin)
    return f"doorstep:origin:{parts.scheme}:{parts.netloc}"
