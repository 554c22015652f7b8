"""Folding is one form for index, query and reading, with the way back to the original."""

from hypothesis import given
from hypothesis import strategies as st

from domain.text import fold, fold_with_map


def test_traditional_full_width_and_capital_letters_fold_to_one_form():
    assert fold("微眾銀行") == fold("微衆銀行") == "微众银行"
    assert fold("ＷｅＢａｎｋ") == "webank"


def test_invisible_characters_and_lookalikes_do_not_hide_a_word():
    assert fold("催\u200b收\ufe0f wеixin ⻔") == "催收 weixin 门"


def test_both_words_for_an_account_fold_to_one():
    assert fold("隨著帳單") == fold("随着账单")


@given(st.text(), st.text())
def test_a_piece_folds_as_it_does_inside_the_whole(first: str, second: str):
    assert fold(first + second) == fold(first) + fold(second)


@given(st.text(alphabet=st.characters()))
def test_every_offset_is_valid_in_the_original(text: str):
    folded, offsets = fold_with_map(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(text)


def test_a_character_that_unfolds_into_several_leads_back_to_itself():
    assert fold_with_map("㈱微\u200b眾") == ("(株)微众", [0, 0, 0, 1, 3, 4])
