"""A linear model of which tactics a sentence speaks of: concepts that stand near each other, and characters.

It finds what no rule foresaw, and doubts what a rule found alone. `python -m evaluation.train_tactics` trains it on the
texts that the reader's builders may see; the weights are data (`sentence_model.json`).
"""

import json
import math
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from domain.tactic_reading.concepts import Concepts, lexicon

SENTENCE_MODEL_FILE = Path(__file__).with_name("sentence_model.json")
# How far apart, in concepts, two may stand to count as a pair: 打电话 (给) 我妈.
REACH = 4
CONCEPT_WEIGHT, CHARACTER_WEIGHT = 0.5, 1.2
Row = tuple[tuple[int, float], ...]


@lru_cache(maxsize=1)
def concept_names() -> dict[str, list[str]]:
    """Return the concepts that each symbol stands for."""
    names: dict[str, list[str]] = {}
    for name, symbols in sorted(lexicon().classes.items()):
        for symbol in symbols:
            names.setdefault(symbol, []).append(name)
    return names


def sentence_places(concepts: Concepts, length: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield each sentence as (first, last, start, end): its concepts, and its characters in a text of `length`."""
    symbols = concepts.symbols
    first = start = 0
    for place, symbol in enumerate(symbols):
        if symbol in ".?":
            yield first, place, start, concepts.starts[place]
            first, start = place + 1, concepts.ends[place]
    yield first, len(symbols), start, length


def sentence_features(symbols: str, text: str) -> dict[str, float]:
    """Return what the model weighs of a sentence, by name; for training and for explaining."""
    names = concept_names()
    rows = [names.get(symbol, [symbol]) for symbol in symbols]
    values: dict[str, float] = {}
    for place, row in enumerate(rows):
        for name in row:
            values[name] = CONCEPT_WEIGHT
            for other in rows[place + 1 : place + 1 + REACH]:
                values.update({f"{name}>{second}": CONCEPT_WEIGHT for second in other})
    characters = set(text)
    weight = CHARACTER_WEIGHT / math.sqrt(len(characters) + 1)
    return values | {f"'{character}": weight for character in characters}


class SentenceModel:
    """The weights, kept by symbol and pair of symbols as they come up; built once per process."""

    def __init__(self) -> None:
        document = json.loads(SENTENCE_MODEL_FILE.read_text("utf-8"))
        self.codes: list[str] = document["codes"]
        self._bias: list[float] = document["bias"]
        self._weights: dict[str, list[list[float]]] = document["weights"]
        self._pairs: dict[str, Row] = {}
        self._characters: dict[str, Row] = {}

    def _row(self, features: list[str]) -> Row:
        totals: dict[int, float] = {}
        for feature in features:
            for code, weight in self._weights.get(feature, ()):
                totals[int(code)] = totals.get(int(code), 0.0) + weight
        return tuple(totals.items())

    def _pair(self, pair: str) -> Row:
        """Return the weights of one symbol, or of two that stand near each other."""
        row = self._pairs.get(pair)
        if row is None:
            names = [concept_names().get(symbol, [symbol]) for symbol in pair]
            features = names[0] if len(names) == 1 else [f"{a}>{b}" for a in names[0] for b in names[1]]
            row = self._pairs[pair] = tuple((code, weight * CONCEPT_WEIGHT) for code, weight in self._row(features))
        return row

    def _character(self, character: str) -> Row:
        row = self._characters.get(character)
        if row is None:
            row = self._characters[character] = self._row([f"'{character}"])
        return row

    def scores(self, symbols: str, text: str) -> list[float]:
        """Return the log odds of each code for a sentence, in the order of `codes`."""
        totals = list(self._bias)
        seen = set(symbols)
        for place in range(len(symbols)):
            first = symbols[place]
            for second in symbols[place + 1 : place + 1 + REACH]:
                seen.add(first + second)
        for pair in seen:
            for code, weight in self._pair(pair):
                totals[code] += weight
        characters = set(text)
        scale = CHARACTER_WEIGHT / math.sqrt(len(characters) + 1)
        for character in characters:
            for code, weight in self._character(character):
                totals[code] += weight * scale
        return totals


@lru_cache(maxsize=1)
def sentence_model() -> SentenceModel:
    """Return the model, read when the first text comes."""
    return SentenceModel()
