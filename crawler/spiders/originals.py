"""The addresses that copies name as their own: each is asked for once, and no copy is lost where it has no article.

Once by all sources of the run: one that another source asks for is waited for, and what is there stands in its marks.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.extraction.page import Page
from crawler.items import Capture, GatheredArticle
from crawler.refusals import reason_of
from crawler.runs.claims import Announced
from crawler.runs.marks import Marks
from crawler.spiders.base import SETTLED, UNFINISHED, SourceSpider
from domain.store import StoreUnavailable
from domain.store.gathering import pages

# What says nothing of whether there is an article.
KNOWN_OR_UNFINISHED = frozenset({"not_modified", SETTLED, "over_limit", "over_budget", *UNFINISHED})
# The first copy's look-up goes before other articles, those of further copies after: by then it is known what is there.
FIRST, LATER = 5, -5


@dataclass(frozen=True)
class Fetched:
    """A page and the answer that it came in."""

    page: Page
    capture: Capture


class OriginalSpider(SourceSpider):
    """What spiders of articles know of originals, each in the marks of the run, so that all its processes know it."""

    def parse_article(
        self, response: Response, announced: Announced, copy: Fetched | None = None
    ) -> AsyncIterator[GatheredArticle | Request]:
        """Take the article of a page; `copy` is the page that named this one as its canonical address."""
        raise NotImplementedError

    def taken_alone(self, copy: Fetched, announced: Announced) -> Sequence[GatheredArticle | Request]:
        """Return what comes of a page taken as the article that it is."""
        raise NotImplementedError

    def original_of(self, copy: Fetched, announced: Announced) -> Sequence[GatheredArticle | Request]:
        """Return the request for the address that a copy names as its canonical one, or the copy where that has none.

        Many pages may name the same one, by mistake too: each waits until it is known whether there is an article, so
        that none of them is lost. One that the source lists too is left to that.
        """
        original = copy.page.canonical_url
        if self._is_lacking(original) or self.marks.has("lists", original):
            return self.taken_alone(copy, announced)
        self.counts.add("copy")
        self.marks.put("copies", _named(copy.page.url, original))
        if self._is_there(original):
            self._met_elsewhere(original)
            return []
        is_first = not self.marks.has("pages", original) and self._looks_up(copy)
        self.claims.take(original, announced)
        request = self.ask(
            original, self.parse_article, again=True, priority=FIRST if is_first else LATER, announced=announced,
            copy=copy,
        )  # fmt: skip
        request.meta["for_item"] = True
        return [request.replace(errback=self.canonical_failed)]

    def is_settled(self, request: Request) -> bool:
        """Tell whether the run has learnt, since it wanted this page, what is there.

        A request that settled it itself is one whose process died over it, and is done again.
        """
        copy: Fetched | None = request.cb_kwargs.get("copy")
        if copy is None:
            return self.marks.has("lacking", request.url) or self.marks.has("settled", request.url)
        if self._is_lacking(request.url):
            return True
        own = _named(copy.page.url, copy.page.canonical_url)
        return self._is_there(request.url) and not self.marks.has("settled", own)

    async def was_just_met(self, request: Request) -> bool:
        """Tell whether the run of another source met the original of a copy since this one began, and has ended.

        Where processes share a frontier, what a run marked goes with it; the store knows what it visited.
        """
        copy: Fetched | None = request.cb_kwargs.get("copy")
        if copy is None or self.begun is None or self.gathering.frontier is None:
            return False
        original, since = copy.page.canonical_url, self.begun.started_at
        try:
            if not await asyncio.to_thread(pages.is_met_since, self.gathering.database, original, since):
                return False
        except StoreUnavailable:
            return False  # the pipeline notices, and ends the run
        self.marks.put("settled", original)
        self.met(original)
        return True

    def is_under_way(self, request: Request) -> bool:
        """Tell whether another request of the run asks for this page and has no answer yet."""
        copy: Fetched | None = request.cb_kwargs.get("copy")
        address = request.url if copy is None else copy.page.canonical_url
        elsewhere = self._elsewhere(address) if copy is not None else None
        if elsewhere is not None and not elsewhere.has("answered", address):
            return True
        asking = self.marks.holder("lookups", address)
        if copy is not None and asking == copy.page.url:
            return False
        is_listed = copy is not None and self.marks.has("pages", address)
        return (bool(asking) or is_listed) and not self.marks.has("answered", address)

    def answered(self, request: Request) -> None:
        """Note that it is known what is at an address, or that this request won't tell."""
        for address in {request.url, *request.meta.get("redirect_urls", ())[:1]}:
            self.marks.put("answered", address)

    def settle(self, copy: Fetched, is_there: bool) -> None:
        """Note whether there is an article, or none that is to be taken, at the address that a copy named."""
        original = copy.page.canonical_url
        self.marks.put("settled" if is_there else "lacking", original)
        self.marks.put("settled", _named(copy.page.url, original))

    def hide(self, address: str, copy: Fetched | None) -> None:
        """Note that a page is not to be indexed: its copies are not to be taken in its place, and nothing was found.

        A copy may have named another address, which led on to this one.
        """
        for hidden in {address} if copy is None else {address, copy.page.canonical_url}:
            self.marks.put("hidden", hidden)
            self.marks.put("settled", hidden)
        if copy is not None:
            self.settle(copy, is_there=True)

    def is_named_back(self, page: Page) -> bool:
        """Tell whether the page that this one names has named this one: as copies of each other both would be lost."""
        return self.marks.has("copies", _named(page.canonical_url, page.url))

    def failed(self, failure: Failure) -> None:
        """Count what could not be fetched, and note that there is no article for its copies to be left to."""
        super().failed(failure)
        request, reason = getattr(failure, "request", None), reason_of(failure.value or Exception())
        if request is None or not request.meta.get("for_item") or reason in UNFINISHED:
            return
        if reason not in KNOWN_OR_UNFINISHED:
            self.marks.put("lacking", request.url)
        self.answered(request)

    def when_dropped(self, request: Request) -> None:
        """Count what is dropped, and keep nobody waiting for it."""
        super().when_dropped(request)
        if request.meta.get("for_item") and request.meta.get("redirect_urls"):
            self.answered(request)

    def canonical_failed(self, failure: Failure) -> Sequence[GatheredArticle | Request]:
        """Take the copy after all when the address that it names can't be had; not when it is there, unchanged."""
        self.failed(failure)
        arguments = failure.request.cb_kwargs  # type: ignore[attr-defined]
        copy: Fetched = arguments["copy"]
        reason = reason_of(failure.value) if failure.value is not None else ""
        # Where the address that was named leads on to another one, the article may be there.
        addresses = (copy.page.canonical_url, failure.request.url)  # type: ignore[attr-defined]
        unchanged = reason in ("not_modified", SETTLED) and any(map(self._is_there, addresses))
        if unchanged or reason in UNFINISHED:
            if unchanged:
                self._met_elsewhere(copy.page.canonical_url)
            return []
        return self.copy_alone(copy, arguments["announced"])

    def copy_alone(self, copy: Fetched, announced: Announced) -> Sequence[GatheredArticle | Request]:
        """Take a copy whose canonical address has no article."""
        self.settle(copy, is_there=False)
        return self.taken_alone(copy, announced)

    def _elsewhere(self, original: str) -> Marks | None:
        """Return the marks of another source of the run that has taken an address, or None."""
        source = self.claims.holder(original)
        return None if source in ("", self.source.slug) else self.gathering.marks_of(source)

    def _is_there(self, original: str) -> bool:
        elsewhere = self._elsewhere(original)
        if elsewhere is None:
            return _has_any(self.marks, original, "items", "found", "settled")
        # What this source lists and another one takes counts as found here before anybody has asked for it.
        own = _has_any(self.marks, original, "items", "settled")
        return own or _has_any(elsewhere, original, "items", "found", "settled")

    def _is_lacking(self, original: str) -> bool:
        elsewhere = self._elsewhere(original)
        return any(marks.has("lacking", original) for marks in (self.marks, elsewhere) if marks is not None)

    def _met_elsewhere(self, original: str) -> None:
        """Note that this source has, by a copy, an article that another one takes."""
        elsewhere = self._elsewhere(original)
        if elsewhere is not None and not elsewhere.has("hidden", original):
            self.met(original)

    def _looks_up(self, copy: Fetched) -> bool:
        """Tell whether a copy is the one whose request tells the others what is there."""
        return self.marks.holder("lookups", copy.page.canonical_url, copy.page.url) == copy.page.url


def _has_any(marks: Marks, address: str, *kinds: str) -> bool:
    return any(marks.has(kind, address) for kind in kinds)


def _named(page: str, canonical: str) -> str:
    return f"{page} {canonical}"
