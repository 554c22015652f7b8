"""A correction: a new version, read anew, and what it does to masks."""

from domain.filings import returning
from domain.filings.filing import file_complaint
from domain.models import EarlierText
from domain.store import outbox, records
from domain.store.intake import complaints, messages
from domain.store.intake.complaints import Filing
from tests.domain.store.intake.filed import TOLD, count

TELLS, NAMES_ONLY = "我的微信号是sunny7788x，他们天天加我。", "sunny7788x今天必须还钱，不然上门"


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
    assert TOLD not in earlier.text_sealed
    assert returning.open_contact(keys, earlier.text_sealed) == TOLD


def test_what_was_said_before_is_erased_once_a_moderator_has_decided(every_database, reader, keys, filed):
    returning.correct(every_database, reader, keys, filed.receipt, "没有人来。")
    assert messages.forget_settled(every_database) == 0
    complaints.publish(every_database, filed.id, "anna")
    assert messages.forget_settled(every_database) == 1
    assert count(every_database, EarlierText) == 0


def test_correcting_to_the_same_words_changes_nothing(every_database, reader, keys, filed):
    returning.correct(every_database, reader, keys, filed.receipt, TOLD)
    assert records.get(every_database, filed.id).version == 1


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
