"""Hands a read article to the process that stores, and notes the visit when it is kept."""

import asyncio
from dataclasses import replace
from typing import Any

from scrapy.exceptions import DropItem

from crawler.items import GatheredArticle
from crawler.keeping.keeper import Keeper
from crawler.keeping.storing import Kept
from crawler.lines import Packed
from domain.store import StoreUnavailable

# A backup or a restart of the store takes seconds; what lasts longer ends the run.
WAITS = (1.0, 3.0)


class StorePipeline:
    """Saves articles; a store that is down ends the run, for what can't be kept need not be fetched."""

    def __init__(self, spider: Any) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Any) -> "StorePipeline":
        """Make the pipeline for one source."""
        return cls(crawler.spider)

    async def process_item(self, item: GatheredArticle) -> GatheredArticle:
        """Store an article and count what became of it; in a dry run only show it."""
        if self._spider.gathering.shown is not None:
            reading = item.reading.opened() if isinstance(item.reading, Packed) else item.reading
            self._spider.gathering.shown(replace(item, reading=reading))
            return item
        try:
            kept = await self._kept_or_waited(item)
            self._note(item, kept.saved.id)
            if self._spider.visits.is_full:
                await self._spider.flush()
        except StoreUnavailable as error:
            self._spider.stop_with("store_unavailable")
            raise DropItem("the store is not available") from error
        if kept.archive_full:
            self._spider.counts.add("archive_full")
        self._spider.met(item.canonical_url)
        self._spider.counts.add(f"stored/{kept.saved.outcome}")
        self._spider.tell()
        return item

    async def _kept_or_waited(self, item: GatheredArticle) -> Kept:
        """Save an item; a store that is busy or away for a moment is waited for. Raises StoreUnavailable."""
        keeper: Keeper = self._spider.gathering.keeper
        for seconds in WAITS:
            try:
                return await keeper.keep(item)
            except StoreUnavailable:
                await asyncio.sleep(seconds)
        return await keeper.keep(item)

    def _note(self, item: GatheredArticle, article_id: str) -> None:
        visits = self._spider.visits
        if item.form == "post":
            visits.note_post(item.canonical_url, item.fetched_at, article_id, item.on_page)
            return
        first, *further = item.captures
        if first.remembered:
            visits.note_again(first.address, first.fetched_at)
        else:
            visits.note(first, leads_on=bool(further), article_id=article_id)
