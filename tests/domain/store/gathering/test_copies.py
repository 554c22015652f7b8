"""Copies of an article are folded into the first published, on SQLite and on a real PostgreSQL."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from domain.models import Article, ArticleKey
from domain.readings import Reading
from domain.store import Database, outbox, records
from domain.store.gathering import articles, copies, sources
from domain.store.gathering.articles import Page
from domain.store.gathering.sources import SourceEntry
from domain.store.moderating import removals
from domain.store.moderating.removals import Settlement

STORY = (
    "云岭银行上周公布了委外催收机构名单，共23家。名单显示，其中7家去年受到过处罚，最高的一笔罚款为86万元。"
    "银行表示，催收人员不得在晚上十点以后联系客户，也不得联系客户的家人和同事。"
    "一位在该行欠款41000元的借款人说，他在9月里接到过112个电话，多数没有人说话。"
)
SPUN = (
    "云岭银行上周公开了委外催收机构名单，共23家。名单显示，其中7家去年受到过处罚，最高的一笔罚款为86万元。"
    "一位在该行欠款41000元的借款人说，他在9月里接到过112个来电，多数没有人说话。"
    "银行称，催收人员不得在晚上十点以后联络客户，也不得联络客户的家人和同事。来源：镜像网"
)
OTHER = STORY.replace("23", "31").replace("86", "140").replace("41000", "9300").replace("112", "58")


@pytest.fixture
def store(every_database: Database) -> Database:
    sources.save_source(every_database, SourceEntry("paper", "纸上", "feed", "https://paper.invalid/rss"))
    return every_database


def save(store: Database, name: str, text: str, day: int | None = 22, relevant: bool = True) -> articles.Saved:
    page = Page(
        source="paper", url=f"https://{name}.invalid/", canonical_url=f"https://{name}.invalid/", title=name,
        reading=Reading(text, "zh-Hans", relevant=relevant), published_on=date(2026, 7, day) if day else None,
        fetched_at=datetime(2026, 7, 23, tzinfo=UTC),
    )  # fmt: skip
    return articles.save_article(store, page)


def article(store: Database, record_id: str) -> Article:
    found = records.get(store, record_id)
    assert isinstance(found, Article)
    return found


def keyed(store: Database) -> set[int]:
    with store.reading() as session:
        return set(session.scalars(select(ArticleKey.article_pk)))


def test_a_spun_copy_is_folded_into_the_first_and_says_how(store: Database) -> None:
    first = save(store, "first", STORY)
    spun, exact = save(store, "spun", SPUN), save(store, "exact", STORY.replace("，", "， "))
    assert (spun.outcome, spun.duplicate_of, spun.how) == ("duplicate", first.id, "near")
    assert (exact.outcome, exact.duplicate_of, exact.how) == ("duplicate", first.id, "exact")
    assert keyed(store) == {article(store, first.id).pk}
    assert records.count_public(store)["article"] == 1


def test_what_was_taken_down_stays_down_wherever_it_is_told_again_and_a_restore_brings_it_back(store: Database) -> None:
    first = save(store, "first", STORY)
    removals.settle(store, first.id, Settlement("taken_down", "private_data", "有人能被认出来。"), "staff:lin")
    exact, near, early = save(store, "exact", STORY), save(store, "near", SPUN), save(store, "early", STORY, day=1)
    assert [(copy.outcome, copy.duplicate_of) for copy in (exact, near, early)] == [("duplicate", first.id)] * 3
    assert save(store, "near", SPUN + "又及。").outcome == "duplicate"
    assert records.count_public(store)["article"] == 0
    assert save(store, "other", OTHER).outcome == "new"
    removals.settle(store, first.id, Settlement("restored", "other", "弄错了。"), "staff:lin")
    assert [found.id for found in article(store, first.id).copies] == [exact.id, near.id, early.id]
    assert records.count_public(store)["article"] == 2


def test_another_story_of_the_same_template_stays_public(store: Database) -> None:
    save(store, "first", STORY)
    assert save(store, "other", OTHER).outcome == "new"


def test_the_one_published_earlier_becomes_the_first_whatever_came_first(store: Database) -> None:
    late, copy = save(store, "late", SPUN, day=24), save(store, "copy", SPUN, day=25)
    early = save(store, "early", STORY, day=20)
    assert (early.outcome, early.duplicate_of) == ("new", None)
    assert records.is_public(article(store, early.id))
    assert {article(store, saved.id).duplicate_of.id for saved in (late, copy)} == {early.id}
    assert article(store, late.id).duplicate_how == "near"
    assert [row.record_id for row in outbox.waiting(store, 9)].count(late.id) == 2
    assert keyed(store) == {article(store, early.id).pk}


def test_a_page_without_a_day_never_takes_the_place_of_the_first(store: Database) -> None:
    first = save(store, "first", STORY)
    assert save(store, "dayless", SPUN, day=None).duplicate_of == first.id


def test_a_copy_that_gets_a_text_of_its_own_is_public_again(store: Database) -> None:
    save(store, "first", STORY)
    copy = save(store, "copy", SPUN)
    changed = save(
        store, "copy", "晨星消费金融发布公告，说外访人员须提前三日预约，并出示委托书和工作证件，否则客户可以拒绝见面。"
    )
    assert (changed.id, changed.outcome, changed.duplicate_of) == (copy.id, "changed", None)
    assert article(store, copy.id).duplicate_how is None


def test_the_earliest_copy_stands_in_for_a_first_that_went(store: Database) -> None:
    first = save(store, "first", STORY)
    later, earlier = save(store, "later", SPUN, day=24), save(store, "earlier", SPUN, day=23)
    with store.writing() as session:
        gone = session.scalars(select(Article).where(Article.id == first.id)).one()
        gone.status = "gone"
        heir = copies.release(session, gone)
        assert heir is not None
        assert heir.id == earlier.id
    assert records.is_public(article(store, earlier.id))
    assert article(store, later.id).duplicate_of.id == earlier.id
    assert keyed(store) == {article(store, earlier.id).pk}


def test_a_first_that_turns_irrelevant_leaves_its_place(store: Database) -> None:
    first, copy = save(store, "first", STORY), save(store, "copy", SPUN)
    save(store, "first", "明天天气晴朗。" * 10, relevant=False)
    assert article(store, first.id).status == "irrelevant"
    assert records.is_public(article(store, copy.id))


def test_copies_of_a_copy_are_copies_of_the_first(store: Database) -> None:
    first = save(store, "first", STORY)
    save(store, "spun", SPUN)
    assert save(store, "again", SPUN.replace("镜像网", "别处")).duplicate_of == first.id
