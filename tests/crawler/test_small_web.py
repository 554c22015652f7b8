"""The small web, gathered twice and held against its own ground truth; two seeds, so that nothing is fitted to one."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from domain.models import Article
from domain.reading import Reader
from domain.repair import GAP_MARK
from domain.settings import SITE_TIME_ZONE
from domain.store import registry
from domain.text import fold
from tests.crawler.crawling import CrawlProcess, SmallWeb, articles, ask

pytestmark = pytest.mark.slow

SOURCES = (
    ("farm", "sitemap", "/sitemap.xml"), ("farm", "listing", "/list/1.html"), ("mirror", "listing", "/"),
    ("news", "feed", "/rss.xml"), ("news", "feed", "/feed/finance.xml"), ("news", "listing", "/"),
    ("en", "feed", "/feed.atom"), ("en", "listing", "/"),
)  # fmt: skip
GATHERED = ("farm", "news", "en")
GLOSS = re.compile(r"\([a-zA-Z\u00c0-\u024f]{1,7}\)")


@pytest.fixture(scope="module", params=[7, 23], ids=lambda seed: f"seed{seed}")
def gathered(
    request: pytest.FixtureRequest,
    crawl_process: CrawlProcess,
    shared: Path,
    prepared_sqlite: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SimpleNamespace]:
    """The web of one seed after two crawls of the same sources."""
    web = SmallWeb(crawl_process, shared, tmp_path_factory.mktemp("web"), prepared_sqlite, request.param)
    first = web.crawl(*SOURCES)["summaries"]
    stored = articles(web.database)
    second = web.crawl(*SOURCES)["summaries"]
    reader = Reader(registry.lender_entries(web.database))
    yield SimpleNamespace(web=web, first=first, second=second, stored=stored, reader=reader, shared=shared)
    web.close()


def plain(text: str) -> str:
    """Return a text as it is compared: folded, without spaces and without the marks of words that the source lost."""
    return "".join(fold(text).replace(GAP_MARK, "").split())


def expected_articles(gathered: SimpleNamespace, *sites: str) -> list[dict[str, Any]]:
    return [record for record in gathered.web.records(*sites) if record["expect"] == "article"]


def kept_text_of(gathered: SimpleNamespace, record: dict[str, Any]) -> Article:
    """Return the article that keeps the text of a page: its own row, or the one that its row is a copy of."""
    article = gathered.stored[record["url"]]
    return article.duplicate_of or article


@pytest.mark.parametrize("site", GATHERED)
def test_every_article_is_stored_under_its_own_address(gathered: SimpleNamespace, site: str) -> None:
    expected = {record["url"] for record in expected_articles(gathered, site)}
    assert expected
    assert expected <= set(gathered.stored)


def test_every_article_has_its_title_repaired(gathered: SimpleNamespace) -> None:
    for record in expected_articles(gathered, *GATHERED):
        article = gathered.stored[record["url"]]
        if record["title"] is None:
            assert not article.title_is_given
        else:
            assert plain(article.title) == plain(record.get("plain_title") or GLOSS.sub("", record["title"]))


def test_every_article_has_its_day_of_publication(gathered: SimpleNamespace) -> None:
    for record in expected_articles(gathered, *GATHERED):
        published = record.get("published")
        day = datetime.fromisoformat(published).astimezone(SITE_TIME_ZONE).date() if published else None
        assert gathered.stored[record["url"]].published_on == day, record["url"]


def test_the_text_is_kept_and_the_furniture_is_not(gathered: SimpleNamespace) -> None:
    for record in expected_articles(gathered, *GATHERED):
        text = plain(gathered.stored[record["url"]].public_text)
        wanted = record.get("must_contain_cleaned") or [GLOSS.sub("", piece) for piece in record["must_contain"]]
        assert [piece for piece in wanted if plain(piece) not in text] == [], record["url"]
        unwanted = [GLOSS.sub("", piece) for piece in record["must_not_contain"]]
        assert [piece for piece in unwanted if plain(piece) in text] == [], record["url"]


def test_private_data_is_nowhere_in_the_store(gathered: SimpleNamespace) -> None:
    kept = "\n".join(f"{article.title}\n{article.public_text}" for article in gathered.stored.values())
    values = {
        private["value"]
        for record in gathered.web.records("farm", "mirror", "news", "en")
        for private in record.get("private", [])
        if private["kind"] in ("phone", "email", "wx", "idno", "card")
    }
    assert values
    assert [value for value in values if value in kept] == []


def test_what_is_not_to_be_taken_is_not_stored(gathered: SimpleNamespace) -> None:
    for record in gathered.web.records("farm", "mirror", "news", "en"):
        if record["expect"].startswith(("skip:robots", "list", "part", "gone")):
            assert record["url"] not in gathered.stored, record["url"]


def test_what_is_off_the_subject_is_not_indexed(gathered: SimpleNamespace) -> None:
    irrelevant = [record["url"] for record in gathered.web.records(*GATHERED) if record["expect"] == "skip:irrelevant"]
    indexed = [url for url in irrelevant if url in gathered.stored and gathered.stored[url].status == "indexed"]
    assert indexed == []


def test_every_article_on_the_subject_is_indexed_once(gathered: SimpleNamespace) -> None:
    for record in expected_articles(gathered, *GATHERED):
        assert gathered.stored[record["url"]].status in ("indexed", "duplicate_of"), record["url"]
        assert kept_text_of(gathered, record).status == "indexed"


def test_exact_copies_fold_into_one(gathered: SimpleNamespace) -> None:
    exact = [record for record in gathered.web.records("farm", "mirror", "news") if record.get("how") == "exact"]
    assert exact
    for record in exact:
        first = kept_text_of(gathered, {"url": record["duplicate_of"]})
        copy = gathered.stored.get(record["url"])
        assert copy is None or (copy.duplicate_of or copy).id == first.id, record["url"]


def test_the_five_seeds_are_stored_once_each_with_their_lenders(gathered: SimpleNamespace) -> None:
    expected = json.loads((gathered.shared / "domain" / "seeds_expected.json").read_text("utf-8"))["seeds"]
    pages = {r["seed_file"]: r for r in expected_articles(gathered, "farm") if r.get("seed_file")}
    assert len({kept_text_of(gathered, pages[seed["file"]]).id for seed in expected}) == 5
    for seed in expected:
        article = kept_text_of(gathered, pages[seed["file"]])
        subjects = {mention.lender.slug for mention in article.lender_mentions if mention.role == "subject"}
        assert subjects == {lender["slug"] for lender in seed["lenders"]}, seed["file"]
        assert "联系方式" not in plain(article.public_text)
        assert plain(seed["document"]["title"] or "") in plain(article.title)


def test_lenders_are_found_with_the_passage_that_names_them(gathered: SimpleNamespace) -> None:
    for article in gathered.stored.values():
        for mention in article.lender_mentions:
            assert article.public_text[mention.start : mention.end] == mention.surface
        for found in article.tactic_mentions:
            assert article.public_text[found.start : found.end] == found.quote


def test_a_second_crawl_stores_nothing_new(gathered: SimpleNamespace) -> None:
    after = articles(gathered.web.database)
    assert {url: article.version for url, article in after.items()} == {
        url: article.version for url, article in gathered.stored.items()
    }
    for summary in gathered.second:
        assert set(summary["counts"].get("stored", {})) <= {"unchanged"}, summary


def test_every_run_ends_in_order_and_is_recorded(gathered: SimpleNamespace) -> None:
    assert {summary["outcome"] for summary in gathered.first + gathered.second} == {"finished"}
    from domain.models import CrawlRun

    with gathered.web.database.reading() as session:
        runs = list(session.query(CrawlRun))
    assert len(runs) == 2 * len(SOURCES)
    assert all(run.outcome == "finished" and run.ended_at and run.counts for run in runs)


def test_the_sites_found_the_crawler_polite(gathered: SimpleNamespace) -> None:
    manners = gathered.web.summary()
    for site, seen in manners.items():
        assert seen["before_robots"] == 0, site
        assert seen["max_open"] == 1, site
        assert seen["early_retries"] == 0, site
        assert all(re.match(r"Doorstep/.*\(\+https://doorstep\.example", agent) for agent in seen["user_agents"])
    assert manners["news"]["min_gap"] >= 0.2
    assert ask(f"{gathered.web.control}/__leaks__") == b""
