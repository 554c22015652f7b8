"""What a page names as its canonical address may be wrong in many ways; no article is lost by that."""

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from domain.models import Source
from domain.settings import Settings
from domain.store import Database
from tests.crawler.crawling import CrawlProcess, articles
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


def with_etag(body: str) -> Callable[[LittleSite], Any]:
    """Return a page that is sent to those only who have not got it."""
    return lambda site: (304, {}, "") if "If-None-Match" in site.asked[-1].headers else (200, {"ETag": '"1"'}, body)


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


def test_an_original_with_many_copies_is_asked_for_and_stored_once_and_they_are_not(
    little_site: Make, gather: Gather, database: Database
) -> None:
    copies = {f"/copy/{number}": numbered(0, "/0") for number in range(12)}
    site = little_site({"/s.xml": sitemap(*copies), "/0": numbered(0, "/0"), **copies})
    [summary] = gather([site], [f"{site.address}/s.xml", "sitemap"])
    assert stored_paths(site, database) == {"/0"}
    assert (summary["counts"]["copy"], summary["counts"]["stored"]) == (12, {"new": 1})
    assert site.paths().count("/0") == 1


def test_copies_of_a_page_that_is_not_to_be_indexed_are_not_taken_in_its_place(
    little_site: Make, gather: Gather, database: Database
) -> None:
    hidden = article(head='<meta name="robots" content="noindex">')
    site = little_site({"/s.xml": sitemap("/1", "/2"), "/0": hidden, "/1": numbered(1, "/0"), "/2": numbered(2, "/0")})
    gather([site], [f"{site.address}/s.xml", "sitemap"])
    assert stored_paths(site, database) == set()


def test_a_copy_waits_for_an_original_that_is_listed_and_is_taken_where_that_has_no_article(
    little_site: Make, gather: Gather, database: Database
) -> None:
    copy_asked = threading.Event()

    def copy(site: LittleSite) -> str:
        copy_asked.set()
        return numbered(1, "/0")

    def missing(site: LittleSite) -> Any:
        assert copy_asked.wait(60)
        return 404, {}, ""

    pages = {f"/{number}": numbered(number, f"/{number}") for number in range(2, 30)}
    # The last that is listed is asked for first, the original after all others.
    site = little_site({"/s.xml": sitemap("/0", *pages, "/1"), "/1": copy, "/0": missing, **pages})
    gather([site], [f"{site.address}/s.xml", "sitemap"])
    assert stored_paths(site, database) == {"/1", *pages}
    assert site.paths().count("/0") == 1


def test_a_list_of_copies_only_finds_their_originals_in_each_run(
    little_site: Make, gather: Gather, database: Database
) -> None:
    addresses = [f"{path}?from=rss" for path in PATHS]
    pages = {path: with_etag(numbered(number, path)) for number, path in enumerate(PATHS)}
    copies = {f"{path}?from=rss": page for path, page in pages.items()}
    site = little_site({"/s.xml": sitemap(*addresses), **pages, **copies})
    found = [gather([site], [f"{site.address}/s.xml", "sitemap"])[0]["counts"]["found"] for _ in range(3)]
    assert found == [len(PATHS)] * 3
    site.pages[PATHS[0]] = numbered(7, PATHS[0])
    gather([site], [f"{site.address}/s.xml", "sitemap"])
    assert "第7位借款人" in articles(database)[site.address + PATHS[0]].public_text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_an_original_is_taken_though_the_run_breaks_off_while_it_is_asked_for(
    crawl_process: CrawlProcess, little_site: Make, gather: Gather, database: Database, settings: Settings, number: int
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def original(site: LittleSite) -> str:
        asked.set()
        assert go_on.wait(120)
        return numbered(0, "/0")

    site = little_site({"/s.xml": sitemap("/copy"), "/copy": with_etag(numbered(0, "/0")), "/0": original})
    begun = crawl_process.start(settings.data_dir, [site.origin], [[f"{site.address}/s.xml", "sitemap"]])
    assert asked.wait(120)
    os.kill(begun.number, number)
    begun.wait()
    go_on.set()
    with database.writing() as session:  # as after the minutes that a lease of one that was killed lasts
        session.execute(update(Source).values(leased_until=None))
    gather([site], [f"{site.address}/s.xml", "sitemap"])
    assert stored_paths(site, database) == {"/0"}
