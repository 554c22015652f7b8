"""Which language and script a text is written in, and each passage of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
LATIN = re.compile("[A-Za-z]+")
SENTENCE = re.compile(r"[^。！？!?；;\n.]*(?:[。！？!?；;\n]+|\.+(?=\s|$)|\.|$)\s*")
# One Han character to ten letters makes a text Chinese: names of apps in a Chinese text are many letters, a Chinese
# word quoted in an English one is few characters.
HAN_TO_A_LETTER = 0.1
# Of running traditional text a third of the Han characters are not simplified ones; one in twenty is enough, since
# garbled farm pages mix the scripts.
TRADITIONAL_SHARE = 0.05
# Both scripts in one sentence: a tenth of those characters that only one script has.
MIXED_SHARE = 0.1


@dataclass(frozen=True)
class LanguagePassage:
    """Sentences in one language, at [start, end) of the text; `mixed` are sentences in both Chinese scripts."""

    start: int
    end: int
    language: str  # zh-Hans | zh-Hant | en | mixed
    script: str  # Hans | Hant | Latn | Hans+Hant


@lru_cache(maxsize=1)
def _scripts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds the characters of simplified texts alone, and of traditional ones alone.

    A character that GB 2312 has and Big5 has not is a simplified one, and the other way round.
    """
    han = "".join(map(chr, range(0x4E00, 0xA000)))
    simplified, traditional = (set(han.encode(name, "ignore").decode(name)) for name in ("gb2312", "big5"))
    return (
        re.compile(f"[{''.join(sorted(simplified - traditional))}]+"),
        re.compile(f"[{''.join(sorted(traditional - simplified))}]+"),
    )


def language_of(text: str) -> str:
    """Return `zh-Hans`, `zh-Hant` or `en`, by which letters and characters the text has most of."""
    han, letters = _count(HAN, text), _count(LATIN, text)
    if not han or han < HAN_TO_A_LETTER * letters:
        return "en" if letters else "zh-Hans"
    return "zh-Hant" if _count(_scripts()[1], text) >= TRADITIONAL_SHARE * han else "zh-Hans"


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
        script = {"en": "Latn", "mixed": "Hans+Hant"}.get(language, language[3:])
        found.append(LanguagePassage(start, end, language, script))
    return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in SENTENCE.finditer(text):
        if match.end() > match.start():
            yield match.span()


def _language_of_sentence(sentence: str) -> str | None:
    """Return the language, None where no character tells it: 你好 is written alike in both scripts."""
    han, letters = _count(HAN, sentence), _count(LATIN, sentence)
    if han < HAN_TO_A_LETTER * letters or (not han and letters):
        return "en"
    simplified, traditional = (_count(pattern, sentence) for pattern in _scripts())
    if not simplified and not traditional:
        return None
    if min(simplified, traditional) > MIXED_SHARE * (simplified + traditional):
        return "mixed"
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(len, pattern.findall(text)))
