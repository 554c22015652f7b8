"""What a run notes of the pages that it visited; written together, for a page alone would cost a commit."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from crawler.items import Capture
from domain.store import Database
from domain.store.gathering.pages import Visit, remember, visited_again

WRITTEN_TOGETHER = 64
# At a page a second, 64 of them would be a minute's.
LONGEST_UNWRITTEN_SECONDS = 5.0


class Visits:
    """Collects the visits of one source's run. `flush` blocks; while sources are read the keeper does `to_write`."""

    def __init__(self, database: Database | None, source: str, written_together: int = WRITTEN_TOGETHER) -> None:
        """Without a database nothing is kept: a dry run."""
        self._database, self._source, self._together = database, source, written_together
        self._new: list[Visit] = []
        self._again: dict[str, datetime] = {}
        self._pages_again: dict[str, datetime] = {}
        self._flushed = time.monotonic()

    @property
    def is_full(self) -> bool:
        """Whether it is time to write: so many, or so long since the last time, that a kill would cost too much."""
        waiting = len(self._new) + len(self._again) + len(self._pages_again)
        return waiting >= self._together or time.monotonic() - self._flushed > LONGEST_UNWRITTEN_SECONDS

    def note(
        self, capture: Capture, *, leads_on: bool = False, article_id: str | None = None,
        address: str | None = None, on_page: str | None = None,
    ) -> None:  # fmt: skip
        """Note an answer. `leads_on`: keep its body, to read it again when the site says that it is unchanged."""
        self._new.append(
            Visit(
                source=self._source,
                address=address or capture.address,
                visited_at=capture.fetched_at,
                etag=capture.header("ETag"),
                last_modified=capture.header("Last-Modified"),
                body_hash=capture.body_hash,
                body=capture.body if leads_on else None,
                content_type=capture.header("Content-Type"),
                article_id=article_id,
                on_page=on_page,
            )  # fmt: skip
        )

    def note_post(self, address: str, at: datetime, article_id: str, on_page: str | None) -> None:
        """Note that a post or an entry of an API was met; it has no page of its own to ask for."""
        self._new.append(Visit(self._source, address, at, article_id=article_id, on_page=on_page))

    def note_again(self, address: str, at: datetime, *, with_posts: bool = False) -> None:
        """Note that an address was asked for and is as it was; `with_posts` also what stands on that page."""
        (self._pages_again if with_posts else self._again)[address] = at

    def flush(self) -> None:
        """Write what was noted. Raises StoreUnavailable."""
        for function, *arguments in self.to_write():
            function(self._database, *arguments)

    def to_write(self) -> list[tuple[Any, ...]]:
        """Return what writes what was noted, functions of the store with their arguments, and forget it."""
        self._flushed = time.monotonic()
        new, again, pages_again = self._new, self._again, self._pages_again
        self._new, self._again, self._pages_again = [], {}, {}
        if self._database is None:
            return []
        found: list[tuple[Any, ...]] = [(remember, new)] if new else []
        for addresses, with_posts in ((again, False), (pages_again, True)):
            if addresses:
                found.append((visited_again, list(addresses), max(addresses.values()), with_posts))
        return found
