"""Reads an article: repairs its text, masks private data, finds lenders and tactics."""

import asyncio
import re
from dataclasses import replace
from typing import Any

from crawler.counts import Counts
from crawler.items import GatheredArticle
from domain.reading import Reader, Reading

PERHAPS_GLOSSED = re.compile(r"[(（?\ufffd][a-zA-Z\u00c0-\u024f]{1,7}[)）]|\ufffd")


def read_article(reader: Reader, article: GatheredArticle) -> GatheredArticle:
    """Return the article with its reading. The title is read like the text: repaired and masked, in its own script."""
    title, reading = _read_title(reader, article) or None, reader.read(article.text, kind="article")
    # 快圆钱包催收打电话给家人怎么办 stands over a text that says only 他们.
    relevant = reading.relevant or bool(title and reader.read(title, kind="article").relevant)
    return article.read(title, replace(reading, relevant=relevant))


def _read_title(reader: Reader, article: GatheredArticle) -> str:
    if not article.title:
        return ""
    if not PERHAPS_GLOSSED.search(article.title):
        return reader.read_title(article.title)
    # One gloss alone may be the writer's own, as in 重(chóng)庆; what the text is like tells: 已經(jīng)到家門口.
    together = reader.read(f"{article.title}\n{article.text}", kind="article").public_text
    return " ".join(together.partition("\n")[0].split())


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
