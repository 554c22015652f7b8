"""A small network over characters: what each is a part of, a name, an address or a work, or of nothing.

Each character is a row of a table (written by evaluation/train_phrases.py, begun from what the encoder knows of it)
and answers to four questions (sights.py). Layers look at their neighbours: the first at two on both sides, the others
at those 2, 4 and 8 places away, so that fourteen characters on each side tell.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from domain.redaction.phrases.layers import REACH, Layers
from domain.redaction.phrases.sights import (
    QUESTIONS,
    Characters,
    KnownWords,
    codes_of,
    known_words,
    sights,
    worth_a_look,
)
from domain.redaction.places.known_places import Chain

Array = np.ndarray[Any, Any]
WEIGHTS_FILE = Path(__file__).with_name("phrase_weights.npz")
# A text is looked at in pieces of so many characters, so that memory does not grow with it.
PIECE = 4_000


class Network:
    """The tables and layers; built once per process."""

    def __init__(self, file: Path = WEIGHTS_FILE) -> None:
        """Read the weights, and work out once what the answers to all questions together add."""
        with np.load(file, allow_pickle=False) as arrays:
            told = {name: arrays[name].astype(np.float32) for name in arrays if name != "characters"}
            self._characters = Characters(arrays["characters"].tobytes().decode("utf-8"))
        self._layers = Layers(told)
        self._of_rows = told["rows"]
        # Four numbers of each character would be looked up in 34 rows: as one number they are looked up once.
        combined, done = np.zeros((1, self._of_rows.shape[1]), np.float32), 0
        for answers in QUESTIONS:
            combined = (combined[:, None] + told["sights"][done : done + answers]).reshape(-1, combined.shape[1])
            done += answers
        self._of_sights = combined

    def odds(self, folded: str, chains: Sequence[Chain]) -> tuple[Array, Array]:
        """Return the characters worth a look (k places, in order), and the log odds of each (7 by k).

        They are of nothing, and of beginning or going on with each kind.
        """
        folded += "\n"  # as every text ended that it was taught with
        codes, known = codes_of(folded), known_words(folded, chains)
        places = worth_a_look(codes, known)
        codes, known = codes.take(places), KnownWords(*(answers.take(places) for answers in known))
        rows, told = self._characters.rows(codes), sights(codes, known)
        if len(places) and places[-1] == len(folded) - 1:
            places = places[:-1]
        odds = np.empty((self._layers.parts, len(places)), np.float32)
        for begin in range(0, len(places), PIECE):
            around = slice(max(0, begin - REACH), begin + PIECE + REACH)
            found = self._layers.odds(self._of_rows.take(rows[around], 0) + self._of_sights.take(told[around], 0))
            own = odds[:, begin : begin + PIECE]
            own[:] = found[:, min(begin, REACH) :][:, : own.shape[1]]
        return places, odds


@lru_cache(maxsize=1)
def network() -> Network:
    """Return the network, read when the first text is."""
    return Network()
