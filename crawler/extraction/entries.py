"""Entries of a JSON API: articles, posts or complaints, found by paths that the source names or by common names."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import html

from crawler.connections.addresses import absolute
from crawler.extraction.dates import day_of
from crawler.extraction.encoding import decode
from crawler.extraction.quotes import without_quotes
from crawler.extraction.trees import CONTROL, SPACES, lines_of
from crawler.extraction.xml import unpacked
from crawler.refusals import Refused

# What APIs commonly call things, the surest first. A source's options name other paths: `items: data.rows`.
NAMES: Mapping[str, tuple[str, ...]] = {
    "items": ("items", "results", "data", "posts", "entries", "records", "rows", "list", "complaints", "data.items",
              "data.list", "data.records", "data.rows", "data.posts", "hits.hits", "value"),
    "id": ("id", "pid", "tid", "uuid", "_id", "complaint_id", "slug", "sn"),
    "url": ("url", "link", "href", "permalink", "web_url", "html_url"),
    "title": ("title.rendered", "title", "subject", "headline", "name", "topic"),
    "text": ("content.rendered", "content.html", "text", "content", "body", "message", "narrative", "description",
             "detail", "summary"),
    "date": ("filed_at", "published_at", "published", "created_at", "created", "date", "time", "posted_at", "pubDate",
             "create_time", "publish_time", "ctime", "date_received"),
    "author": ("author", "user", "username", "user_name", "nickname", "author.name", "user.name", "poster"),
    "institution": ("institution", "company", "merchant", "lender", "org", "organization", "respondent", "couname"),
    "status": ("status", "state", "progress"),
    "replies": ("history[].text", "replies[].text", "replies[].content", "responses[].text", "company_response"),
    "deleted": ("deleted", "is_deleted", "removed"),
    "next": ("next_cursor", "nextCursor", "next", "next_url", "next_page", "cursor", "links.next", "links.next.href",
             "_links.next.href", "paging.next", "meta.next", "meta.next_cursor", "pagination.next_cursor"),
}  # fmt: skip
# Of JSONP: callback({…});
CALL = re.compile(r"\s*(?:/\*\*/)?\s*[\w$.]{1,100}\((.*)\)\s*;?\s*", re.DOTALL)
MOST_ENTRIES = 5000
LONGEST_TEXT = 200_000


@dataclass(frozen=True)
class Entry:
    """One entry. `name` is its writer's, needed to tell writers apart and never kept."""

    id: str
    url: str | None
    title: str | None = field(repr=False)
    text: str = field(repr=False)
    published_on: date | None
    institution: str = ""
    status: str = ""
    replies: tuple[str, ...] = field(default=(), repr=False)
    name: str = field(default="", repr=False)
    is_deleted: bool = False


@dataclass(frozen=True)
class EntriesPage:
    """The entries of one answer, the title of the whole where there is one, and the address of the next answer."""

    entries: tuple[Entry, ...]
    title: str | None = field(default=None, repr=False)
    next_url: str | None = None


def read_json(body: bytes, content_type: str = "") -> Any:
    """Parse an answer, compressed or not, also one that is handed to a function (JSONP).

    Raises Refused for what is no JSON, or nested beyond reason.
    """
    text = decode(unpacked(body), content_type).removeprefix("\ufeff")
    if called := CALL.fullmatch(text):
        text = called[1]
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused("malformed_json") from error


def read_entries(
    body: bytes, url: str, paths: Mapping[str, str], next_parameter: str = "", content_type: str = ""
) -> EntriesPage:
    """Read one answer of the API at `url`. Raises Refused, `no_entries` where there is no list of objects in it."""
    data = read_json(body, content_type)
    rows = _rows(data, paths)
    if rows is None:
        raise Refused("no_entries")
    entries = tuple(_entry(row, url, paths) for row in rows[:MOST_ENTRIES])
    title = _text(_found(data, paths, "title")) if isinstance(data, Mapping) else ""
    return EntriesPage(entries, title or None, _next_url(data, url, paths, next_parameter) if rows else None)


def values_at(data: Any, path: str) -> Iterator[Any]:
    """Yield what stands at a path such as `data.rows`, `hits.0._source` or `history[].text`."""
    head, *rest = path.split(".", 1)
    name, each = head.removesuffix("[]"), head.endswith("[]")
    if isinstance(data, Mapping):
        value = data.get(name)
    elif isinstance(data, list) and name.isdigit() and int(name) < len(data):
        value = data[int(name)]
    else:
        value = None
    parts = value if each and isinstance(value, list) else [] if each else [value]
    for part in parts:
        if not rest:
            if part is not None:
                yield part
        else:
            yield from values_at(part, rest[0])


