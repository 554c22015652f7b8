"""What changed between two versions of an article, as readers see it."""

from webapp.published.versions import Difference, differences

FIRST = "催收员打来电话。他说已经到了小区门口。没有任何人敲门。"


def test_a_sentence_that_changed_is_shown_with_the_ones_around_it() -> None:
    after = FIRST.replace("小区门口", "楼下")
    assert list(differences(FIRST, after)) == [
        Difference("same", "催收员打来电话。"), Difference("removed", "他说已经到了小区门口。"),
        Difference("added", "他说已经到了楼下。"), Difference("same", "没有任何人敲门。"),
    ]  # fmt: skip


def test_a_line_that_is_added_at_the_end_leaves_the_sentence_before_it_as_it_was() -> None:
    added = "更新：平台已经道歉。"
    assert list(differences(FIRST, f"{FIRST}\n{added}")) == [
        Difference("cut"), Difference("same", "没有任何人敲门。\n"), Difference("added", added),
    ]  # fmt: skip
    assert [piece.how for piece in differences(f"{FIRST}\n{added}", FIRST)] == ["cut", "same", "removed"]


def test_what_is_only_broken_into_other_lines_has_no_difference() -> None:
    assert list(differences(FIRST, FIRST.replace("。", "。\n"))) == []
