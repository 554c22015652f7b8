"""Reads texts of one person together: what is private in one of them is private in all."""

from collections.abc import Callable, Iterable

from domain.reading import Masked
from domain.readings import Reading
from domain.redaction import Value
from domain.redaction.own_words import OWN
from domain.text import fold


def private_values(text: str, reading: Reading | Masked) -> list[Value]:
    """Return what was found private in a text, as `known` for the other texts that came with it."""
    return [
        (mask.type, fold(text[mask.original_start : mask.original_end])) for mask in reading.masks if mask.type != OWN
    ]


def read_together(read: Callable[..., Reading], texts: Iterable[str]) -> dict[str, Reading]:
    """Read texts of one person. A name that one tells is masked in all: 我叫白志远 here, 白志远还钱 there.

    Only a text beside which another tells of something private is read a second time. `read` is `Reader.read` with
    everything but `known`.
    """
    first = {text: read(text) for text in dict.fromkeys(texts)}
    told = {text: private_values(text, reading) for text, reading in first.items()}
    readings = {}
    for text, reading in first.items():
        known = [value for other, values in told.items() if other != text for value in values]
        readings[text] = read(text, known=known) if known and text else reading
    return readings
