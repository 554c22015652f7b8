"""The links that a source's own CSS selectors name."""

from lxml import html

from crawler.connections.addresses import absolute
from crawler.extraction.encoding import decode
from crawler.extraction.trees import base_of, parse


def selected_links(body: bytes, content_type: str, url: str, selector: str) -> list[str]:
    """Return the addresses of the links that it names, or that stand in what it names. Raises Refused."""
    tree = parse(decode(body, content_type))
    base = base_of(tree, url)
    return [found for element in tree.cssselect(selector) if (found := _target(element, base))]


def _target(element: html.HtmlElement, base: str) -> str | None:
    link = element.get("href") or next((inner.get("href") for inner in element.iter("a") if inner.get("href")), None)
    return absolute(base, link) if link else None
