"""Kind `forum`: a board or a thread; each post is a record of its own, its writer told only by their part in it."""

import re
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.connections.addresses import leads_to_page
from crawler.extraction.page import Link
from crawler.extraction.threads import ForumPage, read_forum_page
from crawler.items import Capture, GatheredArticle
from crawler.keeping.captures import capture_of, fetched_now
from crawler.settings import BOT_NAME
from crawler.sources.options import POST_SELECTORS
from crawler.spiders.base import GONE, content_type, robots_headers
from crawler.spiders.json import JsonSpider
from crawler.spiders.listing import NEXT_WORDS, leads_on
from crawler.spiders.post_names import ToldPost
from crawler.spiders.posts import Thread
from domain.settings import SITE_TIME_ZONE

# thread-123-1-1.html, viewthread?tid=, viewtopic.php?t=, /t/123, /topic/, /p/123, /threads/title.123/
THREAD_ADDRESS = re.compile(r"thread|topic|/[tpd]/\w|tid=|/discussion|/post[s/-]", re.IGNORECASE)
NUMBER = re.compile(r"\d+")
NUMBERED_PAGE = re.compile(r"[/?&](?:page|pn?|pg|pageno)[=/_-]?\d{1,4}/?", re.IGNORECASE)
PREVIOUS_WORDS = re.compile(
    r"\W*(?:[上前]一?[页頁]|prev(?:ious)?(?: page)?|第?\s*\d{1,4}\s*[页頁]?)\W*|[<‹«←]{1,2}", re.IGNORECASE
)
FIRST_WORDS = re.compile(r"\W*(?:1|第\s*1\s*[页頁]|首[页頁]|第一[页頁]|first)\W*|[«<]{2}", re.IGNORECASE)


class ForumSpider(JsonSpider):
    """Reads boards and threads. Options: CSS selectors of `posts` and, in a post, `text`, `author`, `date`; of the
    links to `threads`; `max_lists` pages of boards and threads. A thread that is given as JSON is read as kind `json`.
    """

    async def parse(self, response: Response, thread: Thread | None = None) -> AsyncIterator[GatheredArticle | Request]:
        """Take the posts of a page, or follow the threads of a board."""
        if "json" in content_type(response).lower():
            async for taken in super().parse(response, thread):
                yield taken
            return
        self.counts.add("fetched")
        today = fetched_now().astimezone(SITE_TIME_ZONE).date()
        page: ForumPage | None = await self.taken_apart(
            read_forum_page, response.body, content_type(response), robots_headers(response), response.url, BOT_NAME,
            today, {name: str(self.source.options[name]) for name in POST_SELECTORS & set(self.source.options)},
        )  # fmt: skip
        if page is None:
            self.own_address_unread(response)
            return
        capture = capture_of(response)
        if page.posts and thread is None and (first := self.first_page_of(page)):
            # A board leads to the last page too: who began the thread is known from its first one, so that goes first.
            await self.visited(response, leads_on=True, capture=capture)
            yield self.ask_list(first)
        elif page.posts:
            async for taken in self.take_posts(page, response, capture, thread or Thread(page.title, page.url)):
                yield taken
        else:
            self.counts.add("lists")
            await self.visited(response, leads_on=True, capture=capture)
            threads, further = self.led_to(page)
            if not (threads or further or page.directives.nofollow):
                self.own_address_unread(response)
            for url in dict.fromkeys([*threads, *further]):
                if self.has_room_for(url, goes_on=url in further):
                    yield self.ask_list(url)

    def first_page_of(self, page: ForumPage) -> str | None:
        """Return the address of the first page of a thread that was come upon further on, or None for a first one.

        That page asks for this one again, in its turn.
        """
        if not any(_goes_back(link, page.url) for link in page.links):
            return None
        return next((link.url for link in page.links if _is_first(link, page.url) and self.is_own(link.url)), None)

    def paths(self) -> dict[str, str]:
        """Return no paths: a thread as JSON is read by common names."""
        return {}

    async def take_posts(
        self, page: ForumPage, response: Response, capture: Capture, thread: Thread
    ) -> AsyncIterator[GatheredArticle | Request]:
        """Take the posts of one page of a thread and ask for its next page."""
        self.counts.add("threads" if not thread.pages else "thread_pages")
        thread.pages.add(page.url)
        unchanged = self.is_same_answer(capture, response.meta.get("remembered"))
        texts = [post.text for post in page.posts]
        thread.relevant = thread.relevant or await self.on_the_subject(thread.title, texts)
        if page.directives.noindex:
            self.refuse("noindex")
            items: list[GatheredArticle] = []
        else:
            items = await self.posts(page, capture, thread)
        for item in await self.items_of(items, unchanged):
            yield item
        await self.visited(response, leads_on=True, capture=capture)
        further = [link.url for link in page.links if _continues(link, page.url) and link.url not in thread.pages]
        # Page by page: who began the thread, and whether it matters, is known from its first one.
        # A thread that was begun is read to its end: nobody could tell its writers apart from the middle on.
        following = further[0] if further and len(thread.pages) < self.most_lists else None
        if following and self.is_own(following) and not self.wants_no_more:
            yield self.ask_list(following, thread=thread, again=True)
        elif not further:
            await self.missing_posts_gone(thread)

    async def posts(self, page: ForumPage, capture: Capture, thread: Thread) -> list[GatheredArticle]:
        """Return the items of one page of a thread, deleted posts left out, each counted."""
        items = []
        told = [ToldPost(post.anchor, post.moment, post.text) for post in page.posts if not post.is_deleted]
        names = iter(await self.names_of(thread, page.url, told))
        for number, post in enumerate(page.posts, 1):
            self.counts.add("listed")
            author = thread.writer(post.name or f"#{number}", self.source.language)
            if post.is_deleted:
                self.refuse("deleted")
                continue
            items.append(
                GatheredArticle(
                    source=self.source.slug,
                    url=f"{page.url}#{post.anchor}" if post.anchor else page.url,
                    canonical_url=next(names),
                    title=thread.title,
                    text=thread.without_names(post.text),
                    published_on=post.published_on,
                    fetched_at=capture.fetched_at,
                    site_name=page.site_name or self.source.name,
                    form="post",
                    author=author,
                    beside=(thread.title,) if thread.title else (),
                    relevant=thread.relevant,
                    on_page=thread.first,
                    captures=(capture,),
                )  # fmt: skip
            )
        return items

    def led_to(self, board: ForumPage) -> tuple[list[str], list[str]]:
        """Return the addresses of the threads and of the further pages of a board."""
        own = [link for link in board.links if self.is_own(link.url) and leads_to_page(link.url)]
        further = [link.url for link in own if leads_on(link, board.url)]
        threads = [link.url for link in own if THREAD_ADDRESS.search(_address(link.url)) and link.url not in further]
        if not threads:
            threads = [link.url for link in own if NUMBER.search(_address(link.url)) and link.url not in further]
        return threads, further

    def gone(self, address: str, reason: str, *, with_posts: bool = False) -> None:
        """Say that something is there no more; with the first page of a thread its posts are."""
        super().gone(address, reason, with_posts=with_posts or reason in GONE)

    def revisit(self, address: str) -> list[Request]:
        """Ask for the page of a thread that no board named this time; what stands on it no more is gone."""
        page = address.partition("#")[0]
        return [self.ask_list(page)] if self.is_own(page) and not self.marks.has("lists", page) else []


