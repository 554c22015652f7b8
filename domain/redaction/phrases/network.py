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
# How many neighbours the first layer sees, and how far away those are that the others do.
SEEN, FAR = 5, (2, 4, 8)
REACH = SEEN // 2 + sum(FAR)
# A text is looked at in pieces of so many characters, so that memory does not grow with it.
PIECE = 4_000


class Network:
    """The tables and layers; built once per process. Numbers stand in columns, one for each character."""

    def __init__(self, file: Path = WEIGHTS_FILE) -> None:
        """Read the weights; what each layer adds at any rate is the last column of its weights."""
        with np.load(file, allow_pickle=False) as arrays:
            told = {name: arrays[name].astype(np.float32) for name in arrays if name != "characters"}
            self._characters = Characters(arrays["characters"].tobytes().decode("utf-8"))
        self._first = _in_columns(told["first"], told["start"])
        self._layers = [_in_columns(_own_first(told[f"weights {far}"]), told[f"bias {far}"]) for far in FAR]
        self._answers = _in_columns(told["answers"], told["answers bias"])
        self._nothing = np.zeros((len(self._first), 1), np.float32)  # a column: with a number alone it takes longer
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
        odds = np.empty((len(self._answers), len(places)), np.float32)
        for begin in range(0, len(places), PIECE):
            around = slice(max(0, begin - REACH), begin + PIECE + REACH)
            found = self._of_piece(self._of_rows.take(rows[around], 0) + self._of_sights.take(told[around], 0))
            own = odds[:, begin : begin + PIECE]
            own[:] = found[:, min(begin, REACH) :][:, : own.shape[1]]
        return places, odds

    def _of_piece(self, told: Array) -> Array:
        """Return the log odds (7 by n) of characters, each told by a row (n by size).

        What a layer looks at is laid one below the other, so that each is a single product.
        """
        count, size = told.shape
        side, middle = SEEN // 2, SEEN // 2 * size
        seen = np.zeros((SEEN * size + 1, count), np.float32)  # nothing stands before the first and behind the last
        own = seen[middle : middle + size]
        own[:] = told.T
        for far in range(1, side + 1):
            seen[middle - far * size :][:size, far:] = own[:, :-far]
            seen[middle + far * size :][:size, :-far] = own[:, far:]
        seen[-1] = 1
        size = len(self._first)
        around = np.zeros((3 * size + 1, count), np.float32)
        around[-1] = 1
        values, before, behind = (around[part * size : (part + 1) * size] for part in range(3))
        np.maximum(self._first @ seen, self._nothing, out=values)
        for far, layer in zip(FAR, self._layers, strict=True):
            before[:, :far], before[:, far:] = 0, values[:, :-far]
            behind[:, -far:], behind[:, :-far] = 0, values[:, far:]
            more = layer @ around
            values += np.maximum(more, self._nothing, out=more)
        before[0] = 1
        odds: Array = self._answers @ around[: size + 1]
        return odds


def _in_columns(weights: Array, bias: Array) -> Array:
    """Return weights (seen by told) the other way round, with a column for what is added at any rate."""
    return np.ascontiguousarray(np.concatenate([weights, bias[None]]).T)


def _own_first(weights: Array) -> Array:
    """Return the weights of what stands before, of a character itself and of what stands behind, its own first."""
    before, own, behind = np.split(weights, 3)
    return np.concatenate([own, before, behind])


@lru_cache(maxsize=1)
def network() -> Network:
    """Return the network, read when the first text is."""
    return Network()
