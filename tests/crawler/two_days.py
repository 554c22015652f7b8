"""The small web of one seed, crawled on two days, and what came of it."""

from types import SimpleNamespace
from typing import Any

from domain.models import Article
from domain.reading import Reader
from domain.store.registries import registry
from tests.crawler.crawling import SmallWeb, articles

SOURCES = (
    ("farm", "sitemap", "/sitemap.xml"), ("farm", "listing", "/list/1.html"), ("mirror", "listing", "/"),
    ("news", "feed", "/rss.xml"), ("news", "feed", "/feed/finance.xml"), ("news", "listing", "/"),
    ("en", "feed", "/feed.atom"), ("en", "listing", "/"), ("forum", "forum", "/board/1"),
    ("portal", "json", "/api/complaints"),
)  # fmt: skip
# Beside the traps a site that has none: what they do must not reach it.
HOSTILE = (
    ("bulk", "sitemap", "/sitemap.xml"), ("traps", "listing", "/"),
    ("traps", "sitemap", "/sitemap-broken.xml"), ("traps", "sitemap", "/sitemap-lol.xml"),
    ("traps", "sitemap", "/sitemap-xxe.xml"), ("traps", "sitemap", "/sitemap-self.xml"),
    ("traps", "sitemap", "/sitemap-bomb.xml.gz"), ("down", "listing", "/"), ("huge", "listing", "/"),
)  # fmt: skip


def two_days(web: SmallWeb) -> SimpleNamespace:
    """Crawl the web twice on its first day and once on the second, and its traps meanwhile, into a store of theirs."""
    traps = web.begin_traps(*HOSTILE)
    first = web.crawl(*SOURCES)["summaries"]
    stored, requests = articles(web.database), len(web.log())
    second = web.crawl(*SOURCES)["summaries"]
    again, unchanged = web.log()[requests:], articles(web.database)
    first_day = web.truth
    web.begin_day(2)
    third = web.crawl(*SOURCES)["summaries"]
    hostile = traps.finish()
    return SimpleNamespace(
        web=web, first=first, second=second, third=third, again=again, stored=stored, unchanged=unchanged,
        hostile=hostile["summaries"], memory_mb=hostile["memory_mb"], from_traps=articles(web.trap_database),
        reader=Reader(registry.lender_entries(web.database)), truth=first_day, second_truth=web.truth,
        on_second_day=articles(web.database),
    )  # fmt: skip


def expected_articles(gathered: SimpleNamespace, *sites: str) -> list[dict[str, Any]]:
    return [record for record in records(gathered, *sites) if record["expect"] == "article"]


def records(gathered: SimpleNamespace, *sites: str) -> list[dict[str, Any]]:
    """Return the truth of the first day on these sites."""
    return [record for record in gathered.truth if record["site"] in sites]


def kept_text_of(gathered: SimpleNamespace, record: dict[str, Any]) -> Article:
    """Return the article that keeps the text of a page: its own row, or the one that its row is a copy of."""
    article = gathered.stored[record["url"]]
    return article.duplicate_of or article
