"""What a site may send in the place of a page: answers without end, without sense, or that say what is not so."""

import gzip
import itertools
import time
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import brotli
import pytest
from backports import zstd

from domain.settings import Settings
from domain.store import Database
from tests.crawler.crawling import CrawlProcess, articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, sitemap

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
PAGE = article().encode()
BLANK = b"<html><title>x</title><body>" + b" " * 30_000_000


def sent(*pieces: bytes) -> Callable[[LittleSite], Iterator[bytes]]:
    """Return a page that is these bytes, status line and all."""
    return lambda site: iter(pieces)


def sent_for_ever(*pieces: bytes) -> Callable[[LittleSite], Iterator[bytes]]:
    """Return a page whose last piece has no end."""
    return lambda site: itertools.chain(pieces, itertools.repeat(pieces[-1]))


def dripped(first: bytes, drop: bytes) -> Callable[[LittleSite], Iterator[bytes]]:
    """Return a page of which a little comes every now and then."""

    def drops(site: LittleSite) -> Iterator[bytes]:
        yield first
        for _ in range(100):
            time.sleep(0.3)
            yield drop

    return drops


# Headers that never stopped filled 1.1 GB in three seconds once.
ANSWERS: dict[str, tuple[Any, str]] = {
    "/headers-without-end": (sent_for_ever(HEAD, b"X-A: " + b"a" * 8000 + b"\r\n"), "too_large"),
    "/go-on-without-end": (sent_for_ever(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000), "too_large"),
    "/headers-drip": (dripped(HEAD, b"X-A: a\r\n"), "timeout"),
    "/body-drips": (dripped(HEAD + b"\r\n", b"<p>a"), "timeout"),
    "/body-without-end": (sent_for_ever(HEAD + b"\r\n", b"<p>a" * 9999), "too_large"),
    "/chunks-without-end": (
        sent_for_ever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"fa0\r\n" + b"a" * 4000 + b"\r\n"), "too_large",
    ),
    "/chunk-name-without-end": (sent_for_ever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n9;", b"a" * 9999), "cut_off"),
    "/status-without-end": (sent_for_ever(b"HTTP/1.1 200 ", b"a" * 9999), "connection_failed"),
    "/said-too-long": (sent(HEAD + b"Content-Length: 99999\r\n\r\n", PAGE), "cut_off"),
    "/said-huge": (sent(HEAD + b"Content-Length: 99999999999999\r\n\r\n", PAGE), "too_large"),
    "/said-less-than-nothing": (sent(HEAD + b"Content-Length: -5\r\n\r\n", PAGE), "connection_failed"),
    "/said-twice": (sent(HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\n", PAGE), "connection_failed"),
    "/no-http": (sent(b"\x00\xff" * 5000), "connection_failed"),
    "/nothing-at-all": (sent(), "connection_failed"),
    "/not-brotli": ((200, {"Content-Encoding": "br"}, PAGE), "wrong_compression"),
    "/not-gzip": ((200, {"Content-Encoding": "gzip"}, PAGE), "wrong_compression"),
    "/not-deflate": ((200, {"Content-Encoding": "deflate"}, PAGE), "wrong_compression"),
    "/not-zstd": ((200, {"Content-Encoding": "zstd"}, PAGE), "wrong_compression"),
    "/damaged-gzip": ((200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE)[:12] + b"a" * 99), "wrong_compression"),
    "/brotli-bomb": ((200, {"Content-Encoding": "br"}, brotli.compress(BLANK, quality=5)), "too_large"),
    "/zstd-bomb": ((200, {"Content-Encoding": "zstd"}, zstd.compress(BLANK)), "too_large"),
    "/deflate-bomb": ((200, {"Content-Encoding": "deflate"}, zlib.compress(BLANK, 1)), "too_large"),
    "/bomb-in-a-bomb": (
        (200, {"Content-Encoding": "br, gzip"}, gzip.compress(brotli.compress(BLANK, quality=5))), "too_large",
    ),
    "/leads-to-no-address": ((302, {"Location": "http://[::1"}, ""), "malformed_address"),
    "/leads-to-itself": ((302, {"Location": "/leads-to-itself", "Set-Cookie": "a=1"}, ""), "too_many_redirects"),
    "/refreshes-itself": (
        '<html><head><meta http-equiv="Refresh" content="0; url=/refreshes-itself"></head>跳转</html>',
        "too_many_redirects",
    ),
}  # fmt: skip


def test_answers_that_are_none_cost_one_refusal_each_and_little_memory(
    little_site: Make, crawl_process: CrawlProcess, database: Database, settings: Settings
) -> None:
    site = little_site({"/s.xml": sitemap("/a", *ANSWERS), "/a": article(), **{p: a for p, (a, _) in ANSWERS.items()}})
    sources = [[f"{site.address}/s.xml", "sitemap"]]
    result = crawl_process.crawl(settings.data_dir, [site.origin], sources, crawler_timeout=2.0)
    [summary] = result["summaries"]
    expected = [reason for _, reason in ANSWERS.values()]
    assert summary["outcome"] == "finished"
    assert summary["counts"]["refused"] == {reason: expected.count(reason) for reason in expected}
    assert [found.url for found in articles(database).values()] == [f"{site.address}/a"]
    assert result["memory_mb"] < 400


@pytest.mark.parametrize("charset", ["hex", "undefined", "punycode", "utf-16", "big5", "x" * 2000])
def test_a_page_is_read_whatever_encoding_it_says_that_it_has(
    little_site: Make, gather: Gather, database: Database, charset: str
) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><base href="http://[::1">'
    headers = {"Content-Type": f"text/html; charset={charset}"}
    site = little_site({"/a": (200, headers, article(head=meta))})
    gather([site], [f"{site.address}/a", "page"])
    [found] = articles(database).values()
    assert "六次自称已到家门口" in found.public_text


@pytest.mark.parametrize("kind", ["image/png", "application/octet-stream", "application/json", "text/plain", "催收"])
def test_a_page_is_read_whatever_it_says_that_it_is(
    little_site: Make, gather: Gather, database: Database, kind: str
) -> None:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(PAGE)}\r\n\r\n".encode() + PAGE
    site = little_site({"/a": sent(answer)})
    gather([site], [f"{site.address}/a", "page"])
    assert len(articles(database)) == 1
