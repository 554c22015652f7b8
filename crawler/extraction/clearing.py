"""What goes from a page before its main text is looked for: what is not shown, comments, other stories, furniture."""

import re
from collections.abc import Mapping

from lxml import html

from crawler.extraction.trees import UNSEEN

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
# The pictures that go round beside a story, or in the midst of it, have captions of stories of their own: "1/50 …".
# They are a list: whole articles stand in boxes that are called lightbox too.
SHARE_OF_CAPTIONS = 0.7
GALLERIES = re.compile(
    r"(?:[a-z]+[_-]+)*(?:galler(?:y|ies)|slideshow|carousel|lightbox)(?:[_-]+[a-z]+)*", re.IGNORECASE
)
# What the page itself says is not shown. Where it is nearly all of the page, a script shows it: it is the article then.
NOT_SHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
LARGEST_HIDDEN_SHARE = 0.7
# A page of which no more is left without its comments is made of them.
FEWEST_WITHOUT_COMMENTS = 150
# A cell of a table of figures is shorter.
LONGEST_CELL = 150
# Rows, and names of columns, from which on a table is one by what it says and not by how it looks.
FEWEST_COLUMNS = 2
FURNITURE_TAGS = frozenset({"nav", "footer", "aside"})
KEPT_TAGS = frozenset({"html", "body", "article", "main"})
# A box that holds more of the page than this is the article under an odd name, not furniture: <div class="reading">.
LARGEST_SHARE = 0.4

# Lists of other stories beside an article: the fewest items, and the share of them that must be teasers (one may be an
# advertisement). A Han character counts for two letters.
FEWEST_TEASERS, SHARE_OF_TEASERS, SHORTEST_HEADLINE = 4, 0.7, 15
LARGEST_TEASER_SHARE = 0.6
# A picture and an icon.
MOST_BESIDE_A_HEADLINE = 3
BOXES = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "span", "header", "section")
HAN = re.compile(r"[\u3400-\u9fff]")


def remove_hidden(tree: html.HtmlElement) -> None:
    """Drop what readers of the page don't see: both libraries take it for text."""
    hidden = [
        element for element in tree.iter()
        if isinstance(element.tag, str) and element.tag not in ("html", "body") and element.getparent() is not None
        and (element.get("hidden", "until-found") != "until-found" or NOT_SHOWN.search(element.get("style", "")))
    ]  # fmt: skip
    lengths = text_lengths(tree) if hidden else {}
    hidden = _outermost(hidden)
    if sum(lengths[element] for element in hidden) <= LARGEST_HIDDEN_SHARE * (lengths.get(tree, 0) or 1):
        for element in hidden:
            element.drop_tree()


def remove_comments(tree: html.HtmlElement) -> None:
    """Drop the boxes that are called comments, unless little is left without them."""
    named = [element for element in tree.iter("div", "ul", "ol", "section", "table") if _is_called(element, COMMENTS)]
    if not named:
        return
    lengths = text_lengths(tree)
    left = _unlinked(tree, lengths)
    for element in named:
        own = _unlinked(element, lengths)
        if element.getparent() is None or any(True for _ in element.iter("h1")) or left - own < FEWEST_WITHOUT_COMMENTS:
            continue
        if any(ancestor in named for ancestor in element.iterancestors()):
            continue  # it goes with that one
        left -= own
        element.drop_tree()


def remove_galleries(tree: html.HtmlElement) -> None:
    """Drop lists in boxes called galleries; one that says as much as all the rest of the page is what it is for."""
    named = [
        element for element in tree.iter("div", "ul", "ol", "section", "figure")
        if element.getparent() is not None and _is_called(element, GALLERIES) and next(element.iter("h1"), None) is None
    ]  # fmt: skip
    if not named:
        return
    lengths = text_lengths(tree)
    whole = _unlinked(tree, lengths)
    for element in _outermost(named):
        captions = _outermost(list(element.iter("li")))
        listed = sum(lengths[item] for item in captions) >= SHARE_OF_CAPTIONS * lengths[element]
        if len(captions) >= FEWEST_TEASERS and listed and 2 * _unlinked(element, lengths) < whole:
            element.drop_tree()


def _is_called(element: html.HtmlElement, names: re.Pattern[str]) -> bool:
    return any(map(names.fullmatch, [*element.get("class", "").split(), element.get("id", "")]))


