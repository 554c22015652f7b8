"""Reads an article: repairs its text, masks private data, finds lenders and tactics, decides whether it is wanted."""

import pickle
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from scrapy.exceptions import DropItem

from crawler.items import GatheredArticle
from crawler.lines import Packed
from crawler.parsing import SECONDS_OF_WORK, in_worker
from domain.reading import Masked, Reader
from domain.reading_together import private_values
from domain.readings import Reading

PERHAPS_GLOSSED = re.compile(r"[(（?\ufffd][a-zA-Z\u00c0-\u024f]{1,7}[)）]|\ufffd")
# Of all posts of one page together; 250 long ones took minutes. A page of 250 that are as long as letters takes ten.
SECONDS_FOR_A_PAGE = 30.0
# Posts of other pages come in between, of few: threads are read page by page.
PAGES_REMEMBERED = 64
NAMED_BESIDE = "named beside the text: in the title, or by the source"


def read_article(reader: Reader, article: GatheredArticle) -> GatheredArticle:
    """Return the article with its reading. The title is read like the text: repaired and masked, in its own script.

    Of title and text each is masked too what the other tells: 云朵朵被催收上门, and below: 我叫云朵朵.
    """
    text, of_title, title = reader.mask(article.text), None, None
    if article.title:
        mended, told = _mended_title(reader, article), private_values(article.text, text)
        of_title = reader.mask(mended, known=told)
        told_by_title = private_values(mended, of_title)
        # What the text tells of itself is masked in it already: most titles repeat it, and tell nothing else.
        if not set(told_by_title) <= set(told):
            text = reader.mask(article.text, known=told_by_title)
        title = " ".join(of_title.public_text.split()) or None
    reading = reader.tell(text, kind="article")
    says = _said_by_title(reader, article, reading, of_title) if of_title else None
    found = {find.slug for find in reading.lenders}
    named = {
        find.slug: NAMED_BESIDE
        for find in (says.lenders if says else ())
        if find.role == "subject" and find.slug not in found
    }
    for name in article.beside:
        if slug := reader.resolve_lender(name):
            named[slug] = NAMED_BESIDE
        named |= {find.slug: NAMED_BESIDE for find in reader.mask(name).lenders}
    relevant = _is_relevant(article, reading, says, bool(named))
    if relevant != reading.relevant:
        reading = replace(reading, relevant=relevant)
    return article.read(title, reading, named, _masked(reader, article.details))


def _said_by_title(reader: Reader, article: GatheredArticle, text: Reading, title: Masked) -> Reading | None:
    """Return what a title tells, or None where the text tells it already: that it is relevant, and which lenders.

    To find tactics in a title takes as long as to mask it, and no tactic of a title is kept.
    """
    unnamed = {find.slug for find in title.lenders} - {find.slug for find in text.lenders}
    is_settled = text.relevant or article.relevant is not None
    return None if is_settled and not unnamed else reader.tell(title, kind="article")


def _is_relevant(article: GatheredArticle, reading: Reading, of_title: Reading | None, named: bool) -> bool:
    if article.relevant is not None:
        return article.relevant
    # 快圆钱包催收打电话给家人怎么办 stands over a text that says only 他们.
    if reading.relevant or (of_title is not None and of_title.relevant):
        return True
    # On a board of complaints 只逾期一天，却打给我姐姐四次 needs no word for collection to be about it.
    return article.form == "post" and bool(article.beside) and (named or bool(reading.lenders)) and bool(article.text)


def _mended_title(reader: Reader, article: GatheredArticle) -> str:
    """Return the title; one with a gloss as it reads together with the text."""
    title = article.title or ""
    if not PERHAPS_GLOSSED.search(title):
        return title
    # One gloss alone may be the writer's own, as in 重(chóng)庆; what the text is like tells: 已經(jīng)到家門口.
    together = reader.mask(f"{title}\n{article.text}").public_text
    return " ".join(together.partition("\n")[0].split())


def _masked(reader: Reader, details: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the source says beside the text, its words masked like the text's own."""

    def masked(value: Any) -> Any:
        if isinstance(value, str):
            return reader.mask(value).public_text
        return [masked(part) for part in value] if isinstance(value, list) else value

    return {name: masked(value) for name, value in details.items()}


class Read(NamedTuple):
    """What the process that fetches needs of an article that was read; the reading itself it only hands on, packed.

    `counted` are the counters that go up by one for it, `seconds` the work that reading it took.
    """

    title: str | None
    reading: bytes
    named_beside: Mapping[str, str]
    details: Mapping[str, Any]
    counted: tuple[str, ...]
    seconds: float


def read_in_worker(article: GatheredArticle) -> Read:
    """Read an article with the reader that the worker was made with."""
    began = time.thread_time()  # the clock of the process stands still while a timer of its own runs
    return told_of(read_article(in_worker(), article), began)


def told_of(read: GatheredArticle, began: float) -> Read:
    """Return what is needed of a read article; `began` is when the thread's clock stood where its reading began."""
    data, counted = pickle.dumps(read.reading, pickle.HIGHEST_PROTOCOL), _counted(read)
    return Read(read.title, data, read.named_beside, read.details, counted, time.thread_time() - began)


class Spent:
    """The seconds of work that the posts of each page have taken, of the pages read last."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    def is_all(self, page: str) -> bool:
        """Tell whether a page has had its share."""
        return self._seconds.get(page, 0.0) >= SECONDS_FOR_A_PAGE

    def add(self, page: str, seconds: float) -> None:
        """Add the work of one post."""
        self._seconds[page] = self._seconds.pop(page, 0.0) + seconds  # the last one of the pages from now on
        while len(self._seconds) > PAGES_REMEMBERED:
            del self._seconds[next(iter(self._seconds))]


def _counted(article: GatheredArticle) -> tuple[str, ...]:
    """Name what was found in one article, each kind once for it."""
    reading = article.reading
    if not isinstance(reading, Reading):
        return ()
    has = {
        "title": article.title, "date": article.published_on, "lender": reading.lenders or article.named_beside,
        "tactic": reading.tactics,
    }  # fmt: skip
    found = {f"named/{find.role}" for find in reading.lenders} | {f"masked/{mask.type}" for mask in reading.masks}
    told = (f"with/{name}" for name, value in has.items() if value)
    return ("items", *sorted(found), *told, *(["with_gaps"] if reading.gaps else []))


class ReadingPipeline:
    """Reads each article in a process with limits: a text that takes long delays no other site, nor ends the run."""

    def __init__(self, spider: Any) -> None:
        self._spider, self._counts, self._spent = spider, spider.counts, Spent()

    @classmethod
    def from_crawler(cls, crawler: Any) -> "ReadingPipeline":
        """Make the pipeline for one source."""
        return cls(crawler.spider)

    async def process_item(self, item: GatheredArticle) -> GatheredArticle:
        """Read an article. Raises DropItem for one that takes more than it may."""
        page = item.captures[0].address if item.captures else item.url
        if self._spent.is_all(page):
            self._spider.refuse("parser_time")
            raise DropItem("its page has had its share")
        bare = replace(item, captures=())  # the pages, of up to 8 MB, are not wanted there
        read: Read | None = await self._spider.taken_apart(read_in_worker, bare)
        self._spent.add(page, read.seconds if read else SECONDS_OF_WORK)
        if read is None:
            raise DropItem("not read")
        for name in read.counted:
            self._counts.add(name)
        return item.read(read.title, Packed(read.reading), read.named_beside, read.details)
