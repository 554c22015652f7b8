"""Reads an article: repairs its text, masks private data, finds lenders and tactics."""

import asyncio
from typing import Any

from crawler.counts import Counts
from crawler.items import GatheredArticle
from domain.reading import Reader, Reading


def read_article(reader: Reader, article: GatheredArticle) -> GatheredArticle:
    """Return the article with its reading. The title is read like the text: repaired and masked, in its own script."""
    title = reader.read_title(article.title) if article.title else None
    return article.read(title or None, reader.read(article.text, kind="article"))


def count_reading(counts: Counts, reading: Reading) -> None:
    """Count what was found in one article, each kind once for it."""
    for name in {f"named/{find.role}" for find in reading.lenders} | {f"masked/{mask.type}" for mask in reading.masks}:
        counts.add(name)
    if reading.tactics:
        counts.add("with_tactics")
    if reading.gaps:
        counts.add("with_gaps")


class ReadingPipeline:
    """Reads each article off the reactor's thread, so that a long text delays no other site."""

    def __init__(self, spider: Any) -> None:
        self._reader, self._counts = spider.gathering.reader, spider.counts

    @classmethod
    def from_crawler(cls, crawler: Any) -> "ReadingPipeline":
        """Make the pipeline for one source."""
        return cls(crawler.spider)

    async def process_item(self, item: GatheredArticle) -> GatheredArticle:
        """Read an article."""
        read = await asyncio.to_thread(read_article, self._reader, item)
        if read.reading:
            count_reading(self._counts, read.reading)
        return read
