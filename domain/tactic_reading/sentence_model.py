"""A model of which tactics a sentence speaks of: concepts that stand near each other, characters, pairs of them.

It finds what no rule foresaw, and doubts what a rule found alone. Half of it is a line, half hidden units, which are
asked where the line leaves hope (hidden_layer.py). `python -m evaluation.train_tactics` trains it on the texts that the
reader's builders may see; the weights are data (`sentence_model.json`).
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import add
from pathlib import Path

from domain.tactic_reading.coded_text import REACH, code_of, piece_of
from domain.tactic_reading.concepts import GAP, SENTENCE, Concepts, lexicon
from domain.tactic_reading.hidden_layer import HiddenLayer
from domain.tactic_reading.lanes import NARROW, Lanes
from domain.tactic_reading.word_groups import GROUP, word_groups

SENTENCE_MODEL_FILE = Path(__file__).with_name("sentence_model.json")
CONCEPT_WEIGHT, CHARACTER_WEIGHT, GROUP_WEIGHT = 0.5, 0.2, 0.3
# Log odds. Of 1,452 sentences 542 are below it by their concepts; the spelling would have lifted 6 of them above 0.
SPELLING_ADDS = 3.0
# How the names of what is spelled begin, in the file of weights: 'a is a character, 'ab a pair that stands together.
SPELLED = "'"
# Characters. The units' sums have 16 bits, up to 32,767: without a stop 300 characters come to 16,000, 500 to 27,000,
# 800 to 41,000. A longer sentence is told by the line alone.
LONGEST_OF_UNITS = 400


@lru_cache(maxsize=1)
def concept_names() -> dict[str, list[str]]:
    """Return the concepts that each symbol stands for."""
    names: dict[str, list[str]] = {}
    for name, symbols in sorted(lexicon().classes.items()):
        for symbol in symbols:
            names.setdefault(symbol, []).append(name)
    return names


@lru_cache(maxsize=1)
def empty_symbols() -> str:
    """Return the symbols that tell nothing: gaps, and words that only look like others."""
    return GAP + "".join([symbol for symbol, names in concept_names().items() if names == ["plain"]])


def sentence_places(concepts: Concepts, length: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield each sentence as (first, last, start, end): its concepts, and its characters in a text of `length`."""
    stops, starts, ends = concepts.stops, concepts.starts, concepts.ends
    first = start = 0
    while (place := stops.find(SENTENCE, first)) >= 0:
        yield first, place, start, starts[place]
        first, start = place + 1, ends[place]
    yield first, len(stops), start, length


def sentence_features(symbols: str, text: str) -> dict[str, float]:
    """Return what the model weighs of a sentence, by name; for training and for explaining."""
    names = concept_names()
    telling = [symbol for symbol in symbols if symbol not in empty_symbols()]
    rows = [names.get(symbol, [symbol]) for symbol in telling]
    values: dict[str, float] = {}
    for place, row in enumerate(rows):
        for name in row:
            values[name] = CONCEPT_WEIGHT
            for other in rows[place + 1 : place + 1 + REACH]:
                values.update({f"{name}>{second}": CONCEPT_WEIGHT for second in other})
    spelled = {*text, *map(add, text, text[1:])}
    values |= {SPELLED + piece: CHARACTER_WEIGHT for piece in spelled}
    for word in spelled & word_groups().keys():
        for name in word_groups()[word]:
            values[name] = values.get(name, 0.0) + GROUP_WEIGHT
    return values


class _Rows(dict[int, int]):
    """Packed rows of weights by the code of a symbol or of a pair of symbols, worked out when they are first met."""

    def __init__(self, model: "SentenceModel") -> None:
        super().__init__()
        self._model = model

    def __missing__(self, code: int) -> int:
        names = concept_names()
        features, *rights = [names.get(symbol, [symbol]) for symbol in piece_of(code)]
        for right in rights:
            features = [f"{a}>{b}" for a in features for b in right]
        self[code] = row = self._model.packed(features, CONCEPT_WEIGHT)
        return row


class SentenceModel:
    """The weights of all codes; built once per process."""

    def __init__(self) -> None:
        """Read the weights from their file."""
        document = json.loads(SENTENCE_MODEL_FILE.read_text("utf-8"))
        self.codes: list[str] = document["codes"]
        self.numbers = {code: number for number, code in enumerate(self.codes)}
        self._lanes = Lanes(len(self.codes), NARROW)
        self._hidden, self._above = HiddenLayer(document["units"], document["weights"]), len(self.codes) * NARROW
        self._bias = self._lanes.pack(document["bias"]) + (self._hidden.start << self._above)
        self._hope = self._lanes.pack([SPELLING_ADDS] * len(self.codes))
        self._weights: dict[str, list[list[float]]] = document["weights"]
        self._pairs = _Rows(self)
        spelled = [name[1:] for name in self._weights if name[0] == SPELLED]
        self._spelled = {code_of(piece): self.packed([SPELLED + piece], CHARACTER_WEIGHT) for piece in spelled}
        self._add_groups()

    def _add_groups(self) -> None:
        """Add to each pair of characters that is a word what its groups weigh, so that no group is looked up later."""
        groups = {name: self.packed([name], GROUP_WEIGHT) for name in self._weights if name[0] == GROUP}
        spelled = self._spelled
        for word, names in word_groups().items():
            if row := sum([groups[name] for name in names if name in groups]):
                code = code_of(word)
                spelled[code] = spelled.get(code, 0) + row

    def packed(self, features: list[str], weight: float) -> int:
        """Return the sum of the features' rows, each times `weight`, as lanes.py packs it; hidden units lie above."""
        totals: dict[int, float] = {}
        for feature in features:
            for code, number in self._weights.get(feature, ()):
                totals[int(code)] = totals.get(int(code), 0.0) + number * weight
        return self._lanes.pack_some(totals) + (self._hidden.packed(features) << self._above)

    def told(self, near: Iterable[int]) -> int:
        """Return the packed log odds of all codes by the symbols and pairs of a sentence (`CodedText.near`)."""
        return sum(map(self._pairs.__getitem__, near), self._bias)

    def is_hopeless(self, packed: int) -> bool:
        """Whether the line leaves every code so unlikely that neither spelling nor hidden units need be asked."""
        return not self._lanes.above_zero(packed + self._hope)

    def score(self, told: int, spelled: Iterable[int]) -> int:
        """Return what is told with what the characters and pairs of the sentence (`CodedText.spelled`) add."""
        return sum(filter(None, map(self._spelled.get, spelled)), told)

    def odds_by_line(self, packed: int, number: int) -> float:
        """Return the log odds of one code by the line alone, which tells quickly what clause says more of it."""
        return self._lanes.weight(packed, number)

    def odds(self, packed: int, length: int) -> list[float]:
        """Return the log odds of each code in a sentence of `length` characters: half the line's, half the units'."""
        line = self._lanes.unpack(packed)
        return line if length > LONGEST_OF_UNITS else self._hidden.beside(line, packed >> self._above)


@lru_cache(maxsize=1)
def sentence_model() -> SentenceModel:
    """Return the model, read when the first text comes."""
    return SentenceModel()
