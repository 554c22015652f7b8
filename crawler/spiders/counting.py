"""What a spider counts and may take: pages, articles and posts up to the most of a run, and what it leaves and why."""

import time
from typing import Any

from scrapy import Spider
from scrapy.http import Response

from crawler.frontier.marks import SharedMarks
from crawler.runs.counts import Counts
from crawler.runs.gathering import Gathering
from crawler.runs.marks import Marks
from domain.store.gathering.parts import Left
from domain.store.gathering.sources import SourceEntry

# A run takes at most so many pages of a source; `options.max_pages` sets another number.
MOST_PAGES = 5000
# What a run may leave, and at how many lists the next one goes on: one for each chain of lists, many of a large index.
PAGES, LISTS = "pages", "lists"
MOST_REMEMBERED = 1000
# Who looks on sees no more of it, and to sort the counters for each page takes as long as to queue it.
SECONDS_BETWEEN_TELLING = 0.25


class CountingSpider(Spider):
    """Keeps the counts of one run of a source, and the marks of what it has taken, alone or with other processes."""

    def __init__(self, source: SourceEntry, gathering: Gathering, counts: Counts, **options: Any) -> None:
        super().__init__(name=source.slug, **options)
        self.source, self.gathering, self.counts = source, gathering, counts
        self.most_pages = int(source.options.get("max_pages", MOST_PAGES))
        self.most_items = gathering.limit if gathering.limit is not None else self.most_pages
        self.marks: Marks = gathering.marks_of(source.slug)
        self._told = 0.0

    @property
    def has_its_fill(self) -> bool:
        """Whether the run has taken all the articles and posts that it may."""
        return self.marks.count("items") >= self.most_items

    @property
    def wants_no_more(self) -> bool:
        """Whether what waits to be asked for is not wanted any more: a trial of three would ask for all of a list."""
        return self.gathering.limit is not None and self.has_its_fill

    def take_page(self, address: str) -> bool:
        """Mark a page to ask for; false when the run has its fill."""
        return self._take("pages", address, self.most_pages)

    def take_item(self, address: str) -> bool:
        """Mark an article or post to hand on; false when the run has its fill."""
        return self._take("items", address, self.most_items)

    def _take(self, kind: str, address: str, most: int) -> bool:
        taken = self.marks.put(kind, address, most)
        if not taken:
            self.counts.add("over_limit")
            self.leave_page()
        return taken

    def leave_page(self) -> None:
        """Note that an article or post was left for the next run."""
        self.marks.put("left", PAGES)

    def leave_list(self, address: str, *, goes_on: bool = False) -> None:
        """Count a list that is one more than a run may read, once, however many pages name it.

        `goes_on`: it is one of a chain, at which the next run has to go on; others are found where they are named.
        """
        if not self.marks.has("lists_left", address):
            self.marks.put("lists_left", address)
            self.marks.put("left", LISTS)
            self.refuse("too_many_lists")
        if goes_on and len(self.marks.holders("goes_on_at")) < MOST_REMEMBERED:
            self.marks.holder("goes_on_at", address, address)

    def left(self) -> Left | None:
        """Return what the run left for the next one, or None where it took all that it met, or is a trial."""
        pages, lists = self.marks.has("left", PAGES), self.marks.has("left", LISTS)
        if self.gathering.limit is not None or not (pages or lists):
            return None
        return Left(pages, tuple(self.marks.holders("goes_on_at")))

    def met(self, address: str) -> None:
        """Note that the source still has an article or post."""
        if not self.marks.holder("looked_after", self.source.address):
            self.marks.put("found", address)

    def begins_to_look_after(self) -> bool:
        """Tell whether it is for this process to ask for what the run has not met.

        What any process meets from then on the source did not name: another one may take what this one asks for.
        """
        own = self.gathering.frontier.process if self.gathering.frontier is not None else "alone"
        return self.marks.holder("looked_after", self.source.address, own) == own

    def refuse(self, reason: str) -> None:
        """Count something that was not taken."""
        self.counts.add(f"refused/{reason}")
        self.tell()

    def own_address_unread(self, response: Response) -> None:
        """Count where an answer is that to the source's own address: whatever else it says, nothing came of the run.

        Nor does it say what the source names no more. Not by the outcome: the run ended in order, and a sitemap that
        is a trap is one more page refused.
        """
        if response.meta.get("start"):
            self.counts.add("source_unread")
            self.marks.put("unread", self.source.address)

    def share_counts(self) -> None:
        """Add what was counted here to what all processes of the run have counted."""
        if isinstance(self.marks, SharedMarks):
            self.marks.share(self.counts.flat())

    def tell(self) -> None:
        """Report progress, a few times a second."""
        present = time.monotonic()
        if present - self._told >= SECONDS_BETWEEN_TELLING:
            self._told = present
            self.gathering.progress(self.source.slug, self.counts.flat())
