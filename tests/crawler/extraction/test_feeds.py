"""Feeds, well formed or not."""

import gzip
import json
from datetime import date

import pytest

from crawler.extraction.feeds import FeedEntry, read_feed
from crawler.extraction.sitemaps import read_sitemap, sitemaps_of_robots
from crawler.extraction.xml import gunzip
from crawler.refusals import Refused

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>某报</title><link>http://news.example/</link>
<item><title>上门催收 &amp; 规定</title><link>http://news.example/1.html</link>
<pubDate>Thu, 05 Nov 2026 00:30:00 +0800</pubDate></item>
<item><title>第二篇</title><guid isPermaLink="true">http://news.example/2.html</guid></item></channel></rss>"""


def test_the_entries_of_rss() -> None:
    assert read_feed(RSS.encode()) == [
        FeedEntry("http://news.example/1.html", "上门催收 & 规定", date(2026, 11, 5)),
        FeedEntry("http://news.example/2.html", "第二篇", None),
    ]


def test_the_entries_of_atom() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry>
    <title type="html">A &lt;b&gt;visit&lt;/b&gt;</title>
    <link rel="self" href="http://news.example/self"/><link href="/1"/><updated>2026-11-09T00:00:00Z</updated>
    <published>2026-11-04T16:30:00Z</published></entry></feed>"""
    assert read_feed(feed.encode()) == [FeedEntry("/1", "A visit", date(2026, 11, 5))]


def test_links_of_a_feed_are_told_from_the_base_that_they_stand_in() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/blog/">
    <entry xml:base="2026/"><link href="1.html"/></entry><entry><link href="2.html"/></entry>
    <entry><link href="http://news.example/3"/></entry>
    <entry xml:base="http://[::1"><link href="4.html"/></entry></feed>"""
    found = [entry.url for entry in read_feed(feed.encode())]
    assert found == ["/blog/2026/1.html", "/blog/2.html", "http://news.example/3", "4.html"]


def test_a_number_that_is_called_a_link_is_one() -> None:
    item = '<item><guid isPermaLink="{}">/2.html</guid></item>'
    feed = f"<rss><channel>{item.format('true')}{item.format('false').replace('2', '3')}</channel></rss>"
    assert [entry.url for entry in read_feed(feed.encode())] == ["/2.html"]


@pytest.mark.parametrize("declared", ['xmlns:dc="http://purl.org/dc/elements/1.1/"', ""])
def test_a_prefix_counts_for_nothing_though_nothing_declares_it(declared: str) -> None:
    entry = "<item><dc:title>别的</dc:title><title>题目</title><link>/1</link><dc:date>2026-10-01</dc:date></item>"
    [found] = read_feed(f"<rss {declared}><channel>{entry}</channel></rss>".encode())
    assert (found.url, found.title, found.published_on) == ("/1", "题目", date(2026, 10, 1))


def test_a_feed_may_stand_for_a_sitemap() -> None:
    assert read_sitemap(RSS.encode()).pages == ("http://news.example/1.html", "http://news.example/2.html")
    page = read_sitemap(b"<html><body><p>x</p></body></html>")
    assert (page.pages, page.is_one) == ((), False)
    assert read_sitemap(b"<urlset></urlset>").is_one


