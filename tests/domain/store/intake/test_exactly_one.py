"""One filing, one complaint: what is sent again under a key, on SQLite and on a real PostgreSQL."""

import threading
from dataclasses import replace

import pytest

from domain.models import (
    Complaint,
    OutboxRow,
)
from domain.store import Database, records
from domain.store.intake import complaints
from tests.domain.store.intake.filed import FILING, KEY, count, read


def test_the_same_key_with_the_same_body_gives_the_same_answer(every_database: Database) -> None:
    first = complaints.add_complaint(every_database, read(FILING), KEY, "abc")
    again = complaints.add_complaint(every_database, read(FILING), KEY, "abc")
    assert (again.id, again.receipt, again.is_new) == (first.id, first.receipt, False)
    assert count(every_database, Complaint) == 1
    assert count(every_database, OutboxRow) == 1


def test_the_same_key_with_another_body_is_refused(every_database: Database) -> None:
    complaints.add_complaint(every_database, read(FILING), KEY, "abc")
    with pytest.raises(complaints.IdempotencyConflict):
        complaints.add_complaint(every_database, read(replace(FILING, narrative="别的")), KEY, "abc")
    assert count(every_database, Complaint) == 1


def test_another_key_or_another_body_has_another_receipt(every_database: Database) -> None:
    one = complaints.add_complaint(every_database, read(FILING), KEY, "abc")
    other = complaints.add_complaint(every_database, read(FILING), KEY, "abd")
    assert one.receipt != other.receipt


def test_twenty_requests_at_once_under_one_key_make_one_complaint(every_database: Database) -> None:
    answers: list[str] = []

    def send() -> None:
        answers.append(complaints.add_complaint(every_database, read(FILING), KEY, "at once").receipt)

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 20
    assert len(set(answers)) == 1
    assert count(every_database, Complaint) == 1


def test_what_a_withdrawal_leaves_can_t_be_tried_for_a_guessed_text(every_database: Database) -> None:
    filed = [complaints.add_complaint(every_database, read(FILING), KEY, key) for key in ("one", "two")]
    for one in filed:
        complaints.withdraw(every_database, KEY, one.receipt)
    first, second = (records.get(every_database, one.id).request_hash for one in filed)
    # The text and the server's key are not enough: the sender's key, which is kept nowhere, goes in.
    assert first != second
    assert FILING.fingerprint not in (first, second)
    again = complaints.add_complaint(every_database, read(FILING), KEY, "one")
    assert (again.id, again.is_new) == (filed[0].id, False)
    with pytest.raises(complaints.IdempotencyConflict):
        complaints.add_complaint(every_database, read(replace(FILING, narrative="别的。")), KEY, "one")
