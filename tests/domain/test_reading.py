"""A text is read as a whole: lenders, tactics and private data, with offsets that hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.lenders import load_registry
from domain.reading import Reader

READER = Reader(load_registry())
READER.read("我叫白志远, my name is John Smith", kind="complaint")  # what is loaded when first needed is loaded


def test_a_lender_is_found_in_both_scripts():
    for text in ("微众银行的催收", "微眾銀行的催收"):
        found = READER.read(text, kind="article").lenders
        assert [(find.slug, find.surface) for find in found] == [("webank", text[:4])]


@pytest.mark.parametrize(
    "text",
    [
        "我们合唱团叫Synchrony，周五晚上在礼堂排练。",
        "马上消费金融的篮球队今晚和我们系打友谊赛，票已经抢完了。",
    ],
)
def test_what_is_named_where_nobody_deals_with_a_lender_is_in_passing(text: str):
    reading = READER.read(text, kind="complaint")
    assert reading.lenders
    assert reading.subjects == set()


def test_a_lender_that_the_borrower_chose_is_never_taken_for_one_in_passing():
    text = "我们合唱团叫Synchrony，周五晚上在礼堂排练。"
    assert READER.read(text, kind="complaint", lender="synchrony").subjects == {"synchrony"}


def test_a_lender_whose_people_collect_stays_the_subject_without_a_word_of_debts():
    assert READER.read("微众银行的人昨晚骂我妈是骗子。", kind="complaint").subjects == {"webank"}


def test_a_phone_number_is_masked_in_the_script_of_the_text():
    assert READER.read("我的电话13800010002", kind="complaint").public_text == "我的电话［电话］"
    assert READER.read("我的電話13800010002", kind="complaint").public_text == "我的電話［電話］"
    assert READER.read("my phone is 138 0001 0002", kind="complaint").public_text == "my phone is [phone]"


def test_a_mask_knows_where_the_value_stood():
    mask = READER.read("我的电话13800010002", kind="complaint").masks[0]
    assert (mask.type, mask.start, mask.end, mask.original_start, mask.original_end) == ("phone", 4, 8, 4, 15)


@pytest.mark.parametrize("text", ["", "催", "\ud800", "\0", "😀😀", "\u202e催收\u202c", "a" * 10_000, "(" * 10_000])
def test_any_text_is_readable(text: str):
    READER.read(text, kind="complaint")


@given(st.text(alphabet=st.characters()), st.sampled_from(["complaint", "article"]))
def test_every_passage_stands_where_its_find_says(text: str, kind: str):
    reading = READER.read(f"微众银行{text}催收每天打几十个电话{text}", kind=kind)
    for lender in reading.lenders:
        assert reading.public_text[lender.start : lender.end] == lender.surface
    for tactic in reading.tactics:
        assert reading.public_text[tactic.start : tactic.end] == tactic.quote
    for find in [*reading.lenders, *reading.tactics]:
        assert 0 <= find.original_start <= find.original_end <= len(f"微众银行{text}催收每天打几十个电话{text}")


def test_a_find_behind_masks_and_glosses_knows_where_it_stood():
    text = "我叫林秋月，電(diàn)話13800010002，用戶(hù)被晨星催(cuī)收(shōu)，找微(wēi)眾銀行投訴"
    find = READER.read(text, kind="complaint").lenders[0]
    assert (find.surface, text[find.original_start : find.original_end]) == ("微眾銀行", "微(wēi)眾銀行")


def test_a_tactic_behind_a_mask_knows_where_it_stood():
    text = "我叫林秋月，电话13800010002，催收每天打几十个电话骂我"
    found = READER.read(text, kind="complaint").tactics
    assert found
    assert all(text[find.original_start : find.original_end] == find.quote for find in found)


def test_the_lender_named_beside_the_text_lets_its_ambiguous_name_count():
    assert READER.read("京东昨天又来人了", kind="complaint").lenders == []
    found = READER.read("京东昨天又来人了", kind="complaint", lender="jd_tech").lenders
    assert [(find.slug, find.surface) for find in found] == [("jd_tech", "京东")]


@pytest.mark.parametrize("typed", ["微众", "微眾", "WEBANK", "weizhong", "wzyh", "webnak"])
def test_a_lender_is_suggested_however_it_is_typed(typed: str):
    assert READER.suggest_lenders(typed)[0].slug == "webank"


def test_only_an_exact_name_resolves():
    assert READER.resolve_lender("微眾銀行") == "webank"
    assert READER.resolve_lender("webank") == "webank"
    assert READER.resolve_lender("微众银") is None
