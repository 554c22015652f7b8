"""Kind `page`: one page with one article."""

from scrapy.http import Response

from crawler.spiders.articles import Announced, ArticleSpider, Taken


class PageSpider(ArticleSpider):
    """Reads the one page that the source names."""

    async def parse(self, response: Response) -> Taken:
        """Take the page's article."""
        async for taken in self.parse_article(response, Announced()):
            yield taken
