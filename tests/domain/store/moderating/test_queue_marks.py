"""The marks that the queue is narrowed by: whatever is done to complaints, they say what the tables say."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import event

from domain.evidence.vault import Prepared
from domain.filings import returning
from domain.filings.filing import file_complaint
from domain.models import QueueMark
from domain.moderation import moderating
from domain.safekeeping.sealing import load_keys
from domain.store import records
from domain.store import retention as erasing
from domain.store.database import now
from domain.store.intake import complaints, messages, receipts
from domain.store.intake.complaints import Filing, UnknownComplaint, WrongState
from domain.store.moderating import editing, moderation, queue_marks, removals
from domain.store.moderating.editing import RefusedEdit, TagEdit
from domain.store.moderating.queue import QueueFilter, queue_page
from domain.store.moderating.removals import NotPossible, Settlement, UnknownRecord

TEXTS = (
    "催收员说明天上门。",
    "他们打给了我的父母和同事。",
    "他们骂我，还威胁要打断我的腿。",
    "The collector called my employer.",
)
ANY = QueueFilter(state="waiting")


@pytest.fixture
def keys(settings):
    return load_keys(settings)


def file(database, reader, keys, number=0, **changes):
    fields = {"lender": "chenxing_cf", "tactics": ("visit_threatened",), "consent": "publish"} | changes
    return file_complaint(database, reader, keys, Filing(narrative=TEXTS[number % len(TEXTS)], **fields))


def marks(database):
    with database.reading() as session:
        return sorted((row.mark, row.state, row.gravity, row.received_at, row.complaint_pk)
                      for row in session.query(QueueMark))  # fmt: skip


def prepared(number):
    return Prepared("png", 1, f"{number:064}", f"o{number}", "png", 1, f"c{number}")


def deeds(database, reader, keys, chance):
    """Return all that is done to a complaint; some of it is refused, as it would be."""
    actor = "staff:lin"

    def version(one):
        return records.get(database, one.id).version

    def tag(one, code):
        editing.add_tag(database, one.id, version(one), TagEdit(code, "first_hand_claim", True), actor)

    def untag(one):
        mentions = records.get(database, one.id).tactic_mentions
        editing.remove_tag(database, one.id, version(one), mentions[0].pk if mentions else 0, actor)

    def correct(one):
        text = chance.choice(TEXTS)
        readings = {text: reader.read(text, kind="complaint")}
        corrected = receipts.Correction(text, readings, [], "", "sealed")
        receipts.correct(database, keys.receipt, one.receipt, corrected, reader.read)

    def settle(one, action):
        removals.settle(database, one.id, Settlement(action, "untrue", "x"), actor)

    def decide(one, decision):
        words = "为什么？" if decision in ("asked", "rejected") else ""
        reason = {"held": "unclear", "rejected": "insult", "reopened": "mistake"}.get(decision, "")
        moderating.decide(database, keys, one.id, None, decision, reason, words, actor)

    return [
        lambda one: tag(one, "violence_threat"),
        lambda one: tag(one, "contact_book_blasting"),
        untag,
        correct,
        lambda one: settle(one, chance.choice(("taken_down", "restored"))),
        *[lambda one, decision=decision: decide(one, decision) for decision in moderation.FROM],
        lambda one: moderation.take(database, one.id, actor),
        lambda one: receipts.write(database, keys.receipt, one.receipt, "sealed", str(chance.random())),
        lambda one: returning.ask(database, keys, one.id, "为什么？", actor),
        lambda one: receipts.add_files(database, keys.receipt, one.receipt, [prepared(chance.randrange(10**9))]),
        lambda one: complaints.change_consent(
            database, keys.receipt, one.receipt, chance.choice(("publish", "figures"))
        ),
        lambda one: complaints.publish(database, one.id, actor),
        lambda one: erasing.erase_original(database, one.id, now() + timedelta(days=1)),
        lambda one: erasing.erase_evidence(database, one.id, now() + timedelta(days=1)),
        lambda one: chance.random() < 0.1 and complaints.withdraw(database, keys.receipt, one.receipt),
    ]


REFUSALS = (WrongState, UnknownComplaint, UnknownRecord, NotPossible, RefusedEdit, messages.UnknownRecord)


@pytest.mark.parametrize("seed", [1, 2])
def test_after_whatever_is_done_the_marks_are_those_made_anew(every_database, reader, keys, seed):
    chance, done = random.Random(seed), 0
    filed = [file(every_database, reader, keys, number) for number in range(5)]
    for _ in range(60):
        try:
            chance.choice(deeds(every_database, reader, keys, chance))(chance.choice(filed))
            done += 1
        except REFUSALS:
            continue
    kept = marks(every_database)
    with every_database.writing() as session:
        queue_marks.put_all_right(session)
    assert kept == marks(every_database)
    assert done > 20
    assert kept


def test_each_filter_finds_what_it_says_and_each_page_goes_on_where_the_last_ended(every_database, reader, keys):
    filed = [file(every_database, reader, keys, number, consent=("publish", "figures", "private")[number % 3],
                  lender=("chenxing_cf", "yunling_bank")[number % 2]) for number in range(24)]  # fmt: skip
    for one in filed[::5]:
        receipts.add_files(every_database, keys.receipt, one.receipt, [prepared(int(one.id[1:], 36))])
    for one in filed[::4]:
        receipts.write(every_database, keys.receipt, one.receipt, "sealed", "1")
    loaded = records.load(every_database, [one.id for one in filed])
    with_files, answers = {one.id for one in filed[::5]}, {one.id for one in filed[::4]}
    cases = {
        QueueFilter(): lambda row: row.consent != "private",
        QueueFilter(consent="private"): lambda row: row.consent == "private",
        QueueFilter(consent="figures", language="zh-Hans"): lambda row: (row.consent, row.language) == (
            "figures", "zh-Hans"),
        QueueFilter(lender="yunling_bank"): lambda row: row.lender.slug == "yunling_bank" and row.consent != "private",
        QueueFilter(lender="no such lender"): lambda row: False,
        QueueFilter(language="en"): lambda row: row.language == "en" and row.consent != "private",
        QueueFilter(evidence=True): lambda row: row.id in with_files and row.consent != "private",
        QueueFilter(answer=True, evidence=True): lambda row: (
            row.id in with_files & answers and row.consent != "private"),
        QueueFilter(tactic="visit_threatened", lender="chenxing_cf", answer=True, consent="publish"): lambda row: (
            row.id in answers and row.lender.slug == "chenxing_cf" and row.consent == "publish"),
        QueueFilter(tactic="visit_actual"): lambda row: any(
            one.tactic_code == "visit_actual" and one.counted for one in row.tactic_mentions),
    }  # fmt: skip
    for asked, belongs in cases.items():
        wanted = sorted((row for row in loaded.values() if belongs(row)), key=lambda row: row.pk)
        found, cursor = [], None
        while True:
            page = queue_page(every_database, asked, cursor, size=3)
            found += [row.id for row in page.rows]
            if (cursor := page.next) is None:
                break
        assert sorted(found) == sorted(row.id for row in wanted), asked
        assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    "asked",
    [
        QueueFilter(), QueueFilter(tactic="visit_threatened"), QueueFilter(evidence=True), QueueFilter(language="en"),
        QueueFilter(consent="figures"), QueueFilter(tactic="visit_threatened", answer=True),
        QueueFilter(lender="chenxing_cf"), QueueFilter(lender="chenxing_cf", tactic="visit_threatened"),
    ],
)  # fmt: skip
def test_a_page_reads_the_runs_of_an_index_and_sorts_nothing(database, asked):
    """What a filter passes over must not be read: with a hundred thousand waiting that is the whole time."""
    asked_of_it = []

    def note(connection, cursor, statement, parameters, *rest):
        asked_of_it.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    queue_page(database, asked)
    event.remove(database.engine, "before_cursor_execute", note)
    statement, parameters = next(pair for pair in asked_of_it if "UNION ALL" in pair[0])
    with database.querying() as connection:
        plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert plan
    assert [step for step in plan if "TEMP B-TREE" in step or step.startswith("SCAN complaint")] == []


def test_marks_go_with_their_complaint(every_database, reader, keys):
    one = file(every_database, reader, keys)
    assert marks(every_database)
    complaints.withdraw(every_database, keys.receipt, one.receipt)
    assert marks(every_database) == []
