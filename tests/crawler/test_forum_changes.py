"""A thread that goes on between two runs: posts edited, taken away, put into another order, moved to another page."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.store import Database
from domain.store.gathering.article_history import versions_of
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import listing

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]
SAID = {
    101: "催收说已经到我家楼下，让我十分钟内转账，不然就上楼敲门。", 102: "别怕，他们从来没有来过，先把通话录音存好。",
    103: "我去年也接到过一样的电话，说要找村委会。", 104: "投诉以后第二天就不打了，大家可以试试。",
    105: "今天又打来，自称是快圆钱包的外访员。",
}  # fmt: skip


def post(number: int, text: str = "") -> str:
    return (
        f'<div class="post-item" id="post_{number}"><div class="authi"><a href="space-uid-{number}.html">名{number}</a>'
        f" <em>发表于 2026-11-03 08:00</em></div><div class='post-text'><div class='post-content'>"
        f"{text or SAID[number]}</div></div></div>"
    )


def thread(*posts: str, following: str = "") -> str:
    more = f'<a class="nxt" href="{following}">下一页</a>' if following else ""
    return (
        "<html><head><meta charset='utf-8'><title>快圆钱包催收上门 - 上岸论坛</title></head><body>"
        f"<h1>快圆钱包催收上门</h1>{''.join(posts)}{more}</body></html>"
    )


def stored(database: Database) -> dict[str, tuple[str, str]]:
    """Return what is stored: for each text its anchor, and what became of it."""
    return {a.public_text: (a.canonical_url.rpartition("#")[2], a.status) for a in articles(database).values()}


def test_an_edited_post_is_a_new_version_and_the_others_stay(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/thread-5-1-1.html": thread(*map(post, (101, 102, 103)))})
    source = [f"{site.address}/thread-5-1-1.html", "forum"]
    gather([site], source)
    site.pages["/thread-5-1-1.html"] = thread(post(101), post(102, "更正：他们来过一次，没有上楼。"), post(103))
    [summary] = gather([site], source)
    assert summary["counts"]["stored"] == {"changed": 1, "unchanged": 2}
    [edited] = [found for url, found in articles(database).items() if url.endswith("#post_102")]
    assert edited.public_text == "更正：他们来过一次，没有上楼。"
    assert len(versions_of(database, edited.id)) == 2


def test_a_post_that_is_taken_away_without_a_word_is_gone_and_may_come_back(
    little_site: Make, gather: Gather, database: Database
) -> None:
    whole = thread(*map(post, (101, 102, 103)))
    site = little_site({"/thread-5-1-1.html": whole})
    source = [f"{site.address}/thread-5-1-1.html", "forum"]
    gather([site], source)
    site.pages["/thread-5-1-1.html"] = thread(post(101), post(103))
    gather([site], source)
    assert dict(stored(database).values()) == {
        "post_101": "indexed", "post_102": "gone", "post_103": "indexed",
    }  # fmt: skip
    site.pages["/thread-5-1-1.html"] = whole
    gather([site], source)
    assert {status for _, status in stored(database).values()} == {"indexed"}


def test_posts_in_another_order_are_the_posts_that_they_were(
    little_site: Make, gather: Gather, database: Database
) -> None:
    numbers = (101, 102, 103, 104)
    site = little_site({"/thread-5-1-1.html": thread(*(post(number) for number in numbers))})
    source = [f"{site.address}/thread-5-1-1.html", "forum"]
    gather([site], source)
    before = {article.id: article.public_text for article in articles(database).values()}
    site.pages["/thread-5-1-1.html"] = thread(*(post(number) for number in reversed(numbers)))
    [summary] = gather([site], source)
    assert summary["counts"]["stored"] == {"unchanged": 4}
    site.pages["/thread-5-1-1.html"] = thread(*(post(number) for number in (105, *numbers[1:])))
    gather([site], source)
    after = {article.id: article.public_text for article in articles(database).values()}
    assert before.items() <= after.items()
    assert {text: status for text, (_, status) in stored(database).items()} == {
        SAID[101]: "gone", SAID[102]: "indexed", SAID[103]: "indexed", SAID[104]: "indexed", SAID[105]: "indexed",
    }  # fmt: skip


def test_a_thread_that_grows_by_a_page_gives_its_new_posts_and_no_others(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/thread-5-1-1.html": thread(post(101), post(102))})
    source = [f"{site.address}/thread-5-1-1.html", "forum"]
    gather([site], source)
    site.pages["/thread-5-1-1.html"] = thread(post(101), post(102), following="/thread-5-2-1.html")
    site.pages["/thread-5-2-1.html"] = thread(post(103), post(104))
    [summary] = gather([site], source)
    assert summary["counts"]["stored"] == {"unchanged": 2, "new": 2}
    assert {status for _, status in stored(database).values()} == {"indexed"}


def test_a_post_that_moves_to_another_page_of_its_thread_is_there_once(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({
        "/thread-5-1-1.html": thread(post(104), post(103), following="/thread-5-2-1.html"),
        "/thread-5-2-1.html": thread(post(102), post(101)),
    })  # fmt: skip
    source = [f"{site.address}/thread-5-1-1.html", "forum"]
    gather([site], source)
    site.pages["/thread-5-1-1.html"] = thread(post(105), post(104), following="/thread-5-2-1.html")
    site.pages["/thread-5-2-1.html"] = thread(post(103), post(102), following="/thread-5-3-1.html")
    site.pages["/thread-5-3-1.html"] = thread(post(101))
    gather([site], source)
    found = list(articles(database).values())
    assert sorted(article.public_text for article in found) == sorted(SAID.values())
    assert {(article.status, article.version) for article in found} == {("indexed", 1)}


def test_of_posts_without_numbers_the_one_that_is_deleted_is_gone_and_the_others_are_themselves(
    little_site: Make, gather: Gather, database: Database
) -> None:
    def bare(*numbers: int) -> str:
        return thread(*(post(number).replace(f' id="post_{number}"', "") for number in numbers))

    site = little_site({"/thread-5-1-1.html": bare(101, 102, 103, 104)})
    source = [f"{site.address}/thread-5-1-1.html", "forum"]
    gather([site], source)
    before = {article.id: article.public_text for article in articles(database).values()}
    site.pages["/thread-5-1-1.html"] = bare(102, 103, 104, 105)
    [summary] = gather([site], source)
    assert summary["counts"]["stored"] == {"unchanged": 3, "new": 1}
    assert before.items() <= {article.id: article.public_text for article in articles(database).values()}.items()
    assert {text: status for text, (_, status) in stored(database).items()} == {
        SAID[101]: "gone", SAID[102]: "indexed", SAID[103]: "indexed", SAID[104]: "indexed", SAID[105]: "indexed",
    }  # fmt: skip


def test_with_its_first_page_a_thread_takes_its_posts_along(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({
        "/board": listing("/thread-5-1-1.html", "/thread-6-1-1.html"), "/thread-6-1-1.html": thread(post(105)),
        "/thread-5-1-1.html": thread(post(101), post(102), following="/thread-5-2-1.html"),
        "/thread-5-2-1.html": thread(post(103)),
    })  # fmt: skip
    source = [f"{site.address}/board", "forum"]
    gather([site], source)
    site.pages |= {"/board": listing("/thread-6-1-1.html"), "/thread-5-1-1.html": (404, {}, "帖子不存在")}
    [summary] = gather([site], source)
    assert summary["counts"]["gone"] == 3
    assert {text: status for text, (_, status) in stored(database).items() if status == "indexed"} == {
        SAID[105]: "indexed"
    }


@pytest.mark.parametrize(
    "quoted",
    [
        "<blockquote>{0}</blockquote>", "<div class='quote'><div class='quote'>{0}</div>{0}</div>",
        "<blockquote><blockquote>{0}</blockquote><p>再说一遍：{0}</p></blockquote>", "[quote]{0}[/quote]",
        "[quote=名101]<br>[quote]{0}[/quote] 是吗<br>[/quote]<br>", "<aside class='quote'><p>名101</p>{0}</aside>",
        "<div class='bbcode_quote'><p>Originally Posted by 名101</p>{0}</div>",
        "<div class='bbCodeBlock bbCodeBlock--quote'>名101 said: {0}</div>", "<q class='quote-box'>{0}</q>",
    ],
)  # fmt: skip
def test_what_a_post_quotes_of_another_is_not_its_own(
    little_site: Make, gather: Gather, database: Database, quoted: str
) -> None:
    own = "我这里也是，没有一次是真的来。"
    pages = {"/thread-5-1-1.html": thread(post(101), post(102, quoted.format(SAID[101]) + own))}
    site = little_site(pages)
    gather([site], [f"{site.address}/thread-5-1-1.html", "forum"])
    assert set(stored(database)) == {SAID[101], own}
