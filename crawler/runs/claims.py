"""Which source of a run takes an article that several of them list: it is fetched for one, and met by the others."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True)
class Announced:
    """What a feed said of an article before it was fetched."""

    title: str | None = None
    published_on: date | None = None


class Claims(Protocol):
    """The articles that the sources of a run have asked for, by address, as one source sees them."""

    def take(self, address: str, announced: Announced, *, as_list: bool = False) -> bool:
        """Take an article for this source; false where another one has it, so that it need not be asked for again.

        What is announced then goes to that source. Where it comes too late, and the page itself names no title or day,
        the article is wanted after all. `as_list`: this source would follow the links of a page that asks to be
        followed but not indexed, as a list does.
        """

    def leave(self, address: str) -> None:
        """Give up what was just taken: it isn't asked for."""

    def announced(self, address: str, own: Announced) -> Announced:
        """Return what is said of an article by the source that takes it (`own`) and by the others."""

    def lacks(self, address: str) -> None:
        """Say that an article was taken without a title or without a day."""

    def leads_on(self, address: str) -> bool:
        """Say that a page is to be followed and not indexed; tell whether a list left it to this source.

        A list that comes later takes it for itself.
        """

    def holder(self, address: str) -> str:
        """Return the source that has an article, by its slug, or nothing."""


@dataclass(slots=True)
class _Claim:
    source: str
    announced: Announced
    is_lacking: bool = False
    is_left_by_list: bool = False
    leads_on: bool = False


Known = dict[int, _Claim]


class OwnClaims:
    """Claims of the sources of one process, which share `known`."""

    def __init__(self, known: Known, source: str) -> None:
        self._source = source
        self._known = known  # by the hash: addresses of a large site would weigh more than the rest

    def take(self, address: str, announced: Announced, *, as_list: bool = False) -> bool:
        """Take an article; the first to say so keeps it."""
        claim = self._known.setdefault(hash(address), _Claim(self._source, announced))
        if claim.source == self._source or (as_list and claim.leads_on):
            return True
        if announced != Announced():
            if claim.is_lacking:
                return True
            claim.announced = joined(claim.announced, announced)
        claim.is_left_by_list |= as_list
        return False

    def leave(self, address: str) -> None:
        """Give up what was just taken."""
        self._known.pop(hash(address), None)

    def announced(self, address: str, own: Announced) -> Announced:
        """Return what all sources say of an article."""
        claim = self._known.get(hash(address))
        return own if claim is None else joined(own, claim.announced)

    def lacks(self, address: str) -> None:
        """Say that an article was taken without a title or without a day."""
        if claim := self._known.get(hash(address)):
            claim.is_lacking = True

    def leads_on(self, address: str) -> bool:
        """Say that a page is one to be followed; tell whether a list left it to this source."""
        claim = self._known.setdefault(hash(address), _Claim(self._source, Announced()))
        claim.leads_on = True
        return claim.is_left_by_list

    def holder(self, address: str) -> str:
        """Return the source that has an article."""
        claim = self._known.get(hash(address))
        return "" if claim is None else claim.source


def joined(first: Announced, other: Announced) -> Announced:
    """Return what two say of an article; what the first says counts."""
    return Announced(first.title or other.title, first.published_on or other.published_on)
