"""A name that a line's end breaks is found, and two lines that only meet make none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.lender_finding.finder import LenderFinder
from domain.lenders import Alias, LenderEntry, load_registry
from domain.text import fold


def invented(slug: str, *aliases: str, strength: str = "strong") -> LenderEntry:
    """A lender that does not exist."""
    named = tuple(Alias(alias, strength, "zh-Hans") for alias in aliases)
    return LenderEntry(
        slug, aliases[0], aliases[0], slug, None, "platform", "CN", "invented", "high", "invented", None, named, ()
    )


FINDER = LenderFinder(
    [
        *load_registry(), invented("chenxing_cf", "晨星消费金融"), invented("banner", "Banner Lake Loans"),
        invented("songyue", "松岳速贷", strength="contextual"), invented("yun", "云行"),
    ]
)  # fmt: skip


def found(text: str) -> list[str]:
    return [find.slug for find in FINDER.find(fold(text))]


@pytest.mark.parametrize(
    "broken", ["晨星消费\n金融", "晨星消费\r\n　　金融", "晨\n星消费金融", "晨星消费金 \n融", "晨星消費\n金融"]
)
def test_a_chinese_name_that_a_line_breaks_is_found_from_end_to_end(broken: str):
    text = f"我去年在{broken}借的钱，到现在还欠两期。"
    [find] = FINDER.find(fold(text))
    assert (find.slug, fold(text)[find.start : find.end]) == ("chenxing_cf", fold(broken))


@pytest.mark.parametrize(
    "broken", ["Banner\nLake Loans", "Banner Lake\r\n  Loans", "Ban-\nner Lake Loans", "Banner La-\nke Loans"]
)
def test_an_english_name_is_found_over_a_line_and_its_hyphen(broken: str):
    assert found(f"I have had a loan from {broken} since last year and still owe two payments.") == ["banner"]


@pytest.mark.parametrize(
    "text",
    [
        "我借的钱来自晨星消费。\n金融服务电话打来催收，逾期两期。",
        "我借了钱，逾期，上家是晨星消费\n\n金融客服来催收。",
        "催收的人站在云\n行道树下面等我还款。",
        "I owe money at the banner\nlakeside loans desk and they call about the debt.",
        "欠款逾期了，催收来自松岳\n速贷的人。",
    ],
)  # fmt: skip
def test_lines_that_meant_to_end_and_names_of_two_characters_or_of_every_day_make_none(text: str):
    assert not {"chenxing_cf", "yun", "banner", "songyue"} & set(found(text))


@given(st.text(alphabet="晨星消费金融 \n\r-abnerlkos，", max_size=60))
def test_places_are_valid_wherever_lines_end(text: str):
    folded = fold(text)
    for find in FINDER.find(folded):
        assert 0 <= find.start < find.end <= len(folded)
