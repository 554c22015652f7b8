"""What a receipt opens, on SQLite and on a real PostgreSQL."""

import pytest
from sqlalchemy import event, select

from domain.filings import returning
from domain.filings.filing import file_complaint
from domain.models import Complaint, EarlierText, EvidenceFile, Message
from domain.safekeeping.sealing import Keys
from domain.store import Database, records
from domain.store.intake import complaints, messages, receipts
from domain.store.intake.complaints import Filing, UnknownComplaint
from tests import evidence_files as files
from tests.domain.store.intake.filed import WRONG, count, prepared


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


def test_a_consent_that_is_widened_to_the_words_is_looked_at_again(every_database, keys, filed):
    complaints.change_consent(every_database, keys.receipt, filed.receipt, "figures")
    complaints.publish(every_database, filed.id, "anna")
    complaints.change_consent(every_database, keys.receipt, filed.receipt, "publish")
    found = records.get(every_database, filed.id)
    assert (found.status, found.published_at, records.is_public(found)) == ("in_review", None, False)


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
    kept = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file())
    assert told.encode() not in kept


def test_a_withdrawal_waits_for_nobody_who_reads(database, reader, keys, vault):
    filed = file_complaint(database, reader, keys, Filing("chenxing_cf", "他们来过", (), "publish"))
    with database.reading() as session:
        session.scalars(select(Complaint.id)).all()
        returning.withdraw(database, keys, vault, filed.receipt)
    assert complaints.by_receipt(database, keys.receipt, filed.receipt) is None


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
