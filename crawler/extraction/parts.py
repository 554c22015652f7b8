"""Stories on several pages: which addresses are the further pages of one, and which page is itself a further one."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import html

from crawler.connections.addresses import absolute, is_front_page
from crawler.extraction.trees import base_of, text_of

MOST_PARTS = 20
# What a link to another page of the same story says: 第2页, 2, 下一页, 余下全文, next page
PAGER_WORDS = re.compile(
    r"第?\s*\d{1,2}\s*[页頁]?|[\[(（【]?\d{1,2}[\])）】]?|[上下后後前]一?[页頁][>›»]*|余下全文|餘下全文|阅读全文|首[页頁]|尾[页頁]"
    r"|(?:next|previous|prev)(?: page)?|page \d{1,2}|[<>‹›«»]{1,2}",
    re.IGNORECASE,
)
NUMBERED_PATH = re.compile(r"(?P<stem>.*?)(?P<mark>[_-]|/)(?P<number>\d{1,2})(?P<end>\.\w{2,5}|/)?\Z")
PAGE_PARAMETERS = ("page", "p", "pn", "pageno", "page_no")


@dataclass(frozen=True)
class Parts:
    """The place of a page in a story: `further` pages in order, and `first` where this page is a further one."""

    further: tuple[str, ...] = ()
    first: str | None = None


def parts_of(tree: html.HtmlElement, url: str) -> Parts:
    """Find the other pages of the story at `url` among the page's own pager links."""
    start = base_of(tree, url)
    linked = {link for element in tree.iter("a", "link") if (link := _pager_link(element, start))}
    first, number = _numbered(url)
    # 首页 at the head of /?p=7 leads to the site, not to the first page of a story.
    if number > 1 and first in linked and not is_front_page(first):
        return Parts(first=first)
    further = {page: link for link in linked for base, page in [_numbered(link)] if page > 1 and base == url}
    return Parts(further=_consecutive(further))


def _consecutive(further: dict[int, str]) -> tuple[str, ...]:
    # 2, 3, 4 …: a gap means that the rest is not of this story
    found: list[str] = []
    while len(found) + 2 in further and len(found) < MOST_PARTS - 1:
        found.append(further[len(found) + 2])
    return tuple(found)


def _pager_link(element: html.HtmlElement, start: str) -> str | None:
    relation = (element.get("rel") or "").lower().split()
    named = "next" in relation or "prev" in relation
    if not named and (element.tag != "a" or not PAGER_WORDS.fullmatch(text_of(element))):
        return None
    return absolute(start, element.get("href") or "")


def _numbered(url: str) -> tuple[str, int]:
    """Return the address of the story's first page and the number of this one: (…/t1.html, 2) for …/t1_2.html."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    for name, value in query:
        if name.lower() in PAGE_PARAMETERS and value.isascii() and value.isdigit() and len(value) < 3:
            rest = urlencode([pair for pair in query if pair[0] != name])
            return urlunsplit((parts.scheme, parts.netloc, parts.path, rest, "")), int(value)
    found = NUMBERED_PATH.fullmatch(parts.path)
    if not found or not found["stem"].strip("/"):
        return url, 1
    path = found["stem"] + (found["end"] or "")
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, "")), int(found["number"])
