"""The model of sentences: a line and hidden units, added up in the same rows."""

import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from functools import lru_cache
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from domain.tactic_reading.lexicon.coded_text import codes_of
from domain.tactic_reading.lexicon.concepts import read_concepts
from domain.tactic_reading.sentences.sentence_features import sentence_features, sentence_places, weight_of
from domain.tactic_reading.sentences.sentence_model import (
    IN_FILE,
    IN_SUMS,
    LONGEST_OF_UNITS,
    SENTENCE_MODEL_FILE,
    Place,
    SentenceModel,
    WeighedText,
    line_as_text,
    line_from_text,
    sentence_model,
)
from domain.tactic_reading.weights.hidden_layer import ZERO, HiddenLayer
from domain.tactic_reading.weights.packed_rows import MIDDLE
from domain.text import fold
from evaluation.measuring.sets import TEXTS


def layer(rows: list[list[int]], start: list[int], answers: list[list[float]]) -> HiddenLayer:
    """Return a layer with these weights of features for its units, and of its units for two codes."""
    stored = bytes(value + ZERO for row in rows for value in row)
    document = {"start": start, "answers": answers, "bias": [-1.0, -2.0], "rows": b64encode(stored).decode("ascii")}
    return HiddenLayer(document)


@pytest.mark.parametrize(
    ("features", "odds"),
    [([], [-1.0, -2.0]), ([0], [-1.0, -2.0]), ([1], [-1.0, -2.0]), ([0, 1], [1.5, -4.5])],
)
def test_a_unit_is_silent_until_all_that_it_waits_for_stands_there(features: list[int], odds: list[float]):
    waiting = layer([[50, -127], [50, 127]], [-75, -10], [[0.1, -0.1], [0.0, 0.0]])
    told = waiting.odds(waiting.rows[features].sum(axis=0)[None])
    assert told[0] == pytest.approx(odds, abs=0.01)


def test_weights_of_the_line_come_back_from_the_file_as_they_were_put_in():
    weights = np.array([[0.25, -3.0, 0.0], [12.34, 0.01, -0.01]])
    assert line_from_text(line_as_text(weights), 3) == pytest.approx(weights * IN_FILE)


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    return json.loads(SENTENCE_MODEL_FILE.read_text("utf-8"))


@lru_cache(maxsize=1)
def rows_of_units() -> dict[str, bytes]:
    rows, width = b64decode(document()["units"]["rows"]), len(document()["units"]["start"])
    return {name: rows[place * width : (place + 1) * width] for place, name in enumerate(document()["names"])}


@lru_cache(maxsize=1)
def rows_of_line() -> dict[str, list[int]]:
    rows = line_from_text(document()["line"], len(document()["codes"])).tolist()
    return dict(zip(document()["names"], rows, strict=True))


def sums_of(values: dict[str, float]) -> list[int]:
    """Return what each unit adds up, one number after the other."""
    sums = list(document()["units"]["start"])
    for name, value in values.items():
        for number, byte in enumerate(rows_of_units().get(name, b"")):
            sums[number] += (byte - ZERO) * round(value / weight_of(name))
    return sums


def units_of(values: dict[str, float]) -> list[float]:
    """Return what the units add to each code, one number after the other."""
    odds, units = list(document()["units"]["bias"]), document()["units"]
    for total, row in zip(sums_of(values), units["answers"], strict=True):
        for code, weight in enumerate(row):
            odds[code] += max(total, 0) * weight
    return odds


def line_of(values: dict[str, float]) -> list[float]:
    """Return what the line says of each code, one number after the other."""
    line = list(document()["bias"])
    for name, value in values.items():
        for code, weight in enumerate(rows_of_line().get(name, ())):
            line[code] += weight / IN_FILE * value
    return line


def told(model: SentenceModel, text: str) -> list[list[float]]:
    """Return the odds of each sentence of a text."""
    weighed, places = weighed_whole(model, text)
    return model.odds(weighed, places)[0].tolist()


def weighed_whole(model: SentenceModel, text: str) -> tuple[WeighedText, list[Place]]:
    """Return a text as it is weighed, and its sentences."""
    concepts = read_concepts(text)
    stretch = (0, len(concepts.symbols), 0, len(text))
    return model.weighed(text, concepts, codes_of(text), stretch), [*sentence_places(concepts, len(text))]


SENTENCES = ["催收半夜打电话骂我老婆", "他们把传单贴到我岳父单位门口", "my boss got two calls"]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_model_weighs_a_sentence_as_it_was_trained_to(sentence: str):
    values = sentence_features(read_concepts(sentence).symbols, sentence)
    expected = [(one + other) / 2 for one, other in zip(line_of(values), units_of(values), strict=True)]
    assert told(sentence_model(), sentence)[0] == pytest.approx(expected, abs=0.35)


def test_a_sentence_is_weighed_alike_alone_and_among_others():
    model = sentence_model()
    alone = [told(model, sentence)[0] for sentence in SENTENCES]
    assert told(model, "。".join(SENTENCES)) == alone


def test_the_line_leaves_no_hope_to_a_sentence_of_the_weather():
    weighed, places = weighed_whole(sentence_model(), "今天下雨。催收半夜打电话骂我老婆")
    assert sentence_model().odds(weighed, places)[1].tolist() == [False, True]


@pytest.mark.parametrize("begin", [0, 1, 2])
def test_a_stretch_is_weighed_as_it_is_in_the_whole_text(begin: int):
    text = "。".join(SENTENCES)
    concepts, model = read_concepts(text), sentence_model()
    places = [*sentence_places(concepts, len(text))]
    (first, _, start, _), (_, last, _, end) = places[begin], places[-1]
    weighed = model.weighed(text, concepts, codes_of(text), (first, last, start, end))
    assert model.odds(weighed, places[begin:])[0].tolist() == told(model, text)[begin:]
    assert model.line(weighed, places[begin:]).tolist() == model.line(*weighed_whole(model, text))[begin:].tolist()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells of threads there")
def test_reading_starts_no_thread_so_that_its_process_may_be_forked():
    script = "from domain.warming import warm; import os; warm(); print(len(os.listdir('/proc/self/task')))"
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout == "1\n"


def test_threads_that_meet_the_same_symbols_first_read_alike():
    text = run_on()[:3_000]
    model, found = SentenceModel(), []
    threads = [Thread(target=lambda: found.append(told(model, text))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [told(sentence_model(), text)] * 4


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
    text, places = weighed_whole(sentence_model(), piece)
    places = [place for place in places if place[3] - place[2] > LONGEST_OF_UNITS]
    line = sentence_model().line(text, places)[0] / IN_SUMS + np.array(document()["bias"])
    assert sentence_model().odds(text, places)[0][0].tolist() == pytest.approx(line.tolist())
