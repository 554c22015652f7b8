"""The small web, gathered on two days and held against its own ground truth; two seeds, so that nothing fits one.

SMALL_WEB_SEEDS=101,5077 in the environment names others.
"""

import json
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawler.keeping.archive import read_copy
from domain.repairing.repair import GAP_MARK
from domain.settings import SITE_TIME_ZONE
from domain.store.gathering.article_history import versions_of
from domain.text import fold
from tests.crawler.crawling import CrawlProcess, SmallWeb, ask
from tests.crawler.two_days import HOSTILE, SOURCES, expected_articles, kept_text_of, records, two_days

pytestmark = pytest.mark.slow

GATHERED = ("farm", "news", "en")
GLOSS = re.compile(r"\([a-zA-Z\u00c0-\u024f]{1,7}\)")


SEEDS = tuple(int(seed) for seed in os.environ.get("SMALL_WEB_SEEDS", "7,23").split(","))


@pytest.fixture(scope="module")
def both(
    shared: Path, prepared_sqlite: Path, crawl_process: CrawlProcess, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[int, SimpleNamespace]]:
    """The web of each seed, gathered side by side: most of the time is the sites' own delays and time-outs."""
    with ExitStack() as open_webs, ThreadPoolExecutor(len(SEEDS)) as threads:
        folders = [tmp_path_factory.mktemp("web") for _ in SEEDS]
        webs = [
            SmallWeb(crawl_process, shared, folder, prepared_sqlite, seed)
            for folder, seed in zip(folders, SEEDS, strict=True)
        ]
        for web in webs:
            open_webs.callback(web.close)
        yield dict(zip(SEEDS, threads.map(two_days, webs), strict=True))


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed{seed}")
def gathered(request: pytest.FixtureRequest, both: dict[int, SimpleNamespace]) -> SimpleNamespace:
    """What came of the web of one seed."""
    return both[request.param]


def plain(text: str) -> str:
    """Return a text as it is compared: folded, without spaces and without the marks of words that the source lost."""
    return "".join(fold(text).replace(GAP_MARK, "").split())


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
        for record in records(gathered, "farm", "mirror", "news", "en")
        for private in record.get("private", [])
        if private["kind"] in ("phone", "email", "wx", "idno", "card")
    }
    assert values
    assert [value for value in values if value in kept] == []


def test_what_is_not_to_be_taken_is_not_stored(gathered: SimpleNamespace) -> None:
    for record in records(gathered, "farm", "mirror", "news", "en"):
        if record["expect"].startswith(("skip:robots", "list", "part", "gone")):
            assert record["url"] not in gathered.stored, record["url"]


def test_what_is_off_the_subject_is_not_indexed(gathered: SimpleNamespace) -> None:
    irrelevant = [record["url"] for record in records(gathered, *GATHERED) if record["expect"] == "skip:irrelevant"]
    indexed = [url for url in irrelevant if url in gathered.stored and gathered.stored[url].status == "indexed"]
    assert indexed == []


def test_every_article_on_the_subject_is_indexed_once(gathered: SimpleNamespace) -> None:
    for record in expected_articles(gathered, *GATHERED):
        assert gathered.stored[record["url"]].status in ("indexed", "duplicate_of"), record["url"]
        assert kept_text_of(gathered, record).status == "indexed"


def test_exact_copies_fold_into_one(gathered: SimpleNamespace) -> None:
    exact = [record for record in records(gathered, "farm", "mirror", "news") if record.get("how") == "exact"]
    assert exact
    for record in exact:
        first = kept_text_of(gathered, {"url": record["duplicate_of"]})
        copy = gathered.stored.get(record["url"])
        assert copy is None or (copy.duplicate_of or copy).id == first.id, record["url"]


def test_the_five_seeds_are_stored_once_each_with_their_lenders(gathered: SimpleNamespace, shared: Path) -> None:
    expected = json.loads((shared / "domain" / "seeds_expected.json").read_text("utf-8"))["seeds"]
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
            if mention.start is not None:  # a lender named beside the text has no place in it
                assert article.public_text[mention.start : mention.end] == mention.surface
        for found in article.tactic_mentions:
            assert article.public_text[found.start : found.end] == found.quote


def test_a_second_crawl_stores_nothing_new(gathered: SimpleNamespace) -> None:
    assert {url: article.version for url, article in gathered.unchanged.items()} == {
        url: article.version for url, article in gathered.stored.items()
    }
    for summary in gathered.second:
        assert set(summary["counts"].get("stored", {})) <= {"unchanged"}, summary


def test_every_run_ends_in_order_and_is_recorded(gathered: SimpleNamespace) -> None:
    summaries = gathered.first + gathered.second + gathered.third + gathered.hostile
    ended = {summary["address"]: summary["outcome"] for summary in summaries}
    down = gathered.web.sites["down"] + "/"
    assert ended.pop(down) == "unreachable"
    assert set(ended.values()) == {"finished"}
    from domain.models import CrawlRun

    runs = []
    for database in (gathered.web.database, gathered.web.trap_database):
        with database.reading() as session:
            runs += session.query(CrawlRun)
    assert len(runs) == len(summaries) == 3 * len(SOURCES) + len(HOSTILE)
    assert all(run.ended_at and run.counts for run in runs)


