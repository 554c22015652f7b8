"""What a site may say that is not so, in answers that are well formed: each costs one refusal, or nothing at all."""

import contextlib
import gzip
import itertools
import json
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace
from typing import Any

import brotli
import pytest
from scrapy.exceptions import DropItem

from crawler.items import Capture, GatheredArticle
from crawler.pipelines.reading import SECONDS_FOR_A_PAGE, Read, ReadingPipeline
from crawler.runs.counts import Counts
from domain.store import Database
from tests.crawler.crawling import articles, awaited
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, listing, sitemap

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]

PAGE = article().encode()
JSON = {"Content-Type": "application/json"}


def raw_deflate(data: bytes) -> bytes:
    """Return what servers send that took `deflate` at its word: no header, no sum."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def under(charset: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
    """Return an answer that says that it has this encoding."""
    return 200, {"Content-Type": f"text/html; charset={charset}"}, body


def headed(text: str) -> str:
    """Return a page with this in its head."""
    return article(head=text)


def named(address: str) -> str:
    """Return a page that names this as its canonical address."""
    return headed(f'<link rel="canonical" href="{address}">')


DEEP = "[" * 100_000 + "]" * 100_000
TAKEN: dict[str, Any] = {
    "/cookies": (200, {"Set-Cookie": "a=" + "x" * 15_000}, PAGE),
    "/gzip-twice": (200, {"Content-Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(PAGE))),
    "/deflate": (200, {"Content-Encoding": "deflate"}, zlib.compress(PAGE)),
    "/deflate-raw": (200, {"Content-Encoding": "deflate"}, raw_deflate(PAGE)),
    "/brotli": (200, {"Content-Encoding": "br"}, brotli.compress(PAGE)),
    "/packed-in-name-only": (200, {"Content-Encoding": "x-none"}, PAGE),
    "/utf-8-mark-under-gb2312": under("gb2312", b"\xef\xbb\xbf" + PAGE),
    "/utf-16-mark-under-utf-8": under("utf-8", article().encode("utf-16")),
    "/utf-7": under("utf-7", article(head='<meta charset="utf-7">', more="<p>+ADw-script+AD4-</p>").encode()),
    "/base-elsewhere": headed('<base href="https://other.example/x/"><link rel="canonical" href="/y">'),
    "/canonical-elsewhere": named("https://other.example/y"),
    "/canonical-inside": named("http://169.254.169.254/latest/"),
    "/canonical-with-session": named("/canonical-with-session?sid=abc"),
    "/other-language": headed('<link rel="alternate" hreflang="en" href="/other-language-2">'),
    "/other-language-2": headed('<link rel="alternate" hreflang="zh" href="/other-language">'),
    "/refresh-as-a-header": (200, {"Refresh": "0; url=http://127.0.0.1:1/"}, PAGE),
    "/entities": '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + article(text="&a;"),
    "/deep-data": headed(f'<script type="application/ld+json">{DEEP}</script>'),
    "/no-day": headed('<meta property="article:published_time" content="9999-99-99"><meta name="date" content="0">'),
    "/no-characters": article(text="&#0;&#xD83D;\ufffe", title="催收&#0;上门&#xD800;"),
    "/download": (200, {"Content-Disposition": "attachment; filename=a.exe"}, PAGE),
    "/story-1": headed('<link rel="next" href="/story-2">'),
}  # fmt: skip
REFUSED: dict[str, tuple[Any, str]] = {
    "/unchanged-since-never": ((304, {}, ""), "http_304"),
    "/a-part": ((206, {"Content-Range": "bytes 0-10/99999"}, PAGE), "cut_off"),
    "/nothing": ((204, {}, ""), "empty"),
    "/packed-once-too-often": ((200, {"Content-Encoding": "gzip"}, gzip.compress(gzip.compress(PAGE))), "binary"),
    "/no-status": ((999, {}, PAGE), "http_999"),
    "/nowhere": ((302, {}, ""), "redirect"),
    "/frames": ('<title>催收</title><frameset><frame src="http://127.0.0.1:1/"></frameset>', "not_an_article"),
}


def test_what_is_odd_is_taken_and_what_is_none_is_refused_with_its_reason(
    little_site: Make, gather: Gather, database: Database
) -> None:
    refused = {path: answer for path, (answer, _) in REFUSED.items()}
    site = little_site({"/s.xml": sitemap(*TAKEN, *refused), "/story-2": named("/story-1"), **TAKEN, **refused})
    [summary] = gather([site], [f"{site.address}/s.xml", "sitemap"])
    reasons = [reason for _, reason in REFUSED.values()]
    assert summary["counts"]["refused"] == {reason: reasons.count(reason) for reason in reasons}
    stored = articles(database)
    assert {url.removeprefix(site.address) for url in stored} == set(TAKEN)
    for article_ in stored.values():
        assert "六次自称已到家门口" in article_.public_text
        assert "<script>" not in article_.public_text
        assert article_.published_on is None
    assert all("Cookie" not in request.headers for request in site.asked)


def test_pages_that_name_each_other_as_the_original_are_stored_once(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/s.xml": sitemap("/a", "/b"), "/a": named("/b"), "/b": named("/a")})
    gather([site], [f"{site.address}/s.xml", "sitemap"])
    assert len(articles(database)) == 1


def test_a_list_that_says_it_is_unchanged_before_it_was_ever_sent_is_unreachable(
    little_site: Make, gather: Gather, database: Database
) -> None:
    answers = iter([(304, {}, ""), (304, {}, ""), listing("/a")])
    site = little_site({"/": lambda site: next(answers), "/a": article()})
    for _ in range(2):
        [summary] = gather([site], [site.address, "listing"])
        assert (summary["outcome"], summary["counts"]["refused"]) == ("unreachable", {"http_304": 1})
    gather([site], [site.address, "listing"])
    assert len(articles(database)) == 1


def test_a_page_that_changes_in_secret_is_read_when_it_is_asked_for_afresh(
    little_site: Make, gather: Gather, database: Database
) -> None:
    def page(site: LittleSite) -> Any:
        """Say that nothing has changed, whatever has."""
        return (304, {}, "") if "If-None-Match" in site.asked[-1].headers else (200, {"ETag": '"1"'}, site.pages["/t"])

    site = little_site({"/a": page, "/t": article()})
    source = [f"{site.address}/a", "page"]
    gather([site], source)
    site.pages["/t"] = article(text="催收员第二天又来了一次，仍然没有出示任何证件。")
    gather([site], source)
    [before] = articles(database).values()
    gather([site], source, given={"afresh": True})
    [after] = articles(database).values()
    assert (before.version, after.version) == (1, 2)


def test_a_busy_site_is_asked_again_at_the_instant_that_it_names(
    little_site: Make, gather: Gather, database: Database
) -> None:
    asked: list[datetime] = []
    free = datetime.now(UTC) + timedelta(minutes=1)

    def busy(site: LittleSite) -> Any:
        nonlocal free
        asked.append(datetime.now(UTC))
        if len(asked) > 1:
            return article()
        free = (asked[0] + timedelta(seconds=3)).replace(microsecond=0)
        return 503, {"Retry-After": format_datetime(free, usegmt=True)}, ""

    site = little_site({"/a": busy})
    [summary] = gather([site], [f"{site.address}/a", "page"])
    assert (len(asked), summary["counts"]["asked_again"]) == (2, 1)
    assert asked[1] >= free
    assert len(articles(database)) == 1


@pytest.mark.parametrize("answers", [1, 3])
def test_an_api_that_leads_on_and_on_to_the_same_entries_ends(
    little_site: Make, gather: Gather, database: Database, answers: int
) -> None:
    numbers = itertools.cycle(range(answers))

    class Endless(dict[str, Any]):
        def get(self, path: str, default: Any = None) -> Any:
            if not path.startswith("/api"):
                return super().get(path, default)
            entry = {
                "id": 7,
                "title": "被催收",
                "content": f"快圆钱包的催收员第{next(numbers)}次说已经到了小区门口。",
                "date": "2026-11-05",
            }
            return 200, JSON, json.dumps({"items": [entry], "next": f"/api?cursor={time.time_ns()}"})

    site = little_site(Endless())
    [summary] = gather([site], [f"{site.address}/api", "json"])
    assert summary["outcome"] == "finished"
    assert summary["counts"]["refused"] == {"repeats": 1}
    assert len(site.asked) == 2 + answers  # robots.txt, the answers, and the one that shows that it goes nowhere


def test_a_sitemap_of_thousands_of_pages_is_gone_through_as_far_as_the_source_may(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/s.xml": sitemap(*(f"/{number}" for number in range(9_000))), "/0": article()})
    [summary] = gather([site], [f"{site.address}/s.xml", "sitemap", {"max_pages": 3}])
    assert (summary["outcome"], summary["counts"]["listed"]) == ("finished", 9_000)
    assert len(site.asked) == 5
    assert len(articles(database)) == 1


def test_links_are_told_from_the_base_that_a_page_names(little_site: Make, gather: Gather, database: Database) -> None:
    base = '<base href="/news/">'
    lists = listing("a.html", "b.html").replace("<head>", f"<head>{base}")
    site = little_site({
        "/": lists, "/news/a.html": headed(f'{base}<link rel="canonical" href="c.html">'), "/news/c.html": article(),
        "/news/b.html": article(head=base, more='<a href="b_2.html">下一页</a>'),
        "/news/b_2.html": article(head=base, text="第二页说，催收员又来了一次。", more='<a href="b.html">上一页</a>'),
    })  # fmt: skip
    gather([site], [site.address, "listing"])
    found = {url.removeprefix(site.address): stored for url, stored in articles(database).items()}
    assert sorted(found) == ["/news/b.html", "/news/c.html"]
    assert "第二页说" in found["/news/b.html"].public_text


def test_articles_that_differ_by_their_query_alone_are_articles(
    little_site: Make, gather: Gather, database: Database
) -> None:
    front = '<link rel="canonical" href="/">'
    pages = {
        f"/?p={number}": article(head=front, text=f"第{number}位借款人说了另一件事，{number * 7919}。" * 4)
        for number in (1, 2)
    }
    site = little_site({"/": listing("/?p=1", "?p=2", "/"), **pages})
    gather([site], [f"{site.address}/", "listing"])
    assert {url.removeprefix(site.address) for url in articles(database)} == set(pages)


def test_a_feed_that_wants_a_file_of_this_machine_is_refused(little_site: Make, gather: Gather) -> None:
    feed = '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><title>&f;</title></channel></rss>'
    site = little_site({"/feed": (200, {"Content-Type": "application/rss+xml"}, feed)})
    [summary] = gather([site], [f"{site.address}/feed", "feed"])
    assert summary["counts"]["refused"] == {"xml_entities": 1}
    assert summary["outcome"] == "unreadable"


def test_of_a_page_whose_posts_take_long_to_read_the_rest_is_refused() -> None:
    read: list[str] = []

    async def taken_apart(function: Any, post: GatheredArticle) -> Read:
        read.append(post.url)
        return Read(None, b"", {}, {}, (), SECONDS_FOR_A_PAGE / 2.5)

    counts = Counts()
    spider = SimpleNamespace(
        counts=counts, taken_apart=taken_apart, refuse=lambda reason: counts.add(f"refused/{reason}")
    )
    pipeline = ReadingPipeline(spider)
    posts = [*(post_on("/long", number) for number in range(9)), post_on("/short", 0), post_on("/long", 9)]
    for post in posts:
        with contextlib.suppress(DropItem):
            awaited(pipeline.process_item(post))
    assert read == ["/long#0", "/long#1", "/long#2", "/short#0"]
    assert counts.flat() == {"refused/parser_time": 7}


def post_on(page: str, number: int) -> GatheredArticle:
    """Return a post of a page."""
    capture = Capture(page, 200, (), b"", "", datetime.now(UTC))
    address = f"{page}#{number}"
    return GatheredArticle("paper", address, address, None, "催收", None, capture.fetched_at, captures=(capture,))
