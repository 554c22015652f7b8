"""What a receipt opens, on SQLite and on a real PostgreSQL."""

import os
import time
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from domain import returning
from domain.evidence.refusals import Refused
from domain.evidence.vault import Prepared, Vault, open_vault
from domain.filing import file_complaint
from domain.models import Complaint, EarlierText, EvidenceFile, Message
from domain.reading import Reader
from domain.sealing import Keys, load_keys
from domain.settings import SITE_TIME_ZONE
from domain.store import Database, outbox, records
from domain.store.database import now
from domain.store.intake import complaints, evidence, messages, receipts
from domain.store.intake.complaints import Filing, Threat, UnknownComplaint
from domain.store.moderating import releasing
from domain.sweeping import sweep_evidence
from tests import evidence_files as files

WRONG = "0000-0000-0000-0000-0000-0000-0000"
STORY = "催收员说明天带人上门，我的电话是13800138000。"


@pytest.fixture
def keys(settings) -> Keys:
    return load_keys(settings)


@pytest.fixture
def vault(settings) -> Vault:
    return open_vault(settings)


@pytest.fixture
def filed(every_database: Database, reader: Reader, keys: Keys):
    filing = Filing("chenxing_cf", STORY, ("visit_threatened",), "publish",
                    threats=(Threat("visit_threatened", None, "not_yet"),))  # fmt: skip
    return file_complaint(every_database, reader, keys, filing)


def prepared(number: int) -> Prepared:
    return Prepared("jpeg", 10, f"{number:064}", f"{number:032}", "jpeg", 9, f"c{number:031}")


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return len(session.scalars(select(table)).all())


def look(database: Database, keys: Keys, receipt: str):
    return receipts.look(database, keys.receipt, receipt)


def test_a_receipt_opens_its_complaint_with_all_that_hangs_on_it(every_database, keys, filed):
    returning.ask(every_database, keys, filed.id, "请问是哪一天？", "anna")
    receipts.add_files(every_database, keys.receipt, filed.receipt, [prepared(1)])
    standing = look(every_database, keys, filed.receipt)
    assert standing is not None
    assert (standing.complaint.id, standing.complaint.status) == (filed.id, "received")
    assert standing.complaint.name_zh_hans == "晨星消费金融"
    assert [letter.text for letter in returning.opened(keys, standing.letters)] == ["请问是哪一天？"]
    assert [(threat.kind, threat.reports[0].outcome) for threat in standing.threats] == [("visit", "not_yet")]
    assert [file.number for file in standing.files] == [1]
    assert look(every_database, keys, WRONG) is None


def test_letters_are_sealed_and_a_reload_sends_none_twice(every_database, keys, filed):
    for _ in range(2):
        returning.write(every_database, keys, filed.receipt, "是十一月二十日", "the-key-of-the-form")
    returning.write(every_database, keys, filed.receipt, "是十一月二十日", "another-form")
    with every_database.reading() as session:
        kept = session.scalars(select(Message)).all()
    assert len(kept) == 2
    assert all("十一月" not in message.text_sealed for message in kept)
    assert messages.waiting_for_an_answer(every_database) == [filed.id]
    returning.ask(every_database, keys, filed.id, "谢谢", "anna")
    assert messages.waiting_for_an_answer(every_database) == []


def test_there_is_an_end_to_letters(every_database, keys, filed, monkeypatch):
    monkeypatch.setattr(messages, "MOST_LETTERS", 1)
    returning.write(every_database, keys, filed.receipt, "一", "form-1")
    with pytest.raises(messages.TooManyLetters):
        returning.write(every_database, keys, filed.receipt, "二", "form-2")


def test_nobody_is_asked_about_a_complaint_that_is_not_there(every_database, keys, filed, vault):
    returning.withdraw(every_database, keys, vault, filed.receipt)
    for unknown in (filed.id, "c000000000000"):
        with pytest.raises(messages.UnknownRecord):
            returning.ask(every_database, keys, unknown, "请问", "anna")


def test_ten_files_and_no_more_and_the_same_file_once(every_database, keys, filed):
    assert receipts.add_files(every_database, keys.receipt, filed.receipt, [prepared(n) for n in range(9)]) == []
    again = receipts.add_files(every_database, keys.receipt, filed.receipt, [prepared(3), prepared(9), prepared(9)])
    assert again == [prepared(3), prepared(9)]
    with pytest.raises(Refused, match="too_many_files"):
        receipts.add_files(every_database, keys.receipt, filed.receipt, [prepared(10)])
    assert [file.number for file in evidence.files_of(every_database, filed.id)] == list(range(1, 11))


