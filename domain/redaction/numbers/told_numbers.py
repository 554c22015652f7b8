"""Numbers told by the sound of their digits: yao san ba ling ling…, five five five oh one oh…"""

import re
from collections.abc import Iterator

from domain.redaction.finds import LATIN_BEGINS, LATIN_LETTER, PrivateFind, matches_from
from domain.redaction.numbers.digits import digit_runs
from domain.redaction.numbers.finding import find_numbers
from domain.redaction.numbers.told_in_parts import find_told_in_parts

PINYIN = {
    "ling": "0", "dong": "0", "yao": "1", "yi": "1", "er": "2", "liang": "2", "san": "3", "si": "4", "wu": "5",
    "liu": "6", "qi": "7", "guai": "7", "ba": "8", "jiu": "9", "gou": "9",
}  # fmt: skip
ENGLISH = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9",
}  # fmt: skip
TIMES = {"double": 2, "triple": 3}
TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔù", "aaaaeeeeiiiioooouuuu")
# Figures may stand among the words, 139 ling ling ling; what is told must have the form of a private number besides.
FEWEST_WORDS, FEWEST_DIGITS, MOST_TOKENS = 3, 7, 24
# What stands so near in front may say what the number is: 我的手机号是, 扣扣.
BEFORE = 24
# Most Chinese texts hold no such word: they are told from the rest in half the time.
ANY = re.compile("|".join([*PINYIN, *ENGLISH]))
TONED = re.compile(f"[{''.join(map(chr, TONES))}]")
AMERICAN = re.compile(r"1?[2-9]\d{9}")


def _pattern(words: dict[str, str], times: str, ending: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of one token (how many times, a word, or figures) and of a run of them."""
    any_word = "|".join(sorted(words, key=len, reverse=True))
    word, figures, gap = rf"(?:{times})(?:{any_word}){ending}", r"(?<!\d)\d{1,11}(?!\d)", r"[\s,.·_-]{0,2}"
    one = re.compile(rf"({times})({any_word}){ending}|(\d{{1,11}})")
    run = rf"(?<![a-z\d])(?:{figures}{gap})?{word}(?:{gap}(?:{word}|{figures})){{{FEWEST_WORDS - 1},{MOST_TOKENS}}}"
    return one, re.compile(rf"{run}(?![a-z\d])")


# A tone may be written behind its syllable: yao1 san1 ba1; syllables may stand without a blank, English words may not.
TELLINGS = (
    (PINYIN, *_pattern(PINYIN, "", r"(?:[1-5](?!\d))?")),
    (ENGLISH, *_pattern(ENGLISH, r"(?:(?:double|triple)[\s-])?", r"(?![a-z])")),
)


def find_told_numbers(folded: str) -> Iterator[PrivateFind]:
    """Yield the private numbers of a folded text whose digits are told in words or have words between them."""
    yield from find_told_in_parts(folded, _kind)
    if not LATIN_LETTER.search(folded):
        return  # no word but has a letter that takes no tone
    plain = folded.translate(TONES) if TONED.search(folded) else folded
    if not ANY.search(plain):
        return
    for words, token, run in TELLINGS:
        for match in matches_from(LATIN_BEGINS, run, plain):
            digits = _digits(words, token, match[0])
            before = plain[max(0, match.start() - BEFORE) : match.start()]
            found = _kind(before, digits, words is ENGLISH) if digits else None
            if found:
                yield PrivateFind(found[0], *match.span(), f"{found[1]}; told in words")


def _digits(words: dict[str, str], token: re.Pattern[str], told: str) -> str:
    """Return the digits of a run, none for one with too few words or digits."""
    digits, in_words = "", 0
    for times, word, figures in token.findall(told):
        digits += figures or words[word] * TIMES.get(times.strip(" -"), 1)
        in_words += bool(word)
    return digits if in_words >= FEWEST_WORDS and len(digits) >= FEWEST_DIGITS else ""


def _kind(before: str, digits: str, in_english: bool = False) -> tuple[str, str] | None:
    """Return (type, reason) of digits, as though they had been written as figures behind the same words."""
    written = f"{before.rstrip()} {digits}"
    for find in find_numbers(written, list(digit_runs(written))):
        if find.end == len(written):
            return find.type, find.reason
    if in_english and AMERICAN.fullmatch(digits):
        return "phone", "the digits of an American telephone number"
    return None