def _rows(data: Any, paths: Mapping[str, str]) -> list[Mapping[str, Any]] | None:
    candidates = [data] if isinstance(data, list) else []
    for path in [paths["items"]] if paths.get("items") else NAMES["items"]:
        candidates += list(values_at(data, path))
    for candidate in candidates:
        if not isinstance(candidate, list):
            continue
        # One that is none, a null or a text among them, takes nothing from the others.
        rows = [row for row in candidate if isinstance(row, Mapping)]
        if rows or not candidate:
            return [_unwrapped(row) for row in rows]
    return None


def _unwrapped(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a record without what Elasticsearch, on which many boards stand, and JSON:API put around each."""
    inner = row.get("_source")
    if isinstance(inner, Mapping):
        return inner
    told = row.get("attributes")
    return {**row, **told} if isinstance(told, Mapping) else row


def _entry(row: Mapping[str, Any], base: str, paths: Mapping[str, str]) -> Entry:
    link = _found(row, paths, "url")
    name = _found(row, paths, "author")
    return Entry(
        id=_text(_found(row, paths, "id")),
        url=absolute(base, link) if isinstance(link, str) and link.strip() else None,
        title=_text(_found(row, paths, "title"))[:300] or None,
        text=_words(_found(row, paths, "text")),
        published_on=_day(_found(row, paths, "date")),
        institution=_text(_found(row, paths, "institution"))[:200],
        status=_text(_found(row, paths, "status"))[:80],
        replies=tuple(_words(reply) for reply in _all(row, paths, "replies") if isinstance(reply, str)),
        name=_text(name.get("name") if isinstance(name, Mapping) else name)[:80],
        is_deleted=_found(row, paths, "deleted") in (True, 1, "1", "true"),
    )


def _found(data: Mapping[str, Any], paths: Mapping[str, str], field_name: str) -> Any:
    return next((value for value in _all(data, paths, field_name) if value not in ("", None)), None)


def _all(data: Mapping[str, Any], paths: Mapping[str, str], field_name: str) -> list[Any]:
    chosen = paths.get(field_name)
    for path in [chosen] if chosen else NAMES[field_name]:
        if found := list(values_at(data, path)):
            return found
    return []


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return SPACES.sub(" ", CONTROL.sub(" ", str(value))).strip()


def _words(value: Any) -> str:
    """Return a text as lines; one that is HTML loses its tags, quotes and signatures with them."""
    if not isinstance(value, str):
        return ""
    value = CONTROL.sub(" ", value[:LONGEST_TEXT])
    if "</" in value or "<br" in value.lower():
        tree = html.fragment_fromstring(value, create_parent="div")
        for quote in tree.xpath(".//blockquote | .//script | .//style"):
            quote.drop_tree()
        return without_quotes("\n".join(lines_of(tree)))
    return without_quotes(
        "\n".join(line for line in (SPACES.sub(" ", line).strip() for line in value.splitlines()) if line)
    )


def _day(value: Any) -> date | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return day_of(str(int(value)) if isinstance(value, int | float) else value)
    except (OverflowError, ValueError):
        return None


def _next_url(data: Any, url: str, paths: Mapping[str, str], parameter: str) -> str | None:
    if not isinstance(data, Mapping):
        return None
    for path in [paths["next"]] if paths.get("next") else NAMES["next"]:
        for value in values_at(data, path):
            if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
                text = str(value)
                if text.startswith(("http://", "https://", "/", "?")):
                    return absolute(url, text)
                return _with(url, parameter or ("page" if path.endswith("page") else "cursor"), text)
    page, last = data.get("page"), next((data[n] for n in ("pages", "total_pages", "last_page") if n in data), None)
    if isinstance(page, int) and isinstance(last, int) and page < last:
        return _with(url, parameter or "page", str(page + 1))
    return None


def _with(url: str, parameter: str, value: str) -> str:
    parts = urlsplit(url)
    query = [(name, old) for name, old in parse_qsl(parts.query, keep_blank_values=True) if name != parameter]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode([*query, (parameter, value)]), ""))
