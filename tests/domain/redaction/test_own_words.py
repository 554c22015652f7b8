"""What the writer wants masked besides what the program finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading import Reader

TEXT = "我在北苑的花店上班，老板叫阿亮。他们打了花店的电话13900001234。"


def read(reader: Reader, *words: str, text: str = TEXT):
    return reader.read(text, kind="complaint", hide=words)


def test_every_place_of_the_words_is_masked_with_its_reason(reader):
    text = "我在一家花店上班，老板叫阿亮。他们打了花店的电话。"
    reading = read(reader, "花店", text=text)
    assert "花店" not in reading.public_text
    own = [mask for mask in reading.masks if mask.type == "own"]
    assert [text[mask.original_start : mask.original_end] for mask in own] == ["花店", "花店"]
    assert all(mask.reason for mask in own)


@pytest.mark.parametrize("typed", ["ＡＬＩＮ", "alin", " Alin "])
def test_case_and_width_do_not_matter(reader, typed):
    assert "Alin" not in read(reader, typed, text="他们一直找Alin要钱").public_text


@pytest.mark.parametrize("spread", ["阿 亮", "阿·亮", "阿-亮", "阿亮"])
def test_marks_between_the_characters_of_a_word_hide_it_from_no_mask(reader, spread):
    reading = read(reader, "阿亮", text=f"老板{spread}也接到了电话，阿姨很亮。")
    assert reading.public_text == "老板［隐去］也接到了电话，阿姨很亮。"


def test_traditional_words_are_found_in_a_simplified_text(reader):
    assert "阿亮" not in read(reader, "老闆叫阿亮").public_text


def test_a_word_over_the_edge_of_a_number_leaves_no_rest_to_read(reader):
    public = read(reader, "的电话1390").public_text
    assert "1234" not in public
    assert "1390" not in public


def test_a_word_inside_a_number_leaves_the_number_masked(reader):
    assert "139" not in read(reader, "0000").public_text


def test_words_that_overlap_are_one_mask_and_leave_nothing(reader):
    public = read(reader, "北苑的花", "花店上班").public_text
    assert not set("北苑花店班") & set(public.split("，")[0])


def test_words_that_do_not_stand_there_change_nothing(reader):
    assert read(reader, "没有的词", "", "  ").public_text == read(reader).public_text


@given(st.text(alphabet="我在花店 1390Ａa台臺\n", max_size=30), st.lists(st.text(alphabet="花店1390aA台", max_size=6)))
def test_no_hidden_word_is_left_in_the_public_text(reader, text, words):
    from domain.text import fold

    public = fold(reader.read(text, kind="complaint", hide=words).public_text)
    assert [word for word in words if fold(word).strip() and fold(word).strip() in public] == []
