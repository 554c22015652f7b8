"""Decisions, masks and tags of moderators, on SQLite and on a real PostgreSQL."""

import threading
from datetime import timedelta

import pytest

from domain import moderating, returning
from domain.filing import file_complaint
from domain.models import Complaint
from domain.moderating import ReasonMissing
from domain.reading import Reader
from domain.retagging import retag
from domain.sealing import Keys, load_keys
from domain.store import Database, audit, outbox, records
from domain.store.database import now
from domain.store.intake import complaints, receipts
from domain.store.intake.complaints import Filing, UnknownComplaint, WrongState
from domain.store.intake.look_alikes import look_alikes_of
from domain.store.moderating import editing, moderation, queue
from domain.store.moderating.editing import RefusedEdit, TagEdit
from domain.store.moderating.moderation import Changed
from domain.store.moderating.queue import QueueFilter

STORY = "催收员王小明说明天带人上门，我的电话是13800138000。他还给我的表姐阿花打了电话。"


@pytest.fixture
def keys(settings) -> Keys:
    return load_keys(settings)


@pytest.fixture
def file(every_database: Database, reader: Reader, keys: Keys):
    """Files a complaint, so many days ago; returns it as it was filed."""

    def do(text: str = STORY, days: float = 0, **changes):
        fields = {"lender": "chenxing_cf", "tactics": ("visit_threatened",), "consent": "publish"} | changes
        received = now() - timedelta(days=days)
        return file_complaint(every_database, reader, keys, Filing(narrative=text, **fields), received_at=received)

    return do


def get(database: Database, complaint_id: str) -> Complaint:
    found = records.get(database, complaint_id)
    assert isinstance(found, Complaint)
    return found


def decide(database, keys, complaint_id, decision, reason="other", words="因为", version=None, actor="staff:lin"):
    reason = {"published": "", "asked": ""}.get(decision, reason)
    moderating.decide(database, keys, complaint_id, version, decision, reason, words, actor)


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
    assert get(every_database, filed.id).status == "received"


def test_the_borrower_reads_the_reason_of_a_rejection_and_a_question(every_database, keys, file):
    filed = file()
    decide(every_database, keys, filed.id, "asked", words="请问是哪一天？")
    assert get(every_database, filed.id).status == "held"
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
    seen = get(every_database, filed.id).version
    decide(every_database, keys, filed.id, "rejected", version=seen, actor="staff:lin")
    with pytest.raises(Changed):
        decide(every_database, keys, filed.id, "published", version=seen, actor="staff:zhao")
    assert get(every_database, filed.id).status == "rejected"
    assert len(moderating.decided(every_database, keys, filed.id)) == 1


def test_of_two_moderators_at_the_same_instant_one_decides(every_database, keys, file):
    filed = file()
    seen, outcomes = get(every_database, filed.id).version, []

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
    assert get(every_database, filed.id).status == next(one for one in outcomes if one != "told")


def test_a_mask_edited_from_an_old_page_is_refused_too(every_database, keys, file, reader):
    filed = file()
    seen = get(every_database, filed.id).version
    decide(every_database, keys, filed.id, "published", version=seen)
    with pytest.raises(Changed):
        editing.hide_words(every_database, reader.read, filed.id, seen, ["阿花"], "staff:zhao")
    assert "阿花" in get(every_database, filed.id).public_text


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


def test_a_moderators_mask_covers_every_text_and_survives_retag(every_database, reader, keys, file, tmp_path):
    filed = file(scripts=("阿花是你表姐吧", "明天上门"), product="阿花介绍的贷款")
    missing = editing.hide_words(every_database, reader.read, filed.id, 1, ["阿花", "没有的话"], "staff:lin")
    assert missing == ["没有的话"]
    for _ in range(2):
        kept = get(every_database, filed.id)
        whole = kept.public_text + kept.product + "".join(script.public_text for script in kept.scripts)
        assert "阿花" not in whole
        assert "［隐去］" in kept.public_text
        retag(every_database, reader, tmp_path / "progress.json")


