"""The links that a source's own CSS selectors name."""

from lxml import html

from crawler.addresses import absolute
from crawler.extraction.encoding import decode
from crawler.extraction.trees import parse


def selected_links(body: bytes, content_type: str, url: str, selector: str) -> list[str]:
    """Return the addresses of the links that it names, or that stand in what it names. Raises Refused."""
    tree = parse(decode(body, content_type))
    return [found for element in tree.cssselect(selector) if (found := _target(element, url))]


def _target(element: html.HtmlElement, url: str) -> str | None:
    link = element.get("href") or next((inner.get("href") for inner in element.iter("a") if inner.get("href")), None)
    return absolute(url, link) if link else None
