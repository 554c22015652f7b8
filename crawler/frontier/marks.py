"""The marks of a run that several processes share, and what they counted."""

from collections.abc import Mapping

from crawler.frontier import scripts
from crawler.frontier.frontier import Frontier
from domain.store.gathering.pages import hash_of


class SharedMarks:
    """Marks in Redis. Addresses are kept as hashes of 128 bits."""

    def __init__(self, frontier: Frontier, source: str) -> None:
        self._frontier, self._source = frontier, source
        self._told: dict[str, int] = {}

    def _key(self, kind: str) -> str:
        return self._frontier.key(self._source, f"marks:{kind}")

    def put(self, kind: str, address: str, most: float | None = None) -> bool:
        """Mark an address. Raises FrontierUnavailable."""
        limit = "" if most is None else most
        return bool(self._frontier.run(scripts.MARK, [self._key(kind)], _short(address), limit))

    def has(self, kind: str, address: str) -> bool:
        """Tell whether an address is marked. Raises FrontierUnavailable."""
        with self._frontier.watched():
            return bool(self._frontier.server.sismember(self._key(kind), _short(address)))

    def count(self, kind: str) -> int:
        """Return how many addresses are marked. Raises FrontierUnavailable."""
        with self._frontier.watched():
            return int(self._frontier.server.scard(self._key(kind)))

    def holder(self, kind: str, address: str, candidate: str = "") -> str:
        """Return who holds an address. Raises FrontierUnavailable."""
        held: bytes | None = self._frontier.run(scripts.HOLDER, [self._key(kind)], _short(address), candidate)
        return held.decode() if held else ""

    def holders(self, kind: str) -> list[str]:
        """Return everybody who holds an address of a kind. Raises FrontierUnavailable."""
        with self._frontier.watched():
            return [holder.decode() for holder in self._frontier.server.hvals(self._key(kind))]

    def share(self, counts: Mapping[str, int]) -> None:
        """Add what this process counted since the last time to what all have. Raises FrontierUnavailable."""
        key = self._frontier.key(self._source, "counts")
        new = {name: number - self._told.get(name, 0) for name, number in counts.items()}
        with self._frontier.watched(), self._frontier.server.pipeline() as pipe:
            for name, number in new.items():
                if number:
                    pipe.hincrby(key, name, number)
            pipe.execute()
        self._told = dict(counts)


def _short(address: str) -> str:
    return hash_of(address)[:32]
