"""The requests that a run may make of its site: counted in the store, in the frontier, or, of a trial, here."""

import asyncio

from crawler.connections.addresses import same_site, site_of
from crawler.keeping.storing import NotKept
from crawler.runs.gathering import Gathering
from domain.store import StoreUnavailable
from domain.store.gathering import budgets, sources
from domain.store.gathering.sources import Begun, SourceEntry

# A run sets so many aside at once, a tenth of the day's at most: to ask the store takes a commit and 35 ms each time,
# and nothing is fetched meanwhile.
MOST_AT_ONCE, SHARE_AT_ONCE = 200, 10


class Allowance:
    """What is left to one run. Use it on one event loop."""

    def __init__(self, gathering: Gathering, source: SourceEntry, begun: Begun | None) -> None:
        """Without `begun` the run is a trial, which stores nothing."""
        self._gathering, self._source, self._begun = gathering, source, begun
        self._left, self._asking = 0, asyncio.Lock()

    async def take(self, url: str) -> bool:
        """Take one request; false when the runs of the site have had theirs. Raises StoreUnavailable, Refused."""
        most = self._source.daily_pages
        is_counted_in_store = self._begun is not None and self._gathering.frontier is None
        if not (is_counted_in_store and site_of(url) == site_of(self._source.address)):  # a trial, or a further host
            return self._gathering.pace.may_ask(site_of(url), most)
        async with self._asking:
            if not self._left and self._begun is not None:
                self._left = await self._reserved(self._begun, max(1, min(MOST_AT_ONCE, most // SHARE_AT_ONCE)))
            if not self._left:
                return False
            self._left -= 1
        return True

    async def _reserved(self, begun: Begun, wanted: int) -> int:
        # Another process may have added a source of the site.
        rows = await asyncio.to_thread(sources.sources, self._gathering.database)
        same = [row.slug for row in rows if same_site(row.address, self._source.address)]
        try:
            granted: int = await self._gathering.keeper.write(
                budgets.reserve, begun.number, same, wanted, self._source.daily_pages
            )
        except NotKept as error:
            raise StoreUnavailable(str(error)) from error
        return granted
