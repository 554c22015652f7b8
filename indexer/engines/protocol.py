"""What both engines can do. Everything else of the index stands on this and knows neither engine."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from indexer.documents import Document
from indexer.request import SearchRequest, SearchResult, TrendCell


@dataclass(frozen=True)
class Removal:
    """A document to take out; `version` is the record's present one, None when the record is gone from the store."""

    id: str
    version: int | None


@dataclass(frozen=True)
class Refused:
    """A document that the engine would not take, and why."""

    id: str
    reason: str


@dataclass(frozen=True)
class Indexed:
    """What the index knows of one document."""

    id: str
    version: int
    content_hash: str


class Writer(Protocol):
    """Writes into one index. Nothing is seen by readers, or safe, before `commit` has returned."""

    def write(self, documents: Sequence[Document], removals: Sequence[Removal] = ()) -> list[Refused]:
        """Put documents in place of those with the same ids, and take others out; return what was refused."""

    def commit(self) -> None:
        """Make what was written durable and visible to every reader."""


class NewIndex(Writer, Protocol):
    """An index that is being filled while readers go on with the old one."""

    def count(self) -> int:
        """Count the documents committed so far."""

    def swap(self) -> None:
        """Make this the index that is searched, keep the one before it, remove older ones."""


class Engine(Protocol):
    """One search engine. Safe to share between threads; opens what it needs at its first use, after a fork.

    Every method raises SearchUnavailable when the engine can't answer.
    """

    def search(self, request: SearchRequest) -> SearchResult:
        """Find records. Raises InvalidQuery for a request that no search can answer."""

    def trends(self, request: SearchRequest, lens: str) -> list[TrendCell]:
        """Count what the request finds by month, kind and value of `lens` (a facet; "" for the total), exactly.

        Only search term, field, filters and dates of the request matter. Raises InvalidQuery.
        """

    def is_ready(self) -> bool:
        """Tell whether there is an index of the present format; without one, a rebuild is needed."""

    def writing(self) -> AbstractContextManager[Writer]:
        """Open the present index for writing. Raises SearchUnavailable `busy`, `missing` or `format`."""

    def rebuilding(self) -> AbstractContextManager[NewIndex]:
        """Begin a new, empty index; it is thrown away unless it was swapped in. Raises SearchUnavailable `busy`."""

    def pausing_writes(self) -> AbstractContextManager[None]:
        """Keep every other process from writing into the present index, where the engine itself can't order writes."""

    def indexed(self, ids: Sequence[str]) -> dict[str, Indexed]:
        """Return what the index knows of these documents."""

    def every_id(self) -> Iterator[list[str]]:
        """Yield all ids, in batches."""

    def count(self) -> int:
        """Count the documents in the index."""

    def note_synced(self, instant: datetime) -> None:
        """Remember that at `instant` the index held all that the store had announced."""

    def last_synced(self) -> datetime | None:
        """Return the instant last noted, None when there was none."""