def test_a_wrong_mask_is_lifted_and_stays_lifted(every_database, reader, file, tmp_path):
    filed = file()
    kept = get(every_database, filed.id)
    reading = reader.read(kept.narrative, kind="complaint", lender="chenxing_cf")
    mask = next(mask for mask in reading.masks if mask.type == "phone")
    place = (mask.original_start, mask.original_end)
    editing.lift_mask(every_database, reader.read, filed.id, kept.version, place, "staff:lin")
    retag(every_database, reader, tmp_path / "progress.json")
    assert "13800138000" in get(every_database, filed.id).public_text
    editing.hide_words(
        every_database, reader.read, filed.id, get(every_database, filed.id).version, ["13800138000"], "staff:lin"
    )
    assert "13800138000" not in get(every_database, filed.id).public_text


def test_the_borrowers_own_mask_can_not_be_lifted(every_database, reader, file):
    filed = file(more_masks=("阿花",))
    kept = get(every_database, filed.id)
    at = kept.narrative.index("阿花")
    with pytest.raises(RefusedEdit, match="own"):
        editing.lift_mask(every_database, reader.read, filed.id, kept.version, (at, at + 2), "staff:lin")


@pytest.mark.parametrize(("words", "code"), [([], "nothing"), (["的"], "short"), (["不在这里"], "not_found")])
def test_masks_that_cover_nothing_are_refused(every_database, reader, file, words, code):
    filed = file()
    with pytest.raises(RefusedEdit, match=code):
        editing.hide_words(every_database, reader.read, filed.id, 1, words, "staff:lin")


def test_tags_are_added_changed_and_taken_away_and_survive_retag(every_database, reader, file, tmp_path):
    filed = file("催收员说明天带人上门。他骂我是骗子。", tactics=())
    found = get(every_database, filed.id).tactic_mentions
    visit = next(one for one in found if one.tactic_code == "visit_threatened")
    others = {one.tactic_code for one in found} - {"visit_threatened"}
    editing.remove_tag(every_database, filed.id, 1, visit.pk, "staff:lin")
    tag = TagEdit("debt_disclosure", "first_hand_claim", True, "骂我是骗子")
    editing.add_tag(every_database, filed.id, 2, tag, "staff:lin")
    for _ in range(2):
        kept = get(every_database, filed.id).tactic_mentions
        assert {one.tactic_code for one in kept} == others | {tag.code}
        ours = next(one for one in kept if one.said_by == "moderator" and one.tactic_code == tag.code)
        assert ours.quote == "骂我是骗子"
        retag(every_database, reader, tmp_path / "progress.json")
    assert [event.action for event in audit.events_of(every_database, filed.id)][1:3] == [
        "complaint.tag_removed", "complaint.tag_added"
    ]  # fmt: skip


def test_a_tag_moves_with_its_words_when_a_mask_before_it_changes(every_database, reader, file):
    filed = file()
    tag = TagEdit("visit_threatened", "collector_threat", True, "带人上门")
    editing.add_tag(every_database, filed.id, 1, tag, "staff:lin")
    editing.hide_words(every_database, reader.read, filed.id, 2, ["催收员"], "staff:lin")
    kept = get(every_database, filed.id)
    ours = next(one for one in kept.tactic_mentions if one.said_by == "moderator")
    assert kept.public_text[ours.start : ours.end] == "带人上门"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        (TagEdit("no_such", "first_hand_claim", True), "tactic"),
        (TagEdit("visit_threatened", "denial", True), "assertion"),
        (TagEdit("visit_threatened", "nonsense", False), "assertion"),
        (TagEdit("visit_threatened", "collector_threat", True, "13800138000"), "not_found"),
    ],
)
def test_a_tag_that_can_not_stand_is_refused(every_database, file, tag, code):
    filed = file()
    with pytest.raises(RefusedEdit, match=code):
        editing.add_tag(every_database, filed.id, 1, tag, "staff:lin")


