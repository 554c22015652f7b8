"""Trees of HTML: parsed once, with limits on what is taken for a page at all, and read back as lines of text."""

import re
from collections.abc import Iterator

from lxml import etree, html

from crawler.connections.addresses import absolute
from crawler.refusals import Refused

# The longest article pages met have 1 MB of HTML; the extraction's time grows with the size.
LONGEST_PAGE_CHARACTERS = 3_000_000
MOST_ELEMENTS = 60_000
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div",
     "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
     "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
     "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)  # fmt: skip
UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "button",
     "head", "title"}
)  # fmt: skip
SPACES = re.compile(r"[\s\u3000]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def parse(text: str) -> html.HtmlElement:
    """Return the tree of a page. Raises Refused for what is empty, no text or too much."""
    if "\x00" in text[:2000]:
        raise Refused("binary")
    if not text.strip():
        raise Refused("empty")
    if len(text) > LONGEST_PAGE_CHARACTERS:
        raise Refused("too_large")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(CONTROL.sub(" ", text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused("empty") from error
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise Refused("too_large")
    return tree


def base_of(tree: html.HtmlElement, url: str) -> str:
    """Return the address that the links of a page are told from: its own, or the one that its `base` names."""
    named = next((element.get("href") for element in tree.iter("base") if element.get("href")), None)
    try:
        return (absolute(url, named) if named else None) or url
    except ValueError:  # http://[::1
        return url


def lines_of(element: html.HtmlElement) -> list[str]:
    """Return the text below an element as a reader sees it: one line for each block, spaces made single."""
    lines = [SPACES.sub(" ", line).strip() for line in "".join(_pieces(element)).split("\n")]
    return [line for line in lines if line]


def text_of(element: html.HtmlElement) -> str:
    """Return the text below an element as one line."""
    return " ".join(lines_of(element))


def _pieces(root: html.HtmlElement) -> Iterator[str]:
    # By events and not by recursion: pages nest deeper than Python does.
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else "script"
        if event == "start":
            hidden += name in UNSEEN
            if name in BLOCKS:
                yield "\n"
            if not hidden and element.text:
                yield SPACES.sub(" ", element.text) if name != "pre" else element.text
            continue
        hidden -= name in UNSEEN
        if name in BLOCKS:
            yield "\n"
        if not hidden and element is not root and element.tail:
            yield SPACES.sub(" ", element.tail)
