"""A run as a whole: what it records, how it ends, what it survives."""

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from crawler.runs.gathering import Gathering
from crawler.runs.run import crawl
from crawler.sources.invalid import InvalidSource
from domain.models import CrawlRun, Source
from domain.settings import Settings
from domain.store import Database
from domain.store.gathering.sources import SourceEntry
from tests.crawler.crawling import CrawlProcess, articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, sitemap

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]


def runs(database: Database) -> list[CrawlRun]:
    with database.reading() as session:
        return list(session.scalars(select(CrawlRun).order_by(CrawlRun.pk)))


def test_a_run_is_recorded_with_what_it_counted(little_site: Make, gather: Gather, database: Database) -> None:
    site = little_site({"/a": article()})
    [summary] = gather([site], [f"{site.address}/a", "page"])
    [run] = runs(database)
    assert (run.outcome, run.counts) == ("finished", summary["counts"])
    assert run.ended_at is not None
    assert run.ended_at >= run.started_at


def test_an_address_of_the_command_line_becomes_one_source(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/a": article()})
    for _ in range(2):
        gather([site], [f"{site.address}/a", "page"])
    with database.reading() as session:
        [source] = session.scalars(select(Source))
    assert (source.kind, source.address) == ("page", f"{site.address}/a")
    assert len(runs(database)) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_told_to_stop_ends_in_order_and_at_once(
    crawl_process: CrawlProcess, little_site: Make, database: Database, settings: Settings, number: int
) -> None:
    over, waited_for = threading.Event(), []

    def slow(site: LittleSite) -> str:
        number = len(site.asked)
        if number > 4 and not over.wait(120):
            waited_for.append(number)
        return article(text=str(number))

    paths = [f"/{n}" for n in range(9)]
    site = little_site({"/s.xml": sitemap(*paths), **dict.fromkeys(paths, slow)})
    begun = crawl_process.start(settings.data_dir, [site.origin], [[f"{site.address}/s.xml", "sitemap"]])
    while len(site.asked) < 5:
        time.sleep(0.05)
    os.kill(begun.number, number)
    [summary] = begun.finish()["summaries"]
    assert waited_for == []  # it did not wait for the answer that takes two minutes
    over.set()
    assert summary["outcome"] == "stopped"
    assert [run.outcome for run in runs(database)] == ["stopped"]
    # The pages differ in a number only, so the second is stored as a copy of the first.
    assert len(articles(database)) == sum(summary["counts"]["stored"].values()) == 2


def test_one_broken_source_does_not_stop_the_others(little_site: Make, gather: Gather, database: Database) -> None:
    good, bad = little_site({"/a": article()}), little_site({"/robots.txt": (500, {}, ""), "/a": article()})
    closed = little_site({})
    closed.close()
    summaries = gather([good, bad, closed], *[[f"{site.address}/a", "page"] for site in (closed, bad, good)])
    assert [summary["outcome"] for summary in summaries] == ["unreachable", "unreachable", "finished"]
    assert len(articles(database)) == 1


def test_a_kind_that_is_not_there_is_refused_before_anything_is_fetched(
    database: Database, reader: Any, settings: Settings
) -> None:
    source = SourceEntry("a", "A", "carrier_pigeon", "http://news.example/")
    with pytest.raises(InvalidSource, match="no source of kind 'carrier_pigeon': the kinds are page, feed"):
        crawl(Gathering(database, reader, settings), [source])
    assert runs(database) == []


def test_a_run_over_nothing_is_over_at_once(database: Database, reader: Any, settings: Settings) -> None:
    assert crawl(Gathering(database, reader, settings), []) == []
