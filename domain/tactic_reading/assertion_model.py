"""A linear model of how a passage asserts its tactic: it weighs what the rules say beside the words around.

`python -m evaluation.train_assertions` trains it; the weights are data (`assertion_model.json`).
"""

import json
from collections import Counter
from functools import lru_cache
from pathlib import Path

from domain.tactic_reading.assertion import Scope
from domain.tactic_reading.lanes import SHARE, Weights
from domain.tactic_reading.sentence_model import concept_names
from domain.tactic_reading.speakers import BORROWER, MESSAGE

COUNTED_ASSERTIONS = ("first_hand_claim", "collector_threat")
DONE_BY_SAYING = frozenset({"insult_abuse", "official_impersonation", "fake_legal_documents", "identity_concealment"})
NEVER_SAID: dict[str, tuple[str, ...]] = {
    BORROWER: (),
    MESSAGE: ("hypothetical", "advice", "opinion", "reported_claim", "context", "asserted_fact"),
}
WORD_WEIGHT = 0.5
ASSERTION_MODEL_FILE = Path(__file__).with_name("assertion_model.json")


def text_values(counts: Counter[str], speaker: str) -> dict[str, float]:
    """Return what the model weighs of the whole text, the same for each of its passages."""
    values = {f"text {name}": min(number, 3) * 0.1 for name, number in counts.items()}
    values["=speaker " + speaker] = 1.0
    values["=me"] = float(counts["me"] > counts["we"])
    values["=questions"] = min(counts["question"], 3) / 3
    return values


def rule_values(code: str, guess: str, speaker: str, scope: Scope, quoted: bool) -> list[tuple[str, float]]:
    """Return what the model weighs of a passage beside its words; `guess` is what the rules take it for."""
    values = [
        (f"=guess {guess}", 1.0),
        (f"=guess {guess} by {speaker}", 1.0),
        (f"=guess {guess} of {code}", 0.5),
        (f"=code {code}", 0.7),
    ]
    if quoted:
        values.append(("=quoted", 1.0))
    if scope.asked:
        values.append(("=asked", 1.0))
    return values


def parts_of(scope: Scope) -> tuple[tuple[str, str], ...]:
    """Return the symbols of each part of a passage's surroundings, by the part's name."""
    near, own = len(scope.near), len(scope.own)
    return (
        ("before", scope.sentence[: len(scope.sentence) - near]), ("near", scope.near[: near - own]),
        ("own", scope.own), ("inside", scope.inside), ("after", scope.after),
    )  # fmt: skip


def passage_values(code: str, guess: str, speaker: str, scope: Scope, quoted: bool) -> dict[str, float]:
    """Return all that the model weighs of one passage, by name; for training."""
    names = concept_names()
    words = {
        f"{part} {name}": WORD_WEIGHT
        for part, symbols in parts_of(scope)
        for symbol in symbols
        for name in names.get(symbol, ())
    }
    return words | dict(rule_values(code, guess, speaker, scope, quoted))


@lru_cache(maxsize=1)
def _weights() -> Weights:
    document = json.loads(ASSERTION_MODEL_FILE.read_text("utf-8"))
    return Weights(document["answers"], document["weights"])


class _Words(dict[str, int]):
    """Packed rows by symbol for one part of the surroundings, worked out when they are first met."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part

    def __missing__(self, symbol: str) -> int:
        names = [f"{self._part} {name}" for name in concept_names().get(symbol, ())]
        self[symbol] = row = _weights().sum_alike(names, WORD_WEIGHT)
        return row


_WORDS = {part: _Words(part) for part in ("before", "near", "own", "inside", "after")}


def text_sum(values: dict[str, float]) -> int:
    """Return the packed scores of the assertion types for what a text is as a whole."""
    weights = _weights()
    return weights.bias + weights.sum_of(values)


def passage_sum(code: str, guess: str, speaker: str, scope: Scope, quoted: bool) -> int:
    """Return the packed scores that a passage adds."""
    rows = _weights().rows
    packed = sum(
        [rows.get(name, 0) * round(value * SHARE) for name, value in rule_values(code, guess, speaker, scope, quoted)]
    )
    for part, symbols in parts_of(scope):
        if symbols:
            packed += sum(map(_WORDS[part].__getitem__, set(symbols)))
    return packed


def likeliest(packed: int, speaker: str, code: str) -> str:
    """Return the assertion type with the highest score that this speaker's words on this code can have.

    Only borrowers and collectors tell what may be counted; a collector's message neither doubts nor reports; and an
    insult, once said, is no threat of one.
    """
    weights = _weights()
    barred = NEVER_SAID.get(speaker, COUNTED_ASSERTIONS)
    if code in DONE_BY_SAYING:
        barred = (*barred, "collector_threat")
    ranked = sorted(zip(weights.scores(packed), weights.answers, strict=True), reverse=True)
    return next(answer for _, answer in ranked if answer not in barred)
