"""Which language and script a text is written in, and each passage of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

from domain.text import fold

HAN_SHARE_OF_CHINESE = 0.1


def language_of(text: str) -> str:
    """Return `zh-Hans`, `zh-Hant` or `en`: Chinese from a tenth of Han among the letters, traditional by majority.

    A character that folding changes is a traditional one. Of the Han characters of running traditional text about a
    third differ; one in twenty is enough, since garbled farm pages mix the scripts.
    """
    han = [character for character in text if "\u3400" <= character <= "\u9fff"]
    letters = sum(character.isascii() and character.isalpha() for character in text)
    if not han or len(han) < HAN_SHARE_OF_CHINESE * letters / 4:
        return "en" if letters else "zh-Hans"
    changed = sum(fold(character) != character for character in han)
    return "zh-Hant" if changed * 20 >= len(han) else "zh-Hans"


SENTENCE = re.compile(r"[^。！？!?；;\n.]*(?:[。！？!?；;\n]+|\.+(?=\s|$)|\.|$)\s*")


@dataclass(frozen=True)
class LanguagePassage:
    """Sentences in one language, at [start, end) of the text."""

    start: int
    end: int
    language: str  # zh-Hans | zh-Hant | en


def passages_of(text: str) -> list[LanguagePassage]:
    """Return the passages of a text by language, one after the other over the whole of it.

    A sentence that says nothing of its language (a number, 你好) belongs to the one before it, the first ones to what
    the text is as a whole.
    """
    found: list[LanguagePassage] = []
    language = language_of(text)
    for start, end in _sentences(text):
        language = _language_of_sentence(text[start:end]) or language
        if found and found[-1].language == language:
            start = found.pop().start
        found.append(LanguagePassage(start, end, language))
    return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in SENTENCE.finditer(text):
        if match.end() > match.start():
            yield match.span()


def _language_of_sentence(sentence: str) -> str | None:
    """Return the language, None where no character tells it: 你好 is written alike in both scripts."""
    han = [character for character in sentence if "\u3400" <= character <= "\u9fff"]
    letters = sum(character.isascii() and character.isalpha() for character in sentence)
    if len(han) < HAN_SHARE_OF_CHINESE * letters / 4 or (not han and letters):
        return "en"
    traditional = sum(fold(character) != character for character in han)
    simplified = sum(_is_simplified_only(character) for character in han)
    if traditional == simplified:
        return None
    return "zh-Hant" if traditional > simplified else "zh-Hans"


@lru_cache(maxsize=8192)
def _is_simplified_only(character: str) -> bool:
    return fold(character) == character and _traditional().convert(character) != character


@lru_cache(maxsize=1)
def _traditional() -> OpenCC:
    return OpenCC("s2t")
