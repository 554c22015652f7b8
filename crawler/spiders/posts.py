"""Taking posts: what the kinds forum and json do alike with the entries of threads and boards."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from crawler.extraction.entries import LONGEST_TEXT
from crawler.items import Capture, GatheredArticle
from crawler.parsing import in_worker
from crawler.spiders.base import SourceSpider
from crawler.spiders.post_names import MOST_COMPARED, ToldPost, is_nameless, names_of
from domain.store import StoreUnavailable
from domain.store.gathering import pages

STARTER = {"zh": "楼主", "en": "thread starter"}
OTHERS = {"zh": "网友", "en": "poster"}


@dataclass
class Thread:
    """What the pages of one thread share: its title, whether it is on the subject, and its writers, told apart.

    The names are needed while the thread is read, and kept nowhere. `first` is the page that it was begun with.
    """

    title: str | None = field(default=None, repr=False)
    first: str = ""
    relevant: bool = False
    writers: dict[str, str] = field(default_factory=dict, repr=False)
    pages: set[str] = field(default_factory=set)

    def writer(self, name: str, language: str) -> str:
        """Return the part that a writer plays: who began the thread, or the how-manieth other."""
        if name not in self.writers:
            number = len(self.writers) + 1
            self.writers[name] = STARTER[language] if number == 1 else f"{OTHERS[language]} {number}"
        return self.writers[name]

    def without_names(self, text: str) -> str:
        """Put the parts of the thread's writers in the place of their names where they are addressed: @小鱼."""
        for name, part in self.writers.items():
            for mark in ("@", "＠", "回复 ", "回復 "):
                text = text.replace(f"{mark}{name}", f"{mark}{part}") if name else text
        return text


class PostSpider(SourceSpider):
    """The base of the kinds whose pages hold several records each."""

    async def items_of(self, posts: list[GatheredArticle], unchanged: bool) -> list[GatheredArticle]:
        """Return the posts to hand on; those of an answer that is as it was, and those already read, are only met.

        Of such an answer some may never have been stored: the run had its fill, was killed, or they took too long.
        """
        known = await self._stored(posts) if unchanged else set()
        fresh = []
        for post in posts:
            if post.canonical_url in known or post.canonical_url in self.visited_before:
                self.met(post.canonical_url)
                self.visits.note_again(post.canonical_url, post.fetched_at)
                self.counts.add("stored/unchanged" if post.canonical_url in known else "visited_before")
            elif self.take_item(post.canonical_url):
                fresh.append(post)
        return fresh

    async def _stored(self, posts: list[GatheredArticle]) -> set[str]:
        addresses = [post.canonical_url for post in posts]
        known: set[str] | None = await self._asked(pages.with_article, addresses)
        return set(addresses) if known is None else known

    async def names_of(
        self, thread: Thread, page: str, posts: Sequence[ToldPost], *, are_ids: bool = False
    ) -> list[str]:
        """Return the address of each post of a page of a thread: the one by which it is known, wherever it stood."""
        known: list[str] = await self._asked(pages.posts_on, {thread.first, page}) or []
        made_up = [address for address in known if is_nameless(address)][:MOST_COMPARED]
        texts: dict[str, str] = await self._asked(pages.texts_at, made_up) if made_up else {}

        def is_met(address: str) -> bool:
            return self.marks.holder("posts", address) not in ("", page)

        names = names_of(page, posts, known, texts or {}, is_met, are_ids=are_ids)
        for name in names:
            self.marks.holder("posts", name, page)
        return names

    async def missing_posts_gone(self, thread: Thread) -> None:
        """Say of the posts of a thread that was read to its end and that stood on none of its pages that they are gone.

        Not page by page: where one is deleted those behind it move to the page before.
        """
        for address in await self._asked(pages.posts_on, {thread.first, *thread.pages}) or []:
            if not self.marks.holder("posts", address):
                self.gone(address, "deleted")

    async def _asked(self, function: Callable[..., Any], wanted: Collection[str]) -> Any:
        """Return what the store says of some addresses; None in a dry run, and where the store is not to be had."""
        if self.begun is None:
            return None
        try:
            await self.flush()
            return await asyncio.to_thread(function, self.gathering.database, wanted)
        except StoreUnavailable:
            self.stop_with("store_unavailable")
            return None

    def is_same_answer(self, capture: Capture, known: pages.Remembered | None) -> bool:
        """Tell whether an answer is, to the byte, the one that was remembered whole."""
        return known is not None and known.body is not None and known.body_hash == capture.body_hash

    async def on_the_subject(self, title: str | None, texts: Iterable[str]) -> bool:
        """Tell whether a thread is about how lenders collect: as a whole, for 我也是 says nothing alone."""
        whole = "\n".join([title or "", *texts])[:LONGEST_TEXT]
        return bool(await self.taken_apart(is_on_the_subject, whole))


def is_on_the_subject(text: str) -> bool:
    """Tell it in a process with limits, by the reader that is there: a page may have millions of characters."""
    reading = in_worker().read(text, kind="article")
    return reading.relevant or bool(reading.lenders and reading.tactics)
