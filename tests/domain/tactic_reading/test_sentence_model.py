"""The model of sentences: a line and hidden units, added up in the same lanes."""

import json
from base64 import b64decode, b64encode
from functools import lru_cache
from typing import Any

import pytest

from domain.tactic_reading.coded_text import CodedText, codes_of
from domain.tactic_reading.concepts import read_concepts
from domain.tactic_reading.hidden_layer import ZERO, HiddenLayer
from domain.tactic_reading.sentence_model import (
    CHARACTER_WEIGHT,
    CONCEPT_WEIGHT,
    GROUP_WEIGHT,
    SENTENCE_MODEL_FILE,
    SPELLED,
    empty_symbols,
    sentence_features,
    sentence_model,
)
from domain.tactic_reading.word_groups import GROUP


def layer(rows: dict[str, list[int]], start: list[int], answers: list[list[float]]) -> HiddenLayer:
    """Return a layer with these weights of features for its units, and of its units for two codes."""
    stored = bytes(value + ZERO for row in rows.values() for value in row)
    document = {"start": start, "answers": answers, "bias": [-1.0, -2.0], "rows": b64encode(stored).decode("ascii")}
    return HiddenLayer(document, rows)


@pytest.mark.parametrize(
    ("features", "odds"),
    [([], [-1.0, -2.0]), (["call"], [-1.0, -2.0]), (["mother"], [-1.0, -2.0]), (["call", "mother"], [1.5, -4.5])],
)
def test_a_unit_is_silent_until_all_that_it_waits_for_stands_there(features: list[str], odds: list[float]):
    waiting = layer({"call": [50, -127], "mother": [50, 127]}, [-75, -10], [[0.1, -0.1], [0.0, 0.0]])
    told = waiting.beside([0.0, 3.0], waiting.start + waiting.packed(features))
    assert told == pytest.approx([odds[0] / 2, (3.0 + odds[1]) / 2], abs=0.01)


def test_a_feature_that_the_units_do_not_know_adds_nothing():
    waiting = layer({"call": [50]}, [0], [[0.1, 0.0]])
    assert waiting.packed(["a word of nobody"]) == 0


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    return json.loads(SENTENCE_MODEL_FILE.read_text("utf-8"))


def units_of(values: dict[str, float]) -> list[float]:
    """Return what the units add to each code, one number after the other."""
    units, names = document()["units"], list(document()["weights"])
    rows, width = b64decode(units["rows"]), len(units["start"])
    sums = list(units["start"])
    for name, value in values.items():
        if name in document()["weights"]:
            usual = {SPELLED: CHARACTER_WEIGHT, GROUP: GROUP_WEIGHT}.get(name[0], CONCEPT_WEIGHT)
            place = names.index(name) * width
            for number, byte in enumerate(rows[place : place + width]):
                sums[number] += (byte - ZERO) * round(value / usual)
    odds = list(units["bias"])
    for total, row in zip(sums, units["answers"], strict=True):
        for code, weight in enumerate(row):
            odds[code] += max(total, 0) * weight
    return odds


@pytest.mark.parametrize(
    "sentence", ["催收半夜打电话骂我老婆", "他们把传单贴到我岳父单位门口", "my boss got two calls"]
)
def test_the_model_weighs_a_sentence_as_it_was_trained_to(sentence: str):
    concepts = read_concepts(sentence)
    values = sentence_features(concepts.symbols, sentence)
    line = list(document()["bias"])
    for name, value in values.items():
        for code, weight in document()["weights"].get(name, ()):
            line[code] += weight * value
    expected = [(one + other) / 2 for one, other in zip(line, units_of(values), strict=True)]
    model = sentence_model()
    coded = CodedText(concepts.stops, empty_symbols(), sentence, codes_of(sentence))
    told = model.told(coded.near(*coded.sentences()[0]))
    found = model.odds(model.score(told, coded.spelled(0, len(sentence))))
    assert found == pytest.approx(expected, abs=0.35)
