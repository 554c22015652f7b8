"""RSS, Atom and RDF feeds, well formed or not, and JSON Feed: the entries, each with its address, title and day."""

import codecs
import html as html_entities
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

from crawler.extraction.dates import day_of
from crawler.extraction.entries import read_json
from crawler.extraction.trees import SPACES, text_of
from crawler.extraction.xml import local_name, parse_xml, prefix_of, unpacked
from crawler.refusals import Refused

ENTRIES = frozenset({"item", "entry"})
# One of these is in every feed, however broken.
FEED_NAMES = ENTRIES | {"rss", "feed", "rdf", "channel"}
DATES = ("pubdate", "published", "issued", "date", "created")
MOST_ENTRIES = 2000
# An element of HTML that may stand in a title; 3<5 and <催收> are none.
TAG = re.compile(r"</?(?:a|b|i|u|em|strong|span|font|br|sub|sup|p|mark|small|img)(?:\s[^<>]*)?/?>", re.IGNORECASE)
# https://www.jsonfeed.org/version/1.1/
JSON_FEED = "jsonfeed.org/version/1"


@dataclass(frozen=True)
class FeedEntry:
    """One entry of a feed; its title and day stand in where the page itself names none."""

    url: str
    title: str | None
    published_on: date | None


def read_feed(body: bytes, content_type: str = "") -> list[FeedEntry]:
    """Read a feed, compressed or not, as far as it can be read.

    Raises Refused, `not_a_feed` for other XML, other JSON or a web page.
    """
    body = unpacked(body)
    if body[:200].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        return _entries_of_json(read_json(body))
    root = parse_xml(body, content_type)
    if not FEED_NAMES & {local_name(element) for element in root.iter()}:
        raise Refused("not_a_feed")
    return entries_of(root)


def entries_of(root: etree._Element) -> list[FeedEntry]:
    """Return the entries below an element of XML, each address once."""
    found: dict[str, FeedEntry] = {}
    for element in root.iter():
        if local_name(element) in ENTRIES and len(found) < MOST_ENTRIES and (entry := _entry(element)):
            found.setdefault(entry.url, entry)
    return list(found.values())


def _entries_of_json(feed: Any) -> list[FeedEntry]:
    version, rows = (feed.get("version"), feed.get("items")) if isinstance(feed, Mapping) else (None, None)
    if not isinstance(version, str) or JSON_FEED not in version or not isinstance(rows, list):
        raise Refused("not_a_feed")
    found: dict[str, FeedEntry] = {}
    for row in rows[:MOST_ENTRIES]:
        told = {name: value for name, value in row.items() if isinstance(value, str)} if isinstance(row, dict) else {}
        number = told.get("id", "").strip()
        url = told.get("url", "").strip() or (number if number.startswith(("http://", "https://")) else "")
        if url:
            found.setdefault(url, FeedEntry(url, _plain(told.get("title", "")), day_of(told.get("date_published", ""))))
    return list(found.values())


def _entry(element: etree._Element) -> FeedEntry | None:
    children = list(_own_children(element))
    url = _address(children)
    if not url:
        return None
    dates = {name: child.text or "" for name, child in reversed(children) if name in DATES}
    day = next((found for name in DATES if (found := day_of(dates.get(name, "")))), None)
    return FeedEntry(url, _title(children, prefix_of(element)), day)


def _own_children(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    # In a feed without closing tags the next entries nest in the first: what is theirs is not its own.
    for child in element:
        if (name := local_name(child)) and name not in ENTRIES:
            yield name, child


def _address(children: list[tuple[str, etree._Element]]) -> str:
    links = [child for name, child in children if name == "link"]
    for link in links:  # Atom
        if link.get("href") and (link.get("rel") or "alternate") == "alternate":
            return _from_base(link, str(link.get("href")))
    for link in links:  # RSS
        if (link.text or "").strip():
            return _from_base(link, str(link.text))
    guid = next((child for name, child in children if name in ("guid", "id")), None)
    text = (guid.text or "").strip() if guid is not None else ""
    is_link = guid is not None and (guid.get("isPermaLink") or "").lower() == "true"
    return text if is_link or text.startswith(("http://", "https://")) else ""


def _from_base(element: etree._Element, link: str) -> str:
    """Return a link as it is told from the `xml:base` of what it stands in; one without stays as it is."""
    try:
        return urljoin(element.base or "", link.strip())
    except ValueError:  # http://[::1
        return link.strip()


def _title(children: list[tuple[str, etree._Element]], prefix: str) -> str | None:
    titles = [child for name, child in children if name == "title"]
    if not titles:
        return None
    # dc:title or media:title may stand before the entry's own.
    element = next((title for title in titles if prefix_of(title) == prefix), titles[0])
    text = "".join(element.itertext())
    # RSS names no type: 催收<b>上门</b> in CDATA is HTML, 1 < 2 is none.
    if "<" in text and (element.get("type") in ("html", "xhtml") or TAG.search(text)):
        text = text_of(html.fragment_fromstring(text, create_parent="div"))
    return _plain(text)


def _plain(text: str) -> str | None:
    return SPACES.sub(" ", html_entities.unescape(text)).strip()[:300] or None
