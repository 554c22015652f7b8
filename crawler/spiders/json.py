"""Kind `json`: an API that gives articles, posts or complaints page by page."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.http import Response

from crawler.extraction.entries import EntriesPage, Entry, read_entries
from crawler.items import Capture, GatheredArticle
from crawler.keeping.captures import capture_of
from crawler.sources.options import JSON_PATHS
from crawler.spiders.posts import PostSpider, Thread
from domain.store.gathering.pages import hash_of

MOST_LISTS = 500
HEADERS = {"Accept": "application/json"}


class JsonSpider(PostSpider):
    """Reads an API. Options: the paths of `items` and, in one of them, `id`, `url`, `title`, `text`, `date`, `author`,
    `institution`, `status`, `replies`, `deleted`; `next`, the path of what leads on (an address or a cursor), with
    `next_parameter`; `max_lists`. What is not named is looked for under common names.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.most_lists = int(self.source.options.get("max_lists", MOST_LISTS))

    async def first_requests(self) -> AsyncIterator[Request]:
        """Ask for the first answer."""
        yield self.ask_list(self.source.address, start=True)

    def ask_list(self, url: str, start: bool = False, thread: Thread | None = None) -> Request:
        """Return the request for an answer of the API."""
        self.marks.put("lists", url)
        request = self.ask(url, self.parse, start=start, leads_on=True, priority=5, thread=thread)
        request.headers.update(HEADERS)
        return request

    async def parse(self, response: Response, thread: Thread | None = None) -> AsyncIterator[GatheredArticle | Request]:
        """Take the entries of an answer and ask for the next one."""
        self.counts.add("fetched")
        page: EntriesPage | None = await self.taken_apart(
            read_entries, response.body, response.url, self.paths(), self.source.options.get("next_parameter", "")
        )
        if page is None:
            self.outcome = "unreadable" if response.meta.get("start") else self.outcome
            return
        self.counts.add("lists")
        capture = capture_of(response)
        unchanged = self.is_same_answer(capture, response.meta.get("remembered"))
        thread = await self.thread_of(page, thread)
        items = self.entries(page, response.url, capture, thread)
        for item in await self.items_of(items, unchanged):
            yield item
        if thread is not None:
            await self.missing_posts_gone(response.url, {item.canonical_url for item in items})
        await self.visited(response, leads_on=True, capture=capture)
        if page.next_url and items and self.is_repeated(page, thread, response.url):
            self.refuse("repeats")  # a cursor that leads on and on to the same entries
        elif page.next_url and self.may_follow(page.next_url):
            yield self.ask_list(page.next_url, thread=thread)

    def is_repeated(self, page: EntriesPage, thread: Thread | None, url: str) -> bool:
        """Tell whether the run had these entries from another address already."""
        texts = "\n".join([thread.title or "" if thread else "", *(entry.text for entry in page.entries)])
        return self.marks.holder("answers", hash_of(texts), url) != url

    def paths(self) -> dict[str, str]:
        """Return the paths that the source names."""
        return {name: str(path) for name, path in self.source.options.items() if name in JSON_PATHS}

    def may_follow(self, url: str) -> bool:
        """Tell whether a further answer may be asked for: on the site, not asked for yet, and not one too many."""
        if not self.is_own(url):
            self.refuse("foreign_site")
            return False
        if self.has_its_fill:
            return False
        # An address that was asked for already is let through: it is asked for once, whoever names it again.
        if self.marks.has("lists", url) or self.marks.count("lists") < self.most_lists:
            return True
        self.leave_list(url)
        return False

    async def thread_of(self, page: EntriesPage, thread: Thread | None) -> Thread | None:
        """Return the thread that an answer is of, where it is one: it has a title of its own, its entries none."""
        if thread is None and (not page.title or any(entry.title for entry in page.entries)):
            return None
        thread = thread or Thread(page.title)
        texts = [entry.text for entry in page.entries]
        thread.relevant = thread.relevant or await self.on_the_subject(thread.title, texts)
        return thread

    def entries(self, page: EntriesPage, url: str, capture: Capture, thread: Thread | None) -> list[GatheredArticle]:
        """Return the items of an answer, deleted and empty ones left out, each counted."""
        items = []
        for entry in page.entries:
            self.counts.add("listed")
            if entry.is_deleted or not entry.text:
                self.refuse("deleted" if entry.is_deleted else "empty")
            elif entry.url is not None and not self.is_own(entry.url):
                self.refuse("foreign_site")
            else:
                items.append(self.entry_item(entry, url, capture, thread))
        return items

    def entry_item(self, entry: Entry, url: str, capture: Capture, thread: Thread | None) -> GatheredArticle:
        """Return the item of one entry."""
        address = entry.url or f"{urldefrag(url)[0]}#{entry.id}"
        details = {"status": entry.status, "replies": list(entry.replies)}
        author = thread.writer(entry.name, self.source.language) if thread and entry.name else ""
        return GatheredArticle(
            source=self.source.slug, url=address, canonical_url=address,
            title=entry.title or (thread.title if thread else None),
            text=thread.without_names(entry.text) if thread else entry.text, published_on=entry.published_on,
            fetched_at=capture.fetched_at, site_name=self.source.name, form="post", author=author,
            details={name: value for name, value in details.items() if value},
            beside=(entry.institution,) if entry.institution else (), relevant=thread.relevant if thread else None,
            on_page=None if entry.url else url, captures=(capture,),
        )  # fmt: skip
