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
    read, texts = reader.read, []
    monkeypatch.setattr(reader, "read", lambda text, **rest: texts.append(text) or read(text, **rest))
    text = f"我叫{NAME}，催收员说明天上门。"
    assert NAME not in str(read_article(reader, article(f"{NAME}被催收上门", text)).title)
    assert texts.count(text) == 1


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
