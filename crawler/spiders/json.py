"""Kind `json`: an API that gives articles, posts or complaints page by page."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.http import Response

from crawler.extraction.entries import EntriesPage, Entry, read_entries
from crawler.items import Capture, GatheredArticle
from crawler.keeping.captures import capture_of
from crawler.sources.options import JSON_PATHS
from crawler.spiders.base import content_type
from crawler.spiders.post_names import ToldPost, names_of
from crawler.spiders.posts import PostSpider, Thread
from domain.store.gathering import pages
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
        """Ask for the first answer, and for those at which the run before left off."""
        yield self.ask_list(self.source.address, start=True)
        for url in self.starts_at:
            yield self.ask_list(url)

    def ask_list(self, url: str, start: bool = False, thread: Thread | None = None, *, again: bool = False) -> Request:
        """Return the request for an answer of the API; `again` also where it was asked for before."""
        self.marks.put("lists", url)
        request = self.ask(url, self.parse, start=start, again=again, leads_on=True, priority=5, thread=thread)
        request.headers.update(HEADERS)
        return request

    async def parse(self, response: Response, thread: Thread | None = None) -> AsyncIterator[GatheredArticle | Request]:
        """Take the entries of an answer and ask for the next one."""
        self.counts.add("fetched")
        page: EntriesPage | None = await self.taken_apart(
            read_entries,
            response.body,
            response.url,
            self.paths(),
            self.source.options.get("next_parameter", ""),
            content_type(response),
        )
        if page is None:
            self.outcome = "unreadable" if response.meta.get("start") else self.outcome
            return
        self.counts.add("lists")
        capture = capture_of(response)
        unchanged = self.is_same_answer(capture, response.meta.get("remembered"))
        thread = await self.thread_of(page, thread, response.url)
        items = await self.entries(page, response.url, capture, thread)
        for item in await self.items_of(items, unchanged):
            yield item
        await self.visited(response, leads_on=True, capture=capture)
        if page.next_url and items and self.is_repeated(page, thread, response.url):
            self.refuse("repeats")  # a cursor that leads on and on to the same entries
        elif page.next_url and self.may_follow(page.next_url, response):
            yield self.ask_list(page.next_url, thread=thread)
        elif not page.next_url and thread is not None:
            await self.missing_posts_gone(thread)

    def is_repeated(self, page: EntriesPage, thread: Thread | None, url: str) -> bool:
        """Tell whether the run had these entries from another address already."""
        texts = "\n".join([thread.title or "" if thread else "", *(entry.text for entry in page.entries)])
        return self.marks.holder("answers", hash_of(texts), url) != url

    def paths(self) -> dict[str, str]:
        """Return the paths that the source names."""
        return {name: str(path) for name, path in self.source.options.items() if name in JSON_PATHS}

    def may_follow(self, url: str, response: Response) -> bool:
        """Tell whether a further answer may be asked for: on the site, not asked for yet, and not one too many.

        Not from the first one where the run goes on further back: what lies between was read by the one before.
        """
        if response.meta.get("start") and self.starts_at:
            return False
        return self.has_room_for(url, goes_on=True)

    def has_room_for(self, url: str, *, goes_on: bool) -> bool:
        """Tell whether a list may be asked for; one that is left is noted, `goes_on` for the next run to begin at."""
        if not self.is_own(url):
            self.refuse("foreign_site")
            return False
        if url in self.lists_before:
            return False
        if self.has_its_fill:
            self.leave_page()
            return False
        # An address that was asked for already is let through: it is asked for once, whoever names it again.
        if self.marks.has("lists", url) or self.marks.count("lists") < self.most_lists:
            return True
        self.leave_list(url, goes_on=goes_on)
        return False

    async def thread_of(self, page: EntriesPage, thread: Thread | None, url: str) -> Thread | None:
        """Return the thread that an answer is of, where it is one: it has a title of its own, its entries none."""
        if thread is None and (not page.title or any(entry.title for entry in page.entries)):
            return None
        thread = thread or Thread(page.title, url)
        thread.pages.add(url)
        texts = [entry.text for entry in page.entries]
        thread.relevant = thread.relevant or await self.on_the_subject(thread.title, texts)
        return thread

    async def entries(
        self, page: EntriesPage, url: str, capture: Capture, thread: Thread | None
    ) -> list[GatheredArticle]:
        """Return the items of an answer, deleted and empty ones left out, each counted."""
        wanted = []
        for entry in page.entries:
            self.counts.add("listed")
            if entry.is_deleted or not entry.text:
                self.refuse("deleted" if entry.is_deleted else "empty")
            elif entry.url is not None and not self.is_own(entry.url):
                self.refuse("foreign_site")
            else:
                wanted.append(entry)
        names = await self.addresses_of(wanted, urldefrag(url)[0], thread)
        return [self.entry_item(*named, url, capture, thread) for named in zip(wanted, names, strict=True)]

    async def addresses_of(self, entries: Sequence[Entry], url: str, thread: Thread | None) -> list[str]:
        """Return the address by which each entry is known: its own, or that of the API with its number.

        Not that of the answer: with every new entry the others move on in a list, and a cursor is another each day.
        """
        told = [ToldPost(entry.id, str(entry.published_on or ""), entry.text) for entry in entries]
        if thread is not None:
            names = await self.names_of(thread, url, told, are_ids=True)
        else:
            names = names_of(urldefrag(self.source.address)[0], told, are_ids=True)
            fragments = [name.partition("#")[2] for name in names]
            before = await self._asked(pages.with_article, [f"{url}#{fragment}" for fragment in fragments]) or ()
            # Those that were kept under the address of an answer keep it.
            names = [
                old if (old := f"{url}#{fragment}") in before else name
                for name, fragment in zip(names, fragments, strict=True)
            ]
        return [entry.url or name for entry, name in zip(entries, names, strict=True)]

    def entry_item(
        self, entry: Entry, address: str, url: str, capture: Capture, thread: Thread | None
    ) -> GatheredArticle:
        """Return the item of one entry."""
        details = {"status": entry.status, "replies": list(entry.replies)}
        author = thread.writer(entry.name, self.source.language) if thread and entry.name else ""
        on_page = thread.first if thread else url
        return GatheredArticle(
            source=self.source.slug, url=address, canonical_url=address,
            title=entry.title or (thread.title if thread else None),
            text=thread.without_names(entry.text) if thread else entry.text, published_on=entry.published_on,
            fetched_at=capture.fetched_at, site_name=self.source.name, form="post", author=author,
            details={name: value for name, value in details.items() if value},
            beside=(entry.institution,) if entry.institution else (), relevant=thread.relevant if thread else None,
            on_page=None if entry.url else on_page, captures=(capture,),
        )  # fmt: skip
