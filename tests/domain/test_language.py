"""Each passage says its language and its script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language import language_of, passages_of
from domain.reading import Reader

SIMPLIFIED, TRADITIONAL = "催收员每天给我打电话，说还钱。", "催收員每天給我打電話，說還錢。"
ENGLISH = "They called my mother twice a day. They would not stop."


def tags(text: str) -> list[tuple[str, str]]:
    """Return language and script of each passage."""
    return [(passage.language, passage.script) for passage in passages_of(text)]


def test_a_text_is_in_the_language_that_most_of_it_is_in():
    assert language_of(SIMPLIFIED) == "zh-Hans"
    assert language_of(TRADITIONAL) == "zh-Hant"
    assert language_of(ENGLISH) == "en"
    assert language_of("我的APP是Android版的") == "zh-Hans"
    assert language_of("My name is Wang, written 王") == "en"
    assert language_of("😀1") == "zh-Hans"


def test_sentences_of_one_script_are_one_passage_and_others_their_own():
    text = f"{SIMPLIFIED}{SIMPLIFIED}\n{TRADITIONAL}\n{ENGLISH}\n12:30"
    assert tags(text) == [("zh-Hans", "Hans"), ("zh-Hant", "Hant"), ("en", "Latn")]
    assert passages_of(text)[-1].end == len(text)


def test_both_scripts_in_one_sentence_are_mixed():
    assert tags("催收員說还钱，给我打電話") == [("mixed", "Hans+Hant")]


def test_characters_that_both_scripts_share_say_nothing():
    assert tags("人在上海。") == [("zh-Hans", "Hans")]
    assert tags(f"{TRADITIONAL}人在上海。") == [("zh-Hant", "Hant")]


@pytest.mark.parametrize(
    ("text", "language", "script"),
    [
        ("お金を返してください。明日また電話します。", "ja", "Jpan"),
        ("돈을 갚으세요. 내일 다시 전화하겠습니다.", "ko", "Kore"),
        ("يرجى سداد الدين غداً.", "und-Arab", "Arab"), ("Мы придём к вам домой.", "und-Cyrl", "Cyrl"),
        ("wo qian le huabei san wan, tian tian da dianhua", "zh-Latn", "Latn"),
        ("THEY CALLED ME TWENTY TIMES A DAY AT WORK!", "en", "Latn"), ("鲜の每日的催收说还钱", "zh-Hans", "Hans"),
        ("佢哋成日打電話嚟鬧我，仲話會嚟我屋企", "zh-Hant", "Hant"),
    ],
)  # fmt: skip
def test_other_scripts_and_typed_pinyin_are_told_from_chinese_and_english(text: str, language: str, script: str):
    assert tags(text) == [(language, script)]
    assert tags(f"{SIMPLIFIED}\n{text}\n{SIMPLIFIED}")[-1] == ("zh-Hans", "Hans")


def test_a_word_that_can_be_parted_in_many_ways_costs_no_time():
    assert tags(f"{'gan' * 5000}q " * 6) == [("en", "Latn")]


@given(st.text(alphabet=st.characters()))
def test_passages_follow_one_another_over_the_whole_public_text(text: str):
    reading = Reader([]).read(f"{text}\n{ENGLISH}", kind="complaint")
    ends = [0]
    for passage in reading.passages:
        assert ends[-1] == passage.start < passage.end
        ends.append(passage.end)
    assert ends[-1] == len(reading.public_text)
