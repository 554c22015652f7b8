"""Kind `feed`: RSS, Atom, RDF, JSON Feed. Its pages are fetched; it gives title and day where a page has none."""

from collections.abc import AsyncIterator

from scrapy import Request
from scrapy.http import Response

from crawler.connections.addresses import absolute
from crawler.extraction.feeds import FeedEntry, read_feed
from crawler.runs.claims import Announced
from crawler.spiders.articles import ArticleSpider
from crawler.spiders.base import content_type


class FeedSpider(ArticleSpider):
    """Reads a feed and the pages of its entries."""

    async def first_requests(self) -> AsyncIterator[Request]:
        """Ask for the feed."""
        yield self.ask(self.source.address, self.parse, start=True, leads_on=True)

    async def parse(self, response: Response) -> AsyncIterator[Request]:
        """Ask for the page of each entry."""
        entries: list[FeedEntry] | None = await self.taken_apart(read_feed, response.body, content_type(response))
        if entries is None:
            self.outcome = "unreadable"
            return
        await self.visited(response, leads_on=True)
        for entry in entries:
            self.counts.add("listed")
            url = absolute(response.url, entry.url)
            if url is None or not self.is_own(url):
                self.refuse("foreign_site")
                continue
            for request in self.ask_article(url, Announced(entry.title, entry.published_on)):
                yield request
