"""Any text is read, in time that grows with its length alone, and every passage stands where its find says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.tactic_finder import read_tactics
from domain.text import fold
from tests.measuring import assert_grows_with_the_length_alone

PIECES = ("催收", "打电话给我妈", "上门", "“再不还就", "”", "。", "？", "没人来", "call me at work ", "\0", "\ud800",
          "😀", "\u202e", "<b>", "((((", "a" * 50, "1" * 40, "，", "\n", " ")  # fmt: skip
LONG = (
    "催收每天打我三四十个电话给我妈说我欠钱", "上门", "“说要上门”", "没人来，上门",
    "打电话，", "。", " ", "x",
    "call me at work ",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join))
def test_any_text_is_read_and_its_passages_hold(text: str):
    folded = fold(text)
    for tactic in read_tactics(folded, "complaint").tactics:
        assert 0 <= tactic.start < tactic.end <= len(folded)
        assert folded[tactic.start : tactic.end].strip()


@pytest.mark.parametrize("piece", LONG)
def test_time_grows_with_the_length_alone(piece: str):
    read_tactics(fold(piece), "complaint")  # what is loaded when first needed is loaded
    assert_grows_with_the_length_alone(lambda text: read_tactics(fold(text), "complaint"), piece, 10_000, 100_000)


def test_a_megabyte_in_one_line_is_read():
    assert read_tactics("催收打电话给我妈" * 125_000, "complaint").tactics
