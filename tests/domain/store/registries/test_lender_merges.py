"""Merging lenders: every link and every figure is the other's, nothing is lost, and an undo brings all back."""

import pytest

from domain.filings.filing import file_complaint
from domain.lenders import Alias, LenderEntry
from domain.publishing import published
from domain.reading import Reader
from domain.safekeeping.sealing import load_keys
from domain.store import audit, outbox, records
from domain.store.intake import complaints
from domain.store.intake.complaints import Filing
from domain.store.registries import lender_merges, registry, registry_changes
from domain.store.registries.lender_merges import InvalidMerge, UnknownMerge
from domain.store.registries.registry_changes import NameTaken, UnknownLender

TWIN = LenderEntry(
    slug="chenxing_twin", name_zh_hans="晨星消金公司", name_zh_hant="晨星消金公司", name_en="Chenxing twin (invented)",
    legal_name=None, type="consumer_finance", country="CN", status="invented", confidence="high", basis="invented",
    ambiguity_note=None, aliases=(Alias("晨星消金公司", "strong", "zh-Hans"), Alias("辰星贷", "strong", "zh-Hans")),
    relations=(("brand_of", "chenxing_cf"), ("operates", "kuaiyuan_wallet")),
)  # fmt: skip


@pytest.fixture
def store(every_database):
    registry.load_lenders(every_database, [TWIN])
    return every_database


@pytest.fixture
def file(store, settings):
    def file_about(lender, narrative="他们每天打电话。"):
        reader = Reader(registry.lender_entries(store))
        filing = Filing(lender=lender, narrative=narrative, tactics=("visit_threatened",), consent="publish")
        filed = file_complaint(store, reader, load_keys(settings), filing)
        complaints.publish(store, filed.id, "test")
        return filed.id

    return file_about


def subjects(store, record_id):
    return [lender.slug for lender in published.subjects_of(records.get(store, record_id))]


def everything(store):
    """Return all that is shown of lenders: the registry and whom each record names."""
    entries = {entry.slug: entry for entry in registry.lender_entries(store)}
    return entries, {record.id: subjects(store, record.id) for record in records.iterate_public(store)}


def test_records_of_both_are_the_targets_and_none_is_counted_twice(store, file):
    of_twin, of_target = file("chenxing_twin"), file("chenxing_cf")
    of_both = file("chenxing_cf", "晨星消金公司也打来电话催收贷款。")
    assert "chenxing_twin" in subjects(store, of_twin)
    lender_merges.merge(store, "chenxing_twin", "chenxing_cf", "staff:lin", "两个名字一家公司")
    for record in (of_twin, of_target, of_both):
        assert subjects(store, record) == ["chenxing_cf"]
    assert registry.redirects(store) == {"chenxing_twin": "chenxing_cf"}


def test_an_undo_brings_back_exactly_what_was(store, file):
    file("chenxing_twin"), file("chenxing_cf"), file("chenxing_cf", "辰星贷的催收打电话来。")
    before = everything(store)
    number = lender_merges.merge(store, "chenxing_twin", "chenxing_cf", "staff:lin")
    assert everything(store) != before
    lender_merges.undo(store, number, "staff:lin")
    assert everything(store) == before
    assert registry.redirects(store) == {}


def test_the_target_goes_by_the_names_of_both_and_stands_to_itself_in_no_relation(store):
    lender_merges.merge(store, "chenxing_twin", "chenxing_cf", "staff:lin")
    entries = {entry.slug: entry for entry in registry.lender_entries(store)}
    assert "chenxing_twin" not in entries
    merged = entries["chenxing_cf"]
    assert {"辰星贷", "晨星消费金融"} <= {alias.text for alias in merged.aliases}
    assert len({alias.text for alias in merged.aliases}) == len(merged.aliases)
    assert ("operates", "kuaiyuan_wallet") in merged.relations
    assert all(target != "chenxing_cf" for _, target in merged.relations)
    assert Reader(registry.lender_entries(store)).resolve_lender("辰星贷") == "chenxing_cf"


def test_what_was_found_meanwhile_goes_back_by_its_words(store, file):
    number = lender_merges.merge(store, "chenxing_twin", "chenxing_cf", "staff:lin")
    by_name_of_twin = file("别的公司", "辰星贷的催收打电话来，说今天必须还款。")
    by_name_of_target = file("别的公司", "晨星消费金融的催收打电话来，说今天必须还款。")
    assert subjects(store, by_name_of_twin) == subjects(store, by_name_of_target) == ["chenxing_cf"]
    lender_merges.undo(store, number, "staff:lin")
    assert subjects(store, by_name_of_twin) == ["chenxing_twin"]
    assert subjects(store, by_name_of_target) == ["chenxing_cf"]