def test_the_entries_of_a_json_feed() -> None:
    # An entry without `url` has its `id`, where that is an address: https://www.jsonfeed.org/version/1.1/
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": "某报", "feed_url": "http://news.example/feed.json",
        "items": [
            {"id": "2", "url": "http://news.example/2.html", "title": "上门催收 &amp; 规定 ",
             "date_published": "2026-11-04T16:30:00Z", "content_html": "<p>x</p>"},
            {"id": "http://news.example/1.html", "content_text": "x", "date_published": 5},
            {"id": "2", "url": "http://news.example/2.html"}, {"id": 7, "url": 3}, {"id": "a"}, "x", None,
            {"url": " /3.html ", "external_url": "http://other.example/", "title": ["x"]},
        ],
    }  # fmt: skip
    plain = b"\xef\xbb\xbf\n " + json.dumps(feed, ensure_ascii=False).encode()
    # A server that packs a file once and for all may send it without Content-Encoding.
    for body in (json.dumps(feed).encode(), plain, gzip.compress(plain)):
        assert read_feed(body, "application/feed+json") == [
            FeedEntry("http://news.example/2.html", "上门催收 & 规定", date(2026, 11, 5)),
            FeedEntry("http://news.example/1.html", None, None),
            FeedEntry("/3.html", None, None),
        ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('{"items": [', "malformed_json"), ("{" * 100_000, "malformed_json"),
        ('{"items": [{"url": "/1"}]}', "not_a_feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": {}}', "not_a_feed"),
        ('{"version": 1, "items": []}', "not_a_feed"),
    ],
)  # fmt: skip
def test_other_json_is_no_feed(body: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_feed(body.encode())


def test_a_malformed_feed_is_read_as_far_as_it_goes() -> None:
    broken = "\n\n" + RSS.replace("<title>某报", "<title>财经 & 贷款&nbsp;·&copy;某报").replace("</channel></rss>", "")
    assert [entry.url for entry in read_feed(broken.encode())] == [
        "http://news.example/1.html",
        "http://news.example/2.html",
    ]
    unclosed = RSS.replace("</item>", "")
    assert [entry.title for entry in read_feed(unclosed.encode())] == ["上门催收 & 规定", "第二篇"]


def test_a_feed_in_another_encoding_is_read() -> None:
    assert read_feed(RSS.replace("?>", ' encoding="gb2312"?>', 1).encode("gb18030"))[1].title == "第二篇"


def test_a_web_page_is_no_feed() -> None:
    with pytest.raises(Refused, match="not_a_feed"):
        read_feed(b"<html><body><p>x</p></body></html>")


@pytest.mark.parametrize("name", ["DOCTYPE", "doctype"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_or_entity_is_refused_in_any_encoding(name: str, encoding: str) -> None:
    bomb = f'<!{name} rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><rss><item><link>&b;</link></item></rss>'
    for read in (read_feed, read_sitemap):
        with pytest.raises(Refused, match="xml_entities"):
            read(bomb.encode(encoding))


def test_nothing_is_read_of_what_is_no_xml() -> None:
    for body in (b"", b"   ", b"plain words"):
        with pytest.raises(Refused):
            read_feed(body)


def test_a_sitemap_and_an_index_of_them() -> None:
    pages = "<urlset xmlns='http://sitemaps.org/0.9'><url><loc> http://news.example/1 </loc></url></urlset>"
    index = "<sitemapindex><sitemap><loc>http://news.example/s1.xml</loc></sitemap></sitemapindex>"
    assert read_sitemap(pages.encode()).pages == ("http://news.example/1",)
    assert read_sitemap(index.encode()).sitemaps == ("http://news.example/s1.xml",)
    assert read_sitemap(b"http://news.example/1\nhttp://news.example/2\n").pages == (
        "http://news.example/1",
        "http://news.example/2",
    )


def test_a_list_of_addresses_with_a_byte_order_mark_is_a_sitemap() -> None:
    found = read_sitemap(b"\xef\xbb\xbfhttps://paper.example/1\r\nhttps://paper.example/2\r\n")
    assert found.pages == ("https://paper.example/1", "https://paper.example/2")


def test_a_sitemap_that_is_cut_off_gives_its_whole_entries() -> None:
    cut = "<urlset><url><loc>http://news.example/1</loc></url><url><loc>http://news.example/?a=1&b=2</loc>"
    assert read_sitemap(cut.encode()).pages == ("http://news.example/1", "http://news.example/?a=1&b=2")


@pytest.mark.parametrize(
    "rest", ["http://news.example/29", "<![CDATA[http://news.example/29", "<![CDATA[http://news.example/2?a>b"]
)
def test_of_a_compressed_sitemap_that_is_cut_off_the_address_that_broke_is_no_address(rest: str) -> None:
    whole = f"<urlset><url><loc>http://news.example/1</loc></url><url><loc>{rest}"
    packed = gzip.compress((whole + "847.html]]></loc></url></urlset>").encode(), 0)
    cut = packed[: packed.index(rest.encode()) + len(rest.encode())]
    assert read_sitemap(cut).pages == ("http://news.example/1",)
    assert read_sitemap(whole.encode()).pages == ("http://news.example/1",)


def test_of_a_compressed_list_of_addresses_that_is_cut_off_the_last_one_is_left_out() -> None:
    lines = "".join(f"https://paper.example/{number}.html\n" for number in range(1, 4))
    packed = gzip.compress(lines.encode(), 0)
    assert len(read_sitemap(packed).pages) == 3
    cut = packed[: packed.index(b"/3.html") + 2]
    assert read_sitemap(cut).pages == ("https://paper.example/1.html", "https://paper.example/2.html")


def test_a_feed_that_is_cut_off_in_an_address_does_not_lead_to_half_of_it() -> None:
    cut = RSS[: RSS.index("http://news.example/2.html") + len("http://news.example/2.h")]
    assert [entry.url for entry in read_feed(cut.encode())] == ["http://news.example/1.html"]


def test_compressed_bombs_are_cut_short() -> None:
    import gzip

    bomb = gzip.compress(b"<urlset>" + b" " * 20_000_000)
    for read in (read_sitemap, gunzip):
        with pytest.raises(Refused, match="too_large"):
            read(bomb)
    with pytest.raises(Refused, match="malformed_gzip"):
        gunzip(b"\x1f\x8bnothing")


def test_robots_names_sitemaps() -> None:
    assert sitemaps_of_robots("User-agent: *\nSitemap: http://news.example/a.xml\nsitemap : /b.xml\n") == [
        "http://news.example/a.xml", "/b.xml",
    ]  # fmt: skip


def test_a_document_type_that_declares_nothing_is_no_harm() -> None:
    old = RSS.replace(
        "<rss", '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://dtd.invalid/rss-0.91.dtd"><rss'
    )
    whole_page = RSS.replace(
        "<title>第二篇", "<description><![CDATA[<!DOCTYPE html><p>催收]]></description><title>第二篇"
    )
    for feed in (old, whole_page):
        assert [entry.title for entry in read_feed(feed.encode())] == ["上门催收 & 规定", "第二篇"]


def test_a_type_hidden_in_what_looks_like_cdata_declares_nothing_either() -> None:
    hidden = '<!-- <![CDATA[ --><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><title>&x;</title>'
    [entry] = read_feed(f"{hidden}<link>http://news.example/1.html</link></item></rss>".encode())
    assert entry.title == "&x;"


def test_a_sitemap_compressed_in_pieces_is_read_whole() -> None:
    pieces = (
        b"<urlset><url><loc>http://news.example/1</loc></url>",
        b"<url><loc>http://news.example/2</loc></url></urlset>",
    )
    packed = b"".join(gzip.compress(piece) for piece in pieces)
    assert read_sitemap(packed).pages == ("http://news.example/1", "http://news.example/2")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("<![CDATA[催收<b>上门</b><br/>怎么办]]>", "催收上门 怎么办"), ("<![CDATA[<催收>上门 3<5]]>", "<催收>上门 3<5"),
        ("催收 &lt;em class='k'&gt;上门&lt;/em&gt; &amp;amp; 规定", "催收 上门 & 规定"),
    ],
)  # fmt: skip
def test_a_title_of_rss_with_elements_of_html_is_told_without_them(said: str, title: str) -> None:
    feed = f"<rss><channel><item><title>{said}</title><link>/1</link></item></channel></rss>"
    assert [entry.title for entry in read_feed(feed.encode())] == [title]


def test_remarks_behind_the_sitemaps_of_robots_are_no_part_of_their_addresses() -> None:
    assert sitemaps_of_robots("Sitemap: /a.xml # the news\nSitemap:\nSitemap: /b.xml#c\n") == ["/a.xml", "/b.xml#c"]
