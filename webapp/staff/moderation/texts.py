"""A complaint's public text cut at its masks and passages, for moderators to work on. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.readings import Mask, Reading

SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*")


@dataclass(frozen=True)
class Mark:
    """A tag's passage (`number`) or a mask (`mask`, counted from 1) at [start, end) of the public text."""

    start: int
    end: int
    number: int = 0
    mask: int = 0


@dataclass(frozen=True)
class Piece:
    """A run of text under the same marks; `ends` are the numbers of the passages that end with it."""

    text: str
    numbers: tuple[int, ...]
    mask: int
    ends: tuple[int, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence of the public text, and its words outside the masks."""

    number: int
    text: str
    words: tuple[str, ...]


def pieces(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """Cut the text at every edge of a mark."""
    edges = sorted({0, len(text), *(min(place, len(text)) for mark in marks for place in (mark.start, mark.end))})
    cut = []
    for start, end in zip(edges, edges[1:], strict=False):
        over = [mark for mark in marks if mark.start <= start and end <= mark.end]
        numbers = tuple(sorted(mark.number for mark in over if mark.number))
        ends = tuple(sorted(mark.number for mark in over if mark.number and mark.end == end))
        cut.append(Piece(text[start:end], numbers, next((mark.mask for mark in over if mark.mask), 0), ends))
    return cut


def masks_of(reading: Reading, public_text: str) -> list[Mask]:
    """Return the masks where the text stands as it is read now; none where the rules have changed since."""
    return sorted(reading.masks, key=lambda mask: mask.start) if reading.public_text == public_text else []


def sentences(text: str, masks: Sequence[Mask]) -> list[Sentence]:
    """Cut the text into its sentences, each with the words that a mask over it would have to cover."""
    found = []
    for number, match in enumerate(SENTENCE.finditer(text), start=1):
        inside = [mask for mask in masks if mask.start < match.end() and match.start() < mask.end]
        edges = [match.start(), *(place for mask in inside for place in (mask.start, mask.end)), match.end()]
        words = [text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]
        if match.group().strip():
            found.append(Sentence(number, match.group().strip(), tuple(word for word in words if len(word) > 1)))
    return found
