"""Titles of articles, without the site's name."""

import pytest
from lxml import html

from crawler.extraction.structured import article_data, meta
from crawler.extraction.titles import guessed_site_name, title_of, without_site_name


def title(head: str, body: str = "<p>催收</p>") -> str | None:
    tree = html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    return title_of(tree, article_data(tree), meta(tree, "og:site_name") or guessed_site_name(tree))[0]


@pytest.mark.parametrize(
    ("written", "site", "bare"),
    [
        ("上门催收怎么办_某报", "某报", "上门催收怎么办"),
        ("上门催收怎么办 - 催收 - 某报", "某报", "上门催收怎么办 - 催收"),
        ("A visit | The Letter", "The Letter", "A visit"),
        ("某报", "某报", ""),
        ("某报-某报", "某报", ""),
        ("某报回应催收", "某报", "某报回应催收"),
        ("上门催收怎么办", "", "上门催收怎么办"),
    ],
)
def test_the_name_of_the_site_is_dropped(written: str, site: str, bare: str) -> None:
    assert without_site_name(written, site) == bare


def test_the_heading_is_the_title_where_nothing_is_said_for_machines() -> None:
    assert title("<title>云岭银行上门催收-逾期网</title>", "<h1>云岭银行上门催收</h1>") == "云岭银行上门催收"


def test_what_is_said_for_machines_comes_first() -> None:
    data = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"云岭银行回应催收"}</script>'
    assert title(f"<title>x_某报</title>{data}", "<h1>某报</h1>") == "云岭银行回应催收"
    assert (
        title('<title>x_某报</title><meta property="og:title" content="云岭银行回应催收_某报">') == "云岭银行回应催收"
    )


def test_a_page_that_names_only_its_site_has_no_title() -> None:
    assert title("<title>逾期资讯网-逾期资讯网</title>") is None
    assert title("") is None


def test_of_several_headings_the_one_that_the_title_repeats_is_taken() -> None:
    assert title("<title>上门催收_某报</title>", "<h1>某报</h1><h1>上门催收</h1>") == "上门催收"


def test_markup_in_a_title_stays_text() -> None:
    assert title("<title>&lt;script&gt;alert(1)&lt;/script&gt;催收</title>") == "<script>alert(1)</script>催收"