def test_a_filing_under_the_old_slug_is_the_targets_and_goes_back(store, file):
    number = lender_merges.merge(store, "chenxing_twin", "chenxing_cf", "staff:lin")
    filed = file("chenxing_twin")
    assert subjects(store, filed) == ["chenxing_cf"]
    lender_merges.undo(store, number, "staff:lin")
    assert subjects(store, filed) == ["chenxing_twin"]


def test_a_chain_of_merges_leads_to_its_end_and_is_taken_apart_link_by_link(store, file):
    record = file("chenxing_twin")
    first = lender_merges.merge(store, "chenxing_twin", "chenxing_cf", "staff:lin")
    second = lender_merges.merge(store, "chenxing_cf", "yunling_bank", "staff:lin")
    assert subjects(store, record) == ["yunling_bank"]
    assert registry.redirects(store) == {"chenxing_twin": "yunling_bank", "chenxing_cf": "yunling_bank"}
    lender_merges.undo(store, second, "staff:lin")
    assert subjects(store, record) == ["chenxing_cf"]
    lender_merges.undo(store, first, "staff:lin")
    assert subjects(store, record) == ["chenxing_twin"]


def test_every_record_that_changes_is_announced_to_the_index(store, file):
    of_twin, of_target, of_another = file("chenxing_twin"), file("chenxing_cf"), file("yunling_bank")
    outbox.mark_done(store, [row.pk for row in outbox.waiting(store, 1000)])
    number = lender_merges.merge(store, "chenxing_twin", "chenxing_cf", "staff:lin")
    announced = {row.record_id for row in outbox.waiting(store, 1000)}
    assert {of_twin, of_target} <= announced
    assert of_another not in announced
    outbox.mark_done(store, [row.pk for row in outbox.waiting(store, 1000)])
    lender_merges.undo(store, number, "staff:lin")
    assert {of_twin, of_target} <= {row.record_id for row in outbox.waiting(store, 1000)}


def test_a_running_program_sees_a_merge_and_its_undo(store):
    before = registry.revision(store)
    number = lender_merges.merge(store, "chenxing_twin", "chenxing_cf", "staff:lin")
    merged = registry.revision(store)
    lender_merges.undo(store, number, "staff:lin")
    assert len({before, merged, registry.revision(store)}) == 3


@pytest.mark.parametrize(
    ("slug", "into", "code"),
    [
        ("chenxing_cf", "chenxing_cf", "itself"),
        ("chenxing_twin", "yunling_bank", "merged_already"),
        ("chenxing_cf", "chenxing_twin", "circle"),
    ],
)
def test_what_can_not_be_merged_is_refused(store, slug, into, code):
    lender_merges.merge(store, "chenxing_twin", "chenxing_cf", "staff:lin")
    with pytest.raises(InvalidMerge) as refusal:
        lender_merges.merge(store, slug, into, "staff:lin")
    assert refusal.value.code == code


def test_unknown_lenders_and_merges_are_refused(store):
    with pytest.raises(UnknownLender):
        lender_merges.merge(store, "nobody", "chenxing_cf", "staff:lin")
    number = lender_merges.merge(store, "chenxing_twin", "chenxing_cf", "staff:lin")
    lender_merges.undo(store, number, "staff:lin")
    for unknown in (number, 999):
        with pytest.raises(UnknownMerge):
            lender_merges.undo(store, unknown, "staff:lin")


def test_merge_and_undo_stand_in_the_log(store):
    number = lender_merges.merge(store, "chenxing_twin", "chenxing_cf", "staff:lin", "同一家")
    lender_merges.undo(store, number, "staff:an")
    events = [(event.actor, event.action) for event in audit.events_of(store, "chenxing_twin")]
    assert events == [("staff:lin", "lender.merged"), ("staff:an", "lender.merge_undone")]
    assert [
        (merge.lender.slug, merge.target.slug, merge.undone_at is None) for merge in lender_merges.merges(store)
    ] == [("chenxing_twin", "chenxing_cf", False)]


def test_a_name_of_the_merged_lender_may_be_given_to_the_target_but_to_nobody_else(store):
    lender_merges.merge(store, "chenxing_twin", "chenxing_cf", "staff:lin")
    registry_changes.add_alias(store, "chenxing_cf", "辰星贷", "staff:lin")
    with pytest.raises(NameTaken):
        registry_changes.add_alias(store, "yunling_bank", "辰星贷", "staff:lin")


def test_the_next_init_leaves_a_merge_as_it_is(store):
    lender_merges.merge(store, "chenxing_twin", "chenxing_cf", "staff:lin")
    registry.load_lenders(store, [TWIN])
    assert registry.redirects(store) == {"chenxing_twin": "chenxing_cf"}
