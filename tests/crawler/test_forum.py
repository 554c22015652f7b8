"""Kind `forum`: each post a record with its day, its writer told only by their part, what is quoted left out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import listing

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]
SAVED = Path(__file__).with_name("saved")
FIRST, SECOND = ((SAVED / name).read_text("utf-8") for name in ("forum.html", "forum_2.html"))


def forum(make: Make, **more: Any) -> LittleSite:
    """Return a forum with a board and a thread of two pages."""
    pages = {"/board": listing("/thread-5-1-1.html", "/help"), "/thread-5-1-1.html": FIRST,
             "/thread-5-2-1.html": SECOND}  # fmt: skip
    return make(pages | more)


def test_each_post_of_a_thread_is_a_record(little_site: Make, gather: Gather, database: Database) -> None:
    site = forum(little_site)
    [summary] = gather([site], [f"{site.address}/board", "forum"])
    found = {url.removeprefix(site.address): article for url, article in articles(database).items()}
    assert {address: article.published_on for address, article in found.items()} == {
        "/thread-5-1-1.html#post_101": date(2026, 11, 2), "/thread-5-1-1.html#post_102": date(2026, 11, 3),
        "/thread-5-2-1.html#post_104": date(2026, 11, 4),
    }  # fmt: skip
    assert {article.title for article in found.values()} == {"快圆钱包说人到我楼下了"}
    assert {article.form for article in found.values()} == {"post"}
    assert summary["counts"]["refused"] == {"deleted": 1}


def test_writers_are_told_by_their_part_and_quotes_are_left_out(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = forum(little_site)
    gather([site], [f"{site.address}/thread-5-1-1.html", "forum"])
    found = {url.rpartition("#")[2]: article for url, article in articles(database).items()}
    assert [found[name].author for name in ("post_101", "post_102", "post_104")] == ["楼主", "网友 2", "楼主"]
    assert found["post_102"].public_text == "@楼主 别怕，他们从来没有来过。"
    assert found["post_101"].public_text == "催收说已经到我家楼下，\n让我十分钟内转账。"
    assert all("小鱼儿" not in f"{a.public_text}{a.author}{a.title}" for a in found.values())


def test_the_lender_of_the_thread_stands_beside_each_post(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = forum(little_site)
    gather([site], [f"{site.address}/thread-5-1-1.html", "forum"])
    for article in articles(database).values():
        assert [mention.lender.slug for mention in article.lender_mentions] == ["kuaiyuan_wallet"]
        assert [mention.start for mention in article.lender_mentions] == [None]


def test_a_post_that_is_deleted_later_is_gone(little_site: Make, gather: Gather, database: Database) -> None:
    site = forum(little_site)
    source = [f"{site.address}/board", "forum"]
    gather([site], source)
    site.pages["/thread-5-2-1.html"] = SECOND.replace("谢谢大家，后来一直没有人来。", "此帖已被作者删除")
    [summary] = gather([site], source)
    found = {url.rpartition("#")[2]: article for url, article in articles(database).items()}
    assert (found["post_104"].status, found["post_104"].gone_reason) == ("gone", "deleted")
    assert found["post_101"].status == "indexed"
    assert summary["counts"]["stored"] == {"unchanged": 2}


def test_a_thread_given_as_json_is_read_too(little_site: Make, gather: Gather, database: Database) -> None:
    def page(number: int, *posts: str) -> tuple[int, dict[str, str], str]:
        rows = ", ".join(posts)
        return 200, {"Content-Type": "application/json"}, (
            f'{{"tid": 5, "subject": "快圆钱包催收", "page": {number}, "pages": 2, "posts": [{rows}]}}'
        )  # fmt: skip

    def post(number: int, text: str, deleted: str = "false") -> str:
        return (
            f'{{"pid": {number}, "author": "阿强", "created": "2026-11-0{number}T08:00:00+08:00", "deleted": {deleted},'
            f' "content": "{text}"}}'
        )

    site = little_site({
        "/api/thread/5": page(1, post(1, "催收一天打三十次电话。"), post(2, "", "true")),
        "/api/thread/5?page=2": page(2, post(3, "后来停了。")),
    })  # fmt: skip
    gather([site], [f"{site.address}/api/thread/5", "forum"])
    found = {url.removeprefix(site.address): article for url, article in articles(database).items()}
    assert {address: article.author for address, article in found.items()} == {
        "/api/thread/5#1": "楼主", "/api/thread/5?page=2#3": "楼主",
    }  # fmt: skip


@pytest.mark.parametrize("listed", [(3,), (3, 1, 2), (1, 3), (2,)])
@pytest.mark.parametrize("path", ["/thread-5-{}-1.html", "/t/5?page={}"])
def test_a_thread_that_a_board_names_by_a_later_page_is_read_from_its_first_one(
    little_site: Make, gather: Gather, database: Database, listed: tuple[int, ...], path: str
) -> None:
    def page(number: int) -> str:
        written = f'<div class="authi"><a href="space-uid-{number}.html">名{number}</a> 2026-11-03 08:00</div>'
        post = f'<div id="pid{100 + number}">{written}<div class="t_f">催收第{number}次说已经到了我家楼下。</div></div>'
        pager = "".join(f'<a href="{path.format(at)}">{at}</a>' for at in (1, 2, 3) if at != number)
        before = f'<a href="{path.format(number - 1)}">上一页</a>' if number > 1 else ""
        after = f'<a class="nxt" href="{path.format(number + 1)}">下一页</a>' if number < 3 else ""
        return f"<html><head><title>快圆钱包催收上门</title></head><body>{post}{pager}{before}{after}</body></html>"

    threads = {path.format(at): page(at) for at in (1, 2, 3)}
    site = little_site({"/board": listing(*(path.format(at) for at in listed)), **threads})
    gather([site], [f"{site.address}/board", "forum"])
    found = {article.canonical_url.rpartition("#")[2]: article.author for article in articles(database).values()}
    assert found == {"pid101": "楼主", "pid102": "网友 2", "pid103": "网友 3"}


def test_links_above_a_thread_that_lead_to_the_site_are_not_its_first_page(
    little_site: Make, gather: Gather, database: Database
) -> None:
    crumbs = '<a href="/">首页</a> <a href="/">«</a> <a href="/forum">1</a> <a href="/forum">&lt;</a>'
    path = "/forum/thread-5-1-1.html"
    site = little_site({path: FIRST.replace("<body>", f"<body>{crumbs}")})
    gather([site], [f"{site.address}{path}", "forum"])
    assert len(articles(database)) == 2
