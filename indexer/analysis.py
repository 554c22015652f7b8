"""How texts are cut for the index: the same for documents and queries, in the application and not in the engines.

Neither engine's Chinese analysis can be used for both: tantivy's `ngram(2, 2)` gives every token position 0, so that
phrases find nothing, and Elasticsearch's smartcn and ICU are plugins that an installation may lack. Both engines get
tokens joined by single spaces and split them at whitespace.

A *unit* is one Chinese character (上), one word of Latin letters and digits (webank, 36), or BREAK, which stands for
any punctuation or line end: 上门，催收 is 上 门 ¶ 催 收 and so doesn't hold the phrase 上门催收.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from domain.text import fold
from domain.words.english_stems import stem_of

BREAK = "¶"
# Elasticsearch's whitespace tokenizer cuts at 255 UTF-16 units wherever that falls; cut first, at a place both know.
LONGEST_WORD = 64

# Scripts written without spaces between words: each character is a unit, as in Chinese (ローン, 대출, เงิน too).
_SINGLE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u309f\u30a1-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\u0e01-\u0e3a\u0e40-\u0e4e"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
# A word may hold an apostrophe (lender's). What joins the parts of a word or number (third-party, 36.5, 2026-11-25)
# parts units without breaking a phrase: unquoted 36.5 must not find every text that has a 36 and, anywhere, a 5.
_UNIT = re.compile(
    rf"(?P<single>[{_SINGLE}])"
    rf"|(?P<word>(?:(?![{_SINGLE}_])\w)+(?:['’](?:(?![{_SINGLE}_])\w)+)*)"
    r"|(?P<joint>(?<=[a-z0-9])[-‐_](?=[a-z0-9])|(?<=[0-9])[.,:/](?=[0-9]))"
    r"|(?P<gap>[^\S\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+)"
    r"|(?P<break>.)",
    re.DOTALL,
)


class Unit(NamedTuple):
    """One unit of a folded text and where it stands there, end exclusive."""

    text: str
    start: int
    end: int


def clean_fold(text: str) -> str:
    """Fold any string, lone surrogates and NUL included (they become spaces, which no search can ask for)."""
    return fold(printable(text))


def printable(text: str) -> str:
    """Replace what UTF-8 can't hold, one character by one, so that offsets stay."""
    return re.sub("[\ud800-\udfff\0]", " ", text)


def units(folded: str) -> Iterator[Unit]:
    """Cut a folded text into units; runs of punctuation give one BREAK, none at either end."""
    pending: Unit | None = None
    begun = False
    for match in _UNIT.finditer(folded):
        kind = match.lastgroup
        if kind == "break":
            pending = pending or Unit(BREAK, match.start(), match.end())
        elif kind in ("single", "word"):
            if pending and begun:
                yield pending
            pending, begun = None, True
            if kind == "single":
                yield Unit(match.group(), match.start(), match.end())
            else:
                yield from _pieces(match.group().replace("’", "'"), match.start())


def _pieces(word: str, start: int) -> Iterator[Unit]:
    for at in range(0, len(word), LONGEST_WORD):
        piece = word[at : at + LONGEST_WORD]
        yield Unit(piece, start + at, start + at + len(piece))


def unit_texts(text: str) -> list[str]:
    """Fold a text and return its units as strings."""
    return [unit.text for unit in units(clean_fold(text))]


@lru_cache(maxsize=1 << 14)
def is_single(unit: str) -> bool:
    """Tell whether the unit is one character of a script that is written without spaces."""
    return re.fullmatch(f"[{_SINGLE}]", unit) is not None


def is_word(unit: str) -> bool:
    """Tell whether the unit is a word of a script that is written with spaces."""
    return unit != BREAK and not is_single(unit)


def stem(word: str) -> str:
    """Return the English stem of a word (collectors → collector; a number or a pinyin word mostly stays)."""
    if word.isdigit():
        return word
    # An apostrophe that the stemmer left (don't) must not part what a reader types without one.
    return stem_of(word).replace("'", "") or word


def pairs(run: Sequence[str]) -> list[str]:
    """Return the bigrams of a run of single characters: 上门催收 → 上门 门催 催收."""
    return [first + second for first, second in zip(run, run[1:], strict=False)]


def runs(texts: Iterable[str]) -> Iterator[tuple[bool, list[str]]]:
    """Group units into runs of one sort, BREAK left out: (True, single characters) or (False, words)."""
    run: list[str] = []
    single = False
    for unit in texts:
        if unit == BREAK or (run and is_single(unit) != single):
            if run:
                yield single, run
            run = []
        if unit != BREAK:
            single = is_single(unit)
            run.append(unit)
    if run:
        yield single, run


def keys(texts: Iterable[str]) -> list[str]:
    """Return what a text is recognised by without positions: bigrams, lone characters and stems."""
    found: list[str] = []
    for single, run in runs(texts):
        if not single:
            found += [stem(word) for word in run]
        else:
            found += pairs(run) if len(run) > 1 else run
    return found