def test_a_lender_in_free_text_gets_its_place_in_the_registry(every_database, file):
    filed = file(lender="晨星那家公司")
    editing.set_lender(every_database, filed.id, 1, "yunling_bank", "staff:lin")
    editing.set_lender(every_database, filed.id, 2, "chenxing_cf", "staff:lin")
    kept = get(every_database, filed.id)
    assert kept.lender is not None
    assert kept.lender.slug == "chenxing_cf"
    assert {one.lender.slug for one in kept.lender_mentions if one.said_by == "moderator"} == {"chenxing_cf"}
    with pytest.raises(RefusedEdit, match="lender"):
        editing.set_lender(every_database, filed.id, 3, "nobody", "staff:lin")


def test_the_oldest_and_gravest_come_first(every_database, file):
    old_and_light = file(days=9, tactics=("unspecified_misconduct",), text="客服态度很差。").id
    new_and_grave = file(days=0, tactics=("violence_threat",), text="说要打断我的腿。").id
    old_and_grave = file(days=4, tactics=("violence_threat",), text="说要打断我的手。").id
    page = queue.queue_page(every_database, QueueFilter())
    scores = {row.id: row.gravity * ((now() - row.received_at).days + 1) for row in page.rows}
    assert [row.id for row in page.rows] == sorted(scores, key=lambda one: -scores[one])
    assert page.rows[0].id == old_and_grave
    assert {old_and_light, new_and_grave} == {row.id for row in page.rows[1:]}


def test_the_pages_of_the_queue_hold_each_complaint_once(every_database, file):
    tactics = [("unspecified_misconduct",), ("violence_threat",), ("visit_threatened",), ()]
    filed = {file(text=f"第{n}次说我欠钱。", days=n % 5, tactics=tactics[n % 4]).id for n in range(17)}
    seen: list[str] = []
    # One instant for all: what is near in score changes places as the complaints grow older.
    cursor = begun = queue.Cursor(now())
    while True:
        page = queue.queue_page(every_database, QueueFilter(), cursor, size=3)
        seen += [row.id for row in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == 17
    assert set(seen) == filed
    assert seen == [row.id for row in queue.queue_page(every_database, QueueFilter(), begun, size=50).rows]


def test_the_queue_is_narrowed(every_database, keys, file):
    plain, english = file(), file("The collector said he is at my door.", language="en")
    private, held = file(consent="private"), file()
    other = file(lender="yunling_bank", tactics=("violence_threat",))
    decide(every_database, keys, held.id, "held")

    def ids(**asked):
        return {row.id for row in queue.queue_page(every_database, QueueFilter(**asked)).rows}

    assert ids() == {plain.id, english.id, other.id}
    assert ids(consent="private") == {private.id}
    assert ids(state="held") == {held.id}
    assert ids(language="en") == {english.id}
    assert ids(lender="yunling_bank") == {other.id}
    assert ids(tactic="violence_threat") == {other.id}
    assert ids(evidence=True) == set()
    assert ids(answer=True) == set()


def test_two_who_work_at_once_are_given_two(every_database, file, monkeypatch):
    first, second = file(days=3), file(text="另一件事，他们打给我的同事。", days=1)
    assert queue.next_id(every_database, QueueFilter(), "staff:lin") == first.id
    assert moderation.take(every_database, first.id, "staff:lin")
    assert queue.next_id(every_database, QueueFilter(), "staff:zhao") == second.id
    assert not moderation.take(every_database, first.id, "staff:zhao")
    assert get(every_database, first.id).status == "in_review"
    later = now() + timedelta(minutes=16)
    for module in (queue, moderation):
        monkeypatch.setattr(module, "now", lambda: later)
    assert queue.next_id(every_database, QueueFilter(), "staff:zhao") == first.id


def test_what_says_nearly_the_same_is_found(every_database, file):
    text = "我在晨星消费金融借了三千元，逾期两天，他们每天打二十个电话给我和我的家人，还说要到我公司来。"
    first, again = file(text), file(text.replace("两天", "三天"))
    file("云岭银行的客服很有礼貌，只是利息算错了，我要求改正，他们说要等一个月。")
    found = look_alikes_of(every_database, get(every_database, first.id))
    assert [one.id for one in found] == [again.id]


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