def test_the_sites_found_the_crawler_polite(gathered: SimpleNamespace) -> None:
    manners = gathered.web.summary()
    for site, seen in manners.items():
        assert seen["before_robots"] == 0, site
        # A trap that never answers stays open at its own end after the crawler has gone.
        assert seen["max_open"] == 1 or site == "traps", site
        assert seen["early_retries"] == 0, site
        assert all(re.match(r"Doorstep/.*\(\+https://doorstep\.example", agent) for agent in seen["user_agents"])
    assert manners["news"]["min_gap"] >= 0.2
    assert ask(f"{gathered.web.control}/__leaks__") == b""


def test_every_post_and_complaint_is_a_record_with_its_day(gathered: SimpleNamespace) -> None:
    for record in records(gathered, "forum", "portal"):
        if record["expect"] != "post":
            continue
        article = gathered.stored[record["url"]]
        assert article.status in ("indexed", "duplicate_of"), record["url"]
        assert article.form == "post"
        day = datetime.fromisoformat(record["published"]).astimezone(SITE_TIME_ZONE).date()
        assert article.published_on == day, record["url"]
        assert plain(article.title) == plain(record["title"])
        text = plain(article.public_text)
        assert [piece for piece in record.get("must_not_contain", []) if plain(piece) in text] == [], record["url"]
        if not record["private"] or {value["kind"] for value in record["private"]} == {"user_name"}:
            assert difference(text, plain(record["text"])) < 0.15, record["url"]


def difference(one: str, other: str) -> float:
    """Say how far two texts are apart, 0 to 1; a mask that was put in is no loss of the post."""
    return 1 - SequenceMatcher(None, one, other, autojunk=False).ratio()


def test_who_wrote_a_post_is_kept_nowhere(gathered: SimpleNamespace) -> None:
    for record in records(gathered, "forum"):
        names = [value["value"] for value in record.get("private", []) if value["kind"] == "user_name"]
        article = gathered.stored.get(record["url"])
        assert article is None or article.author not in names


def test_deleted_posts_and_advertisements_are_not_searched(gathered: SimpleNamespace) -> None:
    for record in records(gathered, "forum", "portal"):
        article = gathered.stored.get(record["url"])
        if record["expect"] == "skip:deleted":
            assert article is None, record["url"]
        elif record["expect"] == "skip:irrelevant":
            assert article is None or article.status == "irrelevant", record["url"]


def test_a_page_that_is_unchanged_is_not_sent_again(gathered: SimpleNamespace) -> None:
    for request in gathered.again:
        url = gathered.web.sites[request["site"]] + request["target"]
        article = gathered.stored.get(url)
        # The forum, the board and the mirror name neither an ETag nor a day of change.
        if article is not None and request["site"] in ("farm", "news", "en"):
            assert request["status"] == 304, url


def test_of_the_traps_only_what_is_right_is_taken(gathered: SimpleNamespace) -> None:
    for record in records(gathered, "traps", "down", "huge"):
        article = gathered.from_traps.get(record["url"])
        if record["expect"] == "article":
            assert article is not None or "skip:robots" in record.get("accept", []), record["url"]
            if article is not None and record.get("title"):
                assert plain(article.title) == plain(record["title"])
        elif record["expect"].startswith(("skip", "trap", "gone", "list")):
            assert article is None or "article" in record.get("accept", []), record["url"]
    assert gathered.memory_mb < 400


def test_traps_keep_nothing_from_the_site_beside_them(gathered: SimpleNamespace) -> None:
    wanted = {record["url"] for record in records(gathered, "bulk") if record["expect"] == "article"}
    assert wanted
    assert wanted <= set(gathered.from_traps)


def test_the_second_day_ends_in_the_states_that_it_announces(gathered: SimpleNamespace) -> None:
    now = gathered.on_second_day
    for record in (record for record in gathered.second_truth if record["site"] in (*GATHERED, "forum", "portal")):
        before, article, expected = gathered.stored.get(record["url"]), now.get(record["url"]), record["expect"]
        if expected == "changed":
            assert article.version == before.version + 1, record["url"]
        elif expected == "gone" and before is not None:
            assert (article.status, article.gone_reason) == ("gone", f"http_{record['status']}"), record["url"]
        elif expected == "skip:noindex" and before is not None:
            assert (article.status, article.gone_reason) == ("gone", "noindex"), record["url"]
        elif expected in ("article", "post"):
            assert article.status in ("indexed", "duplicate_of"), record["url"]
            assert (before is None) == record.get("new", False), record["url"]
    assert {a.gone_reason for a in now.values()} >= {"http_410", "http_404", "noindex"}


def test_a_changed_article_keeps_how_it_read_before_and_the_pages_themselves(gathered: SimpleNamespace) -> None:
    changed = [r for r in gathered.second_truth if r["expect"] == "changed" and r["site"] in ("farm", "news")]
    assert len(changed) == 3
    for record in changed:
        before, article = gathered.stored[record["url"]], gathered.on_second_day[record["url"]]
        first, latest = versions_of(gathered.web.database, article.id)
        assert (first.public_text, latest.public_text) == (before.public_text, None)
        assert article.public_text != before.public_text
        for version in (first, latest):
            [copy] = version.copies
            body = read_copy(gathered.web.folder / "archive", copy)
            assert plain(record["title"]) in plain(body.decode("gb18030" if record.get("gbk") else "utf-8"))
