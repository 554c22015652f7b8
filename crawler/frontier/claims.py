"""Claims that several processes share: an article that two sources list is fetched by one process, not by two."""

from datetime import date

from crawler.frontier import scripts
from crawler.frontier.frontier import KEPT, Frontier
from crawler.runs.claims import Announced, joined
from domain.store.gathering.pages import hash_of

PREFIX = "doorstep:claim:"


class SharedClaims:
    """Claims in Redis. One lasts while the run of the source that made it does; nobody waits for a run that is over."""

    def __init__(self, frontier: Frontier, source: str) -> None:
        self._frontier, self._source = frontier, source

    def take(self, address: str, announced: Announced, *, as_list: bool = False) -> bool:
        """Take an article. Raises FrontierUnavailable."""
        day = announced.published_on.isoformat() if announced.published_on else ""
        told = (announced.title or "", day, "1" if as_list else "")
        keys = [_key(address), self._frontier.key(self._source, "run")]
        return bool(self._frontier.run(scripts.CLAIM, keys, self._source, int(KEPT.total_seconds()), *told))

    def leave(self, address: str) -> None:
        """Give up what was just taken. Raises FrontierUnavailable."""
        with self._frontier.watched():
            self._frontier.server.delete(_key(address))

    def announced(self, address: str, own: Announced) -> Announced:
        """Return what all sources say of an article. Raises FrontierUnavailable."""
        with self._frontier.watched():
            title, day = self._frontier.server.hmget(_key(address), "title", "day")
        return joined(
            own, Announced(title.decode() if title else None, date.fromisoformat(day.decode()) if day else None)
        )

    def lacks(self, address: str) -> None:
        """Say that an article was taken without a title or without a day. Raises FrontierUnavailable."""
        self._frontier.run(scripts.MARK_CLAIM, [_key(address)], "lacking")

    def leads_on(self, address: str) -> bool:
        """Say that a page is one to be followed; tell whether a list left it. Raises FrontierUnavailable."""
        self._frontier.run(scripts.MARK_CLAIM, [_key(address)], "leads_on")
        with self._frontier.watched():
            return bool(self._frontier.server.hexists(_key(address), "left_by_list"))

    def holder(self, address: str) -> str:
        """Return the source that has an article and whose run goes on. Raises FrontierUnavailable."""
        held: bytes | None = self._frontier.run(scripts.CLAIMED_BY, [_key(address)])
        return held.decode() if held else ""


def _key(address: str) -> str:
    return PREFIX + hash_of(address)[:32]
