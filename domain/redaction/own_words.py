"""What people want masked besides what the program finds, and what moderators lifted a mask from."""

import re
from collections.abc import Iterator, Sequence

from domain.redaction.finds import PrivateFind
from domain.text import fold

OWN = "own"
REASON = "the writer’s own wish"
# What is put between characters to get past a search; of longer words nobody does it.
MARKS, SPREADABLE, LONGEST_SPREAD = r"[ \u3000·.*~_|/-]?", re.compile(r"[一-鿿\d]+"), 30


def with_own_words(folded: str, finds: Sequence[PrivateFind], words: Sequence[str]) -> list[PrivateFind]:
    """Return the finds and every place of the words, in order and without overlaps.

    A word inside a find is masked already. One that reaches over the edge of a find takes it in: of neither may a rest
    be left to read.
    """
    kept = list(finds)
    for start, end in _places(folded, words):
        touched = [find for find in kept if find.start < end and start < find.end]
        if any(find.start <= start and end <= find.end for find in touched):
            continue
        kept = [find for find in kept if find not in touched]
        kept.append(PrivateFind(OWN, min([start, *(find.start for find in touched)]),
                                max([end, *(find.end for find in touched)]), REASON))  # fmt: skip
    return sorted(kept, key=lambda find: find.start)


def without_words(folded: str, finds: Sequence[PrivateFind], words: Sequence[str]) -> list[PrivateFind]:
    """Return the finds but for those that a moderator lifted: that cover exactly one of these words."""
    lifted = {fold(word).strip() for word in words} - {""}
    return [find for find in finds if folded[find.start : find.end].strip() not in lifted]


def _places(folded: str, words: Sequence[str]) -> list[tuple[int, int]]:
    places = []
    # Longer words first, so that 王小明 is one mask though 小明 was asked for too.
    for word in sorted({fold(word).strip() for word in words} - {""}, key=lambda word: (-len(word), word)):
        at = folded.find(word)
        while at >= 0:
            places.append((at, at + len(word)))
            at = folded.find(word, at + len(word))
    return [*places, *_spread_places(folded, words)]


def _spread_places(folded: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where Chinese words and numbers stand with marks between their characters: 阿 花, 1-3-8."""
    for word in {fold(word).strip() for word in words}:
        if 2 <= len(word) <= LONGEST_SPREAD and SPREADABLE.fullmatch(word):
            for spread in re.finditer(MARKS.join(word), folded):
                yield spread.span()
