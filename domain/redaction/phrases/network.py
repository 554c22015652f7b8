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

from domain.redaction.phrases.sights import QUESTIONS, Characters, codes_of, sights, worth_a_look
from domain.redaction.places.known_places import Chain

Array = np.ndarray[Any, Any]
WEIGHTS_FILE = Path(__file__).with_name("phrase_weights.npz")
# How many neighbours the first layer sees, and how far away those are that the others do.
SEEN, FAR = 5, (2, 4, 8)
REACH = SEEN // 2 + sum(FAR)
# What is not looked at is so unlikely to be a part of a phrase (log odds).
UNLIKELY = -100.0
# A text is looked at in pieces of so many characters, so that memory does not grow with it.
PIECE = 4_000


class Network:
    """The tables and layers; built once per process."""

    def __init__(self, file: Path = WEIGHTS_FILE) -> None:
        """Read the weights, and work out once what each row adds to the first layer at each of its five places."""
        with np.load(file, allow_pickle=False) as arrays:
            told = {name: arrays[name].astype(np.float32) for name in arrays if name != "characters"}
            self._characters = Characters(arrays["characters"].tobytes().decode("utf-8"))
        self._start = told["start"]
        self._layers = [(*np.split(told[f"weights {far}"], 3), told[f"bias {far}"]) for far in FAR]
        self._answers, self._answers_bias = told["answers"], told["answers bias"]
        self._first, self._of_rows = told["first"], told["rows"]
        # Four numbers of each character would be looked up in 34 rows: as one number they are looked up once.
        combined, done = np.zeros((1, self._of_rows.shape[1]), np.float32), 0
        for answers in QUESTIONS:
            combined = (combined[:, None] + told["sights"][done : done + answers]).reshape(-1, combined.shape[1])
            done += answers
        self._of_sights = combined

    def odds(self, folded: str, chains: Sequence[Chain]) -> Array:
        """Return (n by 7) the log odds of each character: of nothing, of beginning or going on with each kind."""
        folded += "\n"  # as every text ended that it was taught with
        codes = codes_of(folded)
        rows, told = self._characters.rows(codes), sights(folded, codes, chains)
        odds = np.full((len(folded) - 1, self._answers.shape[1]), UNLIKELY, np.float32)
        odds[:, 0] = 0
        looked_at = np.flatnonzero(worth_a_look(codes, told))
        for begin in range(0, len(looked_at), PIECE):
            around = looked_at[max(0, begin - REACH) : begin + PIECE + REACH]
            found = self._of_piece(self._of_rows[rows[around]] + self._of_sights[told[around]])
            own = looked_at[begin : begin + PIECE]
            odds[own[own < len(odds)]] = found[min(begin, REACH) :][: len(own)][own < len(odds)]
        return odds

    def _of_piece(self, told: Array) -> Array:
        """Return the log odds (n by 7) of characters, each told by a row (n by size)."""
        size, side, margin = len(told), SEEN // 2, max(FAR)
        # Nothing stands before the first character and behind the last, as far as the layers look.
        around = np.zeros((size + 2 * side, told.shape[1]), np.float32)
        around[side : side + size] = told
        seen = np.concatenate([around[place : place + size] for place in range(SEEN)], axis=1)
        padded = np.zeros((size + 2 * margin, len(self._start)), np.float32)
        values = padded[margin : margin + size]
        np.add(seen @ self._first, self._start, out=values)
        np.maximum(values, 0, out=values)
        for far, (before, own, behind, bias) in zip(FAR, self._layers, strict=True):
            more = values @ own
            more += padded[margin - far : margin - far + size] @ before
            more += padded[margin + far : margin + far + size] @ behind
            more += bias
            values += np.maximum(more, 0, out=more)
        odds: Array = values @ self._answers + self._answers_bias
        return odds


@lru_cache(maxsize=1)
def network() -> Network:
    """Return the network, read when the first text is."""
    return Network()
