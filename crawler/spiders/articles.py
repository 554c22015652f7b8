"""Taking articles: a page becomes an item, together with its further pages, under the address that it names."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.connections.addresses import is_front_page, leads_to_page
from crawler.extraction.page import Page, read_page
from crawler.items import Capture, GatheredArticle
from crawler.keeping.captures import capture_of, fetched_now
from crawler.refusals import reason_of
from crawler.runs.claims import Announced
from crawler.settings import BOT_NAME
from crawler.spiders.base import content_type, robots_headers
from crawler.spiders.originals import Fetched, OriginalSpider
from domain.settings import SITE_TIME_ZONE

# The longest articles met have 60,000 characters; reading takes a second for each 100,000.
LONGEST_TEXT = 200_000


@dataclass(frozen=True)
class Story:
    """An article whose further pages are still being fetched."""

    page: Page
    announced: Announced
    captures: tuple[Capture, ...]
    waiting: tuple[str, ...]


Taken = AsyncIterator[GatheredArticle | Request]


class ArticleSpider(OriginalSpider):
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
            self.leave_page()
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
        if page is None:
            self.own_address_unread(response)
        return page

    async def parse_article(self, response: Response, announced: Announced, copy: Fetched | None = None) -> Taken:
        """Take the article of a page; `copy` is the page that named this one as its canonical address."""
        try:
            async for taken in self.taken_of(response, announced, copy):
                yield taken
        finally:
            if response.request is not None and response.request.meta.get("for_item"):
                self.answered(response.request)

    async def taken_of(self, response: Response, announced: Announced, copy: Fetched | None) -> Taken:
        """Read a page unless it is as it was when its article was stored, and take it."""
        capture = capture_of(response)
        if self.is_unchanged(response, capture):
            return
        page = await self.read(response)
        if page is None:
            await self.visited(response, capture=capture)
            self.marks.put("lacking", response.url)
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
            self.hide(page.url, copy)
            leads_on = not page.directives.nofollow
            for request in self.led_to(page) if leads_on else ():
                yield request
        elif page.parts.first:
            self.counts.add("further_page")  # the story is taken from its first page
            for following in self.first_page_of(page, announced, copy):
                yield following
        elif page.canonical_url != page.url and copy is None and page.is_article and not self.is_named_back(page):
            leads_on = True  # kept whole: when it is as it was, its original is still to be looked after
            for following in self.original_of(fetched, announced):
                yield following
        elif not page.is_article and copy is None:
            self.refuse(page.refusal)
            self.marks.put("lacking", page.url)
            if page.is_missing:
                self.gone(page.url, "soft_404")
        else:
            # A canonical address that has no article was named by mistake: the copy is all there is.
            taken = fetched if page.is_article or copy is None else copy
            if copy is not None:
                self.settle(copy, page.is_article)
            for following in self.taken_alone(taken, announced):
                yield following
            return
        await self.visited(response, capture=fetched.capture, leads_on=leads_on)

    def first_page_of(
        self, page: Page, announced: Announced, copy: Fetched | None
    ) -> Sequence[GatheredArticle | Request]:
        """Return the request for the first page of a story, or the copy where that is the first page."""
        first = page.parts.first or ""
        if copy is not None and first == copy.page.url:
            return self.copy_alone(copy, announced)
        if copy is not None:
            self.settle(copy, is_there=True)
        return self.ask_article(first, announced)

    def taken_alone(self, copy: Fetched, announced: Announced) -> list[GatheredArticle | Request]:
        """Return what comes first of a page taken as the article that it is: its next page, or its item."""
        return self.next_of(Story(copy.page, announced, (copy.capture,), copy.page.parts.further))

    def led_to(self, page: Page) -> list[Request]:
        """Return the requests for what a page leads to that is to be followed, where a list of the run led to it."""
        if not self.claims.leads_on(page.url) and not self.reads_as_lists:
            return []
        leading = [link.url for link in page.links if self.is_own(link.url) and leads_to_page(link.url)]
        return [request for url in leading if not is_front_page(url) for request in self.ask_article(url)]

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


def _repeated(first: tuple[str, ...], further: tuple[str, ...]) -> int:
    """Count the lines at the head of a further page that the first page has too: a standing lead or note."""
    known = set(first)
    return next((number for number, line in enumerate(further) if line not in known), len(further))
