"""Stores a read article with its archived pages; the store decides what is new, changed, a copy or off the subject."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Any

from scrapy.exceptions import DropItem

from crawler.items import GatheredArticle
from domain.store import StoreUnavailable
from domain.store.gathering.articles import Page, Saved, is_known, save_article

# A backup or a restart of the store takes seconds; what lasts longer ends the run.
WAITS = (1.0, 3.0)


def page_of(article: GatheredArticle, copies: Sequence[Mapping[str, Any]] = ()) -> Page:
    """Return what the store keeps of an article. Raises ValueError for one that was not read."""
    if article.reading is None:
        raise ValueError("an article that was not read can't be stored")
    return Page(
        source=article.source, url=article.url, canonical_url=article.canonical_url, title=article.title,
        reading=article.reading, published_on=article.published_on, fetched_at=article.fetched_at,
        site_name=article.site_name, form=article.form, author=article.author, details=article.details,
        named_beside=article.named_beside, copies=copies,
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
        """Store an article and count what became of it; in a dry run only show it."""
        if self._spider.gathering.shown is not None:
            self._spider.gathering.shown(item)
            return item
        try:
            saved = await asyncio.to_thread(self._save_or_wait, item)
        except StoreUnavailable as error:
            self._spider.stop_with("store_unavailable")
            raise DropItem("the store is not available") from error
        self._spider.met(item.canonical_url)
        self._spider.counts.add(f"stored/{saved.outcome}")
        self._spider.tell()
        return item

    def _save_or_wait(self, item: GatheredArticle) -> Saved:
        """Save an item; a store that is busy or away for a moment is waited for. Raises StoreUnavailable."""
        for seconds in WAITS:
            try:
                return self._save(item)
            except StoreUnavailable:
                time.sleep(seconds)
        return self._save(item)

    def _save(self, item: GatheredArticle) -> Saved:
        database = self._spider.gathering.database
        page = page_of(item)
        # What is archived must be on disk before a row says so; of what is known already nothing is archived again.
        copies = [] if is_known(database, page) else self._archived(item)
        with self._spider.gathering.writing:
            saved = save_article(database, page_of(item, copies))
            self._note(item, saved.id)
            if self._spider.visits.is_full:
                self._spider.visits.flush()
        return saved

    def _archived(self, item: GatheredArticle) -> list[dict[str, Any]]:
        kept = [self._spider.gathering.archive.keep(capture) for capture in item.captures]
        if None in kept:
            self._spider.counts.add("archive_full")
        return [copy for copy in kept if copy is not None]

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
