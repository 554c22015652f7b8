"""The network of English phrases: of each word, what it is a part of, a name, an address or a work, or of nothing.

The same layers as those over Chinese characters (phrases/layers.py), over words: so eight and more on each side tell.
Its table holds the words that were met in English texts while it was taught; others are told by their shape and ending.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from domain.redaction.english.sights import OTHER, QUESTIONS, Word, answers, row_of
from domain.redaction.phrases.layers import REACH, Layers

Array = np.ndarray[Any, Any]
WEIGHTS_FILE = Path(__file__).with_name("phrase_weights.npz")
# A text is looked at in pieces of so many words, so that memory does not grow with it; and so many words are kept told.
PIECE, MOST_KEPT = 2_000, 20_000


class Network:
    """The table and layers; built once per process."""

    def __init__(self, file: Path = WEIGHTS_FILE) -> None:
        """Read the weights."""
        with np.load(file, allow_pickle=False) as arrays:
            told = {name: arrays[name].astype(np.float32) for name in arrays if name != "characters"}
            known = arrays["characters"].tobytes().decode("utf-8").split("\0")
        self._rows = {word: row for row, word in enumerate(known)}
        self._of_rows, self._of_sights = told["rows"], told["sights"]
        self._layers = Layers(told)
        self._told: dict[str, Array] = {}

    def odds(self, words: Sequence[Word]) -> Array:
        """Return the log odds of each word (7 by n): of nothing, of beginning or going on with each kind."""
        told = np.array([self._row(word.text) for word in words])
        pieces = []
        for begin in range(0, len(words), PIECE):
            first = max(0, begin - REACH)
            found = self._layers.odds(told[first : begin + PIECE + REACH])
            pieces.append(found[:, begin - first :][:, :PIECE])
        return np.concatenate(pieces, axis=1)

    def _row(self, word: str) -> Array:
        """Return what a word is told by; each is worked out when it is first met."""
        row = self._told.get(word)
        if row is None:
            row = self._of_rows[self._rows.get(row_of(word), self._rows[OTHER])].copy()
            done = 0
            for answer, count in zip(answers(word), QUESTIONS, strict=True):
                row += self._of_sights[done + answer]
                done += count
            if len(self._told) > MOST_KEPT:
                self._told.clear()
            self._told[word] = row
        return row


@lru_cache(maxsize=1)
def network() -> Network:
    """Return the network, read when the first English text is."""
    return Network()
