"""Complaints are read again: what people said or edited stays, and what was masked for readers stays masked."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import select, update

from domain.filings.filing import file_complaint
from domain.models import Complaint, ComplaintScript, TacticMention
from domain.reading import Reader
from domain.readings import Reading
from domain.retagging import retag
from domain.safekeeping.sealing import Keys
from domain.store import Database, records
from domain.store.intake import complaints
from domain.store.intake.complaints import Event, Filing
from domain.store.registries import registry
from domain.store.registries.registry_changes import add_alias
from tests.domain.retagging.steps import STORY, announced, complaint, file, gather, reader, settle, tags


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
