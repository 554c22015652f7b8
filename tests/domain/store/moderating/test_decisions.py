"""Decisions of moderators, on SQLite and on a real PostgreSQL."""

import threading

import pytest

from domain.filings import returning
from domain.moderation import moderating
from domain.moderation.moderating import ReasonMissing
from domain.store import audit, outbox
from domain.store.intake import complaints, receipts
from domain.store.intake.complaints import UnknownComplaint, WrongState
from domain.store.moderating import queue
from domain.store.moderating.moderation import Changed
from domain.store.moderating.queue import QueueFilter
from tests.domain.store.moderating.deciding import complaint, decide


def test_each_decision_is_reasoned_and_stands_in_the_log(every_database, keys, file):
    filed = file()
    for decision in ("held", "rejected", "reopened", "published"):
        decide(every_database, keys, filed.id, decision)
    told = moderating.decided(every_database, keys, filed.id)
    assert [(one.decision, one.words) for one in told] == [
        ("held", "因为"), ("rejected", "因为"), ("reopened", "因为"), ("published", "因为")
    ]  # fmt: skip
    actions = [event.action for event in audit.events_of(every_database, filed.id)]
    assert actions[1:] == ["complaint.held", "complaint.rejected", "complaint.reopened", "complaint.published"]
    assert "因为" not in str([event.details for event in audit.events_of(every_database, filed.id)])


@pytest.mark.parametrize("decision", ["held", "rejected", "reopened"])
def test_a_decision_without_a_reason_is_refused(every_database, keys, file, decision):
    filed = file()
    with pytest.raises(ReasonMissing):
        decide(every_database, keys, filed.id, decision, reason="")
    assert complaint(every_database, filed.id).status == "received"


def test_the_borrower_reads_the_reason_of_a_rejection_and_a_question(every_database, keys, file):
    filed = file()
    decide(every_database, keys, filed.id, "asked", words="请问是哪一天？")
    assert complaint(every_database, filed.id).status == "held"
    decide(every_database, keys, filed.id, "rejected", "not_collection", "这不是催收。")
    standing = receipts.look(every_database, keys.receipt, filed.receipt)
    assert standing is not None
    assert [letter.text for letter in returning.opened(keys, standing.letters)] == ["请问是哪一天？", "这不是催收。"]


def test_an_answer_brings_a_complaint_back_into_the_queue(every_database, keys, file):
    filed = file()
    decide(every_database, keys, filed.id, "asked", words="请问是哪一天？")
    assert queue.queue_page(every_database, QueueFilter()).rows == []
    returning.write(every_database, keys, filed.receipt, "上个星期五", "k")
    assert [row.id for row in queue.queue_page(every_database, QueueFilter(answer=True)).rows] == [filed.id]


def test_of_two_moderators_the_second_is_told_and_nothing_is_overwritten(every_database, keys, file):
    filed = file()
    seen = complaint(every_database, filed.id).version
    decide(every_database, keys, filed.id, "rejected", version=seen, actor="staff:lin")
    with pytest.raises(Changed):
        decide(every_database, keys, filed.id, "published", version=seen, actor="staff:zhao")
    assert complaint(every_database, filed.id).status == "rejected"
    assert len(moderating.decided(every_database, keys, filed.id)) == 1


def test_of_two_moderators_at_the_same_instant_one_decides(every_database, keys, file):
    filed = file()
    seen, outcomes = complaint(every_database, filed.id).version, []

    def work(decision: str) -> None:
        try:
            decide(every_database, keys, filed.id, decision, version=seen)
            outcomes.append(decision)
        except Changed:
            outcomes.append("told")

    threads = [threading.Thread(target=work, args=(one,)) for one in ("published", "rejected") * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("told") == 7
    assert complaint(every_database, filed.id).status == next(one for one in outcomes if one != "told")


@pytest.mark.parametrize(
    ("status", "decision"),
    [("published", "published"), ("rejected", "published"), ("rejected", "held"), ("received", "reopened")],
)
def test_no_decision_leads_where_the_states_do_not(every_database, keys, file, status, decision):
    filed = file()
    if status != "received":
        decide(every_database, keys, filed.id, status)
    with pytest.raises(WrongState):
        decide(every_database, keys, filed.id, decision)


def test_what_was_kept_private_is_not_published(every_database, keys, file):
    filed = file(consent="private")
    with pytest.raises(WrongState):
        decide(every_database, keys, filed.id, "published")


def test_a_withdrawn_complaint_is_decided_no_more(every_database, keys, file):
    filed = file()
    decide(every_database, keys, filed.id, "held")
    complaints.withdraw(every_database, keys.receipt, filed.receipt)
    with pytest.raises(UnknownComplaint):
        decide(every_database, keys, filed.id, "rejected")
    assert moderating.decided(every_database, keys, filed.id) == []


def test_a_look_at_what_was_typed_is_noted_with_its_reason(every_database, keys, file):
    filed = file()
    with pytest.raises(ReasonMissing):
        moderating.look_at_original(every_database, keys, filed.id, "", "staff:lin")
    seen = moderating.look_at_original(every_database, keys, filed.id, "mask", "staff:lin")
    assert "13800138000" in seen.narrative
    event = audit.events_of(every_database, filed.id)[-1]
    assert (event.actor, event.action, event.details) == ("staff:lin", "complaint.original_seen", {"reason": "mask"})


def test_a_decision_reaches_the_outbox(every_database, keys, file):
    filed = file()
    outbox.mark_done(every_database, [row.pk for row in outbox.waiting(every_database, 10)])
    decide(every_database, keys, filed.id, "published")
    assert [row.record_id for row in outbox.waiting(every_database, 10)] == [filed.id]
