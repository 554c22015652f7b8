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


def test_words_that_traditional_texts_write_otherwise_are_found_by_the_simplified_one():
    for traditional, simplified in zip(
        ["瞭解", "回覆", "門衞", "銀行枱", "揹債", "暱稱", "敍述", "祇要", "衹是", "𠮷野家"],
        ["了解", "回复", "门卫", "银行台", "背债", "昵称", "叙述", "只要", "只是", "吉野家"],
        strict=True,
    ):
        assert fold(traditional) == simplified


def test_an_accent_is_dropped_whether_it_is_a_character_of_its_own_or_not():
    for composed, apart in (("é", "e\u0301"), ("ガ", "カ\u3099"), ("ガ", "ｶﾞ"), ("й", "и\u0306")):
        assert fold(composed) == fold(apart), composed


def test_letters_in_shapes_and_alphabets_that_only_look_like_latin_ones_fold_to_latin_ones():
    for shown in ("ＢＡＮＫ", "𝐁𝐀𝐍𝐊", "ΒΑΝΚ", "ВАNК", "ʙᴀɴᴋ", "🅱🅰🅽🅺", "🅑🅐🅝🅚", "Ⓑⓐⓝⓚ", "🄱🄰🄽🄺", "B\u200bA\u2060N\ufeffK"):
        assert fold(shown) == "bank", shown


@given(st.text(alphabet=st.characters()))
def test_what_is_folded_stays_as_it_is_when_folded_again(text: str):
    assert fold(fold(text)) == fold(text)


def test_every_character_of_the_first_planes_stays_as_it_is_when_folded_again():
    assert [one for one in map(chr, range(0x20000)) if fold(fold(one)) != fold(one)] == []


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
