"""Puts masks into a text and keeps the way back to the original."""

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.redaction import PrivateFind, mask_word


@dataclass(frozen=True)
class PlacedMask:
    """A mask at [start, end) of the masked text, and the find that it covers (offsets of the text before)."""

    start: int
    end: int
    find: PrivateFind


def put_masks(text: str, finds: Sequence[PrivateFind], language: str) -> tuple[str, list[PlacedMask]]:
    """Replace each find by the word for its type. `finds` are ordered and do not overlap."""
    pieces: list[str] = []
    placed: list[PlacedMask] = []
    done = length = 0
    for find in finds:
        word = mask_word(find.type, language)
        pieces += [text[done : find.start], word]
        start = length + find.start - done
        length = start + len(word)
        placed.append(PlacedMask(start, length, find))
        done = find.end
    pieces.append(text[done:])
    return "".join(pieces), placed


# As domain.redaction.words writes them.
_MASKS = re.compile(r"［[^［］]{1,20}］|\[[^\[\]]{1,20}\]")


def bares(before: str, after: str) -> bool:
    """Tell whether a masked text shows words that another masked text of the same words does not show."""
    shown = _MASKS.split(before)
    return any(run and not any(run in whole for whole in shown) for run in _MASKS.split(after))


class MaskedOffsets:
    """Between offsets of the masked text and those of the text before it was masked."""

    def __init__(self, placed: Sequence[PlacedMask]) -> None:
        self._placed = placed
        self._starts = [mask.start for mask in placed]
        self._found = [mask.find.start for mask in placed]

    def before(self, start: int, end: int) -> tuple[int, int]:
        """Return where [start, end) stood; one that begins or ends within a mask takes in all of what it covers."""
        return self._before(start, closing=False), self._before(end, closing=True)

    def after(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where [start, end) of the text before stands in the masked one; None where a mask takes of it."""
        number = bisect.bisect_left(self._found, end)
        last = self._placed[number - 1] if number else None
        if last is None:
            return start, end
        shift = last.end - last.find.end
        return (start + shift, end + shift) if last.find.end <= start else None

    def _before(self, position: int, *, closing: bool) -> int:
        number = bisect.bisect_left(self._starts, position) if closing else bisect.bisect_right(self._starts, position)
        if not number:
            return position
        last = self._placed[number - 1]
        if position < last.end:
            return last.find.end if closing else last.find.start
        return position - last.end + last.find.end
