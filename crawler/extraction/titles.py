"""The title of a page: what names the article, not the site."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from lxml import html

from crawler.extraction.structured import meta, text_value
from crawler.extraction.trees import SPACES, lines_of, text_of

SEPARATOR = re.compile(r"\s*[_|｜»›·—–丨]\s*|\s+[-:：]\s+|(?<=[\u3400-\u9fff）)？?！!”\w])-(?=[\u3400-\u9fff])")
LONGEST = 300
# 首页 stands on every page too.
SHORTEST_PART = 5


def title_of(
    tree: html.HtmlElement, data: dict[str, Any], site_name: str, marked: Mapping[str, Any] = MappingProxyType({})
) -> tuple[str | None, str]:
    """Return the title and where it was found; None where the page names only its site.

    JSON-LD (`data`) first, then OpenGraph, microdata (`marked`), the heading, the title element less the site's name.
    """
    page_title = _page_title(tree)
    heading = _heading(tree, page_title)
    candidates = {
        "json-ld": text_value(data.get("headline")), "og": meta(tree, "og:title", "twitter:title"),
        "microdata": marked.get("headline", ""), "heading": heading,
        "title": page_title if heading else _repeated_part(tree, page_title),
    }  # fmt: skip
    for origin, candidate in candidates.items():
        title = without_site_name(SPACES.sub(" ", candidate).strip(), site_name)
        if title:
            return title[:LONGEST], origin
    return None, ""


def without_site_name(title: str, site_name: str) -> str:
    """Drop the site's name from the end (`题目_某报`, `题目 | The Letter`); nothing is left of the name alone."""
    name = site_name.strip()
    if not name:
        return title
    while title.endswith(name) or title.startswith(name):
        rest = title.removesuffix(name) if title.endswith(name) else title.removeprefix(name)
        if not rest:
            return ""
        stripped = rest.strip(" \u3000_|｜»›·—–丨-:：")
        if stripped == rest:
            return title  # the name is a word of the title: 某报回应
        title = stripped
    return title


def guessed_site_name(tree: html.HtmlElement) -> str:
    """Return what follows the last separator of the title element, where no meta element names the site."""
    parts = [part for part in SEPARATOR.split(_page_title(tree)) if part]
    if len(parts) < 2:
        return ""
    heading = _heading(tree, "")
    if heading and parts[-1] in heading:
        return ""  # the separator is the article's own: 微众银行-催收说明
    return parts[-1] if len(parts[-1]) <= 40 else ""


def _page_title(tree: html.HtmlElement) -> str:
    element = tree.find(".//head/title")
    if element is None:
        element = tree.find(".//title")
    return SPACES.sub(" ", element.text_content()).strip() if element is not None else ""


def _repeated_part(tree: html.HtmlElement, page_title: str) -> str:
    """Return the longest head of the title element that the page itself shows as a line, else the whole.

    题目_财经频道_某报 over a page with 题目 in a table cell, or in a second heading.
    """
    ends = [found.start() for found in SEPARATOR.finditer(page_title)]
    body = tree.find("body")
    if not ends or body is None:
        return page_title
    shown = set(lines_of(body))
    heads = [page_title, *(page_title[:end] for end in reversed(ends))]
    return next((head for head in heads if len(head) >= SHORTEST_PART and head in shown), page_title)


def _heading(tree: html.HtmlElement, page_title: str) -> str:
    headings = [text for element in tree.iter("h1") if (text := text_of(element))]
    if len(headings) < 2:
        return headings[0] if headings else ""
    # Several first headings: the one that the title element repeats; else the logo came first, and none is sure.
    return next((text for text in headings if text in page_title), "")
