"""Articles in the store, on SQLite and on a real PostgreSQL."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.models import Article
from domain.readings import LenderFind, Reading, TacticFind
from domain.store import Database, outbox, records
from domain.store.gathering import articles, sources
from domain.store.gathering.articles import Page
from domain.store.gathering.sources import SourceEntry

TEXT = "云岭银行在官网公布了委外催收机构名单，催收人员不得在夜间联系客户。"
READING = Reading(
    TEXT,
    "zh-Hans",
    [LenderFind("yunling_bank", "subject", 0, 4, TEXT[0:4], 1.0, "alias")],
    [TacticFind("prohibited_hours_contact", "rule_statement", 17, 31, TEXT[17:31], 0.9, "norm")],
)
PAGE = Page(
    source="paper", url="https://paper.invalid/1?from=feed", canonical_url="https://paper.invalid/1", title="名单公布",
    reading=READING, published_on=date(2026, 7, 22), fetched_at=datetime(2026, 7, 23, tzinfo=UTC), site_name="纸上",
)  # fmt: skip


@pytest.fixture
def store(every_database: Database) -> Database:
    sources.save_source(every_database, SourceEntry("paper", "纸上", "feed", "https://paper.invalid/rss"))
    return every_database


def article(database: Database, record_id: str) -> Article:
    found = records.get(database, record_id)
    assert isinstance(found, Article)
    return found


def test_a_new_article_is_public_and_announced(store: Database) -> None:
    saved = articles.save_article(store, PAGE)
    assert saved.outcome == "new"
    found = article(store, saved.id)
    assert (found.title, found.canonical_url, found.published_on) == ("名单公布", PAGE.canonical_url, date(2026, 7, 22))
    assert records.is_public(found)
    assert [row.record_id for row in outbox.waiting(store, 9)] == [saved.id]


def test_a_rule_in_an_article_is_never_counted(store: Database) -> None:
    found = article(store, articles.save_article(store, PAGE).id)
    assert [(mention.assertion, mention.counted) for mention in found.tactic_mentions] == [("rule_statement", False)]


def test_a_lender_named_beside_the_text_is_kept_with_those_in_it(store: Database) -> None:
    beside = replace(PAGE, named_beside={"kuaiyuan_wallet": "named beside the text", "yunling_bank": "in the text too"})
    found = article(store, articles.save_article(store, beside).id)
    kept = sorted((mention.lender.slug, mention.surface) for mention in found.lender_mentions)
    assert kept == [("kuaiyuan_wallet", ""), ("yunling_bank", "云岭银行")]


def test_the_same_page_again_changes_nothing(store: Database) -> None:
    first = articles.save_article(store, PAGE)
    again = articles.save_article(store, replace(PAGE, fetched_at=datetime(2026, 8, 1, tzinfo=UTC)))
    assert (again.id, again.outcome) == (first.id, "unchanged")
    assert article(store, first.id).version == 1
    assert len(outbox.waiting(store, 9)) == 1


def test_a_changed_page_becomes_a_new_version_of_its_row(store: Database) -> None:
    first = articles.save_article(store, PAGE)
    changed = articles.save_article(store, replace(PAGE, reading=Reading(TEXT + "更新。", "zh-Hans")))
    assert (changed.id, changed.outcome) == (first.id, "changed")
    found = article(store, first.id)
    assert (found.version, found.public_text, found.tactic_mentions) == (2, TEXT + "更新。", [])


@pytest.mark.parametrize("copied", [TEXT, TEXT.replace("，", "，\n"), "雲嶺銀行" + TEXT[4:]])
def test_the_same_text_elsewhere_is_a_copy_and_not_public(store: Database, copied: str) -> None:
    first = articles.save_article(store, PAGE)
    copy = articles.save_article(
        store, replace(PAGE, canonical_url="https://mirror.invalid/7", reading=Reading(copied, "zh"))
    )
    assert (copy.outcome, copy.duplicate_of) == ("duplicate", first.id)
    assert not records.is_public(article(store, copy.id))
    assert [found.id for found in article(store, first.id).copies] == [copy.id]
    assert records.count_public(store) == {"complaint": 0, "article": 1}


def test_an_irrelevant_page_is_kept_apart_and_not_public(store: Database) -> None:
    saved = articles.save_article(store, replace(PAGE, reading=replace(READING, relevant=False)))
    assert saved.outcome == "irrelevant"
    assert not records.is_public(article(store, saved.id))


def test_a_page_without_a_title_shows_its_first_words_and_says_so(store: Database) -> None:
    found = article(store, articles.save_article(store, replace(PAGE, title=None)).id)
    assert TEXT.startswith(found.title.rstrip("…"))
    assert not found.title_is_given


def test_an_article_of_an_unknown_source_is_refused(store: Database) -> None:
    with pytest.raises(ValueError, match="no source"):
        articles.save_article(store, replace(PAGE, source="nobody"))
    assert outbox.waiting(store, 9) == []


def test_a_run_is_noted_with_what_it_counted(store: Database) -> None:
    run = sources.start_run(store, "paper")
    sources.end_run(store, run, "finished", {"new": 3})
    with store.reading() as session:
        from domain.models import CrawlRun

        row = session.get_one(CrawlRun, run.number)
        assert (row.outcome, row.counts, row.ended_at is not None) == ("finished", {"new": 3}, True)


def test_a_run_of_an_unknown_source_is_refused(store: Database) -> None:
    with pytest.raises(sources.UnknownSource):
        sources.start_run(store, "nobody")


def test_a_source_that_staff_changed_is_not_overwritten_by_the_project(store: Database) -> None:
    sources.add_source(store, SourceEntry("paper", "别的名字", "page", "https://elsewhere.invalid/"))
    assert sources.source(store, "paper").name == "纸上"
