"""The day's requests to a site: when they are used up the source says so, and is gone on with later."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from domain.models import CrawlRun
from domain.settings import Settings
from domain.store import Database
from domain.store.gathering.parts import KEY, LATER
from tests.crawler.crawling import CrawlProcess, articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, sitemap

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]
PATHS = [f"/{number}" for number in range(8)]


def a_day_passes(database: Database, hours: float = 24.1) -> None:
    """Put all runs back in time, and with them where they go on from."""
    by = timedelta(hours=hours)
    with database.writing() as session:
        for run in session.scalars(select(CrawlRun)):
            run.started_at, run.ended_at = run.started_at - by, run.ended_at and run.ended_at - by
            if "resumes_from" in run.counts:
                earlier = datetime.fromisoformat(str(run.counts["resumes_from"])) - by
                run.counts = {**run.counts, "resumes_from": earlier.isoformat()}
            for name in {KEY, LATER} & set(run.counts):
                told = {
                    key: value for key, value in run.counts[name].items() if key in ("since", "begun", "read_until")
                }
                earlier_ones = {key: (datetime.fromisoformat(at) - by).isoformat() for key, at in told.items() if at}
                run.counts = {**run.counts, name: {**run.counts[name], **earlier_ones}}


def long_list(make: Make) -> tuple[LittleSite, list[Any]]:
    """Return a site with eight articles, and it as a source that may be asked five times a day."""
    pages = {path: article(text=f"第{path[1:]}位借款人说，催收员已经到了小区门口。") for path in PATHS}
    site = make({"/s.xml": sitemap(*PATHS), **pages})
    return site, [f"{site.address}/s.xml", "sitemap", {}, {"daily_pages": 5}]


def test_a_list_that_is_longer_than_a_day_is_read_to_its_end_day_by_day(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site, source = long_list(little_site)
    outcomes = []
    for _ in range(4):
        [summary] = gather([site], source)
        outcomes.append(summary["outcome"])
        a_day_passes(database)
    assert outcomes[:3] == ["over_budget", "over_budget", "finished"]
    asked = [path for path in site.paths() if path in PATHS]
    assert sorted(asked[:8]) == sorted(PATHS)
    assert len(articles(database)) == 8
    assert "gone" not in {article.status for article in articles(database).values()}
    # The fourth run is one of its own again: it asks whether anything has changed.
    assert (outcomes[3], len(asked)) == ("over_budget", 11)


def test_a_source_for_whose_site_no_request_is_left_says_so_and_is_not_called_unreachable(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site, source = long_list(little_site)
    gather([site], source)
    asked = len(site.asked)
    [summary] = gather([site], source)
    assert (summary["outcome"], summary["warning"], len(site.asked)) == ("over_budget", "", asked)
    assert summary["counts"]["refused"] == {"over_budget": 1}
    a_day_passes(database)
    [later] = gather([site], source)
    assert len(site.asked) > asked
    assert sum(later["counts"]["stored"].values()) == 3


def test_the_day_goes_over_midnight_and_what_was_asked_for_at_its_beginning_falls_free_first(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site, source = long_list(little_site)
    gather([site], source)
    with database.writing() as session:  # as if it had taken four hours, and ended 22 hours ago
        [run] = session.scalars(select(CrawlRun))
        assert run.ended_at is not None
        run.started_at, run.ended_at = run.ended_at - timedelta(hours=26), run.ended_at - timedelta(hours=22)
    asked = len(site.asked)
    [summary] = gather([site], source)
    # Of five half are older than a day, as far as anybody knows: two, and three count.
    assert (summary["outcome"], len(site.asked) - asked) == ("over_budget", 2)


def test_two_processes_at_one_site_ask_for_no_more_together_than_its_day_allows(
    crawl_process: CrawlProcess, little_site: Make, database: Database, settings: Settings
) -> None:
    may_answer = threading.Event()

    def held(site: LittleSite) -> str:
        assert may_answer.wait(300)
        return article()

    others = [f"/other{path}" for path in PATHS]
    site = little_site({
        "/s.xml": sitemap(*PATHS), "/o.xml": sitemap(*others), **dict.fromkeys(PATHS, held),
        **{path: article(text=f"第{path}位借款人说，催收员已经到了小区门口。") for path in others},
    })  # fmt: skip
    sources = [[f"{site.address}{path}", "sitemap", {}, {"daily_pages": 9}] for path in ("/s.xml", "/o.xml")]
    first = crawl_process.start(settings.data_dir, [site.origin], sources[:1], crawler_timeout=600.0)
    try:
        while not set(PATHS) & set(site.paths()):
            assert not first.status.exists()
            time.sleep(0.02)
        [second] = crawl_process.crawl(settings.data_dir, [site.origin], sources[1:])["summaries"]
    finally:
        may_answer.set()
    [read] = first.finish()["summaries"]
    assert (read["outcome"], second["outcome"]) == ("over_budget", "over_budget")
    assert len(site.asked) == 9


def test_what_a_run_set_aside_and_did_not_need_is_free_when_it_ends(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/s.xml": sitemap("/0"), "/0": article()})
    gather([site], [f"{site.address}/s.xml", "sitemap", {}, {"daily_pages": 200}])
    with database.reading() as session:
        [run] = session.scalars(select(CrawlRun))
    assert (run.counts["requests"], "reserved" in run.counts) == (3, False)
