"""What people want masked besides what the program finds, and what moderators lifted a mask from."""

from collections.abc import Sequence

from domain.redaction.finds import PrivateFind
from domain.text import fold

OWN = "own"
REASON = "the writer’s own wish"


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
    return places