def test_a_file_is_seen_by_readers_only_when_released_of_a_published_text(every_database, keys, filed):
    receipts.add_files(every_database, keys.receipt, filed.receipt, [prepared(1), prepared(2)])
    complaints.publish(every_database, filed.id, "anna")
    assert evidence.released_files(every_database, filed.id) == []
    releasing.release(every_database, filed.id, 2, None, "anna")
    found = evidence.released_file(every_database, filed.id, 2)
    assert found is not None
    assert evidence.released_file(every_database, filed.id, 1) is None
    complaints.change_consent(every_database, keys.receipt, filed.receipt, "figures")
    assert evidence.released_files(every_database, filed.id) == []
    complaints.change_consent(every_database, keys.receipt, filed.receipt, "publish")
    assert evidence.released_files(every_database, filed.id) == []
    complaints.publish(every_database, filed.id, "anna")
    releasing.take_back(every_database, filed.id, 2, None, "anna")
    assert evidence.released_files(every_database, filed.id) == []
    with pytest.raises(evidence.UnknownFile):
        releasing.release(every_database, filed.id, 7, None, "anna")


def test_a_consent_that_is_widened_to_the_words_is_looked_at_again(every_database, keys, filed):
    complaints.change_consent(every_database, keys.receipt, filed.receipt, "figures")
    complaints.publish(every_database, filed.id, "anna")
    complaints.change_consent(every_database, keys.receipt, filed.receipt, "publish")
    found = records.get(every_database, filed.id)
    assert (found.status, found.published_at, records.is_public(found)) == ("in_review", None, False)


def test_a_correction_is_a_new_version_that_is_reviewed_again(every_database, reader, keys, filed):
    complaints.publish(every_database, filed.id, "anna")
    version = records.get(every_database, filed.id).version
    waiting = len(outbox.waiting(every_database, 50))
    returning.correct(every_database, reader, keys, filed.receipt, "没有人来，我的电话是13900139000。")
    found = records.get(every_database, filed.id)
    assert (found.status, found.version, found.published_at) == ("received", version + 1, None)
    assert not records.is_public(found)
    assert "13900139000" in found.narrative
    assert "13900139000" not in found.public_text
    assert len(outbox.waiting(every_database, 50)) == waiting + 1
    ticked = [mention for mention in found.tactic_mentions if mention.said_by == "borrower"]
    assert [mention.tactic_code for mention in ticked] == ["visit_threatened"]
    assert all(mention.end is None or mention.end <= len(found.public_text) for mention in found.tactic_mentions)
    [earlier] = messages.earlier_texts_of(every_database, filed.id)
    assert STORY not in earlier.text_sealed
    assert returning.open_contact(keys, earlier.text_sealed) == STORY


def test_what_was_said_before_is_erased_once_a_moderator_has_decided(every_database, reader, keys, filed):
    returning.correct(every_database, reader, keys, filed.receipt, "没有人来。")
    assert messages.forget_settled(every_database) == 0
    complaints.publish(every_database, filed.id, "anna")
    assert messages.forget_settled(every_database) == 1
    assert count(every_database, EarlierText) == 0


def test_correcting_to_the_same_words_changes_nothing(every_database, reader, keys, filed):
    returning.correct(every_database, reader, keys, filed.receipt, STORY)
    assert records.get(every_database, filed.id).version == 1


def test_withdrawing_erases_letters_files_and_earlier_texts(every_database, reader, keys, vault, filed, settings):
    returning.correct(every_database, reader, keys, filed.receipt, "没有人来。")
    returning.write(every_database, keys, filed.receipt, "谢谢", "form")
    added = vault.prepare(files.jpeg())
    assert returning.add_files(every_database, keys, vault, filed.receipt, [added]) == 1
    assert len(list(settings.evidence_folder.iterdir())) == 2
    returning.withdraw(every_database, keys, vault, filed.receipt)
    assert list(settings.evidence_folder.iterdir()) == []
    assert [count(every_database, table) for table in (Message, EvidenceFile, EarlierText)] == [0, 0, 0]
    assert count(every_database, Complaint) == 1
    assert look(every_database, keys, filed.receipt) is None


def test_what_was_withdrawn_is_not_even_in_the_file_of_the_store(database, reader, keys, vault, settings):
    told = "他们把我的照片发给了全村人看"
    filed = file_complaint(database, reader, keys, Filing("chenxing_cf", told * 300, (), "publish"))
    returning.withdraw(database, keys, vault, filed.receipt)
    database.overwrite_erased()
    kept = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file())
    assert told.encode() not in kept


def test_a_file_that_can_not_be_noted_does_not_stay(every_database, keys, vault, filed, settings):
    with pytest.raises(UnknownComplaint):
        returning.add_files(every_database, keys, vault, WRONG, [vault.prepare(files.png())])
    assert list(settings.evidence_folder.iterdir()) == []
    assert returning.add_files(every_database, keys, vault, filed.receipt, [vault.prepare(files.png())]) == 1
    assert returning.add_files(every_database, keys, vault, filed.receipt, [vault.prepare(files.png())]) == 0
    assert len(list(settings.evidence_folder.iterdir())) == 2


