"""The model of sentences: a line and hidden units, added up in the same lanes."""

import json
from base64 import b64decode, b64encode
from functools import lru_cache
from typing import Any

import pytest

from domain.tactic_reading.coded_text import CodedText, codes_of
from domain.tactic_reading.concepts import read_concepts
from domain.tactic_reading.hidden_layer import MIDDLE, ZERO, HiddenLayer
from domain.tactic_reading.sentence_model import (
    CHARACTER_WEIGHT,
    CONCEPT_WEIGHT,
    GROUP_WEIGHT,
    LONGEST_OF_UNITS,
    SENTENCE_MODEL_FILE,
    SPELLED,
    empty_symbols,
    sentence_features,
    sentence_model,
)
from domain.tactic_reading.word_groups import GROUP
from domain.text import fold
from evaluation.sets import TEXTS


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


@lru_cache(maxsize=1)
def rows_of_units() -> dict[str, bytes]:
    rows, width = b64decode(document()["units"]["rows"]), len(document()["units"]["start"])
    return {name: rows[place * width : (place + 1) * width] for place, name in enumerate(document()["weights"])}


def sums_of(values: dict[str, float]) -> list[int]:
    """Return what each unit adds up, one number after the other."""
    sums = list(document()["units"]["start"])
    for name, value in values.items():
        usual = {SPELLED: CHARACTER_WEIGHT, GROUP: GROUP_WEIGHT}.get(name[0], CONCEPT_WEIGHT)
        for number, byte in enumerate(rows_of_units().get(name, b"")):
            sums[number] += (byte - ZERO) * round(value / usual)
    return sums


def units_of(values: dict[str, float]) -> list[float]:
    """Return what the units add to each code, one number after the other."""
    odds, units = list(document()["units"]["bias"]), document()["units"]
    for total, row in zip(sums_of(values), units["answers"], strict=True):
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
    found = model.odds(model.score(told, coded.spelled(0, len(sentence))), len(sentence))
    assert found == pytest.approx(expected, abs=0.35)


@lru_cache(maxsize=1)
def run_on() -> str:
    """Return the texts of dev as one sentence, without a stop."""
    lines = (TEXTS / "dev.jsonl").read_text("utf-8").splitlines()
    return fold("".join(filter(str.isalnum, "".join(json.loads(line)["text"] for line in lines))))


def test_no_sentence_that_the_units_are_asked_about_adds_up_to_more_than_their_lanes_hold():
    for begin in range(0, 12_000, LONGEST_OF_UNITS):
        piece = run_on()[begin : begin + LONGEST_OF_UNITS]
        assert max(map(abs, sums_of(sentence_features(read_concepts(piece).symbols, piece)))) < MIDDLE


def test_a_longer_sentence_without_a_stop_is_told_by_the_line_alone():
    piece = run_on()[:1_500]
    values = sentence_features(read_concepts(piece).symbols, piece)
    assert max(map(abs, sums_of(values))) > MIDDLE
    model = sentence_model()
    packed = model.packed(sorted(values), CONCEPT_WEIGHT)
    assert model.odds(packed, len(piece)) == [model.odds_by_line(packed, number) for number in range(len(model.codes))]
