"""Three crawlers over one Redis and one PostgreSQL, one of them killed: nothing is lost, nothing is stored twice."""

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import func, select

from domain.models import ArticleVersion, CrawlRun
from domain.store import Database
from domain.store.gathering.sources import SourceEntry, save_source, source
from tests.crawler.crawling import Crawl, CrawlProcess, articles, ask, json_lines
from tests.journeys.conftest import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.redis, pytest.mark.postgresql, pytest.mark.timeout(900)]

PAGES = 52
OPTIONS = {"max_pages": 1000}
SOURCES = (("bulk", "sitemap", "/sitemap.xml"), ("news", "listing", "/"), ("forum", "forum", "/board/1"))


@pytest.fixture
def web(shared: Path) -> Iterator[dict[str, Any]]:
    """The small web with a site of many pages."""
    server = subprocess.Popen(
        [sys.executable, "web.py", "serve", "--ports-from", "0", "--seed", "41", "--scale", str(PAGES)],
        cwd=shared / "web", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    yield json.loads(server.stdout.readline())
    server.terminate()
    server.wait(timeout=10)


class Crawlers:
    """Crawler processes that share a frontier, as they would be started on several machines."""

    def __init__(self, process: CrawlProcess, web: dict[str, Any], store: str, frontier: str, folder: Path) -> None:
        self._process, self._web, self._folder = process, web, folder
        # On a crowded machine a crawler that lives may stand still for seconds; taken for dead, it would lose its turn.
        self._settings = {"database_url": store, "frontier_url": frontier, "frontier_alive_seconds": 12.0}
        self.redis = Redis.from_url(frontier)
        self.crawls: list[Crawl] = []

    def start(self) -> Crawl:
        """Start one more crawler."""
        sites = self._web["sites"]
        origins = [address.removeprefix("http://") for address in sites.values()]
        sources = [[sites[site] + path, kind, OPTIONS, {"slug": site}] for site, kind, path in SOURCES]
        self.crawls.append(self._process.start(self._folder, origins, sources, **self._settings))
        return self.crawls[-1]

    def held_by(self, crawl: Crawl, slug: str) -> list[bytes]:
        """Return what a process holds of a source's requests."""
        held = self.redis.hvals(f"doorstep:{slug}:held")
        return [entry for entry in held if f"-{crawl.number}-".encode() in entry.partition(b" ")[0]]

    def members(self, slug: str) -> int:
        """Return how many processes are in the run over a source."""
        return self.redis.scard(f"doorstep:{slug}:members")


@pytest.fixture
def crawlers(
    crawl_process: CrawlProcess, web: dict[str, Any], postgresql_url: str, redis_url: str, tmp_path: Path
) -> Iterator[Crawlers]:
    crawlers = Crawlers(crawl_process, web, postgresql_url, redis_url, tmp_path / "data")
    yield crawlers
    for crawl in crawlers.crawls:
        crawl.end()


def runs_of(database: Database) -> list[CrawlRun]:
    with database.reading() as session:
        return list(session.query(CrawlRun).order_by(CrawlRun.pk))


def test_of_three_crawlers_one_is_killed_and_nothing_is_lost_or_stored_twice(
    web: dict[str, Any], crawlers: Crawlers, postgresql_url: str
) -> None:
    database = Database(postgresql_url.replace("postgresql://", "postgresql+psycopg://"))
    for site, kind, path in SOURCES:
        save_source(database, SourceEntry(site, site, kind, web["sites"][site] + path, options=OPTIONS))
    slugs = [site for site, _, _ in SOURCES]
    first, *others = [crawlers.start() for _ in range(3)]
    wait_for(lambda: crawlers.members("bulk") == 3 and bool(crawlers.held_by(first, "bulk")), 240)
    first.end()
    assert first.wait() == -signal.SIGKILL
    held = crawlers.held_by(first, "bulk")
    summaries = [crawl.finish()["summaries"] for crawl in others]

    assert held, "it was killed with nothing in its hands"
    truth = [record for record in json_lines(ask(f"{web['control']}/__urls__")) if record["site"] in slugs]
    stored = articles(database)
    wanted = [record for record in truth if record["expect"] in ("article", "post")]
    assert len(wanted) > PAGES
    assert [record["url"] for record in wanted if record["url"] not in stored] == []
    # A page that was stored by the one that was killed, and then taken up by another, is as it was: one version each.
    with database.reading() as session:
        versions = session.execute(select(func.count(ArticleVersion.pk)).group_by(ArticleVersion.article_pk))
        assert {number for (number,) in versions} == {1}
    for record in truth:
        if record["site"] == "bulk" and record.get("how") == "exact":
            copy, own = stored[record["url"]], stored[record["duplicate_of"]]
            assert (copy.duplicate_of or copy).id == (own.duplicate_of or own).id, record["url"]
    runs = runs_of(database)
    assert [(run.outcome, run.warning) for run in runs] == [("finished", "")] * 3
    assert {source(database, slug).leased_by for slug in slugs} == {""}
    [bulk] = [run for run in runs if run.source_pk == source(database, "bulk").pk]
    assert bulk.counts["found"] == PAGES
    assert all(run["outcome"] == "finished" for runs in summaries for run in runs)
    assert list(crawlers.redis.scan_iter("doorstep:bulk:*")) == []
    database.dispose()

    log = json_lines(ask(f"{web['control']}/__log__"))
    asked = Counter((request["site"], request["target"]) for request in log if request["target"] != "/robots.txt")
    again = [target for (site, target), times in asked.items() if site == "bulk" and times > 1]
    assert len(again) <= len(held)  # only what was in its hands
    manners = json.loads(ask(f"{web['control']}/__summary__"))
    for slug in slugs:
        assert (manners[slug]["max_open"], manners[slug]["before_robots"], slug) == (1, 0, slug)
