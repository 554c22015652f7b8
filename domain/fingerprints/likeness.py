"""Filings that say nearly the same: the same story sent many times, with a few words changed, for moderators to see
together. Nothing is refused for it."""

import zlib
from collections.abc import Sequence

from domain.text import fold

# Five characters part stories well: 每天打我 stands in every second complaint, 每天打我二 in few.
PIECE = 5
# One piece in eight is kept, in the order of the text, so that a story is found wherever it stands in it; at least 24,
# the smallest of the pieces' hashes.
KEPT_BELOW = 2**32 // 8
SIZE = 24
# A stretch of some 500 letters is compared by itself: a longer preamble in front makes another text of no story.
STRETCH = 64
# Of what is shared with a longer text, a shorter one must have so many pieces kept: with a dozen it may be chance.
ENOUGH_WITHIN = 12
# With a word changed in every line of 300 characters about two thirds stay; two stories on one lender share a tenth.
ALIKE = 0.5
# What is shorter than this says too little: 催收很凶 is written by many.
SHORTEST = 12


def sketch(text: str) -> str:
    """Return the sketch of a text, empty for one that is too short to tell."""
    letters = "".join(character for character in fold(text) if character.isalnum())
    if len(letters) < SHORTEST:
        return ""
    pieces = [letters[i : i + PIECE].encode() for i in range(len(letters) - PIECE + 1)]
    values = list(dict.fromkeys(map(zlib.crc32, pieces)))
    kept = [value for value in values if value < KEPT_BELOW]
    if len(kept) < SIZE:
        largest = sorted(values)[:SIZE][-1]
        kept = [value for value in values if value <= largest]
    return " ".join(f"{value:08x}" for value in kept)


def likeness(one: str, other: str) -> float:
    """Return from two sketches how much of the texts is the same, 0 to 1; of long ones, of the stretch most alike."""
    first, second = _values(one), _values(other)
    bound = min(_bound(first), _bound(second))
    first, second = ([value for value in values if value <= bound] for values in (first, second))
    if not first or not second:
        return 0.0
    shared = set(first) & set(second)
    return max(len(shared) / len({*first, *second}), _within(first, shared), _within(second, shared))


def stretches(sketch: str) -> list[list[int]]:
    """Return the hashes of a sketch, those of each stretch of a long text by themselves, the smallest first."""
    values = _values(sketch)
    return [sorted(values[first : first + STRETCH]) for first in range(0, len(values), STRETCH)]


def _values(sketch: str) -> list[int]:
    return [int(value, 16) for value in sketch.split()]


def _bound(values: Sequence[int]) -> float:
    """Return up to which value a sketch holds every piece; the 24 in order are those of an earlier program."""
    if len(values) < SIZE:
        return 2**32
    is_of_old = len(values) == SIZE and list(values) == sorted(values)
    return values[-1] if is_of_old else max(KEPT_BELOW, *values)


def _within(values: Sequence[int], shared: set[int]) -> float:
    """Return how much of the stretch that is shared most is shared; the whole is a stretch where it is shorter."""
    if len(values) < ENOUGH_WITHIN:
        return 0.0
    width = min(STRETCH, len(values))
    marks = [value in shared for value in values]
    here = best = sum(marks[:width])
    for last in range(width, len(marks)):
        here += marks[last] - marks[last - width]
        best = max(best, here)
    return best / width
