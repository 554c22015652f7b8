"""A run that was stopped or killed goes on where it was; one source is not crawled twice at once."""

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from domain.models import Source
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
