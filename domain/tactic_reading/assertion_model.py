"""A linear model of how a passage asserts its tactic: it weighs what the rules say beside the words around.

`python -m evaluation.train_assertions` trains it; the weights are data (`assertion_model.json`).
"""

import json
import math
from collections import Counter
from functools import lru_cache
from pathlib import Path

from domain.tactic_reading.assertion import Scope
from domain.tactic_reading.sentence_model import concept_names
from domain.tactic_reading.speakers import BORROWER, MESSAGE

TELLING = (BORROWER, MESSAGE)
COUNTED_ASSERTIONS = ("first_hand_claim", "collector_threat")
ASSERTION_MODEL_FILE = Path(__file__).with_name("assertion_model.json")


def text_values(counts: Counter[str], speaker: str) -> dict[str, float]:
    """Return what the model weighs of the whole text, the same for each of its passages."""
    values = {f"text {name}": min(number, 3) * 0.1 for name, number in counts.items()}
    values["=speaker " + speaker] = 1.0
    values["=me"] = float(counts["me"] > counts["we"])
    values["=questions"] = min(counts["question"], 3) / 3
    return values


def passage_values(code: str, guess: str, speaker: str, scope: Scope, quoted: bool) -> dict[str, float]:
    """Return what the model weighs of one passage; `guess` is what the rules take its assertion for."""
    values = {
        f"=guess {guess}": 1.0,
        f"=guess {guess} by {speaker}": 1.0,
        f"=guess {guess} of {code}": 0.5,
        f"=code {code}": 0.7,
    }
    if quoted:
        values["=quoted"] = 1.0
    if scope.asked:
        values["=asked"] = 1.0
    near, own = len(scope.near), len(scope.own)
    parts = (
        ("before", scope.sentence[: len(scope.sentence) - near]), ("near", scope.near[: near - own]),
        ("own", scope.own), ("inside", scope.inside), ("after", scope.after),
    )  # fmt: skip
    names = concept_names()
    for part, symbols in parts:
        for symbol in symbols:
            for name in names.get(symbol, ()):
                values[f"{part} {name}"] = 0.5
    return values


@lru_cache(maxsize=1)
def _model() -> tuple[list[str], dict[str, list[float]]]:
    document = json.loads(ASSERTION_MODEL_FILE.read_text("utf-8"))
    return document["answers"], document["weights"]


def add_up(values: dict[str, float], totals: list[float] | None = None) -> list[float]:
    """Return the score of each assertion type for some values, on top of `totals`."""
    answers, weights = _model()
    scores = list(totals or weights["=bias"])
    for name, value in values.items():
        row = weights.get(name)
        if row is not None:
            scores = [score + value * weight for score, weight in zip(scores, row, strict=True)]
    return scores


def likeliest(scores: list[float], speaker: str) -> str:
    """Return the assertion type with the highest score; only borrowers and collectors tell what may be counted."""
    answers = _model()[0]
    if speaker not in TELLING:
        answers = [answer if answer not in COUNTED_ASSERTIONS else "" for answer in answers]
    return max(zip(scores, answers, strict=True), key=lambda pair: pair[0] if pair[1] else -math.inf)[1]
