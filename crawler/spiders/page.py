"""Kind `page`: one page with one article."""

from collections.abc import AsyncIterator

from scrapy import Request
from scrapy.http import Response

from crawler.connections.addresses import normalise
from crawler.runs.claims import Announced
from crawler.spiders.articles import ArticleSpider, Taken


class PageSpider(ArticleSpider):
    """Reads the one page that the source names."""

    async def first_requests(self) -> AsyncIterator[Request]:
        """Ask for the page, also where another source of the run has it: it is what this one is about."""
        self.claims.take(normalise(self.source.address), Announced())
        yield self.ask(self.source.address, self.parse, start=True)

    async def parse(self, response: Response) -> Taken:
        """Take the page's article."""
        async for taken in self.parse_article(response, Announced()):
            yield taken