def test_files_that_no_row_knows_are_swept_after_an_hour(every_database, keys, vault, filed, settings):
    kept, orphan, fresh = (vault.prepare(content) for content in (files.png(), files.jpeg(), files.wav()))
    returning.add_files(every_database, keys, vault, filed.receipt, [kept])
    for one in (kept, orphan):
        for name in (one.original, one.copy):
            os.utime(settings.evidence_folder / name, (time.time() - 7200,) * 2)
    assert sweep_evidence(every_database, settings.evidence_folder) == 2
    left = {path.name for path in settings.evidence_folder.iterdir()}
    assert left == {kept.original, kept.copy, fresh.original, fresh.copy}
    assert sweep_evidence(every_database, settings.data_dir / "nothing") == 0


def statements(database: Database, call) -> list[str]:
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    call()
    event.remove(database.engine, "before_cursor_execute", note)
    return seen


def test_a_wrong_receipt_and_a_withdrawn_one_take_the_same_way(every_database, keys, vault, filed):
    returning.withdraw(every_database, keys, vault, filed.receipt)
    ways = [statements(every_database, lambda typed=typed: look(every_database, keys, typed))
            for typed in (WRONG, filed.receipt)]  # fmt: skip
    assert ways[0] == ways[1]
    for deed in (
        lambda typed: returning.withdraw(every_database, keys, vault, typed),
        lambda typed: returning.write(every_database, keys, typed, "x", "form"),
        lambda typed: complaints.change_consent(every_database, keys.receipt, typed, "private"),
        lambda typed: receipts.own_words(every_database, keys.receipt, typed),
    ):
        found = []
        for typed in (WRONG, filed.receipt):

            def refused(deed=deed, typed=typed):
                with pytest.raises(UnknownComplaint):
                    deed(typed)

            found.append(statements(every_database, refused))
        assert found[0] == found[1]


@pytest.mark.parametrize(
    ("days", "outcome", "asked"),
    [
        (0, "not_yet", False), (6, "not_yet", False), (7, "not_yet", True), (29, "unknown", True),
        (30, "unknown", True),
        (400, "unknown", True), (30, "happened", False), (90, "not_happened", False),
    ],
)  # fmt: skip
def test_it_is_asked_after_seven_thirty_and_ninety_days(database, reader, keys, days, outcome, asked):
    received = now() - timedelta(days=days)
    threat = receipts.AnnouncedThreat("t1", "visit", "visit_threatened", None, [receipts.Report(outcome, received)])
    assert returning.is_due(threat, received, now().astimezone(SITE_TIME_ZONE).date()) == asked


def test_what_was_answered_is_asked_again_only_at_the_next_of_the_three_days():
    received = now() - timedelta(days=40)
    threat = receipts.AnnouncedThreat("t1", "visit", "visit_threatened", None, [receipts.Report("not_yet", received)])
    threat.reports.append(receipts.Report("unknown", received + timedelta(days=31)))
    assert not returning.is_due(threat, received, (received + timedelta(days=89)).date())
    assert returning.is_due(threat, received, (received + timedelta(days=91)).date())


def test_the_days_are_counted_from_the_announced_day():
    received = now()
    day = (received + timedelta(days=20)).date()
    threat = receipts.AnnouncedThreat(
        "t1", "lawsuit", "false_legal_threat", day, [receipts.Report("not_yet", received)]
    )
    assert not returning.is_due(threat, received, day + timedelta(days=6))
    assert returning.is_due(threat, received, day + timedelta(days=7))


TELLS, NAMES_ONLY = "我的微信号是sunny7788x，他们天天加我。", "sunny7788x今天必须还钱，不然上门"


def file_with_script(database, reader, keys, narrative: str, script: str):
    return file_complaint(database, reader, keys, Filing("chenxing_cf", narrative, (), "publish", scripts=(script,)))


def kept_texts(database, complaint_id: str) -> list[str]:
    kept = records.get(database, complaint_id)
    return [kept.public_text, *(script.public_text for script in kept.scripts)]


def test_an_account_told_beside_a_corrected_text_is_masked_in_it(every_database, reader, keys):
    filed = file_with_script(every_database, reader, keys, "他们天天打电话给我。", TELLS)
    read = returning.read_correction(every_database, reader, keys, filed.receipt, NAMES_ONLY)
    returning.correct(every_database, reader, keys, filed.receipt, NAMES_ONLY)
    assert "sunny7788x" not in read.public_text
    assert "sunny7788x" not in "".join(kept_texts(every_database, filed.id))


def test_an_account_that_the_text_told_before_stays_masked_in_the_corrected_one(every_database, reader, keys):
    filed = file_with_script(every_database, reader, keys, TELLS, "请还款")
    returning.correct(every_database, reader, keys, filed.receipt, NAMES_ONLY)
    assert "sunny7788x" not in "".join(kept_texts(every_database, filed.id))


def test_an_account_that_a_correction_tells_is_masked_in_the_messages_too(every_database, reader, keys):
    filed = file_with_script(every_database, reader, keys, "他们天天打电话给我。", NAMES_ONLY)
    assert "sunny7788x" in kept_texts(every_database, filed.id)[1], "nothing tells yet what it is"
    returning.correct(every_database, reader, keys, filed.receipt, TELLS)
    assert "sunny7788x" not in "".join(kept_texts(every_database, filed.id))
