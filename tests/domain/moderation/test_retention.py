"""Retention: what is due is seen beforehand and erased; what waits, or was decided lately, stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from domain.evidence.vault import open_vault
from domain.filings.filing import file_complaint
from domain.models import Dispute, EarlierText, EvidenceFile, Message
from domain.moderation import retention, settling
from domain.moderation.retention import Policy
from domain.safekeeping.sealing import load_keys
from domain.store import audit, outbox, records
from domain.store.database import now
from domain.store.intake import complaints, evidence
from domain.store.intake.complaints import Filing
from domain.store.moderating import disputes, removals
from domain.store.moderating.removals import Settlement

NARRATIVE = "催收打了我的电话13800138000，说已经到我家门口，我住在晨光路8号。"
FILING = Filing(
    lender="chenxing_cf", narrative=NARRATIVE, tactics=("visit_threatened",), consent="publish",
    scripts=("我是13900001234，你欠的钱今天必须还。",), contact="line: canary-contact", more_masks=("晨光路",),
)  # fmt: skip
POLICY = Policy(originals=30, evidence=60)


@pytest.fixture
def keys(settings):
    return load_keys(settings)


@pytest.fixture
def vault(settings):
    return open_vault(settings)


@pytest.fixture
def decided(every_database, reader, keys, vault):
    """Makes a complaint that was decided so many days ago, with a file and a letter."""

    def make(days, status="published", released=False):
        filed = file_complaint(every_database, reader, keys, FILING)
        with every_database.writing() as session:
            complaint = complaints._locked(session, filed.id)
            complaint.status, complaint.decided_at = status, now() - timedelta(days=days) if days is not None else None
            vault.folder.mkdir(parents=True, exist_ok=True)
            for name in (f"original-{filed.id}", f"copy-{filed.id}"):
                (vault.folder / name).write_bytes(b"sealed")
            session.add(
                EvidenceFile(
                    complaint_pk=complaint.pk, number=1, kind="png", size=1, sha256="0" * 64,
                    original=f"original-{filed.id}", copy_kind="png", copy_size=1, copy=f"copy-{filed.id}",
                    added_at=now(), released_at=now() if released else None,
                )
            )  # fmt: skip
            session.add(Message(complaint_pk=complaint.pk, written_by="borrower", text_sealed="x", written_at=now()))
            session.add(EarlierText(complaint_pk=complaint.pk, version=1, text_sealed="x", replaced_at=now()))
        return filed.id

    return make


def test_the_preview_names_what_a_run_erases_and_nothing_else(every_database, vault, decided):
    decided(None, "received"), decided(10), decided(100, "held"), decided(100, "in_review")
    one_month, two_months, rejected = decided(40), decided(70), decided(45, "rejected")
    due = retention.preview(every_database, POLICY)
    assert [one.id for one in due.originals] == [two_months, rejected, one_month]
    assert [(one.id, one.files) for one in due.evidence] == [(two_months, 1)]
    erased = retention.run(every_database, vault, POLICY)
    assert (erased.originals, erased.evidence) == (3, 1)
    assert retention.preview(every_database, POLICY) == retention.Preview()


def test_nothing_that_was_typed_is_left_anywhere_and_what_is_public_stays(every_database, vault, decided, keys):
    complaint_id = decided(100)
    before = records.get(every_database, complaint_id)
    retention.run(every_database, vault, POLICY)
    after = records.get(every_database, complaint_id)
    assert (after.narrative, after.more_masks, after.contact_sealed, after.sketch) == ("", [], None, "")
    assert [script.text for script in after.scripts] == [""]
    assert after.public_text == before.public_text != ""
    assert [script.public_text for script in after.scripts] == [script.public_text for script in before.scripts]
    assert len(after.tactic_mentions) == len(before.tactic_mentions)
    with every_database.engine.connect() as connection:
        for table in ("message", "earlier_text", "evidence_file"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0  # noqa: S608
    assert list(vault.folder.iterdir()) == []


@pytest.fixture
def disputed(every_database, keys):
    """Makes a public complaint with a dispute that was decided so many days ago, or waits."""

    def make(reader, days=None, action="kept"):
        filed = file_complaint(every_database, reader, keys, FILING)
        complaints.publish(every_database, filed.id, "test")
        dispute_id = settling.dispute(every_database, keys, filed.id, "untrue", "canary words", "line: canary")
        if days is not None:
            settled = Settlement(action, "untrue", "核实过。", dispute_id, 1)
            settling.settle(every_database, reader, filed.id, settled, "staff:lin")
            with every_database.writing() as session:
                session.scalars(select(Dispute).filter_by(id=dispute_id)).one().decided_at = now() - timedelta(
                    days=days
                )
        return filed.id, dispute_id

    return make


def test_what_was_written_in_a_decided_dispute_goes_and_that_there_was_one_stays(
    every_database, reader, vault, keys, disputed
):
    (waiting, _), (_, lately), (record_id, due) = disputed(reader), disputed(reader, 10), disputed(reader, 40)
    preview = retention.preview(every_database, POLICY)
    assert [one.id for one in preview.disputes] == [due]
    assert retention.run(every_database, vault, POLICY).disputes == 1
    assert retention.preview(every_database, POLICY).disputes == []
    [erased] = settling.opened(keys, disputes.of_record(every_database, record_id))
    assert (erased.words, erased.contact, erased.row.contact_sealed, erased.row.status) == ("", "", None, "decided")
    assert [one.words for one in settling.opened(keys, disputes.of_record(every_database, waiting))] == ["canary words"]
    assert lately != due
    assert [line.note for line in removals.of_record(every_database, record_id)] == ["核实过。"]
    events = [(event.action, event.details) for event in audit.events_of(every_database, record_id)]
    assert ("dispute.erased", {"dispute": due}) in events


def test_what_was_taken_down_is_erased_in_its_turn_and_comes_back_without_its_original(
    every_database, reader, vault, keys, disputed
):
    record_id, _ = disputed(reader, 1, "taken_down")
    assert retention.preview(every_database, POLICY).originals == []
    with every_database.writing() as session:
        complaint = complaints._locked(session, record_id)
        complaint.decided_at = complaint.taken_down_at = now() - timedelta(days=40)
    public = records.get(every_database, record_id).public_text
    assert [one.id for one in retention.preview(every_database, POLICY).originals] == [record_id]
    retention.run(every_database, vault, POLICY)
    assert records.get(every_database, record_id).narrative == ""
    settling.settle(every_database, reader, record_id, Settlement("restored", "untrue", "核实过。"), "staff:lin")
    assert records.is_public(restored := records.get(every_database, record_id))
    assert restored.public_text == public


def test_with_a_complaint_that_is_withdrawn_the_disputes_about_it_end(every_database, reader, keys):
    filed = file_complaint(every_database, reader, keys, FILING)
    complaints.publish(every_database, filed.id, "test")
    settling.dispute(every_database, keys, filed.id, "untrue", "canary words", "line: canary")
    complaints.withdraw(every_database, keys.receipt, filed.receipt)
    assert disputes.waiting(every_database) == []
    assert [one.words for one in settling.opened(keys, disputes.of_record(every_database, filed.id))] == [""]


def test_a_released_copy_stays_and_its_original_goes(every_database, vault, decided):
    complaint_id = decided(100, released=True)
    retention.run(every_database, vault, POLICY)
    assert [path.name for path in vault.folder.iterdir()] == [f"copy-{complaint_id}"]
    assert [file.number for file in evidence.released_files(every_database, complaint_id)] == [1]
    assert retention.preview(every_database, POLICY).evidence == []


def test_without_a_period_nothing_is_erased(every_database, vault, decided):
    decided(10_000)
    assert retention.preview(every_database, Policy(0, 0)) == retention.Preview()
    assert retention.run(every_database, vault, Policy(0, 0)).originals == 0


def test_what_is_reopened_between_preview_and_run_is_left(every_database, vault, decided):
    complaint_id = decided(100)
    before = now() - timedelta(days=30)
    with every_database.writing() as session:
        complaints._locked(session, complaint_id).status = "in_review"
    from domain.store import retention as rows

    assert not rows.erase_original(every_database, complaint_id, before)
    assert rows.files_to_erase(every_database, complaint_id, before) == []
    assert not rows.erase_evidence(every_database, complaint_id, before)
    assert records.get(every_database, complaint_id).narrative == NARRATIVE


def test_each_erasure_stands_in_the_log_and_moves_the_version_on(every_database, vault, decided):
    complaint_id = decided(100)
    version = records.get(every_database, complaint_id).version
    outbox.mark_done(every_database, [row.pk for row in outbox.waiting(every_database, 100)])
    retention.run(every_database, vault, POLICY, "staff:lin")
    assert records.get(every_database, complaint_id).version == version + 2
    assert {row.record_id for row in outbox.waiting(every_database, 100)} == {complaint_id}
    events = [(event.actor, event.action) for event in audit.events_of(every_database, complaint_id)]
    assert events[-2:] == [("staff:lin", "complaint.original_erased"), ("staff:lin", "evidence.erased")]


def test_a_run_that_was_cut_off_is_taken_up_again(every_database, vault, decided):
    complaint_id = decided(100)
    vault.discard([f"original-{complaint_id}"])  # the file went, the row did not
    assert retention.run(every_database, vault, POLICY).evidence == 1
    assert list(vault.folder.iterdir()) == []


def test_a_limit_leaves_the_rest_for_the_next_time(every_database, vault, decided):
    for _ in range(3):
        decided(40)
    assert retention.run(every_database, vault, replace(POLICY, evidence=0), limit=1).originals <= retention.BATCH
    assert retention.preview(every_database, replace(POLICY, evidence=0)).originals == []


def test_what_is_new_after_an_erasure_is_erased_in_its_turn(every_database, vault, decided, reader, keys):
    """A corrected narrative, and letters written later, must not stay for good because older ones went before."""
    from domain.store.intake import messages, receipts

    complaint_id = decided(100)
    retention.run(every_database, vault, POLICY)
    with every_database.writing() as session:
        assert messages.add(session, complaints._locked(session, complaint_id), "moderator", "sealed words")
    assert [one.id for one in retention.preview(every_database, POLICY).originals] == [complaint_id]
    retention.run(every_database, vault, POLICY)
    with every_database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM message")).scalar() == 0
    filed = file_complaint(every_database, reader, keys, FILING)
    with every_database.writing() as session:
        complaint = complaints._locked(session, filed.id)
        complaint.status, complaint.original_erased_at = "published", now()
    reading = reader.read("他们又打电话到我公司。", kind="complaint")
    corrected = receipts.Correction("他们又打电话到我公司。", {"他们又打电话到我公司。": reading}, [], "", "sealed")
    receipts.correct(every_database, keys.receipt, filed.receipt, corrected, reader.read)
    assert records.get(every_database, filed.id).original_erased_at is None
