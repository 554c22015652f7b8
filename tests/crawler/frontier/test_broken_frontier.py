"""A frontier that is gone for a moment ends the crawlers in order, whatever they were at, and the next run goes on."""

import threading
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import update

from domain.models import Source
from domain.settings import Settings
from domain.store import Database
from domain.store.gathering.sources import SourceEntry, save_source
from tests.crawler.crawling import CrawlProcess, articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, sitemap
from tests.journeys.conftest import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.redis, pytest.mark.postgresql, pytest.mark.timeout(600)]

PATHS = [f"/{number}" for number in range(20)]


class Paper(LittleSite):
    """A site that keeps back the answers from the sixth page on until `go_on` is set."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        super().__init__({"/s.xml": sitemap(*PATHS), **dict.fromkeys(PATHS, self._page)})

    def _page(self, site: LittleSite) -> str:
        if len(self.paths()) > 6:
            assert self.go_on.wait(300)
        return article(text=f"第{self.paths()[-1]}位借款人在云岭银行的催收记录，编号{len(self.paths()) * 7919}。" * 5)


def test_crawlers_whose_frontier_does_not_answer_end_and_the_next_run_goes_on(
    crawl_process: CrawlProcess, postgresql_url: str, redis_url: str, tmp_path: Path
) -> None:
    paper, database = Paper(), Database(Settings(database_url=postgresql_url).database_address)
    save_source(database, SourceEntry("paper", "某报", "sitemap", f"{paper.address}/s.xml"))
    settings: dict[str, Any] = {"database_url": postgresql_url, "frontier_url": redis_url, "crawler_timeout": 300.0}
    settings["frontier_alive_seconds"] = 8.0
    asked = [[f"{paper.address}/s.xml", "sitemap", {}, {"slug": "paper"}]]
    crawls = [crawl_process.start(tmp_path / "data", [paper.origin], asked, **settings) for _ in range(2)]
    wait_for(lambda: len(paper.paths()) > 6, 240)
    redis = Redis.from_url(redis_url)
    redis.execute_command("CLIENT", "PAUSE", "12000", "ALL")
    paper.go_on.set()
    outcomes = {run["outcome"] for crawl in crawls for run in crawl.finish()["summaries"]}
    assert "frontier_unavailable" in outcomes
    with database.writing() as session:  # as after the minutes that a lease of one that was killed lasts
        session.execute(update(Source).values(leased_until=None))
    crawl_process.start(tmp_path / "data", [paper.origin], asked, **settings).finish()
    assert sorted(articles(database)) == sorted(paper.address + path for path in PATHS)
    paper.close()
    database.dispose()
