"""Kind `listing`: list pages that lead to articles and to further list pages."""

import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.connections.addresses import absolute, is_front_page, leads_to_page
from crawler.extraction.page import Link, Page
from crawler.extraction.selected import selected_links
from crawler.spiders.articles import ArticleSpider, Taken
from crawler.spiders.base import content_type

MOST_LISTS = 50
# 下一頁, [下一页], 后页, 更早, 查看更多, Next »: the next page of a list; 2, 第3页: any page of it
NEXT_WORDS = re.compile(
    r"\W*(?:[下后後]一?[页頁]|更早(?:的文章)?|较旧|(?:查看|加[载載]|[点點][击擊]|[显顯]示)?更多(?:内容|內容|文章|新[闻聞])?"
    r"|next(?: page)?|older(?: posts?| entries)?|(?:load |show |view )?more|第\s*\d{1,4}\s*[页頁]|\d{1,4})\W*"
    r"|[>›»→]{1,2}",
    re.IGNORECASE,
)


NUMBERED = re.compile(r"(?:(?:page|p)[_/-]?|(?:index|list)[_-]?|[_/-])?\d+")
NAME_OF_A_LIST = re.compile(r"(?<![^/])(?:index|list|page)\Z")


class ListingSpider(ArticleSpider):
    """Reads lists of articles, page by page.

    Options: `items` and `next`, CSS selectors of the links to articles and to the next list page; without them
    every link of the list on the site is tried, and what a link says tells whether it leads on; `max_lists`.
    """

    follows_links = True

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.reads_as_lists = not self.source.options.get("items")
        self.most_lists = int(self.source.options.get("max_lists", MOST_LISTS))

    async def first_requests(self) -> AsyncIterator[Request]:
        """Ask for the first list page, and for those at which the run before left off."""
        self.marks.put("lists", absolute(self.source.address, self.source.address) or self.source.address)
        yield self.ask(self.source.address, self.parse, start=True, leads_on=True)
        for url in self.starts_at:
            for request in self.ask_list(url):
                yield request

    def ask_list(self, url: str) -> list[Request]:
        """Return the request for a further list page, or nothing where that is one too many, or was read before."""
        if url in self.lists_before:
            return []
        if self.marks.put("lists", url, self.most_lists):
            return [self.ask(url, self.parse, priority=5, leads_on=True)]
        self.leave_list(url, goes_on=True)
        return []

    async def parse(self, response: Response) -> Taken:
        """Ask for the further list pages and the articles of one list page."""
        page = await self.read(response)
        await self.visited(response, leads_on=True)
        if page is None or page.directives.nofollow:
            return
        self.counts.add("lists")
        # First the whole of the pages on, so that no list page is taken for an article.
        further, articles = await self.sorted_links(page, response)
        for url in further:
            for request in self.ask_list(url):
                yield request
        for url in articles:
            if not self.marks.has("lists", url) and url not in self.lists_before:
                self.counts.add("listed")
                for request in self.ask_article(url):
                    yield request

    async def sorted_links(self, page: Page, response: Response) -> tuple[list[str], list[str]]:
        """Return the addresses of further list pages and those of articles."""
        chosen, following = await self._selected(response, "items"), await self._selected(response, "next")
        own = [link for link in page.links if self.is_own(link.url) and leads_to_page(link.url)]
        further = [link.url for link in own if leads_on(link, page.url)] if following is None else following
        articles = [link.url for link in own if link.url not in further] if chosen is None else chosen
        return further, [url for url in articles if not is_front_page(url)]

    async def _selected(self, response: Response, option: str) -> list[str] | None:
        """Return the links that an option's selector names, or None where the source has no such option."""
        if not (selector := self.source.options.get(option)):
            return None
        found: list[str] | None = await self.taken_apart(
            selected_links, response.body, content_type(response), response.url, str(selector)
        )
        return [url for url in found or () if self.is_own(url)]


def leads_on(link: Link, url: str) -> bool:
    """Tell whether a link leads to another page of the same list: it says so, and its address is like this one's."""
    if "next" in link.relation.split():
        return True
    return bool(NEXT_WORDS.fullmatch(link.text.strip())) and _pattern(link.url) == _pattern(url)


def _pattern(url: str) -> str:
    """Return an address without its numbers.

    /list/2.html and /list/3.html are pages of one list, and so is /list/; /news/list_2.html is one of /news/list.html.
    """
    path = NUMBERED.sub("", urlsplit(url).path)
    return NAME_OF_A_LIST.sub("", re.sub(r"\.\w+$", "", path).rstrip("/")).strip("/")
