"""An original that copies in several sources name is asked for once, and each of them hears what is there."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, listing, sitemap
from tests.crawler.test_canonical import numbered

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]
ORIGINAL = "/0"
COPIES = {source: [f"/{source}/{number}" for number in range(3)] for source in "abc"}
ALL = [path for paths in COPIES.values() for path in paths]
# What is at the address that the copies name: which paths are stored, and how many each of the sources found.
ANSWERS: dict[str, tuple[Any, list[str], int]] = {
    "an article": (numbered(0, ORIGINAL), [ORIGINAL], 1),
    "nothing": ((404, {}, ""), ALL, 3),
    "no article": (listing("/x"), ALL, 3),
    "what is hidden": (article(head='<meta name="robots" content="noindex">'), [], 0),
}


def site_of(make: Make, original: Any, *listed: str) -> LittleSite:
    """Return a site with three sitemaps of copies; `listed` are those that list the original too."""
    maps = {
        f"/{source}.xml": sitemap(*paths, *([ORIGINAL] if source in listed else [])) for source, paths in COPIES.items()
    }
    copies = {path: numbered(number, ORIGINAL) for number, path in enumerate(ALL, 1)}
    return make({**maps, **copies, ORIGINAL: original})


@pytest.mark.parametrize("listed", [(), ("b",), ("a", "b", "c")], ids=["in none", "in one", "in all"])
@pytest.mark.parametrize("answer", ANSWERS)
def test_an_original_that_copies_of_three_sources_name_is_asked_for_once(
    little_site: Make, gather: Gather, database: Database, answer: str, listed: tuple[str, ...]
) -> None:
    original, stored, found = ANSWERS[answer]
    site = site_of(little_site, original, *listed)
    summaries = gather([site], *([f"{site.address}/{source}.xml", "sitemap"] for source in COPIES))
    assert site.paths().count(ORIGINAL) == 1
    assert sorted(articles(database)) == sorted(site.address + path for path in stored)
    if not listed:  # what is listed and another source's is met, whatever comes of it
        assert [summary["counts"]["found"] for summary in summaries] == [found] * 3
