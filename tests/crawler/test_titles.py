"""A title and the text below it tell of the same person: what one tells is masked in both."""

from datetime import UTC, datetime

import pytest

from crawler.items import GatheredArticle
from crawler.pipelines.reading import read_article

NAME = "云朵朵"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (f"{NAME}被催收上门", f"我叫{NAME}，催收员说明天上门。"),
        (f"本人{NAME}：催收员上门", f"{NAME}快点来，催收员这样说。"),
    ],
)
def test_a_name_that_title_or_text_tells_is_masked_in_both(reader, title, text):
    made = read_article(reader, article(title, text))
    assert NAME not in str(made.title)
    assert NAME not in made.reading.public_text
    assert "催收员" in made.reading.public_text


def test_a_title_that_repeats_what_the_text_tells_costs_no_second_reading_of_the_text(reader, monkeypatch):
    mask, texts = reader.mask, []
    monkeypatch.setattr(reader, "mask", lambda text, **rest: texts.append(text) or mask(text, **rest))
    text = f"我叫{NAME}，催收员说明天上门。"
    assert NAME not in str(read_article(reader, article(f"{NAME}被催收上门", text)).title)
    assert texts.count(text) == 1


@pytest.mark.parametrize(
    ("title", "text", "times"),
    [
        ("快圆钱包催收实录", "快圆钱包的催收员打爆了我的通讯录，逾期三天。", 1),
        ("快圆钱包催收打电话给家人怎么办", "他们每天晚上打来。", 2),
        ("快圆钱包的催收", "催收员打爆了我的通讯录，逾期三天。", 2),
    ],
)
def test_tactics_are_looked_for_in_a_title_only_where_the_text_leaves_something_open(
    reader, monkeypatch, title, text, times
):
    tell, told = reader.tell, []
    monkeypatch.setattr(reader, "tell", lambda masked, **rest: told.append(masked) or tell(masked, **rest))
    made = read_article(reader, article(title, text))
    assert len(told) == times
    assert made.reading.relevant
    named = {find.slug for find in made.reading.lenders} | set(made.named_beside)
    assert named == {reader.resolve_lender("快圆钱包")}


def test_a_lender_that_the_text_names_is_not_said_to_be_named_beside_it(reader):
    made = read_article(reader, article("快圆钱包的催收", "快圆钱包的催收员打爆了我的通讯录。"))
    assert not made.named_beside


def test_a_title_is_masked_and_kept_on_one_line(reader):
    assert read_article(reader, article("催收\n 13800010002", "催收员上门。")).title == "催收 ［电话］"


def article(title, text):
    return GatheredArticle(
        "paper",
        "https://paper.invalid/1",
        "https://paper.invalid/1",
        title,
        text,
        None,
        datetime(2026, 11, 1, tzinfo=UTC),
    )
