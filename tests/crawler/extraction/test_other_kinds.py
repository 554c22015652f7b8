"""A PDF, JSON, a feed or a sitemap is no page with an article, whatever can be read in it."""

import json
from datetime import date

import pytest

from crawler.extraction.page import read_page
from crawler.refusals import Refused
from tests.crawler.pages import article

SAID = "借款人反映，快圆钱包的催收人员一天打来三十次电话，其中六次自称已到家门口，家里的老人受到惊吓。"
RSS = f"<rss version='2.0'><channel><item><title>催收</title><description>{SAID}</description></item></channel></rss>"
ATOM = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><summary>{SAID}</summary></entry></feed>"
DECLARED = "\ufeff<?xml version='1.0'?>\n<?xml-stylesheet href='/s.xsl'?>\n<!-- 晨报 -->\n"


def read(text: str) -> bool:
    page = read_page(text.encode(), "text/html", [], "https://paper.example/a", "Doorstep", date(2026, 11, 26))
    return page.is_article


@pytest.mark.parametrize(
    "text",
    [
        RSS, ATOM, DECLARED + RSS, f"\n{ATOM}", "<urlset><url><loc>/a</loc></url></urlset>", json.dumps({"text": SAID}),
        json.dumps([{"text": SAID}] * 9, ensure_ascii=False),
    ],
)  # fmt: skip
def test_data_for_machines_is_no_page(text: str) -> None:
    with pytest.raises(Refused, match="not_a_page"):
        read(text)


def test_the_text_of_a_pdf_is_no_page() -> None:
    with pytest.raises(Refused, match="binary"):
        read("%PDF-1.4\n1 0 obj\n" + f"BT ({SAID}) Tj ET\n" * 9)


@pytest.mark.parametrize(
    "before", ["", DECLARED, "<?xml version='1.0'?><!DOCTYPE html>", "<!-- <rss> -->", "{", "[1] "]
)
def test_a_page_is_one_whatever_stands_before_it(before: str) -> None:
    assert read(before + article())


def test_a_deeply_nested_page_of_brackets_ends() -> None:
    assert not read("[" * 100_000 + "]" * 100_000)
