"""The kinds of source, each over a site made for it."""

import html
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from crawler.extraction.page import Link
from crawler.spiders.listing import leads_on
from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, listing, sitemap

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]


def test_a_page_is_stored_with_what_it_says(little_site: Make, gather: Gather, database: Database) -> None:
    head = '<meta property="og:site_name" content="某报">'
    head += '<meta property="article:published_time" content="2026-11-04T17:00:00Z">'
    site = little_site({"/a.html": article(head=head)})
    [summary] = gather([site], [f"{site.address}/a.html?utm_source=x", "page"])
    [stored] = articles(database).values()
    assert (stored.title, stored.site_name) == ("快圆钱包催收电话一天三十次", "某报")
    assert stored.published_on == date(2026, 11, 5)
    assert stored.canonical_url == f"{site.address}/a.html"
    assert stored.public_text.startswith("借款人反映，快圆钱包")
    assert "版权所有" not in stored.public_text
    assert {mention.lender.slug for mention in stored.lender_mentions} >= {"kuaiyuan_wallet", "chenxing_cf"}
    assert stored.source.slug == summary["source"]


def test_a_copy_leads_to_the_address_that_it_names(little_site: Make, gather: Gather, database: Database) -> None:
    site = little_site({
        "/amp/a": article(head='<link rel="canonical" href="/a">', text="(手机版)"), "/a": article(),
    })  # fmt: skip
    gather([site], [f"{site.address}/amp/a", "page"])
    [stored] = articles(database).values()
    assert stored.url == stored.canonical_url == f"{site.address}/a"
    assert "手机版" not in stored.public_text


def test_a_canonical_address_that_can_not_be_had_loses_nothing(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({
        "/gone": article(head='<link rel="canonical" href="/nowhere">'),
        "/home": article(head='<link rel="canonical" href="/">', text="乙"), "/": listing("/gone"),
        "/wrong": article(head='<link rel="canonical" href="/list">', text="丙"), "/list": listing("/gone"),
        "/foreign": article(head='<link rel="canonical" href="http://other.example/a">', text="丁"),
    })  # fmt: skip
    paths = ["/gone", "/home", "/wrong", "/foreign"]
    gather([site], *[[site.address + path, "page"] for path in paths])
    assert set(articles(database)) == {site.address + path for path in paths}


def test_a_story_on_several_pages_is_joined_in_order(little_site: Make, gather: Gather, database: Database) -> None:
    def part(number: int) -> str:
        pager = "".join(f'<a href="/t{"" if n == 1 else f"_{n}"}.html">第{n}页</a>' for n in (1, 2, 3))
        return article(text=f"这是第{number}部分。", more=f'<div class="pager">{pager}</div>').replace(
            "晨星", f"晨星{number}"
        )

    site = little_site(
        {"/t.html": part(1), "/t_2.html": part(2), "/t_3.html": part(3), "/s.xml": sitemap("/t_2.html", "/t.html")}
    )
    gather([site], [f"{site.address}/s.xml", "sitemap"])
    [stored] = articles(database).values()
    assert stored.url == f"{site.address}/t.html"
    positions = [stored.public_text.find(f"这是第{number}部分") for number in (1, 2, 3)]
    assert positions == sorted(positions)
    assert positions[0] >= 0


def test_a_page_of_a_story_that_is_missing_leaves_the_rest(
    little_site: Make, gather: Gather, database: Database
) -> None:
    pager = '<div class="pager"><a href="/t_2.html">2</a><a href="/t_3.html">3</a></div>'
    site = little_site({"/t.html": article(more=pager), "/t_3.html": article(text="末页。")})
    [summary] = gather([site], [f"{site.address}/t.html", "page"])
    [stored] = articles(database).values()
    assert "末页" in stored.public_text
    assert summary["counts"]["incomplete"] == 1


def test_a_feed_lends_title_and_day_where_the_page_has_none(
    little_site: Make, gather: Gather, database: Database
) -> None:
    bare = (
        article()
        .replace("<h1>快圆钱包催收电话一天三十次</h1>", "")
        .replace("<title>快圆钱包催收电话一天三十次_某报</title>", "")
    )
    site = little_site({
        "/rss": "<rss><channel><item><title>云岭银行催收</title><link>{base}/a</link>"
        "<pubDate>Thu, 05 Nov 2026 00:30:00 +0800</pubDate></item></channel></rss>",
        "/a": bare,
    })  # fmt: skip
    gather([site], [f"{site.address}/rss", "feed"])
    [stored] = articles(database).values()
    assert (stored.title, stored.published_on) == ("云岭银行催收", date(2026, 11, 5))


def test_a_json_feed_is_read_like_any_other(little_site: Make, gather: Gather, database: Database) -> None:
    feed = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "{base}/a"}]}'
    site = little_site({"/feed.json": (200, {"Content-Type": "application/feed+json"}, feed), "/a": article()})
    [summary] = gather([site], [f"{site.address}/feed.json", "feed"])
    assert (summary["outcome"], list(articles(database))) == ("finished", [f"{site.address}/a"])


