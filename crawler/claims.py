"""Which source of a run takes an article that several of them list: it is fetched for one, and met by the others."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Announced:
    """What a feed said of an article before it was fetched."""

    title: str | None = None
    published_on: date | None = None


@dataclass(slots=True)
class _Claim:
    source: str
    announced: Announced
    is_lacking: bool = False


class Claims:
    """The articles that the sources of one process have asked for in this run, by address."""

    def __init__(self) -> None:
        self._claims: dict[int, _Claim] = {}  # by the hash: addresses of a large site would weigh more than the rest

    def claim(self, address: str, source: str, announced: Announced) -> None:
        """Say that a source asks for an article; the first to say so keeps it."""
        self._claims.setdefault(hash(address), _Claim(source, announced))

    def has_other(self, address: str, source: str, announced: Announced) -> bool:
        """Tell whether another source takes an article, so that it need not be asked for again.

        What is announced goes to that source. Where it comes too late, and the page itself names no title or day, it
        is wanted after all.
        """
        claim = self._claims.get(hash(address))
        if claim is None or claim.source == source:
            return False
        if announced == Announced():
            return True
        if claim.is_lacking:
            return False
        claim.announced = _joined(claim.announced, announced)
        return True

    def announced(self, address: str, own: Announced) -> Announced:
        """Return what is said of an article by the source that takes it (`own`) and by the others."""
        claim = self._claims.get(hash(address))
        return own if claim is None else _joined(own, claim.announced)

    def lacks(self, address: str) -> None:
        """Say that an article was taken without a title or without a day."""
        if claim := self._claims.get(hash(address)):
            claim.is_lacking = True


def _joined(first: Announced, other: Announced) -> Announced:
    return Announced(first.title or other.title, first.published_on or other.published_on)