def _outermost(elements: list[html.HtmlElement]) -> list[html.HtmlElement]:
    """Return those that stand in none of the others."""
    all_of_them = set(elements)
    return [element for element in elements if all_of_them.isdisjoint(element.iterancestors())]


def _unlinked(element: html.HtmlElement, lengths: Mapping[html.HtmlElement, int]) -> int:
    return lengths[element] - sum(lengths[link] for link in element.iter("a"))


def remove_teasers(tree: html.HtmlElement) -> None:
    """Drop the lists of other stories: items each with a headline that is a link, and mostly a few words of the story.

    A list that most of the page stands in is what the page is for.
    """
    lists = _outermost([element for element in tree.iter("ul", "ol") if _is_of_teasers(element)])
    lengths = text_lengths(tree) if lists else {}
    if sum(lengths[element] for element in lists) <= LARGEST_TEASER_SHARE * (lengths.get(tree, 0) or 1):
        for element in lists:
            element.drop_tree()


def _is_of_teasers(element: html.HtmlElement) -> bool:
    items = element.findall("li")
    if len(items) < FEWEST_TEASERS or element.getparent() is None:
        return False
    teasers = sum(any(map(is_headline, item.iter("a"))) for item in items)
    return teasers >= max(FEWEST_TEASERS, SHARE_OF_TEASERS * len(items))


def is_headline(link: html.HtmlElement) -> bool:
    """Tell whether a link is a headline: long enough for one, and in a box that says nothing else, or around boxes."""
    text = _words_of(link)
    if len(text) + len(HAN.findall(text)) < SHORTEST_HEADLINE or (link.get("href") or "#").startswith("#"):
        return False
    box = link.getparent()
    # A box of many links is none, and its text is not put together for each of them.
    alone = box is not None and box.tag in BOXES and len(box) <= MOST_BESIDE_A_HEADLINE and _words_of(box) == text
    return alone or next(link.iterdescendants(*BOXES), None) is not None


def _words_of(element: html.HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def open_layout_tables(tree: html.HtmlElement) -> None:
    """Make boxes of the tables of a page laid out by them: else the article is one cell of figures to the library."""
    tables = [table for table in tree.iter("table") if table.getparent() is not None]
    if not tables:
        return
    lengths = text_lengths(tree)
    laid_out = [
        table for table in tables
        if table.find(".//table") is not None
        or (any(lengths[cell] >= LONGEST_CELL for cell in table.iter("td")) and not _has_columns(table, lengths))
    ]  # fmt: skip
    for part in [part for table in laid_out for part in _parts_of(table)]:
        part.tag = "div"


def _has_columns(table: html.HtmlElement, lengths: Mapping[html.HtmlElement, int]) -> bool:
    """Tell whether a table is one of columns under their names, however long a cell is: 片名, 年份, 剧情."""
    rows = [sum(lengths[cell] > 0 for cell in row.iter("td", "th")) for row in table.iter("tr")]
    columned = sum(cells >= FEWEST_COLUMNS for cells in rows)
    named = sum(1 for _ in table.iter("th"))
    return min(named, columned) >= FEWEST_COLUMNS and columned >= len(rows) / 2


def _parts_of(table: html.HtmlElement) -> list[html.HtmlElement]:
    """Return a table with its rows and cells, those of the tables in it left out."""
    parts = table.iter("tbody", "thead", "tr", "td", "th")
    return [table, *(part for part in parts if next(part.iterancestors("table")) is table)]


def remove_furniture(tree: html.HtmlElement) -> None:
    """Drop what is never the article by its name or tag; of short articles only, of long ones a library knows it."""
    lengths = text_lengths(tree)
    whole = lengths[tree] or 1
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in KEPT_TAGS:
            continue
        named = FURNITURE.search(f"{element.get('class', '')} {element.get('id', '')}")
        if element.tag in FURNITURE_TAGS or (named and lengths[element] < LARGEST_SHARE * whole):
            element.drop_tree()


def text_lengths(tree: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """Return how many characters of text each element holds."""
    # All in one pass, leaves first: asking each element for its text takes hours on a thousand nested boxes.
    lengths: dict[html.HtmlElement, int] = {}
    for element in reversed(list(tree.iter())):
        own = len(element.text or "") if element.tag not in UNSEEN else 0
        lengths[element] = own + sum(lengths[child] + len(child.tail or "") for child in element)
    return lengths
