"""What a page says of itself for machines: JSON-LD, OpenGraph and meta elements, robots directives."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from lxml import html

ARTICLE_TYPES = frozenset(
    {"Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
     "SocialMediaPosting", "DiscussionForumPosting", "Report", "TechArticle", "LiveBlogPosting"}
)  # fmt: skip
LONGEST_JSON = 200_000
# What templates put around JSON, for browsers of long ago, and the comma that they leave behind the last member.
AROUND_JSON = re.compile(
    r"\A\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*\Z"
)
LAST_COMMA = re.compile(r",\s*([}\]])")
DEEPEST_JSON = 6


@dataclass(frozen=True)
class Directives:
    """What a page asks of crawlers."""

    noindex: bool = False
    nofollow: bool = False


def meta(tree: html.HtmlElement, *names: str) -> str:
    """Return the content of the first meta element with one of these names, in their order, or nothing."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = (element.get("content") or "").strip()
        if content:
            found.setdefault(name, content)
    return next((found[name] for name in names if name in found), "")


def article_data(tree: html.HtmlElement, url: str = "") -> dict[str, Any]:
    """Return the JSON-LD object that describes the article, or an empty one; broken JSON-LD is passed over.

    Of several the one that says that it is of the page at `url`, and no other page's: lists of further stories are
    described too.
    """
    candidates = [item for script in tree.iter("script") for item in _json_ld(script)]
    described = [item for item in candidates if _types(item) & ARTICLE_TYPES]
    if len(described) > 1:
        own = {_path(url)} | {
            _path(link.get("href", "")) for link in tree.iter("link") if link.get("rel") == "canonical"
        }
        described.sort(
            key=lambda item: (_of_another_page(item, own), "headline" not in item, "datePublished" not in item)
        )
    return described[0] if described else {}


def text_value(value: Any) -> str:
    """Return a JSON-LD value as text: a string, the first of a list, or the name of an object."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return unescape(value).strip() if isinstance(value, str) else ""


def directives(tree: html.HtmlElement, headers: list[str], robot: str) -> Directives:
    """Return what meta elements and X-Robots-Tag headers ask of us: those for all and those for `robot`."""
    words: set[str] = set()
    for element in tree.iter("meta"):
        if (element.get("name") or "").strip().lower() in ("robots", robot.lower()):
            words |= _words(element.get("content") or "")
    for header in headers:
        words |= _words_for(header, robot.lower())
    return Directives(bool(words & {"noindex", "none"}), bool(words & {"nofollow", "none"}))


def _words(content: str) -> set[str]:
    return {word.strip().lower() for word in content.split(",")}


def _words_for(header: str, robot: str) -> set[str]:
    # "noindex, nofollow" is for all, "otherbot: noindex" for one; a name holds for what follows it.
    words: set[str] = set()
    for_us = True
    for piece in header.split(","):
        name, colon, rest = piece.partition(":")
        if colon and name.strip().lower() != "unavailable_after":
            for_us, piece = name.strip().lower() in (robot, "*"), rest
        if for_us:
            words.add(piece.strip().lower())
    return words


def _json_ld(script: html.HtmlElement) -> Iterator[dict[str, Any]]:
    if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
        return
    text = script.text_content()
    if len(text) > LONGEST_JSON:
        return
    bare = AROUND_JSON.sub("", text).strip().rstrip(";")
    try:
        data = json.loads(bare, strict=False)
    except RecursionError:
        return
    except ValueError:
        try:
            data = json.loads(LAST_COMMA.sub(r"\1", bare), strict=False)
        except (ValueError, RecursionError):
            return
    yield from _objects(data, DEEPEST_JSON)


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            yield from _objects(item.get("@graph", []), depth - 1)
            yield from _objects(item.get("mainEntity", []), depth - 1)


def _of_another_page(item: dict[str, Any], own: Collection[str]) -> int:
    """Tell how sure it is that an object describes another page: 0 where it names this one, 1 where it names none."""
    named = [item.get(name) for name in ("url", "@id", "mainEntityOfPage")]
    named = [value.get("@id") or value.get("url") if isinstance(value, dict) else value for value in named]
    paths = [path for value in named if isinstance(value, str) and (path := _path(value))]
    return 1 if not paths else 0 if any(path in own for path in paths) else 2


def _path(address: str) -> str:
    """Return path and query of an address, for the same page is named with and without www, by http and https."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return f"{parts.path.rstrip('/')}?{parts.query}" if parts.path or parts.query else ""


def _types(item: dict[str, Any]) -> set[str]:
    kinds = item.get("@type", [])
    return {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}
