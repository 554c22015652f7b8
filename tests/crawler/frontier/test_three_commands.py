"""Three `doorstep crawl` as an operator starts them, over one Redis and one PostgreSQL, one of them killed."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import func, select

from domain.models import ArticleVersion, CrawlRun
from domain.settings import PROJECT_ROOT, Settings
from domain.store import Database
from domain.store.gathering.sources import SourceEntry, save_source
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, sitemap
from tests.journeys.conftest import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.redis, pytest.mark.postgresql, pytest.mark.timeout(600)]

PATHS = [f"/{number}" for number in range(12)]
ANSWERED_AT_ONCE = 4


class Paper(LittleSite):
    """A site that answers for a few pages and keeps everybody waiting for the next one until `go_on` is set."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        super().__init__({"/s.xml": sitemap(*PATHS), **{path: self._page(path) for path in PATHS}})

    def _page(self, path: str) -> Callable[[LittleSite], str]:
        def page(_: LittleSite) -> str:
            if len(set(self.paths()) & set(PATHS)) > ANSWERED_AT_ONCE:
                assert self.go_on.wait(300)
            return article(text=f"第{path[1:]}位借款人在云岭银行的催收记录。" * 5)

        return page


@pytest.fixture
def paper() -> Iterator[Paper]:
    paper = Paper()
    yield paper
    paper.go_on.set()
    paper.close()


@pytest.fixture
def start(
    paper: Paper, postgresql_url: str, redis_url: str, tmp_path: Path
) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start `doorstep crawl paper`, with its settings in the environment."""
    environment = {
        **os.environ, "DATABASE_URL": postgresql_url, "FRONTIER_URL": redis_url, "DATA_DIR": str(tmp_path / "data"),
        "CRAWLER_ALLOWED_ORIGINS": paper.origin, "CRAWLER_CONTACT": "https://doorstep.example/crawler",
        "FRONTIER_ALIVE_SECONDS": "8", "CRAWLER_TIMEOUT": "300",
    }  # fmt: skip
    started: list[subprocess.Popen[str]] = []

    def start_one() -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "commands", "crawl", "paper", "--json"]
        started.append(
            subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment, stdout=subprocess.PIPE, text=True,
                             stderr=subprocess.DEVNULL)
        )  # fmt: skip
        return started[-1]

    yield start_one
    for process in started:
        process.kill()
        process.wait(timeout=10)


def test_of_three_commands_one_is_killed_and_nothing_is_lost_or_stored_twice(
    paper: Paper, start: Callable[[], subprocess.Popen[str]], postgresql_url: str, redis_url: str
) -> None:
    database = Database(Settings(database_url=postgresql_url).database_address)
    save_source(database, SourceEntry("paper", "某报", "sitemap", f"{paper.address}/s.xml"))
    redis = Redis.from_url(redis_url)

    def holder() -> subprocess.Popen[str] | None:
        """The process that is kept waiting for a page."""
        held = {entry.split(b" ")[0].split(b"-")[-2] for entry in redis.hvals("doorstep:paper:held")}
        return next((one for one in processes if str(one.pid).encode() in held), None)

    processes = [start() for _ in range(3)]
    wait_for(lambda: redis.scard("doorstep:paper:members") == 3 and len(articles(database)) == ANSWERED_AT_ONCE, 240)
    wait_for(lambda: holder() is not None, 60)
    killed = holder()
    assert killed is not None
    killed.kill()
    assert killed.wait(timeout=30) == -signal.SIGKILL
    paper.go_on.set()
    told = [_ended(process) for process in processes if process is not killed]

    assert [run["outcome"] for run in told] == ["finished"] * 2
    stored = articles(database)
    assert sorted(stored) == sorted(paper.address + path for path in PATHS)
    with database.reading() as session:
        versions = session.execute(select(func.count(ArticleVersion.pk)).group_by(ArticleVersion.article_pk))
        assert [number for (number,) in versions] == [1] * len(PATHS)
        [run] = session.query(CrawlRun)
    assert (run.outcome, run.warning, run.counts["found"]) == ("finished", "", len(PATHS))
    assert list(redis.scan_iter("doorstep:paper:*")) == []
    database.dispose()


def _ended(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Wait for a command; return the summary of its one run."""
    output, _ = process.communicate(timeout=240)
    assert process.returncode == 0
    [run] = json.loads(output.splitlines()[-1])["runs"]
    return dict(run)
