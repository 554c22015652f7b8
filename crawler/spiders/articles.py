"""Taking articles: a page becomes an item, together with its further pages, under the address that it names."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.addresses import leads_to_page
from crawler.captures import capture_of, fetched_now
from crawler.claims import Announced
from crawler.extraction.page import Page, read_page
from crawler.items import Capture, GatheredArticle
from crawler.refusals import reason_of
from crawler.settings import BOT_NAME
from crawler.spiders.base import SETTLED, UNFINISHED, SourceSpider, content_type, robots_headers
from domain.settings import SITE_TIME_ZONE

# The longest articles met have 60,000 characters; reading takes a second for each 100,000.
LONGEST_TEXT = 200_000
# What says nothing of whether there is an article.
KNOWN_OR_UNFINISHED = frozenset({"not_modified", SETTLED, "over_limit", "over_budget", *UNFINISHED})


@dataclass(frozen=True)
class Fetched:
    """A page and the answer that it came in."""

    page: Page
    capture: Capture


@dataclass(frozen=True)
class Story:
    """An article whose further pages are still being fetched."""

    page: Page
    announced: Announced
    captures: tuple[Capture, ...]
    waiting: tuple[str, ...]


Taken = AsyncIterator[GatheredArticle | Request]


class ArticleSpider(SourceSpider):
    """The base of the kinds that end at pages with one article each."""

    follows_links = False
    # Whether a page that asks to be followed but not indexed is read like a list.
    reads_as_lists = False

    def ask_article(self, url: str, announced: Announced | None = None, *, again: bool = False) -> list[Request]:
        """Return the request for an article's page, or nothing when the run has its fill or has been there.

        Nothing also where another source of the run asks for it.
        """
        announced = announced or Announced()
        if url in self.visited_before:
            self.counts.add("visited_before")
            self.met(url)
            return []
        if self.has_its_fill:
            return []
        if not self.claims.take(url, announced, as_list=self.reads_as_lists):
            self.counts.add("taken_elsewhere")
            self.met(url)
            return []
        if not self.take_page(url):
            self.claims.leave(url)
            return []
        request = self.ask(url, self.parse_article, again=again, announced=announced)
        request.meta["for_item"] = True
        return [request]

    async def read(self, response: Response) -> Page | None:
        """Take a response apart; counts and returns None for what is no page."""
        self.counts.add("fetched")
        self.tell()
        today = fetched_now().astimezone(SITE_TIME_ZONE).date()
        page: Page | None = await self.taken_apart(
            read_page,
            response.body,
            content_type(response),
            robots_headers(response),
            response.url,
            BOT_NAME,
            today,
            self.follows_links,
        )
        return page

    async def parse_article(self, response: Response, announced: Announced, copy: Fetched | None = None) -> Taken:
        """Take the article of a page; `copy` is the page that named this one as its canonical address."""
        capture = capture_of(response)
        if self.is_unchanged(response, capture):
            return
        page = await self.read(response)
        if page is None:
            await self.visited(response, capture=capture)
            for following in self.copy_alone(copy, announced) if copy else ():
                yield following
            return
        async for taken in self.take(Fetched(page, capture), response, announced, copy):
            yield taken

    async def take(
        self, fetched: Fetched, response: Response, announced: Announced, copy: Fetched | None = None
    ) -> Taken:
        """Turn a page into an item, or into the requests that must come first."""
        page = fetched.page
        leads_on = page.parts.first is not None
        if page.directives.noindex:
            self.refuse("noindex")
            self.gone(page.url, "noindex")
            self.marks.put("settled", page.url)  # and its copies are not to be taken in its place
            leads_on = not page.directives.nofollow
            for request in self.led_to(page) if leads_on else ():
                yield request
        elif page.parts.first:
            self.counts.add("further_page")  # the story is taken from its first page
            for request in self.ask_article(page.parts.first, announced):
                yield request
        elif page.canonical_url != page.url and copy is None and page.is_article and not self._is_named_back(page):
            for following in self.original_of(fetched, announced):
                yield following
        elif not page.is_article and copy is None:
            self.refuse("not_an_article")
            self.marks.put("lacking", page.url)
            if page.is_missing:
                self.gone(page.url, "soft_404")
        else:
            # A canonical address that has no article was named by mistake: the copy is all there is.
            taken = fetched if page.is_article or copy is None else copy
            if copy is not None:
                self._settle(copy, page.is_article)
            for following in self.next_of(_story(taken, announced)):
                yield following
            return
        await self.visited(response, capture=fetched.capture, leads_on=leads_on)

    def original_of(self, copy: Fetched, announced: Announced) -> list[GatheredArticle | Request]:
        """Return the request for the address that a copy names as its canonical one, or the copy where that has none.

        Many pages may name the same one, by mistake too: it is asked for with each of them until it is known whether
        there is an article, so that none of them is lost. One that the source lists too is left to that.
        """
        original = copy.page.canonical_url
        if self.marks.has("lacking", original) or self.marks.has("lists", original):
            return self.next_of(_story(copy, announced))
        self.counts.add("copy")
        self.marks.put("copies", _named(copy.page.url, original))
        if self._is_there(original) or self.marks.has("pages", original):
            return []
        self.claims.take(original, announced)
        request = self.ask(original, self.parse_article, again=True, priority=5, announced=announced, copy=copy)
        request.meta["for_item"] = True
        return [request.replace(errback=self.canonical_failed)]

    def is_settled(self, request: Request) -> bool:
        """Tell whether the run has learnt, since it wanted this page, what is there.

        A request that settled it itself is one whose process died over it, and is done again.
        """
        copy: Fetched | None = request.cb_kwargs.get("copy")
        if self.marks.has("lacking", request.url):
            return True
        if copy is None:
            return self.marks.has("settled", request.url)
        own = _named(copy.page.url, copy.page.canonical_url)
        return self._is_there(request.url) and not self.marks.has("settled", own)

    def _is_there(self, original: str) -> bool:
        return any(self.marks.has(kind, original) for kind in ("items", "found", "settled"))

    def _settle(self, copy: Fetched, is_article: bool) -> None:
        """Note what is at the address that a copy named."""
        original = copy.page.canonical_url
        self.marks.put("settled" if is_article else "lacking", original)
        self.marks.put("settled", _named(copy.page.url, original))

    def _is_named_back(self, page: Page) -> bool:
        """Tell whether the page that this one names has named this one: as copies of each other both would be lost."""
        return self.marks.has("copies", _named(page.canonical_url, page.url))

    def failed(self, failure: Failure) -> None:
        """Count what could not be fetched, and note that there is no article for its copies to be left to."""
        super().failed(failure)
        request, reason = getattr(failure, "request", None), reason_of(failure.value or Exception())
        if request is not None and request.meta.get("for_item") and reason not in KNOWN_OR_UNFINISHED:
            self.marks.put("lacking", request.url)

    def led_to(self, page: Page) -> list[Request]:
        """Return the requests for what a page leads to that is to be followed, where a list of the run led to it."""
        if not self.claims.leads_on(page.url) and not self.reads_as_lists:
            return []
        leading = [link.url for link in page.links if self.is_own(link.url) and leads_to_page(link.url)]
        return [request for url in leading if urlsplit(url).path != "/" for request in self.ask_article(url)]

    def canonical_failed(self, failure: Failure) -> list[GatheredArticle | Request]:
        """Take the copy after all when the address that it names can't be had; not when it is there, unchanged."""
        self.failed(failure)
        arguments = failure.request.cb_kwargs  # type: ignore[attr-defined]
        copy: Fetched = arguments["copy"]
        reason = reason_of(failure.value) if failure.value is not None else ""
        # Where the address that was named leads on to another one, the article may be there.
        addresses = (copy.page.canonical_url, failure.request.url)  # type: ignore[attr-defined]
        unchanged = reason in ("not_modified", SETTLED) and any(map(self._is_there, addresses))
        if unchanged or reason == "stopped":
            return []
        return self.copy_alone(copy, arguments["announced"])

    def copy_alone(self, copy: Fetched, announced: Announced) -> list[GatheredArticle | Request]:
        """Take a copy whose canonical address has no article."""
        self._settle(copy, is_article=False)
        return self.next_of(_story(copy, announced))

    def next_of(self, story: Story) -> list[GatheredArticle | Request]:
        """Return the request for the story's next page, or the whole story as an item."""
        if not story.waiting:
            return [self.item(story)] if self.take_item(story.page.url) else []
        request = self.ask(story.waiting[0], self.parse_further, again=True, leads_on=True, priority=10, story=story)
        # A page that can't be had leaves a gap, not a loss: what there is of the story is kept.
        return [request.replace(errback=self.further_failed)]

    async def parse_further(self, response: Response, story: Story) -> Taken:
        """Put the text of a further page to its story."""
        page, capture = await self.read(response), capture_of(response)
        await self.visited(response, capture=capture, leads_on=True)
        if page is not None:
            self.counts.add("further_page")
            lines = story.page.lines + page.lines[_repeated(story.page.lines, page.lines) :]
            story = replace(story, page=replace(story.page, lines=lines), captures=(*story.captures, capture))
        for taken in self.next_of(replace(story, waiting=story.waiting[1:])):
            yield taken

    def further_failed(self, failure: Failure) -> list[GatheredArticle | Request]:
        """Go on with the story after a page of it failed; a run that is being stopped leaves it for the next."""
        self.failed(failure)
        if failure.value is not None and reason_of(failure.value) == "stopped":
            return []
        story: Story = failure.request.cb_kwargs["story"]  # type: ignore[attr-defined]
        self.counts.add("incomplete")
        return self.next_of(replace(story, waiting=story.waiting[1:]))

    def item(self, story: Story) -> GatheredArticle:
        """Return the item of a whole story."""
        page = story.page
        announced = self.claims.announced(page.url, story.announced)
        title, published_on = page.title or announced.title, page.published_on or announced.published_on
        if not title or not published_on:
            self.claims.lacks(page.url)
        return GatheredArticle(
            source=self.source.slug,
            url=page.url,
            canonical_url=page.url,
            title=title,
            text="\n".join(page.lines)[:LONGEST_TEXT],
            published_on=published_on,
            fetched_at=story.captures[0].fetched_at,
            site_name=page.site_name,
            captures=story.captures,
            origins=page.origins,
        )

    def revisit(self, address: str) -> list[Request]:
        """Ask for an article that the source did not name this time, and take it as it is now."""
        return [self.ask(address, self.parse_article, announced=Announced())] if self.is_own(address) else []


def _story(fetched: Fetched, announced: Announced) -> Story:
    return Story(fetched.page, announced, (fetched.capture,), fetched.page.parts.further)


def _named(page: str, canonical: str) -> str:
    return f"{page} {canonical}"


def _repeated(first: tuple[str, ...], further: tuple[str, ...]) -> int:
    """Count the lines at the head of a further page that the first page has too: a standing lead or note."""
    known = set(first)
    return next((number for number, line in enumerate(further) if line not in known), len(further))
