"""Disputes, take-downs, replies and feeds, on SQLite and on a real PostgreSQL."""

import pytest

from domain.accounts.keys import load_account_keys
from domain.filings.filing import file_complaint
from domain.moderation import settling
from domain.safekeeping.sealing import load_keys
from domain.store import newest, records
from domain.store.database import now
from domain.store.intake import complaints
from domain.store.intake.complaints import Filing
from domain.store.moderating import disputes, removals, replies
from domain.store.moderating.removals import NotPossible, Settlement
from domain.store.staff import accounts, representatives


@pytest.fixture
def keys(settings):
    return load_keys(settings)


@pytest.fixture
def published(every_database, reader, keys):
    filing = Filing("chenxing_cf", "催收员说已经到我家门口。", ("visit_threatened",), "publish")
    filed = file_complaint(every_database, reader, keys, filing)
    complaints.publish(every_database, filed.id, "staff:lin")
    return filed


def settle(database, reader, record_id, action, **dispute):
    settled = Settlement(action, "private_data", "经核实。", **dispute)
    settling.settle(database, reader, record_id, settled, "staff:lin")


def test_a_record_is_disputed_taken_down_and_restored(every_database, reader, keys, published):
    settling.dispute(every_database, keys, published.id, "untrue", "不属实", "")
    waiting = disputes.waiting(every_database)[0]
    before = records.get(every_database, published.id)
    settle(every_database, reader, published.id, "taken_down", dispute_id=waiting.id, dispute_version=1)
    assert newest.newest(every_database, lender="chenxing_cf") == []
    assert removals.stands_taken_down(every_database, published.id) is not None
    with pytest.raises(NotPossible):
        settle(every_database, reader, published.id, "taken_down")
    settle(every_database, reader, published.id, "restored")
    after = records.get(every_database, published.id)
    assert (after.status, after.published_at) == (before.status, before.published_at)
    assert [one.id for one in newest.newest(every_database, tactic="visit_threatened")] == [published.id]
    assert [one.action for one in removals.log(every_database, 9)] == ["restored", "taken_down"]


def test_what_the_borrower_allowed_more_of_meanwhile_is_looked_at_first(every_database, reader, keys):
    filing = Filing("chenxing_cf", "只可以计数的话。", ("visit_threatened",), "figures")
    filed = file_complaint(every_database, reader, keys, filing)
    complaints.publish(every_database, filed.id, "staff:lin")
    settle(every_database, reader, filed.id, "taken_down")
    complaints.change_consent(every_database, keys.receipt, filed.receipt, "publish")
    settle(every_database, reader, filed.id, "restored")
    assert records.get(every_database, filed.id).status == "in_review"


def test_a_verified_representative_replies_and_a_moderator_decides(every_database, reader, settings, published):
    accounts.invite(
        every_database, load_account_keys(settings), "token", "feng", "representative", "test", "chenxing_cf"
    )
    feng = accounts.account(every_database, "feng")
    arguments = (every_database, reader.read, feng.pk, feng.lender_pk, published.id, "我们正在核实。")
    with pytest.raises(replies.NotVerified):
        replies.add(*arguments)
    representatives.verify(every_database, "feng", "回拨官网电话", "staff:admin")
    reply_id = replies.add(*arguments)
    replies.decide(every_database, reply_id, 1, "published", "", "staff:lin")
    with pytest.raises(replies.ReplyChanged):
        replies.decide(every_database, reply_id, 1, "rejected", "晚了", "staff:zhao")
    assert [one.public_text for one in records.get(every_database, published.id).replies] == ["我们正在核实。"]
    assert [one.id for one in replies.public_records_of(every_database, feng.lender_pk, 5)] == [published.id]
    replies.take_back(every_database, feng.pk, reply_id)
    assert records.get(every_database, published.id).replies == []
    assert newest.instant_of(records.get(every_database, published.id)) <= now()