def _address(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def _goes_back(link: Link, url: str) -> bool:
    """Tell whether a link leads to the page before, of the same thread."""
    if "prev" in link.relation.split():
        return True
    if not PREVIOUS_WORDS.fullmatch(link.text.strip()):
        return False
    return _changed_number(link.url, url, -1) or _is_without_its_page(link.url, url)


def _is_first(link: Link, url: str) -> bool:
    """Tell whether a link leads to the first page of the same thread: 1 stands where this one has another number."""
    if not FIRST_WORDS.fullmatch(link.text.strip()):
        return False
    changed = [new for new, old in _numbers(link.url, url) if new != old]
    return changed == [1] or _is_without_its_page(link.url, url)


def _is_without_its_page(one: str, url: str) -> bool:
    """Tell whether an address is another without the number of its page: /t/5 of /t/5?page=2, not 首页 of the site."""
    return url.startswith(one.rstrip("/")) and NUMBERED_PAGE.fullmatch(url.removeprefix(one.rstrip("/"))) is not None


def _changed_number(one: str, other: str, by: int) -> bool:
    """Tell whether two addresses differ in one number, which is so much higher in the first."""
    changed = [(new, old) for new, old in _numbers(one, other) if new != old]
    return len(changed) == 1 and changed[0][0] == changed[0][1] + by


def _numbers(one: str, other: str) -> list[tuple[int, int]]:
    """Return the numbers of two addresses that are alike but for these, side by side; nothing of others."""
    if NUMBER.sub("", one) != NUMBER.sub("", other):
        return []
    return [(int(new), int(old)) for new, old in zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)]


def _continues(link: Link, url: str) -> bool:
    """Tell whether a link leads to the next page of the same thread: one number of its address is one higher."""
    if "next" in link.relation.split():
        return True
    if not NEXT_WORDS.fullmatch(link.text.strip()):
        return False
    if NUMBER.sub("", link.url) != NUMBER.sub("", url):
        # /t/5 and /t/5?page=2, /threads/x.5/ and /threads/x.5/page-2
        return link.url.startswith(url.rstrip("/")) and NUMBER.findall(link.url.removeprefix(url))[-1:] == ["2"]
    return _changed_number(link.url, url, 1)
