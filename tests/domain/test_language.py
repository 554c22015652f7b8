"""Each passage says its language and its script."""

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


@given(st.text(alphabet=st.characters()))
def test_passages_follow_one_another_over_the_whole_public_text(text: str):
    reading = Reader([]).read(f"{text}\n{ENGLISH}", kind="complaint")
    ends = [0]
    for passage in reading.passages:
        assert ends[-1] == passage.start < passage.end
        ends.append(passage.end)
    assert ends[-1] == len(reading.public_text)
