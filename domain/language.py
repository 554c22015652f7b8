"""Which language and script a text is written in, and each passage of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
LATIN = re.compile("[A-Za-z]+")
SENTENCE = re.compile(r"[^。！？!?；;\n.]*(?:[。！？!?；;\n]+|\.+(?=\s|$)|\.|$)\s*")
# Other scripts, which this project reads no further: whoever moderates is told what it is.
KANA = re.compile("[\u3041-\u30ff\uff66-\uff9f]+")
HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]+")
OTHERS = {
    "Cyrl": re.compile("[\u0400-\u052f]+"), "Arab": re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufefc]+"),
    "Thai": re.compile("[\u0e00-\u0e7f]+"), "Deva": re.compile("[\u0900-\u097f]+"),
    "Grek": re.compile("[\u0370-\u03ff]+"), "Hebr": re.compile("[\u0590-\u05ff]+"),
}  # fmt: skip
# Japanese writes a third of its characters in kana and more; a Chinese shop sign has one (鲜の每日).
KANA_TO_A_HAN, FEWEST_KANA = 0.4, 2
# Chinese typed in letters, each word of syllables: women jia, huabei. Five English words in a row are not all so.
PINYIN = re.compile(
    r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:i?ang|i?ong|u?ang|[aeiu]ng|i?ao|u?ai|iu|ie|ian?|uo|uan?|ue|un|ui|[aeo]u|[ae]i|[aeiuv]n|[aeiouv])[1-5]?)+",
    re.IGNORECASE,
)
FEWEST_PINYIN = 5
# A longer word is none; it could be parted into syllables in too many ways (gangangan).
LONGEST_PINYIN = 24
# One Han character to ten letters makes a text Chinese: names of apps in a Chinese text are many letters, a Chinese
# word quoted in an English one is few characters.
HAN_TO_A_LETTER = 0.1
# Of running traditional text a third of the Han characters are not simplified ones; one in twenty is enough, since
# garbled farm pages mix the scripts.
TRADITIONAL_SHARE = 0.05
SCRIPTS = {"en": "Latn", "mixed": "Hans+Hant", "ja": "Jpan", "ko": "Kore"}
# Both scripts in one sentence: a tenth of those characters that only one script has.
MIXED_SHARE = 0.1


@dataclass(frozen=True)
class LanguagePassage:
    """Sentences in one language, at [start, end) of the text; `mixed` are sentences in both Chinese scripts.

    zh-Latn is pinyin; of a script that tells no language alone (Arabic, Cyrillic) the language is `und`, undetermined.
    """

    start: int
    end: int
    language: str  # zh-Hans | zh-Hant | zh-Latn | en | mixed | ja | ko | und-Cyrl …
    script: str  # Hans | Hant | Latn | Hans+Hant | Jpan | Kore | Cyrl …


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
        script = SCRIPTS.get(language) or language.partition("-")[2]
        found.append(LanguagePassage(start, end, language, script))
    return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in SENTENCE.finditer(text):
        if match.end() > match.start():
            yield match.span()


def _language_of_sentence(sentence: str) -> str | None:
    """Return the language, None where no character tells it: 你好 is written alike in both scripts."""
    han, letters = _count(HAN, sentence), _count(LATIN, sentence)
    if not sentence.isascii() and (foreign := _foreign(sentence, han, letters)):
        return foreign
    if han < HAN_TO_A_LETTER * letters or (not han and letters):
        return "zh-Latn" if _is_pinyin(sentence) else "en"
    simplified, traditional = (_count(pattern, sentence) for pattern in _scripts())
    if not simplified and not traditional:
        return None
    if min(simplified, traditional) > MIXED_SHARE * (simplified + traditional):
        return "mixed"
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _foreign(sentence: str, han: int, letters: int) -> str | None:
    kana, hangul = _count(KANA, sentence), _count(HANGUL, sentence)
    if kana >= FEWEST_KANA and kana >= KANA_TO_A_HAN * han and kana > letters:
        return "ja"
    if hangul > max(han, letters):
        return "ko"
    counts = {f"und-{script}": _count(pattern, sentence) for script, pattern in OTHERS.items()}
    language = max(counts, key=lambda one: counts[one])
    return language if counts[language] > max(han, letters) else None


def _is_pinyin(sentence: str) -> bool:
    words = LATIN.findall(sentence)
    if len(words) < FEWEST_PINYIN or max(map(len, words)) > LONGEST_PINYIN:
        return False
    return all(PINYIN.fullmatch(word) for word in words)


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(len, pattern.findall(text)))
