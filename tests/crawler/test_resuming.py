"""A run that was stopped or killed goes on where it was; one source is not crawled twice at once."""

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from domain.models import CrawlRun, Source
from domain.settings import Settings
from domain.store import Database
from domain.store.gathering import sources
from tests.crawler.crawling import CrawlProcess, articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, sitemap

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]
PATHS = [f"/{number}" for number in range(8)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_breaks_off_is_gone_on_with(
    crawl_process: CrawlProcess, little_site: Make, gather: Gather, database: Database, settings: Settings, number: int
) -> None:
    def slowly(site: LittleSite) -> str:
        time.sleep(0.3 if len(site.asked) < 10 else 0)
        return article(text=f"晨星消费金融的催收员第{len(site.asked)}次打来电话，说已经到了小区门口，没有任何人敲门。")

    site = little_site({"/s.xml": sitemap(*PATHS), **dict.fromkeys(PATHS, slowly)})
    source = [f"{site.address}/s.xml", "sitemap"]
    begun = crawl_process.start(settings.data_dir, [site.origin], [source])
    while len(articles(database)) < 3:
        time.sleep(0.05)
    os.kill(begun.number, number)
    begun.wait()
    broken_off = len(site.asked)
    with database.writing() as session:  # as after the minutes that a lease of one that was killed lasts
        session.execute(update(Source).values(leased_until=None))

    [summary] = gather([site], source)
    assert summary["outcome"] == "finished"
    assert {article.url for article in articles(database).values()} == {site.address + path for path in PATHS}
    again = [request.path for request in site.asked[broken_off:] if request.path in PATHS]
    assert len(again) == len(set(again))
    if number == signal.SIGTERM:
        # What was under way when it was told to stop is asked for again, nothing else is.
        first = {request.path for request in site.asked[:broken_off] if request.path in PATHS}
        assert len(first & set(again)) <= 1
        assert summary["counts"]["visited_before"] >= 3


def test_a_source_that_others_crawl_is_left_alone(little_site: Make, gather: Gather, database: Database) -> None:
    site = little_site({"/a": article()})
    gather([site], [f"{site.address}/a", "page"])
    asked = len(site.asked)
    [source] = sources.sources(database)
    sources.start_run(database, source.slug)
    [summary] = gather([site], [f"{site.address}/a", "page"])
    assert (summary["outcome"], len(site.asked)) == ("busy", asked)


def test_of_two_processes_that_crawl_one_source_at_once_the_second_is_refused_while_the_first_reads(
    crawl_process: CrawlProcess, little_site: Make, database: Database, settings: Settings
) -> None:
    may_answer = threading.Event()

    def held(site: LittleSite) -> str:
        assert may_answer.wait(300)
        return article()

    site = little_site({"/s.xml": sitemap("/held"), "/held": held})
    source, folder = [f"{site.address}/s.xml", "sitemap"], settings.data_dir
    first = crawl_process.start(folder, [site.origin], [source], crawler_timeout=600.0)
    try:
        while "/held" not in site.paths():
            assert not first.status.exists()
            time.sleep(0.02)
        [refused] = crawl_process.crawl(folder, [site.origin], [source])["summaries"]
        assert not first.status.exists()
    finally:
        may_answer.set()
    [read] = first.finish()["summaries"]
    assert (refused["outcome"], refused["counts"], read["outcome"]) == ("busy", {}, "finished")
    assert site.paths() == ["/robots.txt", "/s.xml", "/held"]
    assert len(articles(database)) == 1
    with database.reading() as session:
        assert [run.outcome for run in session.scalars(select(CrawlRun))] == ["finished"]
