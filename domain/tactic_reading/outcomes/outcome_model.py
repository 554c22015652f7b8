"""A linear model of what a clause tells of a threat: nothing, that it was done, was not, is to come, is not known.

What became of a threat is told by far more turns of speech than rules foresee: 楼下只停着一辆送水的车.
`python -m evaluation.train_outcomes` trains it; the weights are data (`outcome_model.json`). The clauses of a text are
weighed at once: what each character and pair adds is summed up along the text, a clause is the difference of two sums.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from operator import add
from pathlib import Path
from typing import Any

import numpy as np

from domain.tactic_reading.lexicon.coded_text import codes_of
from domain.tactic_reading.lexicon.latin_words import WORD, latin_pieces
from domain.tactic_reading.sentences.sentence_features import SPELLED
from domain.tactic_reading.weights.packed_rows import packed, unpacked
from domain.tactic_reading.weights.pair_table import PairTable

Array = np.ndarray[Any, Any]
OUTCOME_MODEL_FILE = Path(__file__).with_name("outcome_model.json")
NOTHING = "none"
KINDS = (NOTHING, "happened", "not_happened", "not_yet", "unknown")
TOLD = KINDS[1:]
CHARACTER_WEIGHT, WORD_WEIGHT = 0.4, 0.6
# Characters of a clause that are weighed: a longer one tells no more of it.
LONGEST_CLAUSE = 60
# Where a clause begins and ends: 来了 alone tells more than 来了 among other words.
BEGIN, END = "^", "$"
HAN, SHORT_WORD = re.compile("[\u4e00-\u9fff]"), re.compile(r"\b[a-z]{1,2}\b|[0-9]+")
# Sums are whole numbers of this share of the log odds, so that they come out alike everywhere; a lane holds 163.
FINENESS = 200
# The first character of Chinese; what is not written in it begins with one before it.
HAN_BEGINS = "\u4e00"
# Codes of characters that can have weights; those beyond have none.
CHARACTERS = 0x10000


def clause_values(clause: str) -> dict[str, float]:
    """Return all that the model weighs of a clause, by name; for training. A clause without Chinese has words alone."""
    clause = clause.strip()[:LONGEST_CLAUSE]
    if not HAN.search(clause):
        return dict.fromkeys(_words(clause), WORD_WEIGHT)
    whole = f"{BEGIN}{clause}{END}"
    often = Counter([*clause, *map(add, whole, whole[1:])])
    return {SPELLED + piece: CHARACTER_WEIGHT * count for piece, count in often.items()}


def _words(clause: str) -> set[str]:
    """Return the names of Latin words and pairs, of short words (no, in) and of where a clause begins and ends."""
    words = clause.split()
    ends = {f"{WORD}{BEGIN}{words[0]}", f"{WORD}{END}{words[-1]}"} if words else set()
    return latin_pieces(clause) | {WORD + word for word in SHORT_WORD.findall(clause)} | ends


class OutcomeModel:
    """The weights of the kinds of outcome against that of none: of pieces of Chinese packed, of words as they are."""

    def __init__(self) -> None:
        """Read the weights from their file."""
        document = json.loads(OUTCOME_MODEL_FILE.read_text("utf-8"))
        rows = {name: np.array(row[1:]) - row[0] for name, row in document["weights"].items()}
        self._bias = _whole(rows.pop("=bias"))
        self._words = {name: _whole(row * WORD_WEIGHT) for name, row in rows.items() if name[0] == WORD}
        pieces = {name[1:]: _whole(row * CHARACTER_WEIGHT) for name, row in rows.items() if name[0] == SPELLED}
        characters = sorted({character for piece in pieces for character in piece if ord(character) < CHARACTERS})
        self._numbers = np.zeros(CHARACTERS, np.int32)
        self._numbers[[ord(character) for character in characters]] = np.arange(1, 1 + len(characters))
        nothing = np.zeros(len(TOLD), np.int16)
        self._alone = packed(np.array([nothing, *[pieces.get(one, nothing) for one in characters]]))[:, 0]
        pairs = [piece for piece in pieces if len(piece) == 2 and max(map(ord, piece)) < CHARACTERS]
        lefts, rights = [self._numbers.take([ord(pair[side]) for pair in pairs]) for side in (0, 1)]
        self._pairs = PairTable(1 + len(characters), lefts, rights, np.arange(1, 1 + len(pairs)))
        self._together = packed(np.array([nothing, *[pieces[pair] for pair in pairs]]))[:, 0]
        self._bound = self._numbers.take([ord(BEGIN), ord(END)])

    def scores(self, folded: str, places: Sequence[tuple[int, int]]) -> Array:
        """Return the log odds of TOLD against that nothing is told (n by k) of the clauses [start, end) of a text.

        The clauses begin and end with no space, stand in order, and none is empty.
        """
        bounds = np.array(places)
        first, last = places[0][0], places[-1][1]
        starts = bounds[:, 0] - first
        ends = np.minimum(bounds[:, 1] - first, starts + LONGEST_CLAUSE) - 1  # of their last characters
        numbers = self._numbers.take(codes_of(folded[first:last]), mode="clip")
        begin, end = self._bound.repeat(len(places)).reshape(2, -1)
        lefts = np.concatenate((numbers[:-1], begin, numbers[ends]))
        rights = np.concatenate((numbers[1:], numbers[starts], end))
        pairs = self._together.take(self._pairs.values(lefts, rights))
        alone, size = self._alone.take(numbers), len(numbers) - 1
        before = np.zeros(size + 1, np.int64)  # what stands before each character: packed numbers are summed as one
        np.cumsum(alone[:-1] + pairs[:size], out=before[1:])
        sums = (
            before[ends] - before[starts] + alone[ends] + pairs[size : size + len(places)] + pairs[size + len(places) :]
        )
        whole = unpacked(sums[:, None], len(TOLD))
        for number, place in enumerate(places):
            if folded[place[0]] < HAN_BEGINS and not HAN.search(folded, *place):
                whole[number] = sum(
                    [self._words[word] for word in _words(folded[slice(*place)]) if word in self._words]
                )
        odds: Array = (whole + self._bias) / FINENESS
        return odds


def _whole(row: Array) -> Array:
    whole: Array = np.rint(row * FINENESS).astype(np.int16)
    return whole


@lru_cache(maxsize=1)
def outcome_model() -> OutcomeModel:
    """Return the model, read when the first threat comes."""
    return OutcomeModel()
