"""The main text of a page by trafilatura and readability-lxml; docs/decisions/0006 says why."""

import copy
import logging
from dataclasses import dataclass

import trafilatura
from lxml import etree, html
from readability import Document
from readability.readability import Unparseable

from crawler.extraction.choosing import SHORT, PageText, choose
from crawler.extraction.clearing import (
    open_layout_tables,
    remove_comments,
    remove_furniture,
    remove_galleries,
    remove_hidden,
    remove_teasers,
    text_lengths,
)  # fmt: skip
from crawler.extraction.trees import SPACES, lines_of

# Nothing that is read stands in these.
UNREAD = ("script", "style", "link")

# readability reports each page that it can't read with a traceback, which would carry the page's words into the log.
logging.getLogger("readability").setLevel(logging.CRITICAL)


class _Parsed(Document):  # type: ignore[misc]
    """A document for readability over a tree that is parsed already.

    Of what readability cleans of a page only that is done which changes its text: to take scripts out of the links,
    for a page that is shown again, was two fifths of its time.
    """

    def _parse(self, input: html.HtmlElement) -> html.HtmlElement:
        tree = copy.deepcopy(input)
        etree.strip_elements(tree, *UNREAD, with_tail=False)
        return tree


@dataclass(frozen=True)
class MainText:
    """The lines of the main text, boilerplate lines among them still, and how much of it and of the page is links.

    `own` is the text without what its links say.
    """

    lines: list[str]
    link_share: float
    page_link_share: float
    own: str


def main_text(tree: html.HtmlElement) -> MainText:
    """Return the main text of a page; without lines where there is none.

    By trafilatura, and by readability-lxml where that finds little or the page says much more, and of Chinese pages.
    """
    tree = copy.deepcopy(tree)
    remove_hidden(tree)
    remove_comments(tree)
    linked = [line for link in tree.iter("a") for line in lines_of(link)]
    links, linked_length = set(linked), sum(map(len, linked))
    whole_length = sum(map(len, lines_of(tree)))
    remove_galleries(tree)
    remove_teasers(tree)
    open_layout_tables(tree)
    found = trafilatura.extract(copy.deepcopy(tree), include_comments=False, include_tables=True) or ""
    lines = _without_links_around(_as_lines(found), links)

    def without_furniture() -> list[str]:
        remove_furniture(tree)
        return _by_readability(tree)

    page = PageText(text_lengths(tree)[tree], whole_length - linked_length, links)
    lines = choose(lines, page, lambda: _by_readability(tree), without_furniture)
    return MainText(lines, _linked_share(lines, links), linked_length / (whole_length or 1), _own(lines, links))


def _as_lines(text: str) -> list[str]:
    return [line for line in (SPACES.sub(" ", line).strip() for line in text.split("\n")) if line]


def _without_links_around(lines: list[str], links: set[str]) -> list[str]:
    """Drop the lines at both ends that are only a link: 首页 above an article, 返回列表 below it."""
    wanted = [number for number, line in enumerate(lines) if line not in links]
    # All links: a list, which has to be seen as one.
    return lines[wanted[0] : wanted[-1] + 1] if wanted else lines


def _by_readability(tree: html.HtmlElement) -> list[str]:
    try:
        summary = _Parsed(tree).summary(html_partial=True)
    except Unparseable:
        summary = ""
    if not summary or not summary.strip():
        return []
    return lines_of(html.document_fromstring(summary))  # of a page that is only a head, the summary is one too


def _own(lines: list[str], links: set[str]) -> str:
    """Return a text without what links say; one longer than a greeting or two has enough of its own, and stays."""
    text = "\n".join(lines)
    if len(text) < SHORT:
        for link in sorted(links, key=len, reverse=True):
            text = text.replace(link, "")
    return text


def _linked_share(lines: list[str], links: set[str]) -> float:
    """Return how much of the main text is lines that are links."""
    return sum(len(line) for line in lines if line in links) / (sum(map(len, lines)) or 1)
