"""The one form of an address, its origin and its site."""

import pytest

from crawler.connections.addresses import (
    MalformedAddress,
    absolute,
    host_name,
    leads_to_page,
    normalise,
    origin_of,
    same_site,
    site_of,
)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("HTTP://News.Example:80/a.html#comments", "http://news.example/a.html"),
        ("https://news.example:443", "https://news.example/"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("http://news.example/a?utm_source=weixin&utm_medium=share", "http://news.example/a"),
        ("http://news.example/a?id=7&utm_source=weixin", "http://news.example/a?id=7"),
        ("http://news.example/a?sid=904417", "http://news.example/a"),
        ("http://news.example/a;jsessionid=A1B2?page=2", "http://news.example/a?page=2"),
        ("http://news.example/a?q=a+b&from=list", "http://news.example/a?q=a+b&from=list"),
        ("http://news.example./a", "http://news.example/a"),
        ("http://news.example/私/a.html", "http://news.example/%E7%A7%81/a.html"),
        ("http://[::1]:8100/a", "http://[::1]:8100/a"),
        ("http://news.example/%e5%82%ac/%7Ea?q=%2f%2D", "http://news.example/%E5%82%AC/~a?q=%2F-"),
        ("http://news.example/a/../b/./c", "http://news.example/b/c"),
        ("http://news.example//a/../b", "http://news.example//a/../b"),
        ("http://news.example/%252e%252e/a", "http://news.example/%252e%252e/a"),
        ("http://新闻.example/a", "http://xn--efvy88h.example/a"),
    ],
)
def test_two_addresses_of_one_page_have_one_form(written: str, form: str) -> None:
    assert normalise(written) == form
    assert normalise(form) == form


def test_user_information_is_kept_for_the_guard_to_see() -> None:
    assert normalise("http://user:word@news.example/") == "http://user:word@news.example/"


def test_what_is_no_address_is_refused() -> None:
    for written in ("http://[bad", "http://news.example:port/"):
        with pytest.raises(MalformedAddress):
            normalise(written)


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("b.html", "http://news.example/a/b.html"), ("/x/../b.html", "http://news.example/b.html"), ("?page=2", "http://news.example/a/?page=2"),
        ("//cdn.example/b", "http://cdn.example/b"), ("mailto:a@b.example", None), ("javascript:alert(1)", None),
        ("tel:10086000", None), ("http://[bad", None), ("/" + "x" * 9000, None),
    ],
)  # fmt: skip
def test_a_link_is_made_absolute_or_passed_over(link: str, found: str | None) -> None:
    assert absolute("http://news.example/a/", link) == found


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin_of("http://127.0.0.1:8100/a") != origin_of("http://127.0.0.1:8101/a")
    assert origin_of("https://news.example/a") == "https://news.example:443"


@pytest.mark.parametrize(
    ("url", "home", "same"),
    [
        ("https://www.news.example/a", "http://news.example/", True),
        ("http://news.example:443/a", "http://news.example/", True),
        ("http://xn--efvy88h.example/a", "https://www.新闻.example/", True),
        ("http://news.example:8080/a", "http://news.example/", False),
        ("http://m.news.example/a", "http://news.example/", False),
        ("http://news.example.evil.example/a", "http://news.example/", False),
        ("http://127.0.0.1:8101/", "http://127.0.0.1:8100/", False),
        ("http://[bad", "http://news.example/", False),
    ],
)
def test_a_site_is_one_host_on_one_port(url: str, home: str, same: bool) -> None:
    assert same_site(url, home) is same


def test_a_source_may_name_further_hosts_of_its_site() -> None:
    hosts = frozenset({"m.news.example"})
    assert same_site("https://m.news.example/a", "http://news.example/", hosts)
    assert not same_site("https://m.news.example:8080/a", "http://news.example/", hosts)


def test_a_host_in_chinese_characters_is_the_same_host_as_name_servers_know_it() -> None:
    assert host_name("M.新闻.example.") == "m.xn--efvy88h.example"
    assert site_of("http://新闻.example/a") == site_of("http://xn--efvy88h.example/b")
    assert origin_of("http://新闻.example/a") == origin_of("http://xn--efvy88h.example/b")


def test_pictures_and_archives_are_no_pages() -> None:
    assert not leads_to_page("http://news.example/a.JPG")
    assert not leads_to_page("http://news.example/report.pdf")
    assert leads_to_page("http://news.example/report.pdf.html")
    assert leads_to_page("http://news.example/a")
