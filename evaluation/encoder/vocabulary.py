"""Which pieces of a published vocabulary of a hundred languages the encoder keeps: a tenth, Chinese and English."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from domain.tactic_reading.sentence_encoder.pieces import BLANK, Pieces
from domain.text import fold
from evaluation.encoder.published import BEGIN, END, UNKNOWN, Published

Array = np.ndarray[Any, Any]
HAN = re.compile("[一-鿿]+")
LATIN = re.compile("[a-z']+")
OTHERS = re.compile(r"[0-9\W_]+")
# The pieces stand by how often they are used in all languages: English words are among the first of the Latin ones.
FIRST_LATIN, FIRST_OTHERS = 20_000, 60_000


class Vocabulary(NamedTuple):
    """The pieces that are kept, and their numbers in the published model."""

    pieces: Pieces
    kept: Array
    names: list[str]
    likelihoods: Array


def vocabulary(published: Published, sentences: Iterable[str]) -> Vocabulary:
    """Return the marks, the pieces that the sentences are cut into, and others that a stranger may use."""
    marks = [BEGIN, END, UNKNOWN]
    everything = _pieces(published, [*marks, *(n for n in range(len(published.pieces)) if n not in (*marks, 1))])
    used = {number for sentence in sentences for number in everything.pieces.of(sentence)}
    kept = {int(everything.kept[number]) for number in used}
    kept |= {number for number, piece in enumerate(published.pieces) if _may_be_used(number, piece.removeprefix(BLANK))}
    return _pieces(published, [*marks, *sorted(kept - {*marks})])


def _may_be_used(number: int, piece: str) -> bool:
    if HAN.fullmatch(piece):
        return fold(piece) == piece  # what has a simplified form is never asked about
    return bool(number < FIRST_LATIN and LATIN.fullmatch(piece) or number < FIRST_OTHERS and OTHERS.fullmatch(piece))


def _pieces(published: Published, numbers: Sequence[int]) -> Vocabulary:
    names = [published.pieces[number] for number in numbers]
    likelihoods = published.likelihoods[list(numbers)]
    return Vocabulary(Pieces(names, likelihoods.tolist()), np.array(numbers), names, likelihoods)
