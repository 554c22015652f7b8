"""Articles are stored by a process of its own, together, and none is told of as kept that is not."""

import asyncio
import hashlib
import os
import signal
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.items import Capture, GatheredArticle
from crawler.keeping.archive import Archive, read_copy
from crawler.keeping.keeper import MOST_TOGETHER, Keeper, _Coming
from crawler.keeping.storing import Kept, NotKept, keep
from crawler.lines import send
from crawler.pipelines.reading import read_article
from domain.reading import Reader
from domain.store import Database, StoreUnavailable
from domain.store.gathering import pages, sources
from domain.store.gathering.article_history import mark_gone, versions_of
from domain.store.gathering.pages import Visit
from domain.store.gathering.sources import SourceEntry
from tests.crawler.crawling import articles, awaited

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def keeper(database: Database, folder: Path) -> Iterator[Keeper]:
    sources.save_source(database, SourceEntry("paper", "某报", "feed", "https://paper.invalid/rss"))
    made = Keeper(database, Archive(folder, 1.0))
    yield made
    made.close()


def told(reader: Reader, number: int, source: str = "paper") -> GatheredArticle:
    url, body = f"https://paper.invalid/{number}", b"<p>page</p>"
    capture = Capture(url, 200, (("Content-Type", "text/html"),), body, hashlib.sha256(body).hexdigest(), NOW)
    text = f"晨星消费金融的催收员在{number}日打来{number * 7}个电话，说第{number}组的人已经在家门口，没有任何人敲门。"
    item = GatheredArticle(source, url, url, f"第{number}次", text * 3, NOW.date(), NOW, captures=(capture,))
    return read_article(reader, item)


def test_articles_that_wait_are_stored_together_and_one_that_fails_takes_no_other_along(
    keeper: Keeper, reader: Reader, database: Database, folder: Path
) -> None:
    wanted = [told(reader, number, "nobody" if number == 3 else "paper") for number in range(1, 8)]

    async def all_at_once() -> list[Kept | BaseException]:
        return await asyncio.gather(*[keeper.keep(each) for each in wanted], return_exceptions=True)

    answers = awaited(all_at_once())
    assert isinstance(answers.pop(2), NotKept)
    assert all(isinstance(answer, Kept) and answer.saved.outcome in ("new", "duplicate") for answer in answers)
    kept = articles(database)
    assert sorted(kept) == [f"https://paper.invalid/{number}" for number in (1, 2, 4, 5, 6, 7)]
    for article in kept.values():
        [version] = versions_of(database, article.id)
        assert read_copy(folder, version.copies[0]) == b"<p>page</p>"


def test_articles_that_are_tried_again_alone_have_one_page_each_in_the_archive(
    reader: Reader, database: Database, folder: Path
) -> None:
    sources.save_source(database, SourceEntry("paper", "某报", "feed", "https://paper.invalid/rss"))
    wanted = [told(reader, number, "nobody" if number == 3 else "paper") for number in range(1, 6)]
    archive = Archive(folder, 1.0)
    answers = keep(database, archive, wanted)
    archive.close()
    assert [isinstance(answer, Kept) for answer in answers] == [True, True, False, True, True]
    [file] = folder.rglob("*.warc.gz")
    with file.open("rb") as records:
        addresses = [record.rec_headers.get_header("WARC-Target-URI") for record in ArchiveIterator(records)]
    assert len(addresses) == len(set(addresses)) >= 4


def test_other_writes_go_the_same_way_and_tell_what_came_of_them(
    keeper: Keeper, reader: Reader, database: Database
) -> None:
    async def steps() -> list[str]:
        kept = await keeper.keep(told(reader, 1))
        visit = Visit("paper", "https://paper.invalid/1", NOW, etag='"a"', article_id=kept.saved.id)
        await keeper.write(pages.remember, [visit])
        with pytest.raises(NotKept):
            await keeper.write(pages.remember, [Visit("nobody", "https://x.invalid/", NOW)])
        return list(await keeper.write(mark_gone, "https://paper.invalid/1", "http_410"))

    gone = awaited(steps())
    [article] = articles(database).values()
    assert (gone, article.status, article.gone_reason) == ([article.id], "gone", "http_410")


def test_what_follows_closely_is_stored_together_but_what_a_run_waits_for_at_once(reader: Reader) -> None:
    near, far = socket.socketpair()
    coming, read = _Coming(far), told(reader, 1)
    for number in range(MOST_TOGETHER + 2):
        send(near, (number, read))
    send(near, (100, (mark_gone, ("https://paper.invalid/1", "http_410"))))
    send(near, (101, read))
    near.close()
    together = [[number for number, _ in coming.together()] for _ in range(4)]
    assert together == [[*range(MOST_TOGETHER)], [MOST_TOGETHER, MOST_TOGETHER + 1, 100], [101], []]
    far.close()


def test_large_pages_wait_for_one_another_and_all_are_kept(
    keeper: Keeper, reader: Reader, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.keeping.keeper.MOST_UNDER_WAY_BYTES", 25)  # two pages, not three

    async def steps() -> int:
        most, tasks = 0, [asyncio.ensure_future(keeper.keep(told(reader, number))) for number in range(1, 8)]
        while not all(task.done() for task in tasks):
            most = max(most, len(keeper._waiting))
            await asyncio.sleep(0)
        await asyncio.gather(*tasks)
        return most

    assert awaited(steps()) == 2
    assert len(articles(database)) == 7


def test_when_the_process_is_killed_nobody_waits_for_it(keeper: Keeper, reader: Reader, database: Database) -> None:
    async def steps() -> None:
        await keeper.keep(told(reader, 1))
        os.kill(keeper._process.pid or 0, signal.SIGKILL)
        for number in (2, 3):
            with pytest.raises(StoreUnavailable):
                await keeper.keep(told(reader, number))

    awaited(steps())
    assert list(articles(database)) == ["https://paper.invalid/1"]


def test_what_was_handed_over_is_stored_although_nobody_waits_for_the_answer(
    keeper: Keeper, reader: Reader, database: Database
) -> None:
    async def hand_over() -> None:
        tasks = [asyncio.ensure_future(keeper.keep(told(reader, number))) for number in range(1, 5)]
        while len(keeper._waiting) < len(tasks):  # an article that waits for its answer was sent
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()

    awaited(hand_over())
    keeper.close()
    assert len(articles(database)) == 4