def test_a_source_that_is_no_feed_says_so(little_site: Make, gather: Gather) -> None:
    site = little_site({"/rss": article()})
    [summary] = gather([site], [f"{site.address}/rss", "feed"])
    assert summary["outcome"] == "unreadable"
    assert summary["counts"]["refused"] == {"not_a_feed": 1}


def test_the_sitemaps_that_robots_names_are_found(little_site: Make, gather: Gather, database: Database) -> None:
    site = little_site({
        "/robots.txt": "User-agent: *\nAllow: /\nSitemap: {base}/s.xml\n", "/a": article(),
        "/s.xml": sitemap("/a", "/pic.jpg"),
    })  # fmt: skip
    [summary] = gather([site], [site.address, "sitemap"])
    assert set(articles(database)) == {f"{site.address}/a"}
    assert summary["counts"]["passed_over"] == 1


def test_of_a_sitemap_only_what_the_source_wants_is_taken(little_site: Make, gather: Gather) -> None:
    site = little_site({"/s.xml": sitemap("/news/a", "/shop/b"), "/news/a": article()})
    gather([site], [f"{site.address}/s.xml", "sitemap", {"only": "/news/"}])
    assert site.paths() == ["/robots.txt", "/s.xml", "/news/a"]


def test_a_list_is_followed_page_by_page(little_site: Make, gather: Gather, database: Database) -> None:
    def page(number: int, *links: str) -> str:
        return listing(
            *links, more=f'<a href="/list/{number + 1}.html">下一頁</a><a href="/list/{number - 1}.html">上一頁</a>'
        )

    site = little_site({
        "/list/1.html": page(1, "/a", "/b"), "/list/2.html": page(2, "/c"), "/list/3.html": listing("/a"),
        **{path: article(text=path) for path in ("/a", "/b", "/c")},
    })  # fmt: skip
    [summary] = gather([site], [f"{site.address}/list/1.html", "listing"])
    assert set(articles(database)) == {site.address + path for path in ("/a", "/b", "/c")}
    assert summary["counts"]["lists"] == 3
    assert len(site.paths()) == len(set(site.paths()))


@pytest.mark.parametrize(
    "words", ["[下一页]", "下頁&gt;&gt;", "后一页 »", "查看更多", "加載更多", "More", "« 2 »", "→"]
)
def test_a_list_goes_on_where_it_says_so_in_any_of_these_words(words: str) -> None:
    link = Link("http://news.example/list/2.html", html.unescape(words))
    assert leads_on(link, "http://news.example/list/")
    assert not leads_on(link, "http://news.example/others/")


