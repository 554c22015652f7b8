"""A source that is longer than what a run may take is read to its end run by run, and then from its beginning again."""

import json
from collections.abc import Callable
from typing import Any

from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, listing, sitemap
from tests.crawler.test_budget import a_day_passes

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]
PATHS = [f"/{number}" for number in range(7)]
STORIES = {
    path: article(text=f"第{path[1:]}位借款人说，催收员已经到了小区门口。", title=f"来信{path}") for path in PATHS
}
JSON = {"Content-Type": "application/json"}


def taken(site: LittleSite, begin: int) -> set[str]:
    """Return the articles that were asked for since so many requests."""
    return {path for path in site.paths()[begin:] if path in PATHS}


def test_what_a_run_had_no_place_for_the_next_ones_take_and_then_it_begins_anew(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/s.xml": sitemap(*PATHS), **STORIES})
    source = [f"{site.address}/s.xml", "sitemap", {"max_pages": 3}]
    parts = []
    for _ in range(4):
        begin = len(site.asked)
        [summary] = gather([site], source)
        parts.append(taken(site, begin))
        assert (summary["outcome"], summary["warning"]) == ("finished", "")
    first, second, third, fourth = parts
    assert (len(first), len(second), len(third)) == (3, 3, 1)
    assert first | second | third == set(PATHS)
    assert fourth == first
    assert len(articles(database)) == len(PATHS)


def test_a_story_that_is_new_at_the_head_of_the_list_is_taken_before_the_rest_of_it(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/s.xml": sitemap(*PATHS[1:]), **STORIES})
    source = [f"{site.address}/s.xml", "sitemap", {"max_pages": 3}]
    gather([site], source)
    site.pages["/s.xml"] = sitemap(*PATHS)
    begin = len(site.asked)
    gather([site], source)
    assert PATHS[0] in taken(site, begin)
    assert len(articles(database)) == 6


def test_lists_beyond_the_number_that_a_run_may_read_are_read_by_the_next_ones(
    little_site: Make, gather: Gather, database: Database
) -> None:
    pages = {
        f"/list/{at}.html": listing(PATHS[at], more=f'<a href="/list/{at + 1}.html">下一页</a>' if at < 6 else "")
        for at in range(7)
    }
    site = little_site({**pages, **STORIES})
    source = [f"{site.address}/list/0.html", "listing", {"max_lists": 3}]
    for number in (3, 5, 7):
        [summary] = gather([site], source)
        assert len(articles(database)) == number
    assert "too_many_lists" not in summary["counts"].get("refused", {})
    begin = len(site.asked)
    gather([site], source)
    assert [path for path in site.paths()[begin:] if path in pages] == list(pages)[:3]


def test_answers_of_an_api_beyond_the_number_that_a_run_may_read_are_read_by_the_next_ones(
    little_site: Make, gather: Gather, database: Database
) -> None:
    def answer(at: int) -> Any:
        rows = [{"id": 10 + at, "content": f"快圆钱包的催收员第{at}次打来电话，说已经到了小区门口。"}]
        return 200, JSON, json.dumps({"items": rows, "next": f"/api?cursor=c{at + 1}" if at < 6 else None})

    site = little_site({"/api": answer(0), **{f"/api?cursor=c{at}": answer(at) for at in range(1, 7)}})
    source = [f"{site.address}/api", "json", {"max_lists": 3}]
    for number in (3, 5, 7):
        gather([site], source)
        assert len(articles(database)) == number


def test_threads_beyond_the_number_of_lists_are_read_by_the_next_run_and_a_thread_to_its_end(
    little_site: Make, gather: Gather, database: Database
) -> None:
    def thread(at: int, page: int) -> str:
        written = f'<div class="authi"><a href="space-uid-{at}.html">名{at}</a> 2026-11-03 08:00</div>'
        said = f"<div class='post-content'>快圆钱包催收第{at}{page}次说已经到了楼下。</div>"
        post = f'<div class="post-item" id="post_{100 * at + page}">{written}{said}</div>'
        more = f'<a class="nxt" href="/thread-{at}-{page + 1}-1.html">下一页</a>' if page < 3 else ""
        return f"<html><head><title>快圆钱包催收上门{at}</title></head><body>{post}{more}</body></html>"

    pages = {f"/thread-{at}-{page}-1.html": thread(at, page) for at in range(4) for page in (1, 2, 3)}
    site = little_site({"/board": listing(*(f"/thread-{at}-1-1.html" for at in range(4))), **pages})
    source = [f"{site.address}/board", "forum", {"max_lists": 3}]
    gather([site], source)
    assert len(articles(database)) == 6  # two threads of three pages
    gather([site], source)
    assert len(articles(database)) == 12


def test_a_trial_of_a_few_items_leaves_nothing_to_go_on_with(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/s.xml": sitemap(*PATHS), **STORIES})
    source = [f"{site.address}/s.xml", "sitemap"]
    gather([site], source, given={"limit": 2})
    [summary] = gather([site], source)
    assert "visited_before" not in summary["counts"]
    assert len(articles(database)) == len(PATHS)


def test_after_two_weeks_of_parts_a_run_begins_anew_and_the_next_goes_on_where_they_were(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/s.xml": sitemap(*PATHS), **STORIES})
    source = [f"{site.address}/s.xml", "sitemap", {"max_pages": 2}]
    gather([site], source)
    gather([site], source)
    a_day_passes(database, 24 * 15)
    gather([site], source)
    assert len(articles(database)) == 4  # what it asked for was there already
    gather([site], source)
    gather([site], source)
    assert len(articles(database)) == len(PATHS)
