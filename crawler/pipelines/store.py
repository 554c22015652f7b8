"""Stores a read article; the store decides what is new, the same, changed, a copy or not on the subject."""

import asyncio
from typing import Any

from scrapy.exceptions import DropItem

from crawler.items import GatheredArticle
from domain.store import StoreUnavailable
from domain.store.articles import Page, save_article


def page_of(article: GatheredArticle) -> Page:
    """Return what the store keeps of an article. Raises ValueError for one that was not read."""
    if article.reading is None:
        raise ValueError("an article that was not read can't be stored")
    return Page(
        source=article.source, url=article.url, canonical_url=article.canonical_url, title=article.title,
        reading=article.reading, published_on=article.published_on, fetched_at=article.fetched_at,
        site_name=article.site_name,
    )  # fmt: skip


class StorePipeline:
    """Saves articles one by one; a store that is down ends the run, for what can't be kept need not be fetched."""

    def __init__(self, spider: Any) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Any) -> "StorePipeline":
        """Make the pipeline for one source."""
        return cls(crawler.spider)

    async def process_item(self, item: GatheredArticle) -> GatheredArticle:
        """Store an article and count what became of it."""
        try:
            saved = await asyncio.to_thread(save_article, self._spider.gathering.database, page_of(item))
        except StoreUnavailable as error:
            self._spider.stop_with("store_unavailable")
            raise DropItem("the store is not available") from error
        self._spider.counts.add(f"stored/{saved.outcome}")
        self._spider.tell()
        return item
