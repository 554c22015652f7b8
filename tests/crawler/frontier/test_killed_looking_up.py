"""One of three crawlers is killed while it looks up the address that copies name: no copy and no original is lost."""

import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import func, select

from domain.models import ArticleVersion
from domain.settings import Settings
from domain.store import Database
from domain.store.gathering.sources import SourceEntry, save_source
from tests.crawler.crawling import Crawl, CrawlProcess, articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import sitemap
from tests.crawler.test_canonical import numbered
from tests.journeys.conftest import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.redis, pytest.mark.postgresql, pytest.mark.timeout(600)]

ORIGINAL = "/0"
COPIES = [f"/copy/{number}" for number in range(1, 7)]
OTHERS = [f"/{number}" for number in range(11, 15)]


class Paper(LittleSite):
    """A site of copies of one page, which is kept back until `go_on` is set."""

    def __init__(self, original: Any) -> None:
        self.go_on, self._original = threading.Event(), original
        copies = {path: numbered(number, ORIGINAL) for number, path in enumerate(COPIES, 1)}
        others = {path: numbered(int(path[1:]), path) for path in OTHERS}
        lists = {"/s.xml": sitemap(*OTHERS, *COPIES)}
        super().__init__({**lists, **copies, **others, ORIGINAL: self._when_it_may})

    def _when_it_may(self, _: LittleSite) -> Any:
        assert self.go_on.wait(300)
        return self._original


@pytest.fixture
def paper(original: Any) -> Iterator[Paper]:
    paper = Paper(original)
    yield paper
    paper.go_on.set()
    paper.close()


@pytest.fixture
def crawls(crawl_process: CrawlProcess) -> Iterator[list[Crawl]]:
    started: list[Crawl] = []
    yield started
    for crawl in started:
        crawl.end()


@pytest.mark.parametrize(
    ("original", "stored"),
    [(numbered(0, ORIGINAL), [ORIGINAL, *OTHERS]), ((404, {}, ""), [*COPIES, *OTHERS])],
    ids=["an article", "nothing"],
)
def test_what_the_killed_one_was_looking_up_is_looked_up_by_another(
    paper: Paper, stored: list[str], crawl_process: CrawlProcess, crawls: list[Crawl], postgresql_url: str,
    redis_url: str, tmp_path: Path,
) -> None:  # fmt: skip
    redis = Redis.from_url(redis_url)
    database = Database(Settings(database_url=postgresql_url).database_address)
    entry = SourceEntry("paper", "某报", "sitemap", f"{paper.address}/s.xml")
    save_source(database, entry)
    settings = {"database_url": postgresql_url, "frontier_url": redis_url, "frontier_alive_seconds": 16.0}
    settings["crawler_timeout"] = 300.0
    for _ in range(3):
        asked = [[entry.address, entry.kind, {}, {"slug": "paper"}]]
        crawls.append(crawl_process.start(tmp_path / "data", [paper.origin], asked, **settings))

    def asking() -> Crawl | None:
        """The crawl at which the site is, once all have joined: it holds the turn of its origin."""
        holder = redis.hget(f"doorstep:origin:http:{paper.origin}", "holder") or b""
        return next((crawl for crawl in crawls if f"-{crawl.number}-".encode() in holder), None)

    wait_for(lambda: redis.scard("doorstep:paper:members") == 3 and ORIGINAL in paper.paths(), 240)
    killed = asking()
    assert killed is not None
    killed.end()
    assert killed.wait() == -signal.SIGKILL
    paper.go_on.set()
    told = [crawl.finish()["summaries"][0] for crawl in crawls if crawl is not killed]

    assert [run["outcome"] for run in told] == ["finished"] * 2
    assert sorted(articles(database)) == sorted(paper.address + path for path in stored)
    with database.reading() as session:
        versions = session.execute(select(func.count(ArticleVersion.pk)).group_by(ArticleVersion.article_pk))
        assert {number for (number,) in versions} == {1}
    assert paper.paths().count(ORIGINAL) == 2  # by the one that was killed, and once more
    assert list(redis.scan_iter("doorstep:paper:*")) == []
    database.dispose()
