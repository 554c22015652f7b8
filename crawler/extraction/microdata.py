"""What a page says of its article as microdata: `<h1 itemprop="headline">` inside of an `itemscope` of an article."""

from typing import Any

from lxml import html

from crawler.extraction.structured import ARTICLE_TYPES
from crawler.extraction.trees import SPACES, text_of

# Attributes that hold a value, by element, as the HTML standard has it; of all others the text is the value.
VALUE_ATTRIBUTES = {"meta": "content", "time": "datetime", "data": "value", "a": "href", "link": "href"}
WANTED = frozenset({"headline", "name", "datePublished", "publisher"})


def microdata(tree: html.HtmlElement) -> dict[str, Any]:
    """Return the properties of the first article that is marked up so, by the names of JSON-LD; empty without one."""
    for scope in tree.iterfind(".//*[@itemtype]"):
        kinds = {kind.rstrip("/").rpartition("/")[2] for kind in (scope.get("itemtype") or "").split()}
        if kinds & ARTICLE_TYPES:
            found = _properties(scope)
            return {**found, "headline": found.get("headline") or found.get("name", "")}
    return {}


def _properties(scope: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in scope.iterfind(".//*[@itemprop]"):
        for name in WANTED & set((element.get("itemprop") or "").split()):
            if _scope_of(element) is scope:
                found.setdefault(name, _value(element))
    return found


def _scope_of(element: html.HtmlElement) -> html.HtmlElement | None:
    """Return the item that an element is a property of: the author's name is not the article's."""
    return next((above for above in element.iterancestors() if above.get("itemscope") is not None), None)


def _value(element: html.HtmlElement) -> str:
    if element.get("itemscope") is not None:  # a publisher is an item of its own, with a name
        inner = element.find(".//*[@itemprop='name']")
        return _value(inner) if inner is not None and inner is not element else ""
    given = element.get("content") or element.get(VALUE_ATTRIBUTES.get(str(element.tag), "content"))
    return SPACES.sub(" ", (given or text_of(element)).strip())
