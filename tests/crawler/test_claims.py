"""An article that two sources of one run list is fetched once, and nothing that either of them says of it is lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

from crawler.claims import Announced, Claims
from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, sitemap

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]
URL = "https://paper.invalid/1"


def test_an_article_in_two_sources_is_fetched_for_one_and_found_by_both(
    little_site: Make, gather: Gather, database: Database
) -> None:
    paths = [f"/{number}" for number in range(6)]
    told = {path: article(text=f"第{path}号借款人的记录。" * 5) for path in paths}
    site = little_site({"/a.xml": sitemap(*paths[:4]), "/b.xml": sitemap(*paths[2:]), **told})
    sources = [[f"{site.address}/{name}.xml", "sitemap"] for name in "ab"]
    summaries = gather([site], *sources, [f"{site.address}/3", "page"])
    assert sorted(path for path in site.paths() if path in paths) == paths
    assert len(articles(database)) == 6
    counts = [summary["counts"] for summary in summaries]
    assert [one["found"] for one in counts] == [4, 4, 1]
    assert sum(one["items"] for one in counts) == 6
    assert sum(one.get("taken_elsewhere", 0) for one in counts) == 3


def test_what_a_feed_says_reaches_the_source_that_takes_the_page(
    little_site: Make, gather: Gather, database: Database
) -> None:
    entry = (
        "<item><title>{{title}}</title><link>{base}/a</link><pubDate>Wed, 04 Nov 2026 08:00:00 +0800</pubDate></item>"
    )
    bare = f"<html><body>{article().partition('</h1>')[2]}"
    site = little_site({"/s.xml": sitemap("/a"), "/rss": f"<rss><channel>{entry}</channel></rss>", "/a": bare})
    gather([site], [f"{site.address}/s.xml", "sitemap"], [f"{site.address}/rss", "feed"])
    [stored] = articles(database).values()
    assert stored.published_on == date(2026, 11, 4)


def test_the_first_source_keeps_an_article_and_hears_what_the_others_say() -> None:
    claims, told = Claims(), Announced("题目", date(2026, 11, 4))
    claims.claim(URL, "map", Announced())
    assert not claims.has_other(URL, "map", Announced())
    assert claims.has_other(URL, "list", Announced())
    assert claims.has_other(URL, "feed", told)
    assert claims.announced(URL, Announced()) == told
    assert claims.announced(URL, Announced("自己的")) == Announced("自己的", told.published_on)


def test_what_is_said_too_late_is_worth_another_look_only_where_it_is_lacking() -> None:
    claims, told = Claims(), Announced("题目")
    claims.claim(URL, "map", Announced())
    claims.lacks(URL)
    assert claims.has_other(URL, "list", Announced())
    assert not claims.has_other(URL, "feed", told)
