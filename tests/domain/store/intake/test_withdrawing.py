"""What is left of a complaint when its borrower takes it back, all of it or the consent."""

from dataclasses import replace

import pytest

from domain.models import (
    Complaint,
    ComplaintEvent,
    ComplaintScript,
    ComplaintThreat,
    TacticMention,
    ThreatReport,
)
from domain.store import Database, outbox, records
from domain.store.intake import complaints
from domain.store.intake.complaints import Threat
from tests.domain.store.intake.filed import FILING, KEY, count, read, whole


def test_a_withdrawn_complaint_keeps_a_tombstone_and_no_text(every_database: Database) -> None:
    filing = replace(
        FILING,
        scripts=("限你今天还4000元",),
        threats=(Threat("visit_threatened", None, "not_happened"),),
        product="现金贷",
    )
    filed = complaints.add_complaint(every_database, read(filing), KEY)
    complaints.publish(every_database, filed.id, "anna")
    complaints.withdraw(every_database, KEY, filed.receipt)
    found = records.get(every_database, filed.id)
    assert isinstance(found, Complaint)
    assert (found.status, found.narrative, found.public_text, found.product) == ("withdrawn", "", "", "")
    assert (found.scripts, found.threats, found.tactic_mentions, found.lender_mentions) == ([], [], [], [])
    assert count(every_database, TacticMention) == 0
    assert not records.is_public(found)
    assert complaints.by_receipt(every_database, KEY, filed.receipt) is None


def test_withdrawing_twice_or_with_a_wrong_receipt_is_refused_alike(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    complaints.withdraw(every_database, KEY, filed.receipt)
    for receipt in (filed.receipt, "0000-0000-0000-0000-0000-0000-0000"):
        with pytest.raises(complaints.UnknownComplaint):
            complaints.withdraw(every_database, KEY, receipt)


def test_nothing_of_it_is_left_after_a_withdrawal(every_database: Database) -> None:
    filed, _ = whole(every_database)
    complaints.withdraw(every_database, KEY, filed.receipt)
    left = records.get(every_database, filed.id)
    kept = {name: value for name, value in vars(left).items() if value and not name.startswith("_")}
    assert set(kept) == {
        "pk", "id", "version", "status", "consent", "written_by", "language", "receipt_hash", "received_at",
        "updated_at",
    }  # fmt: skip
    assert left.written_by == "borrower"
    for table in (ComplaintEvent, ComplaintScript, ComplaintThreat, ThreatReport):
        assert count(every_database, table) == 0


def test_a_consent_that_is_taken_back_takes_the_record_from_the_readers(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    complaints.publish(every_database, filed.id, "anna")
    complaints.change_consent(every_database, KEY, filed.receipt, "private")
    found = records.get(every_database, filed.id)
    assert not records.is_public(found)
    assert found.version == 3
    assert len(outbox.waiting(every_database, 10)) == 3
    complaints.change_consent(every_database, KEY, filed.receipt, "figures")
    assert records.is_public(records.get(every_database, filed.id))
    with pytest.raises(complaints.UnknownComplaint):
        complaints.change_consent(every_database, KEY, "0000", "figures")
    with pytest.raises(ValueError, match="all"):
        complaints.change_consent(every_database, KEY, filed.receipt, "all")


def test_the_same_consent_again_changes_nothing(every_database: Database) -> None:
    filed = complaints.add_complaint(every_database, read(FILING), KEY)
    complaints.change_consent(every_database, KEY, filed.receipt, "publish")
    assert records.get(every_database, filed.id).version == 1
