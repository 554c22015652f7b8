"""Kind `sitemap`: a sitemap, an index of them (compressed or not), or a site whose robots.txt names them."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.connections.addresses import absolute, leads_to_page, origin_of
from crawler.extraction.encoding import decode
from crawler.extraction.sitemaps import Sitemap, read_sitemap, sitemaps_of_robots
from crawler.spiders.articles import ArticleSpider
from crawler.spiders.base import content_type

# An index of indexes is against the protocol, but met; one that names itself would never end.
DEEPEST = 3
MOST_SITEMAPS = 200


class SitemapSpider(ArticleSpider):
    """Reads the pages that a site lists. Option `only`: a text that an address must contain, such as `/news/`."""

    async def first_requests(self) -> AsyncIterator[Request]:
        """Ask for the sitemap, or for robots.txt where the address is that of a site."""
        path = urlsplit(self.source.address).path
        if path in ("", "/", "/robots.txt"):
            yield self.ask(f"{origin_of(self.source.address)}/robots.txt", self.parse_robots, start=True, leads_on=True)
        else:
            yield self.ask(self.source.address, self.parse, start=True, leads_on=True, depth=1)
        for url in self.starts_at:
            for request in self._ask_sitemap(self.source.address, url, DEEPEST - 1):
                yield request

    async def parse_robots(self, response: Response) -> AsyncIterator[Request]:
        """Ask for each sitemap that robots.txt names."""
        names = sitemaps_of_robots(decode(response.body, content_type(response)))
        if not names:
            self.refuse("not_a_feed")
            self.own_address_unread(response)
        for named in names:
            for request in self._ask_sitemap(response.url, named, 1):
                yield request

    async def parse(self, response: Response, depth: int) -> AsyncIterator[Request]:
        """Ask for the further sitemaps and the pages of one file."""
        sitemap: Sitemap | None = await self.taken_apart(read_sitemap, response.body, content_type(response))
        if sitemap is None:
            self.own_address_unread(response)
            return
        await self.visited(response, leads_on=True)
        if not sitemap.is_one:
            self.refuse("not_a_feed")
            self.own_address_unread(response)
        for named in sitemap.sitemaps:
            for request in self._ask_sitemap(response.url, named, depth + 1):
                yield request
        for named in sitemap.pages:
            for request in self._ask_page(response.url, named):
                yield request

    def _ask_sitemap(self, base: str, named: str, depth: int) -> list[Request]:
        url = absolute(base, named)
        if url is None or not self.is_own(url):
            self.refuse("foreign_site")
        elif depth > DEEPEST:
            self.refuse("too_deep")
        elif url in self.lists_before:
            return []  # the run before has read it, and took what it lists
        elif not self.marks.put("sitemaps", url, MOST_SITEMAPS):
            self.leave_list(url, goes_on=True)
        else:
            return [self.ask(url, self.parse, depth=depth, priority=5, leads_on=True)]
        return []

    def _ask_page(self, base: str, named: str) -> list[Request]:
        self.counts.add("listed")
        url = absolute(base, named)
        if url is None or not self.is_own(url):
            self.refuse("foreign_site")
            return []
        if not leads_to_page(url) or self.source.options.get("only", "") not in url:
            self.counts.add("passed_over")
            return []
        return self.ask_article(url)
