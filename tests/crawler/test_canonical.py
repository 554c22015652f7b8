"""What a page names as its canonical address may be wrong in many ways; no article is lost by that."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, listing, sitemap

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]
PATHS = ("/1", "/2", "/3")
LIST = listing(*PATHS)


def numbered(number: int, named: str) -> str:
    """Return an article of its own that names an address as the canonical one."""
    text = f"第{number}位借款人在第{number}天讲述了另一件事，编号{number * 7919}，保存了{number}段录音。" * 3
    return article(text=text, head=f'<link rel="canonical" href="{named}">')


def stored_paths(site: LittleSite, database: Database) -> set[str]:
    return {url.removeprefix(site.address) for url in articles(database)}


@pytest.mark.parametrize(
    "named",
    [LIST, (404, {}, ""), (500, {}, ""), (302, {"Location": "/"}, ""), "<title>催收</title>", b"\x89PNG\x00\x00"],
    ids=["a list", "missing", "broken", "the front page", "empty", "a picture"],
)  # fmt: skip
def test_pages_that_name_one_address_without_an_article_are_all_taken(
    little_site: Make, gather: Gather, database: Database, named: Any
) -> None:
    pages = {path: numbered(number, "/news/") for number, path in enumerate(PATHS)}
    site = little_site({"/s.xml": sitemap(*PATHS), **pages, "/news/": named, "/": LIST})
    [summary] = gather([site], [f"{site.address}/s.xml", "sitemap"])
    assert stored_paths(site, database) == set(PATHS)
    assert summary["counts"]["found"] == len(PATHS)
    [again] = gather([site], [f"{site.address}/s.xml", "sitemap"])
    assert again["counts"]["stored"] == {"unchanged": len(PATHS)}


def test_an_original_that_is_the_list_itself_keeps_nothing_back(
    little_site: Make, gather: Gather, database: Database
) -> None:
    pages = {path: numbered(number, "/news/") for number, path in enumerate(PATHS)}
    site = little_site({"/news/": LIST, **pages})
    gather([site], [f"{site.address}/news/", "listing"])
    assert stored_paths(site, database) == set(PATHS)


def test_an_original_that_leads_back_to_the_page_is_the_page(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/a/": numbered(1, "/a"), "/a": (301, {"Location": "/a/"}, "")})
    for outcome in ("new", "unchanged"):
        [summary] = gather([site], [f"{site.address}/a/", "page"])
        assert (summary["outcome"], summary["counts"]["stored"]) == ("finished", {outcome: 1})
    assert stored_paths(site, database) == {"/a/"}


def test_an_original_in_another_spelling_of_its_address_is_the_page(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/s.xml": sitemap("/%e5%82%ac%2D1"), "/%E5%82%AC-1": numbered(1, "/%E5%82%ac-%31")})
    gather([site], [f"{site.address}/s.xml", "sitemap"])
    assert stored_paths(site, database) == {"/%E5%82%AC-1"}
    assert len(site.asked) == 3


def test_an_original_with_many_copies_is_stored_once_and_they_are_not(
    little_site: Make, gather: Gather, database: Database
) -> None:
    copies = {f"/copy/{number}": numbered(0, "/0") for number in range(12)}
    site = little_site({"/s.xml": sitemap(*copies), "/0": numbered(0, "/0"), **copies})
    [summary] = gather([site], [f"{site.address}/s.xml", "sitemap"])
    assert stored_paths(site, database) == {"/0"}
    assert (summary["counts"]["copy"], summary["counts"]["stored"]["new"]) == (12, 1)


def test_copies_of_a_page_that_is_not_to_be_indexed_are_not_taken_in_its_place(
    little_site: Make, gather: Gather, database: Database
) -> None:
    hidden = article(head='<meta name="robots" content="noindex">')
    site = little_site({"/s.xml": sitemap("/1", "/2"), "/0": hidden, "/1": numbered(1, "/0"), "/2": numbered(2, "/0")})
    gather([site], [f"{site.address}/s.xml", "sitemap"])
    assert stored_paths(site, database) == set()
