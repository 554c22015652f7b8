"""The main text of a page by trafilatura and readability-lxml; docs/decisions/0006 says why."""

import copy
import logging
import re
from dataclasses import dataclass

import trafilatura
from lxml import html
from readability import Document
from readability.readability import Unparseable

from crawler.extraction.choosing import choose
from crawler.extraction.trees import SPACES, UNSEEN, lines_of

# Parts that are never the article; readability keeps them on short pages, where all scores are low.
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus|related|recommend\w*|share\w*|social|breadcrumbs?|crumbs?|pager|pagination|copyright"
    r"|footer|sidebar|hot-?rank|ad|ads|advert\w*|promo|newsletter|reading|tags?|author-?box|skip|kefu|nav\w*|menu)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
# Comments can be longer than the article: then the library takes them for it. Whole names: comment-open is a state.
COMMENTS = re.compile(
    r"(?:comments?|pinglun|repl(?:y|ies)|liuyan|cmts?|disqus_thread)(?:[_-]?(?:list|area|box|wrap(?:per)?|section|items?|con"
    r"|content|main|container))?",
    re.IGNORECASE,
)
# What the page itself says is not shown. Where it is nearly all of the page, a script shows it: it is the article then.
NOT_SHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
LARGEST_HIDDEN_SHARE = 0.7
# A page of which no more is left without its comments is made of them.
FEWEST_WITHOUT_COMMENTS = 150
# A cell of a table of figures is shorter.
LONGEST_CELL = 150
FURNITURE_TAGS = frozenset({"nav", "footer", "aside"})
KEPT_TAGS = frozenset({"html", "body", "article", "main"})
# A box that holds more of the page than this is the article under an odd name, not furniture: <div class="reading">.
LARGEST_SHARE = 0.4

# readability reports each page that it can't read with a traceback, which would carry the page's words into the log.
logging.getLogger("readability").setLevel(logging.CRITICAL)


class _Parsed(Document):  # type: ignore[misc]
    """A document for readability over a tree that is parsed already."""

    def _parse(self, input: html.HtmlElement) -> html.HtmlElement:
        return super()._parse(copy.deepcopy(input))


@dataclass(frozen=True)
class MainText:
    """The lines of the main text, boilerplate lines among them still, and how much of it and of the page is links."""

    lines: list[str]
    link_share: float
    page_link_share: float


def main_text(tree: html.HtmlElement) -> MainText:
    """Return the main text of a page; without lines where there is none.

    By trafilatura, and by readability-lxml where it finds little, and where the page is Chinese.
    """
    tree = copy.deepcopy(tree)
    _remove_hidden(tree)
    _remove_comments(tree)
    _open_layout_tables(tree)
    links = _link_texts(tree)
    page_link_share = _link_share(tree)
    found = trafilatura.extract(copy.deepcopy(tree), include_comments=False, include_tables=True) or ""
    lines = _without_links_around(_as_lines(found), links)

    def without_furniture() -> list[str]:
        _remove_furniture(tree)
        return _by_readability(tree)

    lines = choose(lines, _text_lengths(tree)[tree], links, lambda: _by_readability(tree), without_furniture)
    return MainText(lines, _linked_share(lines, links), page_link_share)


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


def _link_texts(tree: html.HtmlElement) -> set[str]:
    return {line for link in tree.iter("a") for line in lines_of(link)}


def _linked_share(lines: list[str], links: set[str]) -> float:
    """Return how much of the main text is lines that are links."""
    return sum(len(line) for line in lines if line in links) / (sum(map(len, lines)) or 1)


def _link_share(element: html.HtmlElement) -> float:
    linked = sum(len(line) for link in element.iter("a") for line in lines_of(link))
    return linked / (sum(len(line) for line in lines_of(element)) or 1)


def _remove_hidden(tree: html.HtmlElement) -> None:
    """Drop what readers of the page don't see: both libraries take it for text."""
    hidden = [
        element for element in tree.iter()
        if isinstance(element.tag, str) and element.tag not in ("html", "body") and element.getparent() is not None
        and (element.get("hidden", "until-found") != "until-found" or NOT_SHOWN.search(element.get("style", "")))
    ]  # fmt: skip
    lengths = _text_lengths(tree) if hidden else {}
    outermost = set(hidden)
    hidden = [element for element in hidden if outermost.isdisjoint(element.iterancestors())]
    if sum(lengths[element] for element in hidden) <= LARGEST_HIDDEN_SHARE * (lengths.get(tree, 0) or 1):
        for element in hidden:
            element.drop_tree()


def _remove_comments(tree: html.HtmlElement) -> None:
    named = [
        element for element in tree.iter("div", "ul", "ol", "section", "table")
        if any(map(COMMENTS.fullmatch, [*element.get("class", "").split(), element.get("id", "")]))
    ]  # fmt: skip
    if not named:
        return
    lengths = _text_lengths(tree)
    left = lengths[tree] - sum(lengths[link] for link in tree.iter("a"))
    for element in named:
        own = lengths[element] - sum(lengths[link] for link in element.iter("a"))
        if element.getparent() is None or any(True for _ in element.iter("h1")) or left - own < FEWEST_WITHOUT_COMMENTS:
            continue
        if any(ancestor in named for ancestor in element.iterancestors()):
            continue  # it goes with that one
        left -= own
        element.drop_tree()


def _open_layout_tables(tree: html.HtmlElement) -> None:
    """Make boxes of the tables of a page laid out by them: else the article is one cell of figures to the library."""
    tables = [table for table in tree.iter("table") if table.getparent() is not None]
    if not tables:
        return
    lengths = _text_lengths(tree)
    laid_out = [
        table for table in tables
        if table.find(".//table") is not None or any(lengths[cell] >= LONGEST_CELL for cell in table.iter("td"))
    ]  # fmt: skip
    for part in [part for table in laid_out for part in _parts_of(table)]:
        part.tag = "div"


def _parts_of(table: html.HtmlElement) -> list[html.HtmlElement]:
    """Return a table with its rows and cells, those of the tables in it left out."""
    parts = table.iter("tbody", "thead", "tr", "td", "th")
    return [table, *(part for part in parts if next(part.iterancestors("table")) is table)]


def _remove_furniture(tree: html.HtmlElement) -> None:
    lengths = _text_lengths(tree)
    whole = lengths[tree] or 1
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in KEPT_TAGS:
            continue
        named = FURNITURE.search(f"{element.get('class', '')} {element.get('id', '')}")
        if element.tag in FURNITURE_TAGS or (named and lengths[element] < LARGEST_SHARE * whole):
            element.drop_tree()


def _text_lengths(tree: html.HtmlElement) -> dict[html.HtmlElement, int]:
    # All in one pass, leaves first: asking each element for its text takes hours on a thousand nested boxes.
    lengths: dict[html.HtmlElement, int] = {}
    for element in reversed(list(tree.iter())):
        own = len(element.text or "") if element.tag not in UNSEEN else 0
        lengths[element] = own + sum(lengths[child] + len(child.tail or "") for child in element)
    return lengths
