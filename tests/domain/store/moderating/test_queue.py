"""The queue of moderators, on SQLite and on a real PostgreSQL: what it holds, in which order, for whom."""

from datetime import timedelta

from domain.store.database import now
from domain.store.intake.look_alikes import look_alikes_of
from domain.store.moderating import moderation, queue
from domain.store.moderating.queue import QueueFilter
from tests.domain.store.moderating.deciding import complaint, decide


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
    assert complaint(every_database, first.id).status == "in_review"
    later = now() + timedelta(minutes=16)
    for module in (queue, moderation):
        monkeypatch.setattr(module, "now", lambda: later)
    assert queue.next_id(every_database, QueueFilter(), "staff:zhao") == first.id


def test_what_says_nearly_the_same_is_found(every_database, file):
    text = "我在晨星消费金融借了三千元，逾期两天，他们每天打二十个电话给我和我的家人，还说要到我公司来。"
    first, again = file(text), file(text.replace("两天", "三天"))
    file("云岭银行的客服很有礼貌，只是利息算错了，我要求改正，他们说要等一个月。")
    found = look_alikes_of(every_database, complaint(every_database, first.id))
    assert [one.id for one in found] == [again.id]
