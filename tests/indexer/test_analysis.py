"""How texts are cut."""

import unicodedata

import pytest

from indexer import analysis
from indexer.mapping import FIELDS, index_format


@pytest.mark.parametrize(("text", "units"), [
    ("上门，催收。", "上 门 ¶ 催 收"),
    ("上门\n催收", "上 门 ¶ 催 收"),
    ("上门……！！催收", "上 门 ¶ 催 收"),
    ("上 门　催收", "上 门 催 收"),
    ("微眾銀行ＷｅＢａｎｋ", "微 众 银 行 webank"),
    ("A卡", "a 卡"),
    ("third-party", "third party"),
    ("36.5% 12,000 2026-11-25", "36 5 ¶ 12 000 2026 11 25"),
    ("lender’s don't", "lender's don't"),
    ("ローン 대출", "ロ ー ン 대 출"),
    ("，。", ""),
    ("\ud800\0甲", "甲"),
    ("x" * 65, "x" * 64 + " x"),
])  # fmt: skip
def test_a_text_is_cut_into_units(text, units):
    assert " ".join(analysis.unit_texts(text)) == units


def test_no_token_holds_what_an_engine_splits_at():
    # All that there are: of the million places three in four are empty, or for private use.
    characters = [each for each in map(chr, range(0x110000)) if unicodedata.category(each) not in ("Cn", "Co")]
    for start in range(0, len(characters), 64):
        for unit in analysis.unit_texts("甲".join(characters[start : start + 64])):
            assert not any(character.isspace() for character in unit)


def test_a_text_is_recognised_by_bigrams_lone_characters_and_stems():
    assert analysis.keys(analysis.unit_texts("上门催收，卡 debts")) == ["上门", "门催", "催收", "卡", "debt"]


def test_the_format_names_fields_and_analysis(monkeypatch):
    before = index_format()
    assert len(before) == 8
    monkeypatch.setattr("indexer.mapping.FIELDS", FIELDS[:-1])
    assert index_format() != before
    monkeypatch.undo()
    monkeypatch.setattr(analysis, "BREAK", "§")
    assert index_format() != before
