"""Everything is read again: what changed is written and announced, what people said or edited stays."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from domain.filing import file_complaint
from domain.models import Article, ArticleKey, Complaint, ComplaintScript, TacticMention
from domain.reading import Mask, Reader, Reading
from domain.retagging import retag
from domain.sealing import Keys, load_keys
from domain.settings import Settings
from domain.store import Database, outbox, records
from domain.store.gathering import articles, sources
from domain.store.gathering.articles import Page
from domain.store.gathering.sources import SourceEntry
from domain.store.intake import complaints
from domain.store.intake.complaints import Event, Filing
from domain.store.registries import registry
from domain.store.registries.registry_changes import add_alias

STORY = "我叫林秋月，云岭银行的催收员昨天半夜打电话骂我是老赖，还给我同事发短信。梧桐钱包的人也来过。"
SCRIPT = "林秋月，您的账单已逾期32天，我司将联系您的紧急联系人核实情况，请尽快还款"
NEWS = "云岭银行公布了委外催收机构名单，共23家。催收人员不得在夜间联系客户，逾期客户可以投诉。"


@pytest.fixture
def keys(settings: Settings) -> Keys:
    return load_keys(settings)


@pytest.fixture
def progress(tmp_path: Path) -> Path:
    return tmp_path / "retag.json"


def reader(database: Database) -> Reader:
    return Reader(registry.lender_entries(database))


def file(database: Database, keys: Keys, publish: bool = True, **parts) -> str:
    filing = replace(Filing("chenxing_cf", STORY, ("insult_abuse",), "publish", scripts=(SCRIPT,)), **parts)
    filed = file_complaint(database, reader(database), keys, filing)
    if publish:
        complaints.publish(database, filed.id, "moderator")
    return filed.id


def gather(database: Database, text: str = NEWS, name: str = "news") -> str:
    sources.save_source(database, SourceEntry("paper", "纸上", "feed", "https://paper.invalid/rss"))
    reading = reader(database).read(text, kind="article")
    page = Page("paper", f"https://{name}.invalid/", f"https://{name}.invalid/", name, reading, date(2026, 7, 22),
                datetime(2026, 7, 23, tzinfo=UTC))  # fmt: skip
    return articles.save_article(database, page).id


def settle(database: Database) -> None:
    outbox.mark_done(database, [row.pk for row in outbox.waiting(database, 99)])


def announced(database: Database) -> list[str]:
    return sorted(row.record_id for row in outbox.waiting(database, 99))


def complaint(database: Database, complaint_id: str) -> Complaint:
    found = records.get(database, complaint_id)
    assert isinstance(found, Complaint)
    return found


def article(database: Database, article_id: str) -> Article:
    found = records.get(database, article_id)
    assert isinstance(found, Article)
    return found


def tags(record: Complaint | Article, said_by: str = "classifier") -> set[str]:
    found = {one.lender.slug for one in record.lender_mentions if one.said_by == said_by}
    return found | {one.tactic_code for one in record.tactic_mentions if one.said_by == said_by}


def test_what_has_not_changed_is_not_written(every_database: Database, keys: Keys, progress: Path) -> None:
    ids = file(every_database, keys), gather(every_database)
    settle(every_database)
    before = [records.version_of(every_database, one) for one in ids]
    totals = retag(every_database, reader(every_database), progress)
    assert [(counts.read, counts.changed) for counts in totals.values()] == [(1, 0), (1, 0)]
    assert announced(every_database) == []
    assert [records.version_of(every_database, one) for one in ids] == before


def test_a_new_name_of_a_lender_is_found_where_it_stands_and_only_there(
    every_database: Database, keys: Keys, progress: Path
) -> None:
    named, other = file(every_database, keys), file(every_database, keys, narrative="催收天天打电话骂我，说要上门")
    news = gather(every_database)
    add_alias(every_database, "kuaiyuan_wallet", "梧桐钱包", "moderator")
    settle(every_database)
    totals = retag(every_database, reader(every_database), progress)
    assert "kuaiyuan_wallet" in tags(complaint(every_database, named))
    assert announced(every_database) == [named]
    assert totals["complaints"].changed == 1
    assert [records.version_of(every_database, one) for one in (other, news)] == [2, 1]
    settle(every_database)
    assert retag(every_database, reader(every_database), progress)["complaints"].changed == 0
    assert announced(every_database) == []


def test_what_borrowers_and_moderators_said_stays(every_database: Database, keys: Keys, progress: Path) -> None:
    filed = file(every_database, keys)
    with every_database.writing() as session:
        row = session.scalars(select(Complaint).where(Complaint.id == filed)).one()
        start = row.public_text.index("还给我同事")
        row.tactic_mentions.append(
            TacticMention(tactic_code="debt_disclosure", assertion="first_hand_claim", counted=True, confidence=1.0,
                          said_by="moderator", start=start, end=start + 5, quote="还给我同事")
        )  # fmt: skip
        refused = [
            one for one in row.tactic_mentions if one.said_by == "classifier" and one.tactic_code == "insult_abuse"
        ]
        assert refused
        for one in refused:
            row.tactic_mentions.remove(one)
    retag(every_database, reader(every_database), progress)
    found = complaint(every_database, filed)
    assert tags(found, "borrower") == {"chenxing_cf", "insult_abuse"}
    assert tags(found, "moderator") == {"debt_disclosure"}
    assert "insult_abuse" not in tags(found)
    assert "yunling_bank" in tags(found)


def test_a_text_that_a_moderator_edited_stays_as_edited(every_database: Database, keys: Keys, progress: Path) -> None:
    filed = file(every_database, keys)
    edited = complaint(every_database, filed).public_text.replace("梧桐钱包的人也来过。", "［删去］")
    with every_database.writing() as session:
        session.execute(update(Complaint).where(Complaint.id == filed).values(public_text=edited))
        session.execute(update(ComplaintScript).values(public_text="［删去］"))
    for _ in range(2):
        totals = retag(every_database, reader(every_database), progress)
        assert totals["complaints"].moderated == 1
        found = complaint(every_database, filed)
        assert found.public_text == edited
        assert [script.public_text for script in found.scripts] == ["［删去］"]
        for mention in [one for one in found.tactic_mentions if one.said_by == "classifier"]:
            assert edited[mention.start : mention.end] == mention.quote


class ForgetsNames(Reader):
    """A reader that has unlearnt to mask the name in STORY."""

    def read(self, text: str, **how) -> Reading:
        read = super().read(text.replace("林秋月", "林月月"), **how)
        masks = [mask for mask in read.masks if mask.type != "name" or how.get("hide")]
        if how.get("hide"):
            return super().read(text, **how)
        return replace(read, public_text=text, masks=masks)


def test_a_mask_of_a_published_text_never_falls(every_database: Database, keys: Keys, progress: Path) -> None:
    published, waiting = file(every_database, keys), file(every_database, keys, publish=False)
    retag(every_database, ForgetsNames(registry.lender_entries(every_database)), progress)
    assert "林秋月" not in complaint(every_database, published).public_text
    assert "林秋月" in complaint(every_database, waiting).public_text


class MasksMore(Reader):
    """A reader that has learnt to mask 名单."""

    def read(self, text: str, **how) -> Reading:
        read = super().read(text, **how)
        start = text.find("名单")
        if start < 0:
            return read
        mask = Mask("workplace", start, start + 4, start, start + 2, "a test")
        return replace(read, public_text=text.replace("名单", "［单位］"), masks=[*read.masks, mask])


def test_an_article_is_read_from_its_stored_text_and_its_gaps_move(every_database: Database, progress: Path) -> None:
    news = gather(every_database)
    with every_database.writing() as session:
        place = NEWS.index("催收人员")
        gaps = [{"position": place, "guess": "电话", "confidence": 0.9}, {"position": 0, "guess": "", "confidence": 0}]
        session.execute(update(Article).where(Article.id == news).values(gaps=gaps))
    retag(every_database, MasksMore(registry.lender_entries(every_database)), progress)
    found = article(every_database, news)
    assert "［单位］" in found.public_text
    assert found.public_text[found.gaps[0]["position"] :].startswith("催收人员")
    assert found.gaps[1]["position"] == 0


def test_an_article_off_the_subject_leaves_and_comes_back(every_database: Database, progress: Path) -> None:
    news = gather(every_database)
    settle(every_database)

    class FindsNothing(Reader):
        def read(self, text: str, **how) -> Reading:
            return replace(super().read(text, **how), relevant=False)

    entries = registry.lender_entries(every_database)
    assert retag(every_database, FindsNothing(entries), progress)["articles"].turned_irrelevant == 1
    assert article(every_database, news).status == "irrelevant"
    assert announced(every_database) == [news]
    assert retag(every_database, Reader(entries), progress)["articles"].turned_relevant == 1
    assert records.is_public(article(every_database, news))


def test_articles_of_before_get_keys_and_copies_are_folded(every_database: Database, progress: Path) -> None:
    text = NEWS * 2 + "名单每半年更新一次。监管部门没有回应记者的提问。"
    first, copy = gather(every_database, text, "first"), gather(every_database, "天气晴朗。" + NEWS, "copy")
    with every_database.writing() as session:
        session.execute(ArticleKey.__table__.delete())
        session.execute(
            update(Article).where(Article.id == copy).values(public_text=text + "来源：别处", status="indexed")
        )
        session.execute(update(Article).values(as_read=None))
    retag(every_database, reader(every_database), progress)
    assert article(every_database, copy).duplicate_of.id == first
    assert article(every_database, copy).duplicate_how == "near"


def test_words_about_a_day_are_masked_again(every_database: Database, keys: Keys, progress: Path) -> None:
    filed = file(every_database, keys, events=(Event(about="电话13800010002打来的那天"),))
    with every_database.writing() as session:
        row = session.scalars(select(Complaint).where(Complaint.id == filed)).one()
        row.events[0].about_public = row.events[0].about
    retag(every_database, reader(every_database), progress)
    assert "13800010002" not in complaint(every_database, filed).events[0].about_public


def test_a_message_without_a_family_gets_one(every_database: Database, keys: Keys, progress: Path) -> None:
    filed = file(every_database, keys)
    with every_database.writing() as session:
        session.execute(update(ComplaintScript).values(family_pk=None))
    assert retag(every_database, reader(every_database), progress)["complaints"].families == 1
    assert complaint(every_database, filed).scripts[0].family_pk is not None


def test_an_interrupted_run_goes_on_where_it_was(
    every_database: Database, keys: Keys, progress: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.retagging.BATCH", 1)
    for _ in range(3):
        file(every_database, keys)
    seen = []

    def stop_at_two(kind: str, counts) -> None:
        seen.append(kind)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        retag(every_database, reader(every_database), progress, stop_at_two)
    assert retag(every_database, reader(every_database), progress)["complaints"].read == 1
    assert not progress.exists()


def test_a_run_that_another_registry_interrupted_begins_anew(
    every_database: Database, keys: Keys, progress: Path
) -> None:
    file(every_database, keys)
    progress.write_text('{"state": "of another time", "done": {"complaints": 99}}', encoding="utf-8")
    assert retag(every_database, reader(every_database), progress)["complaints"].read == 1


def test_a_withdrawn_complaint_is_left_alone(every_database: Database, keys: Keys, progress: Path) -> None:
    filed = file_complaint(every_database, reader(every_database), keys, Filing("", STORY, (), "publish"))
    complaints.withdraw(every_database, keys.receipt, filed.receipt)
    assert retag(every_database, reader(every_database), progress)["complaints"].read == 0
    assert complaint(every_database, filed.id).as_read is None


def test_where_the_original_was_erased_the_public_text_is_read(
    every_database: Database, keys: Keys, progress: Path
) -> None:
    filed = file(every_database, keys)
    with every_database.writing() as session:
        session.execute(update(Complaint).values(narrative=""))
        session.execute(update(ComplaintScript).values(text=""))
    before = complaint(every_database, filed).public_text
    add_alias(every_database, "kuaiyuan_wallet", "梧桐钱包", "moderator")
    retag(every_database, reader(every_database), progress)
    found = complaint(every_database, filed)
    assert found.public_text == before
    assert "kuaiyuan_wallet" in tags(found)


def test_an_account_told_in_another_text_of_the_complaint_stays_masked(
    every_database: Database, keys: Keys, progress: Path
) -> None:
    told, names = "我的微信号是sunny7788x，他们天天加我。", "sunny7788x今天必须还钱"
    complaint_id = file(every_database, keys, narrative=names, scripts=(told,), events=(Event(about=names),))
    before = records.get(every_database, complaint_id)
    assert "sunny7788x" not in before.public_text
    counts = retag(every_database, reader(every_database), progress)
    after = records.get(every_database, complaint_id)
    assert (after.public_text, after.version) == (before.public_text, before.version)
    assert "sunny7788x" not in after.events[0].about_public
    assert counts["complaints"].changed == 0
