"""`doorstep crawl` as it is typed: a trial, what is due, a limit, several kinds of mistakes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from commands import doorstep
from domain.settings import PROJECT_ROOT
from domain.store import Database
from domain.store.gathering import source_health
from domain.store.gathering.sources import SourceEntry, save_source
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, sitemap

PATHS = ("/a", "/b", "/c")
Crawl = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def site() -> Iterator[LittleSite]:
    told = {path: article(text=f"晨星消费金融的催收员说已经到了小区门口，{path}。" * 9) for path in PATHS}
    made = LittleSite({"/s.xml": sitemap(*PATHS), **told})
    yield made
    made.close()


@pytest.fixture
def crawl(database: Database, site: LittleSite, tmp_path: Path) -> Crawl:
    """Run the command on the test's own store; the source `paper` is due."""
    save_source(database, SourceEntry("paper", "晨报", "sitemap", f"{site.address}/s.xml"))
    environment = {**os.environ, "CRAWLER_ALLOWED_ORIGINS": site.origin, "DATA_DIR": str(tmp_path / "data")}

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "commands", "crawl", *arguments]
        return subprocess.run(
            command, cwd=PROJECT_ROOT, env={**environment, **more}, capture_output=True, text=True, timeout=240
        )

    return run


def runs_in(printed: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Return the runs of the summary, which is alone on standard output."""
    assert printed.returncode == 0, printed.stderr
    return list(json.loads(printed.stdout)["runs"])


def test_a_trial_stores_nothing_then_what_is_due_is_read_once(
    crawl: Crawl, site: LittleSite, database: Database
) -> None:
    tried = crawl("paper", "--dry-run")
    assert tried.returncode == 0, tried.stderr
    assert "晨星消费金融" in tried.stdout
    assert (articles(database), source_health.health(database)[0].last) == ({}, None)

    [limited] = runs_in(crawl("--due", "--limit", "2", "--json"))
    assert limited["counts"]["items"] == 2
    assert len(articles(database)) == 2
    asked = len(site.asked)
    assert runs_in(crawl("--due", "--json")) == []
    assert len(site.asked) == asked


@pytest.mark.parametrize(
    ("arguments", "frontier", "said"),
    [
        (["nothing"], "", "no source nothing"), ([], "", "Name sources"), (["--url", "http://a.example"], "", "--kind"),
        (["paper"], "redis://127.0.0.1:1", "PostgreSQL"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_before_anything_is_asked_for(
    database: Database, site: LittleSite, arguments: list[str], frontier: str, said: str
) -> None:
    save_source(database, SourceEntry("paper", "晨报", "sitemap", f"{site.address}/s.xml"))
    # In this process, which starts no crawl: what is refused never comes so far.
    refused = CliRunner().invoke(doorstep, ["crawl", *arguments], env={"FRONTIER_URL": frontier or None})
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert site.asked == []
