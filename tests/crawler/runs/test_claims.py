"""An article that two sources of one run list is fetched once, and nothing that either of them says of it is lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

from crawler.runs.claims import Announced, Known, OwnClaims
from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, listing, sitemap

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


def test_a_page_to_be_followed_and_not_indexed_is_followed_whichever_source_takes_it(
    little_site: Make, gather: Gather, database: Database
) -> None:
    hub = article(head='<meta name="robots" content="noindex, follow">', more='<a href="/behind">全部记录</a>')
    site = little_site({
        "/s.xml": sitemap("/hub", "/a"), "/list": listing("/hub", "/a"), "/hub": hub,
        "/a": article(text="甲"), "/behind": article(text="只有目录页指向的记录。" * 5),
    })  # fmt: skip
    map_and_list = [f"{site.address}/s.xml", "sitemap"], [f"{site.address}/list", "listing"]
    gather([site], *map_and_list)
    assert [path for path in site.paths() if path == "/behind"] == ["/behind"]
    assert f"{site.address}/behind" in articles(database)
    [lone] = gather([site], map_and_list[0])  # no list leads there
    assert lone["counts"]["found"] == 1


def claims_of(*sources: str) -> list[OwnClaims]:
    known: Known = {}
    return [OwnClaims(known, source) for source in sources]


def test_the_first_source_keeps_an_article_and_hears_what_the_others_say() -> None:
    told = Announced("题目", date(2026, 11, 4))
    first, other, feed = claims_of("map", "list", "feed")
    assert first.take(URL, Announced())
    assert first.take(URL, Announced())
    assert not other.take(URL, Announced())
    assert not feed.take(URL, told)
    assert first.announced(URL, Announced()) == told
    assert first.announced(URL, Announced("自己的")) == Announced("自己的", told.published_on)


def test_what_is_said_too_late_is_worth_another_look_only_where_it_is_lacking() -> None:
    first, other, feed = claims_of("map", "list", "feed")
    assert first.take(URL, Announced())
    first.lacks(URL)
    assert not other.take(URL, Announced())
    assert feed.take(URL, Announced("题目"))


def test_what_is_given_up_is_free_for_others() -> None:
    first, other = claims_of("map", "list")
    assert first.take(URL, Announced())
    first.leave(URL)
    assert other.take(URL, Announced())


def test_a_list_that_comes_too_late_takes_a_page_to_be_followed_for_itself() -> None:
    first, early, late = claims_of("map", "list", "other list")
    assert first.take(URL, Announced())
    assert not early.take(URL, Announced(), as_list=True)
    assert first.leads_on(URL)
    assert late.take(URL, Announced(), as_list=True)
    assert not late.take(URL, Announced())
