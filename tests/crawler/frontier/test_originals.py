"""Three crawlers share three sources whose copies name one original: it is asked for once, by one of the nine runs."""

from pathlib import Path

import pytest
from redis import Redis

from domain.settings import Settings
from domain.store import Database
from domain.store.gathering.sources import SourceEntry, save_source
from tests.crawler.crawling import CrawlProcess, articles
from tests.crawler.test_canonical import numbered
from tests.crawler.test_originals import COPIES, ORIGINAL, Make, site_of

pytestmark = [pytest.mark.slow, pytest.mark.redis, pytest.mark.postgresql, pytest.mark.timeout(600)]


def test_an_original_that_three_sources_name_is_asked_for_once_by_three_crawlers(
    little_site: Make, crawl_process: CrawlProcess, postgresql_url: str, redis_url: str, tmp_path: Path
) -> None:
    site, database = (
        site_of(little_site, numbered(0, ORIGINAL)),
        Database(Settings(database_url=postgresql_url).database_address),
    )
    for source in COPIES:
        save_source(database, SourceEntry(source, source, "sitemap", f"{site.address}/{source}.xml"))
    asked = [[f"{site.address}/{source}.xml", "sitemap", {}, {"slug": source}] for source in COPIES]
    settings = {"database_url": postgresql_url, "frontier_url": redis_url, "crawler_timeout": 300.0}
    crawls = [crawl_process.start(tmp_path / "data", [site.origin], asked, **settings) for _ in range(3)]
    told = [run for crawl in crawls for run in crawl.finish()["summaries"]]

    assert {run["outcome"] for run in told} == {"finished"}
    assert site.paths().count(ORIGINAL) == 1
    assert list(articles(database)) == [site.address + ORIGINAL]
    whole = {run["source"]: run["counts"].get("found") for run in told if "found" in run["counts"]}
    assert whole == dict.fromkeys(COPIES, 1)
    assert list(Redis.from_url(redis_url).scan_iter("doorstep:[abc]:*")) == []
    database.dispose()
