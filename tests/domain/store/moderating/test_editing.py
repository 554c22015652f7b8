"""Masks, tags and lenders that moderators set, on SQLite and on a real PostgreSQL: they outlive a retag."""

import pytest

from domain.retagging import retag
from domain.store import audit
from domain.store.moderating import editing
from domain.store.moderating.editing import RefusedEdit, TagEdit
from domain.store.moderating.moderation import Changed
from tests.domain.store.moderating.deciding import complaint, decide


def test_a_mask_edited_from_an_old_page_is_refused_too(every_database, keys, file, reader):
    filed = file()
    seen = complaint(every_database, filed.id).version
    decide(every_database, keys, filed.id, "published", version=seen)
    with pytest.raises(Changed):
        editing.hide_words(every_database, reader.read, filed.id, seen, ["阿花"], "staff:zhao")
    assert "阿花" in complaint(every_database, filed.id).public_text


def test_a_moderators_mask_covers_every_text_and_survives_retag(every_database, reader, keys, file, tmp_path):
    filed = file(scripts=("阿花是你表姐吧", "明天上门"), product="阿花介绍的贷款")
    missing = editing.hide_words(every_database, reader.read, filed.id, 1, ["阿花", "没有的话"], "staff:lin")
    assert missing == ["没有的话"]
    for _ in range(2):
        kept = complaint(every_database, filed.id)
        whole = kept.public_text + kept.product + "".join(script.public_text for script in kept.scripts)
        assert "阿花" not in whole
        assert "［隐去］" in kept.public_text
        retag(every_database, reader, tmp_path / "progress.json")


def test_a_wrong_mask_is_lifted_and_stays_lifted(every_database, reader, file, tmp_path):
    filed = file()
    kept = complaint(every_database, filed.id)
    reading = reader.read(kept.narrative, kind="complaint", lender="chenxing_cf")
    mask = next(mask for mask in reading.masks if mask.type == "phone")
    place = (mask.original_start, mask.original_end)
    editing.lift_mask(every_database, reader.read, filed.id, kept.version, place, "staff:lin")
    retag(every_database, reader, tmp_path / "progress.json")
    assert "13800138000" in complaint(every_database, filed.id).public_text
    editing.hide_words(
        every_database, reader.read, filed.id, complaint(every_database, filed.id).version, ["13800138000"], "staff:lin"
    )
    assert "13800138000" not in complaint(every_database, filed.id).public_text


def test_the_borrowers_own_mask_can_not_be_lifted(every_database, reader, file):
    filed = file(more_masks=("阿花",))
    kept = complaint(every_database, filed.id)
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
    found = complaint(every_database, filed.id).tactic_mentions
    visit = next(one for one in found if one.tactic_code == "visit_threatened")
    others = {one.tactic_code for one in found} - {"visit_threatened"}
    editing.remove_tag(every_database, filed.id, 1, visit.pk, "staff:lin")
    tag = TagEdit("debt_disclosure", "first_hand_claim", True, "骂我是骗子")
    editing.add_tag(every_database, filed.id, 2, tag, "staff:lin")
    for _ in range(2):
        kept = complaint(every_database, filed.id).tactic_mentions
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
    kept = complaint(every_database, filed.id)
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
    kept = complaint(every_database, filed.id)
    assert kept.lender is not None
    assert kept.lender.slug == "chenxing_cf"
    assert {one.lender.slug for one in kept.lender_mentions if one.said_by == "moderator"} == {"chenxing_cf"}
    with pytest.raises(RefusedEdit, match="lender"):
        editing.set_lender(every_database, filed.id, 3, "nobody", "staff:lin")
