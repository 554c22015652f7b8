"""A public text cut at its passages, so that a page can mark them though they overlap. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Span:
    """A passage at [start, end) of the text: the numbers are its tags' (empty for a lender's name)."""

    start: int
    end: int
    number: int = 0


@dataclass(frozen=True)
class LostWord:
    """A word that the source lost at `position`, and what it probably was."""

    position: int
    guess: str


@dataclass(frozen=True)
class Piece:
    """A run of text under the same passages; `ends` are those that end with it, `lost` a word missing before it."""

    text: str
    numbers: tuple[int, ...] = ()
    is_lender: bool = False
    ends: tuple[int, ...] = ()
    lost: LostWord | None = field(default=None)


def paragraphs(text: str, spans: Sequence[Span], lost: Sequence[LostWord] = ()) -> list[list[Piece]]:
    """Cut the text at every edge of a passage and at every lost word, a list for each line that says something.

    Joined, the pieces are the text without its empty lines; spans outside the text are cut to it.
    """
    lines: list[list[Piece]] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(_pieces(text, at, at + len(line), spans, lost))
        at += len(line) + 1
    return lines


def _pieces(text: str, start: int, end: int, spans: Sequence[Span], lost: Sequence[LostWord]) -> list[Piece]:
    here = [span for span in spans if span.start < end and span.end > start and span.start < span.end]
    missing = {word.position: word for word in lost if start <= word.position <= end}
    edges = {start, end, *(place for span in here for place in (span.start, span.end)), *missing}
    places = sorted(place for place in edges if start <= place <= end)
    pieces = [
        Piece(
            text[first:last],
            tuple(sorted({span.number for span in here if span.number and span.start <= first < span.end})),
            any(not span.number and span.start <= first < span.end for span in here),
            tuple(sorted({span.number for span in here if span.number and _ends(span, last, end)})),
            missing.get(first),
        )
        for first, last in zip(places, places[1:], strict=False)
    ]
    return pieces + ([Piece("", lost=missing[end])] if end in missing and end != start else [])


def _ends(span: Span, place: int, line_end: int) -> bool:
    """A passage over a line's end shows its number at the end of the line that it reaches last."""
    return span.end == place or (place == line_end and span.end == line_end + 1)
