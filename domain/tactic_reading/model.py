"""A small linear model over what a text holds anyway: its concepts, its characters, a few marks of genre.

Two questions are put to it: who speaks, and is the text about collection. `python -m evaluation.train_speakers` trains
it on the texts that the reader's builders may see; the weights are data (`model.json`).
"""

import json
import math
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from domain.tactic_reading.concepts import Concepts
from domain.tactic_reading.genre import LAW_OR_ARTICLE, LETTERHEAD, STEP_OR_POINT, may_name_a_law
from domain.tactic_reading.lanes import SHARE, RowsOfCharacters, Weights

Array = np.ndarray[Any, Any]
MODEL_FILE = Path(__file__).with_name("model.json")
RELEVANT = "relevant"
# A concept that stands more often than this in a text tells no more.
MOST = 4


def text_features(folded: str, concepts: Concepts, counts: Counter[str], guess: str) -> dict[str, float]:
    """Return what the model weighs of a text; `guess` is what the rules of speakers.py take the speaker for."""
    counted = {name: concept_value(number) for name, number in counts.items()}
    return counted | text_marks(folded, concepts, counts, guess)


def concept_value(number: int) -> float:
    """Return what it weighs that a text holds a concept so often."""
    return math.log1p(min(number, MOST))


def text_marks(folded: str, concepts: Concepts, counts: Counter[str], guess: str) -> dict[str, float]:
    """Return what the model weighs of a text beside how often each concept stands in it."""
    size = len(concepts.symbols) + 5
    me, you = counts["me"] - counts["we"], counts["you"]
    values = {}
    values["=length"] = math.log1p(len(folded) / 50)
    values["=guess " + guess] = 1.0
    values["=me"] = 5 * max(me, 0) / size
    values["=you"] = 5 * you / size
    values["=nobody" if me <= 0 else "=me alone" if not you else "=both"] = 1.0
    if me <= 0 and you:
        values["=you alone"] = 1.0
    if LETTERHEAD.match(folded):
        values["=letterhead"] = 1.0
    if may_name_a_law(folded) and LAW_OR_ARTICLE.search(folded):
        values["=law"] = 1.0
    if len(STEP_OR_POINT.findall(folded[:2000])) > 1:
        values["=steps"] = 1.0
    return values


def character_features(folded: str) -> tuple[set[str], float]:
    """Return the characters of a text, which the model weighs too, and how much each of them weighs."""
    characters = set(folded)
    return characters, _character_weight(len(characters))


def _character_weight(number: int) -> float:
    return 4.0 / math.sqrt(number + 1)


@lru_cache(maxsize=1)
def _weights() -> Weights:
    document = json.loads(MODEL_FILE.read_text("utf-8"))
    return Weights(document["answers"], document["weights"])


@lru_cache(maxsize=1)
def _steps() -> dict[str, tuple[int, ...]]:
    """Return for each concept what a text with 0, 1, … MOST of it adds."""
    weights = _weights()
    values = [concept_value(number) for number in range(MOST + 1)]
    return {name: weights.steps(name, values) for name in weights.rows if name[0] != "=" and len(name) > 1}


@lru_cache(maxsize=1)
def _characters() -> RowsOfCharacters:
    return RowsOfCharacters({ord(name): row for name, row in _weights().rows.items() if len(name) == 1})


def weigh(counts: Counter[str], marks: dict[str, float], characters: Array) -> dict[str, float]:
    """Return the score of each answer for a text: the speakers by name, and `relevant` (above 0: it is).

    `marks` are those of `text_marks`, `characters` the codes of the text's characters.
    """
    weights, steps = _weights(), _steps()
    told = [steps[name][number if number < MOST else MOST] for name, number in counts.items() if name in steps]
    different = set(characters.tolist())
    spelled = sum(map(_characters().__getitem__, different)) * round(_character_weight(len(different)) * SHARE)
    packed = sum(told, weights.bias + weights.sum_of(marks) + spelled)
    return dict(zip(weights.answers, weights.scores(packed), strict=True))


def weigh_beside(values: dict[str, float]) -> float:
    """Return what some values add to the score of relevance."""
    weights = _weights()
    return weights.scores(weights.sum_of(values))[weights.answers.index(RELEVANT)]
