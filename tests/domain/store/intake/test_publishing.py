"""Complaints that are published, and those that may not be."""

from dataclasses import replace

import pytest

from domain.models import (
    OutboxRow,
)
from domain.store import Database, outbox, records
from domain.store.intake import complaints
from tests.domain.store.intake.filed import FILING, KEY, count, read


def test_a_published_complaint_is_public_and_announced_again(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    complaints.publish(every_database, filed.id, "anna")
    found = records.get(every_database, filed.id)
    assert found is not None
    assert records.is_public(found)
    assert found.version == 2
    assert [row.record_id for row in outbox.waiting(every_database, 10)] == [filed.id, filed.id]
    assert [record.id for record in records.iterate_public(every_database)] == [filed.id]


def test_publishing_twice_changes_nothing(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    complaints.publish(every_database, filed.id, "anna")
    complaints.publish(every_database, filed.id, "anna")
    assert count(every_database, OutboxRow) == 2


def test_a_private_complaint_is_never_published(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(replace(FILING, consent="private")), KEY)
    with pytest.raises(complaints.WrongState):
        complaints.publish(every_database, filed.id, "anna")
    assert complaints.received_ids(every_database) == []


def test_publishing_an_unknown_complaint_is_refused(every_database: Database) -> None:
    with pytest.raises(complaints.UnknownComplaint):
        complaints.publish(every_database, "c000000000000", "anna")
