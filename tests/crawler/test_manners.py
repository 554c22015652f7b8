"""How the crawler behaves on a site: robots.txt, pace, Retry-After, what pages ask of crawlers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from scrapy.http import Response

from crawler.middlewares.backoff import retry_after
from crawler.runs.robots_rules import READ_AT_MOST_BYTES, rules_from
from crawler.settings import user_agent
from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, listing, sitemap

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]


def test_robots_is_asked_for_first_and_kept(little_site: Make, gather: Gather, database: Database) -> None:
    site = little_site({
        "/robots.txt": "User-agent: *\nDisallow: /private/\nAllow: /private/open/\n\nUser-agent: otherbot\nDisallow: /",
        "/": listing("/private/a", "/private/open/a", "/b"),
        "/private/open/a": article(text="甲"), "/b": article(text="乙"),
    })  # fmt: skip
    [summary] = gather([site], [site.address, "listing"])
    assert site.paths()[0] == "/robots.txt"
    assert "/private/a" not in site.paths()
    assert summary["counts"]["refused"] == {"robots": 1}
    assert len(articles(database)) == 2


@pytest.mark.parametrize("status", [500, 503, 429])
def test_nothing_is_fetched_where_robots_is_not_available(little_site: Make, gather: Gather, status: int) -> None:
    site = little_site({"/robots.txt": (status, {}, "busy"), "/a": article()})
    [summary] = gather([site], [f"{site.address}/a", "page"])
    assert set(site.paths()) == {"/robots.txt"}
    assert summary["outcome"] == "unreachable"
    assert summary["counts"]["refused"] == {"robots_unreachable": 1}


def test_a_site_without_robots_may_be_read(little_site: Make, gather: Gather, database: Database) -> None:
    site = little_site({"/a": article()})
    [summary] = gather([site], [f"{site.address}/a", "page"])
    assert summary["counts"]["stored"] == {"new": 1}


def test_robots_that_leads_to_another_host_is_not_followed(little_site: Make, gather: Gather) -> None:
    other = little_site({"/robots.txt": "User-agent: *\nAllow: /"})
    site = little_site({"/robots.txt": (302, {"Location": f"{other.address}/robots.txt"}, ""), "/a": article()})
    [summary] = gather([site, other], [f"{site.address}/a", "page"])
    assert other.asked == []
    assert summary["counts"]["refused"] == {"robots_unreachable": 1}


@pytest.mark.parametrize("line", ["Crawl-delay: 0.6", "Request-rate: 5/3"])
def test_the_delay_that_robots_asks_for_is_kept(little_site: Make, gather: Gather, line: str) -> None:
    paths = ["/a", "/b", "/c"]
    site = little_site({
        "/robots.txt": f"User-agent: *\n{line}\n", "/s.xml": sitemap(*paths),
        **{path: article(text=path) for path in [*paths, "/d"]},
    })  # fmt: skip
    gather([site], [f"{site.address}/s.xml", "sitemap"], [f"{site.address}/d", "page"])
    times = [request.at for request in site.asked if request.path != "/robots.txt"]
    assert len(times) == 5
    assert min(later - earlier for earlier, later in zip(times, times[1:], strict=False)) >= 0.6


@pytest.mark.parametrize("line", ["Crawl-delay: 86400", "Crawl-delay: 1e20", "Request-rate: 1/2h"])
def test_a_site_that_wants_hours_between_pages_is_left_alone_and_the_others_go_on(
    little_site: Make, gather: Gather, database: Database, line: str
) -> None:
    slow = little_site({"/robots.txt": f"User-agent: *\n{line}\n", "/a": article()})
    other = little_site({"/a": article(text="乙")})
    first, _ = gather([slow, other], *[[f"{site.address}/a", "page"] for site in (slow, other)])
    assert slow.paths() == ["/robots.txt"]
    assert (first["outcome"], first["counts"]["refused"]) == ("unreachable", {"robots_delay": 1})
    assert list(articles(database)) == [f"{other.address}/a"]


def test_two_sources_of_one_origin_take_turns(little_site: Make, gather: Gather) -> None:
    import threading
    import time

    open_now, most, lock = [0], [0], threading.Lock()

    def slow(site: LittleSite) -> str:
        with lock:
            open_now[0] += 1
            most[0] = max(most[0], open_now[0])
        time.sleep(0.05)
        with lock:
            open_now[0] -= 1
        return article(text=str(time.monotonic()))

    paths = [f"/{number}" for number in range(10)]
    site = little_site({"/a.xml": sitemap(*paths[:5]), "/b.xml": sitemap(*paths[5:]), **dict.fromkeys(paths, slow)})
    gather([site], [f"{site.address}/a.xml", "sitemap"], [f"{site.address}/b.xml", "sitemap"])
    assert len(site.asked) == 13  # robots.txt once for both
    assert most[0] == 1


def test_all_pages_of_a_site_are_asked_for_over_one_connection(little_site: Make, gather: Gather) -> None:
    paths = [f"/{number}" for number in range(30)]
    site = little_site({"/s.xml": sitemap(*paths), **{path: article(text=path) for path in paths}})
    gather([site], [f"{site.address}/s.xml", "sitemap"])
    assert len(site.asked) == 32
    assert len({request.connection for request in site.asked}) == 1


def test_of_a_robots_that_never_ends_the_beginning_is_kept(little_site: Make, gather: Gather) -> None:
    rules = b"User-agent: *\nDisallow: /private/\n" + b"# endless\n" * 1_000_000
    site = little_site({"/robots.txt": rules, "/": listing("/private/a", "/b"), "/b": article()})
    [summary] = gather([site], [site.address, "listing"])
    assert site.paths() == ["/robots.txt", "/", "/b"]
    assert (summary["outcome"], summary["counts"]["refused"]) == ("finished", {"robots": 1})


def test_a_site_is_asked_no_more_in_a_day_than_it_may_be_by_all_of_its_sources(
    little_site: Make, gather: Gather
) -> None:
    paths = [f"/{number}" for number in range(12)]
    site = little_site(
        {"/a.xml": sitemap(*paths[:6]), "/b.xml": sitemap(*paths[6:]), **dict.fromkeys(paths, article())}
    )
    sources = [[f"{site.address}/{name}.xml", "sitemap", {}, {"daily_pages": 5}] for name in "ab"]
    summaries = gather([site], *sources)
    assert len(site.asked) == 5
    assert all(summary["counts"]["refused"]["over_budget"] > 0 for summary in summaries)
    gather([site], sources[0])
    assert len(site.asked) == 5


def test_a_site_that_is_busy_is_asked_again_when_it_said(little_site: Make, gather: Gather, database: Database) -> None:
    def busy_once(site: LittleSite) -> Any:
        return article() if site.paths().count("/a") > 1 else (429, {"Retry-After": "1"}, "later")

    site = little_site({"/a": busy_once, "/s.xml": sitemap("/a", "/b"), "/b": article(text="乙")})
    [summary] = gather([site], [f"{site.address}/s.xml", "sitemap"])
    asked = [request for request in site.asked if request.path in ("/a", "/b")]
    busy = next(number for number, request in enumerate(asked) if request.path == "/a")
    assert all(request.at - asked[busy].at >= 1 for request in asked[busy + 1 :])
    assert summary["counts"]["asked_again"] == 1
    assert len(articles(database)) == 2


def test_a_site_that_asks_for_an_hour_is_left_for_the_next_run(little_site: Make, gather: Gather) -> None:
    site = little_site({"/a": (503, {"Retry-After": "3600"}, "later")})
    [summary] = gather([site], [f"{site.address}/a", "page"])
    assert site.paths().count("/a") == 1
    assert summary["counts"]["refused"] == {"http_503": 1}


def test_the_crawler_says_who_it_is(little_site: Make, gather: Gather) -> None:
    site = little_site({"/a": article()})
    gather([site], [f"{site.address}/a", "page"])
    for request in site.asked:
        assert request.headers["User-Agent"].startswith("Doorstep/")
        assert "(+https://doorstep.example/crawler)" in request.headers["User-Agent"]
        assert "Cookie" not in request.headers


def test_a_contact_can_not_break_the_header() -> None:
    assert "\n" not in user_agent("https://a.example\r\nX-Evil: 1")


@pytest.mark.parametrize(
    ("head", "headers"),
    [
        ('<meta name="robots" content="noindex">', {}), ('<META NAME="ROBOTS" CONTENT="NONE">', {}),
        ('<meta name="doorstep" content="noindex">', {}), ("", {"X-Robots-Tag": "noindex"}),
        ("", {"X-Robots-Tag": "otherbot: nofollow, doorstep: noindex"}),
    ],
)  # fmt: skip
def test_a_page_that_is_not_to_be_indexed_is_not_stored(
    little_site: Make, gather: Gather, database: Database, head: str, headers: dict[str, str]
) -> None:
    site = little_site({"/a": (200, headers, article(head=head))})
    [summary] = gather([site], [f"{site.address}/a", "page"])
    assert articles(database) == {}
    assert summary["counts"]["refused"] == {"noindex": 1}


def test_what_is_asked_of_other_robots_is_not_asked_of_us(
    little_site: Make, gather: Gather, database: Database
) -> None:
    page = article(head='<meta name="otherbot" content="noindex">')
    site = little_site({"/a": (200, {"X-Robots-Tag": "otherbot: noindex"}, page)})
    gather([site], [f"{site.address}/a", "page"])
    assert len(articles(database)) == 1


def test_links_that_are_not_to_be_followed_are_not(little_site: Make, gather: Gather) -> None:
    more = '<a rel="nofollow sponsored" href="/ad">广告</a>'
    site = little_site({
        "/": listing("/a", more=more), "/a": article(), "/ad": article(text="广告"),
        "/closed": listing("/b").replace("<head>", '<head><meta name="robots" content="nofollow">'),
        "/b": article(text="乙"),
    })  # fmt: skip
    gather([site], [site.address, "listing"], [f"{site.address}/closed", "listing"])
    assert not {"/ad", "/b"} & set(site.paths())


def test_retry_after_is_read_as_seconds_and_as_a_date() -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    later = format_datetime(now + timedelta(seconds=90), usegmt=True)
    for written, seconds in (
        ("120", 120),
        (later, 90),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("9" * 40, 999999999),
    ):
        assert retry_after(Response("http://a.example", headers={"Retry-After": written}), now) == seconds


def test_a_huge_robots_is_read_as_far_as_the_standard_asks() -> None:
    lines = b"User-agent: *\nDisallow: /early/\n" + b"Disallow: /never/here/\n" * 40000
    assert len(lines) > READ_AT_MOST_BYTES
    rules = rules_from(200, lines + b"Disallow: /late/\n")
    assert rules.refusal("http://a.example/early/x") == "robots"
    assert rules.refusal("http://a.example/other") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_robots_is_read_under_any_byte_order_mark(encoding: str) -> None:
    rules = rules_from(200, "User-agent: *\nDisallow: /early/\n".encode(encoding))
    assert rules.refusal("http://a.example/early/x") == "robots"


def test_a_web_page_in_the_place_of_robots_forbids_nothing() -> None:
    page = b"<html><head><title>User-agent: *</title></head><body><p>Disallow everything</p></body></html>"
    assert rules_from(200, page).refusal("http://a.example/a") is None


@pytest.mark.parametrize(("status", "refused"), [(200, False), (404, False), (403, False), (302, True), (500, True)])
def test_what_the_status_of_robots_means(status: int, refused: bool) -> None:
    assert (rules_from(status, b"").refusal("http://a.example/") is not None) is refused
