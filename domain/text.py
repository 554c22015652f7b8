"""Folding: the one form in which index, query and reading compare texts."""

import unicodedata
from functools import lru_cache

from opencc import OpenCC

# Characters that print nothing and are put into words to hide them: 催\u200b收. The categories Cf and VS are left out
# by rule; these fillers count as letters in Unicode.
FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0")
# Letters of other alphabets that look like Latin ones (wеixin with a Cyrillic е), and radicals that look like
# characters (⻔ for 门), which NFKC leaves alone.
LOOKALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝвкмнтαοеιρτυνκχ⻔⻓⻅⻋⻚⻢⻥⻦⻩⻬⻰⻮⻨⺠⻘⻝⻁",
    "aeopcyxijshdqwbkmhtaoeiptuvkx门长见车页马鱼鸟黄齐龙齿麦民青食虎",
)
# Forms that OpenCC's table from traditional to simplified leaves apart: 随著 and 随着, 帳單 and 账单 are one word each.
VARIANTS = str.maketrans("著帐妳祂牠佢", "着账你他它他")


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
    bare = unicodedata.normalize("NFKD", character)
    if bare[0].isascii() and bare[0].isalpha():
        plain = "".join(part for part in bare if not unicodedata.combining(part))
    plain = plain.lower().translate(LOOKALIKES)
    if plain >= "\u2e80":
        plain = _simplifier().convert(plain).translate(VARIANTS)
    return plain


_FOLDED = _FoldedCharacters()


def fold(text: str) -> str:
    """Return the text as it is compared: simplified, half width, lower case, no accents, nothing invisible.

    Character by character, so that a piece of a text folds as it does inside the text, and a phrase of a query is
    found in the document whatever stands around it.
    """
    return text.translate(_FOLDED)


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """Fold and return, for each folded character and for the end, its offset in `text` (code points)."""
    folded = text.translate(_FOLDED)
    pieces = [_FOLDED[ord(character)] for character in set(text)]
    if len(folded) == len(text) and all(len(piece) == 1 for piece in pieces):
        return folded, list(range(len(text) + 1))
    offsets = [offset for offset, character in enumerate(text) for _ in _FOLDED[ord(character)]]
    offsets.append(len(text))
    return folded, offsets