@pytest.mark.parametrize(
    ("page", "following", "same"),
    [
        ("/list/", "/list/2.html", True), ("/news/list.html", "/news/list_2.html", True), ("/a/", "/a/page/2/", True),
        ("/news/index.html", "/news/index_2.shtml", True), ("/news/", "/news/p2.html", True), ("/", "/page/2", True),
        ("/news?page=1", "/news?page=2", True), ("/list/2/", "/list/3/", True), ("/news/", "/blog/2.html", False),
        ("/news/", "/news/about.html", False), ("/shortlist/", "/short/2.html", False),
    ],
)  # fmt: skip
def test_the_pages_of_one_list_are_known_by_their_addresses(page: str, following: str, same: bool) -> None:
    assert leads_on(Link(f"http://news.example{following}", "下一页"), f"http://news.example{page}") is same


def test_a_list_with_selectors_takes_only_what_they_name(little_site: Make, gather: Gather) -> None:
    page = '<div class="news"><h3><a href="/a">催收</a></h3></div>'
    page += '<p><a href="/about">关于</a> <a class="older" href="/2">更多</a></p>'
    site = little_site(
        {"/": page, "/2": '<div class="news"><h3><a href="/b">催收</a></h3></div>', "/a": article(), "/b": article()}
    )
    gather([site], [site.address, "listing", {"items": ".news h3", "next": "a.older"}])
    assert sorted(site.paths()) == ["/", "/2", "/a", "/b", "/robots.txt"]


def test_a_run_takes_no_more_pages_than_it_may(little_site: Make, gather: Gather, database: Database) -> None:
    paths = [f"/{number}" for number in range(6)]
    site = little_site({"/s.xml": sitemap(*paths), **{path: article(text=path) for path in paths}})
    [summary] = gather([site], [f"{site.address}/s.xml", "sitemap", {"max_pages": 2}])
    assert len(articles(database)) == 2
    assert summary["counts"]["over_limit"] == 4


def test_a_second_run_changes_nothing_and_a_changed_page_is_a_new_version(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/a": article()})
    source = [f"{site.address}/a", "page"]
    outcomes = [gather([site], source)[0]["counts"]["stored"] for _ in range(2)]
    site.pages["/a"] = article(text="后来又有更新。")
    outcomes += [gather([site], source)[0]["counts"]["stored"]]
    assert outcomes == [{"new": 1}, {"unchanged": 1}, {"changed": 1}]
    [stored] = articles(database).values()
    assert stored.version == 2
    assert "后来又有更新" in stored.public_text


def test_copies_on_other_sites_fold_into_the_first(little_site: Make, gather: Gather, database: Database) -> None:
    contact = "<p>内容侵权、删帖举报联系方式:nobody@mail.example</p>"
    one = little_site({"/a": article()})
    two = little_site({"/b": article(title="转载：催收电话").replace("</article>", f"{contact}</article>")})
    gather([one, two], [f"{one.address}/a", "page"])
    [summary] = gather([one, two], [f"{two.address}/b", "page"])
    assert summary["counts"]["stored"] == {"duplicate": 1}
    stored = articles(database)
    assert stored[f"{two.address}/b"].duplicate_of.url == f"{one.address}/a"


def test_a_run_that_has_its_fill_asks_for_nothing_more(little_site: Make, gather: Gather, database: Database) -> None:
    def slowly(site: LittleSite) -> str:
        time.sleep(0.1)
        return article(text=f"催收员第{len(site.asked)}次打来电话。")

    paths = [f"/{number}" for number in range(40)]
    site = little_site({"/s.xml": sitemap(*paths), **dict.fromkeys(paths, slowly)})
    [summary] = gather([site], [f"{site.address}/s.xml", "sitemap"], given={"limit": 2})
    assert (summary["outcome"], summary["counts"]["items"]) == ("finished", 2)
    assert "refused" not in summary["counts"]
    assert len(site.asked) < len(paths)
    assert len(articles(database)) == 2
    # What was left out is taken by the next run.
    [summary] = gather([site], [f"{site.address}/s.xml", "sitemap"], given={"limit": 4})
    assert summary["counts"]["items"] == 4
