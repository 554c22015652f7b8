"""A model of which tactics a sentence speaks of: concepts near each other, characters, pairs of them, English words.

It finds what no rule foresaw, and doubts what a rule found alone. Half of it is a line, half hidden units, which are
asked where the line leaves hope (hidden_layer.py). `python -m evaluation.train_tactics` trains it on the texts that the
reader's builders may see; the weights are data (`sentence_model.json`). All sentences of a text are weighed at once.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from domain.tactic_reading.lexicon.coded_text import codes_of, telling_symbols
from domain.tactic_reading.lexicon.concepts import Concepts, concept_names
from domain.tactic_reading.lexicon.latin_words import WORD
from domain.tactic_reading.lexicon.word_groups import GROUP, word_groups
from domain.tactic_reading.sentences.sentence_features import SPELLED, weight_of
from domain.tactic_reading.sentences.sentence_rows import SentenceRows
from domain.tactic_reading.weights.hidden_layer import HiddenLayer
from domain.tactic_reading.weights.packed_rows import LANES, Features, HeldRows, packed, rows_held, sums_of, unpacked

Array = np.ndarray[Any, Any]
SENTENCE_MODEL_FILE = Path(__file__).with_name("sentence_model.json")
# Log odds. Of 1,452 sentences 542 are below it by their concepts; the spelling would have lifted 6 of them above 0.
SPELLING_ADDS = 3.0
# Characters. The units' sums have 16 bits, up to 32,767: without a stop 300 characters come to 28,000, 350 to 31,000,
# 400 to 35,500; of English, 400 to 11,000. A longer sentence is told by the line alone.
LONGEST_OF_UNITS = 300
# The weights of the line are hundredths of log odds in the file; sums of them are of this share.
IN_FILE, IN_SUMS = 100, 200


def line_as_text(weights: Array) -> str:
    """Return the weights of features (n) for codes (k) as the file has them: hundredths of 16 bits each."""
    return b64encode(np.rint(weights * IN_FILE).astype("<i2").tobytes()).decode("ascii")


def line_from_text(text: str, codes: int) -> Array:
    """Return hundredths of features (n) for so many codes."""
    return np.frombuffer(b64decode(text), "<i2").reshape(-1, codes)


# A sentence or clause: its concepts [first, last), its characters [start, end).
Place = tuple[int, int, int, int]


class WeighedText(NamedTuple):
    """A stretch of a text as what it holds, at `size` places: its telling symbols and, behind them, its characters.

    The concept number `first + i` is the telling symbol at place `before[i]`, or the next one is, if it tells nothing;
    character number i stands at place `characters + i`.
    """

    held: Features
    size: int
    before: Array
    first: int
    characters: int


class SentenceModel:
    """The weights of all codes; built once per process."""

    def __init__(self) -> None:
        """Read the weights from their file."""
        document = json.loads(SENTENCE_MODEL_FILE.read_text("utf-8"))
        self.codes: list[str] = document["codes"]
        self.numbers = {code: number for number, code in enumerate(self.codes)}
        self._hidden = HiddenLayer(document["units"])
        self._bias = np.rint(np.array(document["bias"]) * IN_SUMS).astype(int)
        names: list[str] = document["names"]
        line = line_from_text(document["line"], len(self.codes))
        weights = np.array([weight_of(name) for name in names])[:, None] * (IN_SUMS / IN_FILE)
        lines = packed(np.rint(line * weights).astype(np.int16))
        # The numbers of the line have words of their own: of a long sentence the units' grow out of theirs.
        self._line_words = lines.shape[1]
        rows = np.hstack([lines, packed(self._hidden.rows)])
        places = {name: place for place, name in enumerate(names)}
        concepts = {name: place for name, place in places.items() if name[0] not in (SPELLED, GROUP, WORD)}
        self._concepts = {name: number for number, name in enumerate(concepts)}
        spelled = _spelled_rows(places, rows)
        self._rows = SentenceRows(*spelled, rows[[*concepts.values()]], self._concepts_of)

    def _concepts_of(self, symbols: str) -> list[int]:
        """Return the numbers of the concepts, or pairs of concepts, with a weight that one or two symbols stand for."""
        names, known = concept_names(), self._concepts
        features, *rights = [names.get(symbol, [symbol]) for symbol in symbols]
        for right in rights:
            features = [f"{a}>{b}" for a in features for b in right]
        return [known[name] for name in features if name in known]

    def weighed(self, folded: str, concepts: Concepts, characters: Array, stretch: Place) -> WeighedText:
        """Return a stretch of a text, given its concepts and the codes of its characters, ready to be asked about."""
        first, last, start, end = stretch
        stops = codes_of(concepts.stops[first:last])
        telling = telling_symbols().take(stops)
        symbols = stops[telling].astype(np.int32)
        before = np.concatenate(([0], telling.cumsum()))
        held = self._rows.of(symbols, folded[start:end], characters[start:end])
        return WeighedText(held, len(symbols) + end - start, before, first, len(symbols) - start)

    def odds(self, text: WeighedText, sentences: Sequence[Place]) -> tuple[Array, Array]:
        """Return the log odds of each code in each sentence (n by k), and whether the line leaves a sentence hope.

        They are half the line's, half the units'. `sentences` are those of `sentence_places`.
        """
        places = np.array(sentences, np.intp).reshape(-1, 4)
        count, begin = len(self.codes), self._line_words * LANES
        told, spelled = sums_of(self._rows.words, self._held(text, places), 2 * len(places)).reshape(2, len(places), -1)
        sums = unpacked(told + spelled, begin + len(self._hidden.start))
        told_line, line, units = unpacked(told, count), sums[:, :count] + self._bias, sums[:, begin:]
        hope = -SPELLING_ADDS * IN_SUMS
        hopeful = ((told_line + self._bias).max(axis=1) > hope) & (line.max(axis=1) > hope)
        odds = line / IN_SUMS
        short = places[:, 3] - places[:, 2] <= LONGEST_OF_UNITS
        odds[short] = (odds[short] + self._hidden.odds(units[short])) / 2
        return odds, hopeful

    def line(self, text: WeighedText, clauses: Sequence[Place]) -> Array:
        """Return what the line says of each code (n by k), in no unit: it tells quickly what clause says more of it."""
        places = np.array(clauses, np.intp)
        sums = sums_of(self._rows.words, self._held(text, places), 2 * len(places)).reshape(2, len(places), -1)
        return unpacked(sums.sum(axis=0), len(self.codes))

    def _held(self, text: WeighedText, places: Array) -> HeldRows:
        """Return the rows of the symbols of each sentence or clause, then those of the characters of each."""
        firsts = np.concatenate([text.before.take(places[:, 0] - text.first), places[:, 2] + text.characters])
        lasts = np.concatenate([text.before.take(places[:, 1] - text.first), places[:, 3] + text.characters])
        return rows_held(text.held, firsts, lasts, text.size)


def _spelled_rows(places: dict[str, int], rows: Array) -> tuple[list[str], list[str], Array]:
    """Return characters and pairs, English words and pairs, and the rows of all; those of words hold their groups'."""
    pieces = {name[1:]: [place] for name, place in places.items() if name[0] == SPELLED}
    for word, names in word_groups().items():
        if known := [places[name] for name in names if name in places]:
            pieces.setdefault(word, []).extend(known)
    table = np.array([*zip_longest(*pieces.values(), fillvalue=len(rows))])
    rows = np.concatenate([rows, np.zeros_like(rows[:1])])
    words = {name[1:]: place for name, place in places.items() if name[0] == WORD}
    spelled = sum([rows[column] for column in table], np.zeros_like(rows[:1]))
    return [*pieces], [*words], np.concatenate([spelled, rows[[*words.values()]]])


@lru_cache(maxsize=1)
def sentence_model() -> SentenceModel:
    """Return the model, read when the first text comes."""
    return SentenceModel()
