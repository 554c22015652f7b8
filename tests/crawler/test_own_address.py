"""A source whose own address could not be read, and one that has more lists than a run may read: staff see both."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, listing, sitemap

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]
ERROR = "<!DOCTYPE html><html><head><title>502</title></head><body><h1>502 Bad Gateway</h1></body></html>"
UNREAD = [
    ("sitemap", "/s.xml", ERROR, "not_a_feed"),
    ("sitemap", "/s.xml", "no XML, a sentence of a proxy", "malformed_xml"),
    ("sitemap", "/s.xml", '<!DOCTYPE a [<!ENTITY b "c">]><urlset><url><loc>&b;</loc></url></urlset>', "xml_entities"),
    ("sitemap", "/robots.txt", "User-agent: *\nAllow: /\n", "not_a_feed"),
    ("forum", "/board", ERROR, ""),
    ("forum", "/board", b"\x00\x01\x02" * 500, "binary"),
    ("listing", "/list", b"\x00\x01\x02" * 500, "binary"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "path", "page", "reason"), UNREAD, ids=[f"{k}-{r}" for k, _, _, r in UNREAD])
def test_a_source_whose_own_address_can_not_be_read_is_flagged(
    little_site: Make, gather: Gather, kind: str, path: str, page: Any, reason: str
) -> None:
    site = little_site({path: page})
    [summary] = gather([site], [site.address + path, kind])
    assert (summary["outcome"], summary["warning"]) == ("finished", "unreadable")
    assert summary["counts"]["source_unread"] == 1
    assert summary["counts"].get("refused", {}) == ({reason: 1} if reason else {})


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("sitemap", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'),
        ("sitemap", sitemap("/a")), ("forum", listing("/thread-5-1-1.html")), ("listing", listing()),
        ("forum", '<meta name="robots" content="nofollow"><a href="/thread-5-1-1.html">催收</a>'),
    ],
)  # fmt: skip
def test_a_source_that_has_nothing_or_names_what_can_not_be_read_is_only_said_to_have_found_nothing_yet(
    little_site: Make, gather: Gather, kind: str, page: str
) -> None:
    site = little_site({"/own": page, "/a": b"\x00\x01" * 500, "/thread-5-1-1.html": b"\x00\x01" * 500})
    [summary] = gather([site], [f"{site.address}/own", kind])
    assert (summary["outcome"], summary["warning"]) == ("finished", "found_nothing_yet")
    assert "source_unread" not in summary["counts"]


def test_a_listing_that_is_an_error_page_with_200_says_in_its_first_run_that_it_found_nothing(
    little_site: Make, gather: Gather
) -> None:
    site = little_site({"/list": ERROR.replace("</h1>", '</h1><a href="/">首页</a>')})
    [summary] = gather([site], [f"{site.address}/list", "listing"])
    assert (summary["outcome"], summary["warning"]) == ("finished", "found_nothing_yet")


def test_a_source_whose_own_address_can_not_be_read_is_not_looked_after(little_site: Make, gather: Gather) -> None:
    site = little_site({"/s.xml": sitemap("/a", "/b"), "/a": article(), "/b": article(text="云岭银行回应。" * 30)})
    source = [f"{site.address}/s.xml", "sitemap"]
    gather([site], source)
    site.asked.clear()
    site.pages["/s.xml"] = ERROR
    [summary] = gather([site], source)
    assert summary["warning"] == "unreadable"
    assert [path for path in site.paths() if path != "/robots.txt"] == ["/s.xml"]
    site.asked.clear()
    site.pages["/s.xml"] = sitemap("/b")
    gather([site], source)
    assert "/a" in site.paths()


def rows(number: int) -> tuple[int, dict[str, str], str]:
    """Return one answer of an API that leads on to the next."""
    text = f"晨星消费金融的催收员第{number}次打来电话。"
    body = f'{{"data": [{{"id": {number}, "text": "{text}"}}], "next": "/api?page={number + 1}"}}'
    return (200, {"Content-Type": "application/json"}, body)


def test_lists_beyond_the_most_of_a_run_are_counted_by_name_each_once(little_site: Make, gather: Gather) -> None:
    further = "".join(f'<a href="/list/{number}.html">{number}</a>' for number in range(1, 6))
    lists = {f"/list/{number}.html": listing(f"/a{number}", more=further) for number in range(1, 6)}
    threads = [f"/thread-{number}-1-1.html" for number in range(1, 6)]
    site = little_site({
        **lists, **{f"/a{number}": article() for number in range(1, 6)}, "/board": listing(*threads),
        **{f"/api?page={number}": rows(number) for number in range(1, 6)},
    })  # fmt: skip
    most = {"max_lists": 2}
    listed, board, api = gather(
        [site],
        [f"{site.address}/list/1.html", "listing", most],
        [f"{site.address}/board", "forum", most],
        [f"{site.address}/api?page=1", "json", most],
    )
    assert [path for path in site.paths() if path.startswith("/list/")] == ["/list/1.html", "/list/2.html"]
    assert listed["counts"]["refused"]["too_many_lists"] == 3
    assert board["counts"]["refused"]["too_many_lists"] == 4
    assert api["counts"]["refused"]["too_many_lists"] == 1
