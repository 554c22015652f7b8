"""Folding: the one form in which index, query and reading compare texts."""

import bisect
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from opencc import OpenCC

# Characters that print nothing and are put into words to hide them: 催\u200b收. The categories Cf and VS are left out
# by rule; these fillers count as letters in Unicode.
FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0")
# Letters of other alphabets that look like Latin ones (wеixin with a Cyrillic е, small capitals ᴡᴇɪ, 🅦🅔), and radicals
# that look like characters (⻔ for 门), which NFKC leaves alone.
LOOKALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝвкмнтαοеιρτυνκχӏօոսցհɑɡıʟᴀʙᴄᴅᴇɢʜɪᴊᴋᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ⻔⻓⻅⻋⻚⻢⻥⻦⻩⻬⻰⻮⻨⺠⻘⻝⻁",
    "aeopcyxijshdqwbkmhtaoeiptuvkxlonughagilabcdeghijkmnoprstuvwyz门长见车页马鱼鸟黄齐龙齿麦民青食虎",
)
# Capitals of which the small letter looks like no Latin one (ΒΑΝΚ with a Greek beta), and letters in black squares.
CAPITALS = {ord(one): other for one, other in zip("ΒΕΖΗΜΝΥӀ", "bezhmnyl", strict=True)} | {
    first + at: chr(ord("a") + at) for first in (0x1F150, 0x1F170) for at in range(26)
}
# Forms that OpenCC's table from traditional to simplified leaves apart: 随著 and 随着, 帳單 and 账单 are one word
# each, as are 瞭解 and 了解, 回覆 and 回复, which it knows only as phrases.
VARIANTS = str.maketrans(
    "著帐妳祂牠佢瞭覆衞枱揹暱敍衹祇砲搾戸𠮷囬竝鬭讐雠昇苧", "着账你他它他了复卫台背昵叙只只炮榨户吉回并斗仇仇升苎"
)

# What no store takes: NUL (PostgreSQL) and lone surrogates (any encoding). One for one, so that offsets stay.
UNSTORABLE = {0: "\ufffd"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def storable(text: str) -> str:
    """Return a text without what no store takes; to look whether there is any takes a twentieth of the time."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(UNSTORABLE)
    return text.replace("\0", UNSTORABLE[0])


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


class _FoldedCharacters(dict[int, str]):
    """What each character folds to, worked out when it is first met; works as a table for `str.translate`."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"  # a lone surrogate, which no encoding takes
    if category in ("Cf", "Mn", "Me") or character in FILLERS:
        return ""  # invisible, or an accent of the letter before
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)  # of any script, and in any ring: ٣, ⑧, ❽
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) > 1:
        return "".join(map(_fold_character, plain))
    if unicodedata.category(plain)[0] == "L":  # é without its accent, as é in two characters is
        plain = unicodedata.normalize("NFC", _bare(unicodedata.normalize("NFKD", plain)))
    plain = _bare(plain.translate(CAPITALS).lower()).translate(LOOKALIKES)
    if plain >= "\u2e80":
        plain = _simplifier().convert(plain).translate(VARIANTS)
    return plain


def _bare(text: str) -> str:
    return "".join([part for part in text if unicodedata.category(part) not in ("Mn", "Me", "Cf")])


_FOLDED = _FoldedCharacters()
# The marks of every Chinese text, replaced first: str.replace takes a tenth of what a look at each character takes.
MARKS = tuple((mark, _fold_character(mark)) for mark in "，：；！？（）％\u3000～")
UNFOLDED_MARKS = "".join(chr(code) for code in (*range(128), *range(0x2010, 0x2030), *range(0x3001, 0x3020)))
SAMPLE = 200
# With more stretches to fold than this among the first 200 characters (a traditional text has some 50) the whole text
# goes through the table at once.
MOST_STRETCHES = 20


@lru_cache(maxsize=1)
def _folding() -> re.Pattern[str]:
    """Return what finds the stretches that folding changes: all but the characters of GB 2312 that stay as they are."""
    codes = (
        (high, low)
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
        if (high, low) < (0xD7, 0xFA) or high > 0xD7
    )
    characters = "".join(bytes(code).decode("gb2312") for code in codes)
    simplified = _simplifier().convert("\n".join(characters)).split("\n")
    plain = [old for old, new in zip(characters, simplified, strict=True) if old == new.translate(VARIANTS)]
    plain = [character for character in plain if character.translate(LOOKALIKES) == character]
    marks = [character for character in UNFOLDED_MARKS if _FOLDED[ord(character)] == character]
    return re.compile(f"[^{re.escape(''.join(plain + marks))}]+")


def fold(text: str) -> str:
    """Return the text as it is compared: simplified, half width, lower case, no accents, nothing invisible.

    Character by character, so that a piece of a text folds as it does inside the text, and a phrase of a query is
    found in the document whatever stands around it.
    """
    if text.isascii():
        return text.lower()
    return _fold_rest(_with_plain_marks(text))


def _with_plain_marks(text: str) -> str:
    for mark, plain in MARKS:
        text = text.replace(mark, plain)
    return text


def _fold_rest(text: str) -> str:
    """Fold a text whose marks are folded."""
    changing = _folding()
    if len(changing.findall(text, 0, SAMPLE)) > MOST_STRETCHES:
        return text.translate(_FOLDED)
    return changing.sub(_fold_stretch, text)


def _fold_stretch(match: re.Match[str]) -> str:
    return match[0].translate(_FOLDED)


def fold_with_map(text: str) -> tuple[str, Sequence[int]]:
    """Fold and return, for each folded character and for the end, its offset in `text` (code points)."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    marked = _with_plain_marks(text)  # one for one
    folded = _fold_rest(marked)
    if len(folded) == len(text) and _folds_one_for_one(marked):
        return folded, range(len(text) + 1)
    offsets = [offset for offset, character in enumerate(text) for _ in _FOLDED[ord(character)]]
    offsets.append(len(text))
    return folded, offsets


def unfolded_span(start: int, end: int, offsets: Sequence[int]) -> tuple[int, int]:
    """Return where the folded characters [start, end) stand in the text that `fold_with_map` folded."""
    if isinstance(offsets, range):  # one for one, as nearly every text folds
        return start, max(start, end)
    last = offsets[end - 1] if end > start else offsets[start]
    after = bisect.bisect_right(offsets, last)
    return offsets[start], offsets[min(after, len(offsets) - 1)] if end > start else offsets[start]


def with_capitals(text: str, offsets: Sequence[int]) -> str:
    """Return the folded text's characters as the writer set them, one for one."""
    if isinstance(offsets, range):
        return text
    return "".join([text[offset] for offset in offsets[:-1]])


def _folds_one_for_one(text: str) -> bool:
    return all(len(_FOLDED[ord(character)]) == 1 for character in set("".join(_folding().findall(text))))
