"""Puts masks into a text and keeps the way back to the original."""

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
