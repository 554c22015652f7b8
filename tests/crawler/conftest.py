"""Little sites, and crawls of them into the test's own store."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from domain.settings import Settings
from domain.store import Database
from tests.crawler.crawling import CrawlProcess
from tests.crawler.little_site import LittleSite

Gather = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def little_site() -> Iterator[Callable[[dict[str, Any]], LittleSite]]:
    """Make sites of a few pages; they end with the test."""
    sites: list[LittleSite] = []

    def make(pages: dict[str, Any]) -> LittleSite:
        sites.append(LittleSite(pages))
        return sites[-1]

    yield make
    for site in sites:
        site.close()


@pytest.fixture(scope="session")
def crawl_process() -> Iterator[CrawlProcess]:
    """The process that crawls are forked from."""
    process = CrawlProcess()
    yield process
    process.close()


@pytest.fixture
def gather(crawl_process: CrawlProcess, database: Database, settings: Settings) -> Gather:
    """Crawl [url, kind, options] sources on the given sites into `database`; return the summaries."""

    def run(sites: Sequence[LittleSite], *sources: Sequence[Any], **given: Any) -> list[dict[str, Any]]:
        origins = [site.origin for site in sites]
        return list(crawl_process.crawl(settings.data_dir, origins, sources, **given)["summaries"])

    return run
