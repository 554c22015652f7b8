"""A linear model of how a passage asserts its tactic: it weighs what the rules say beside the words around.

`python -m evaluation.train_assertions` trains it; the weights are data (`assertion_model.json`).
"""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from domain.tactic_reading.assertions.assertion import Scope
from domain.tactic_reading.lexicon.concepts import concept_names, lexicon
from domain.tactic_reading.speakers.speaker import BORROWER, MESSAGE, ConceptCounts
from domain.tactic_reading.weights.lanes import SHARE, UNIT, Weights

Array = np.ndarray[Any, Any]
COUNTED_ASSERTIONS = ("first_hand_claim", "collector_threat")
DONE_BY_SAYING = frozenset({"insult_abuse", "official_impersonation", "fake_legal_documents", "identity_concealment"})
NEVER_SAID: dict[str, tuple[str, ...]] = {
    BORROWER: (),
    MESSAGE: ("hypothetical", "advice", "opinion", "reported_claim", "context", "asserted_fact"),
}
WORD_WEIGHT = 0.5
# A concept that stands more often than this in a text tells no more.
MOST = 3
# Log odds: below it between the two likeliest the encoder is asked, whose own count so much (0018).
DOUBTED, ENCODER_WEIGHT = 3.0, 0.5
ASSERTION_MODEL_FILE = Path(__file__).with_name("assertion_model.json")


def text_value(number: int) -> float:
    """Return what it weighs in a passage that its text holds a concept so often."""
    return min(number, MOST) * 0.1


def text_values(counts: ConceptCounts, speaker: str) -> dict[str, float]:
    """Return what the model weighs of the whole text, the same for each of its passages; for training."""
    return {f"text {name}": text_value(number) for name, number in counts.told().items()} | _text_marks(counts, speaker)


def _text_marks(counts: ConceptCounts, speaker: str) -> dict[str, float]:
    return {
        "=speaker " + speaker: 1.0,
        "=me": float(counts["me"] > counts["we"]),
        "=questions": min(counts["question"], 3) / 3,
    }


def rule_values(code: str, guess: str, speaker: str, asked: bool, quoted: bool) -> list[tuple[str, float]]:
    """Return what the model weighs of a passage beside its words; `guess` is what the rules take it for."""
    values = [
        (f"=guess {guess}", 1.0),
        (f"=guess {guess} by {speaker}", 1.0),
        (f"=guess {guess} of {code}", 0.5),
        (f"=code {code}", 0.7),
    ]
    if quoted:
        values.append(("=quoted", 1.0))
    if asked:
        values.append(("=asked", 1.0))
    return values


PARTS = ("before", "near", "own", "inside", "after")


def parts_of(scope: Scope) -> tuple[str, ...]:
    """Return the symbols of each of the PARTS of a passage's surroundings."""
    sentence, near, own = scope.sentence, len(scope.near), len(scope.own)
    return sentence[: len(sentence) - near], scope.near[: near - own], scope.own, scope.inside, scope.after


def named_parts(scope: Scope, weight: float) -> dict[str, float]:
    """Return the names of the concepts of each part (`own call`), each with the same weight; for training."""
    names = concept_names()
    return {
        f"{part} {name}": weight
        for part, symbols in zip(PARTS, parts_of(scope), strict=True)
        for symbol in symbols
        for name in names.get(symbol, ())
    }


def passage_values(code: str, guess: str, speaker: str, scope: Scope, quoted: bool) -> dict[str, float]:
    """Return all that the model weighs of one passage, by name; for training."""
    return named_parts(scope, WORD_WEIGHT) | dict(rule_values(code, guess, speaker, scope.asked, quoted))


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


_ROWS_OF = tuple([_Words(part).__getitem__ for part in PARTS])


def text_sum(counts: ConceptCounts, speaker: str) -> int:
    """Return the packed scores of the assertion types for what a text is as a whole."""
    weights, steps = _weights(), _text_steps()
    places = counts.present * (1 + MOST) + np.minimum(counts.often, MOST)  # never adds nothing
    told = steps.take(places, axis=0).sum(axis=0).tolist()
    return weights.bias + weights.sum_of(_text_marks(counts, speaker)) + weights.lanes.together(told)


@lru_cache(maxsize=1)
def _text_steps() -> Array:
    """Return what a concept adds that stands in a text never, once, … MOST times, one concept after the other."""
    weights = _weights()
    values = [text_value(number) for number in range(1 + MOST)]
    return np.array([step for name in lexicon().classes for step in weights.steps(f"text {name}", values)])


@lru_cache(maxsize=4096)
def _rule_sum(code: str, guess: str, speaker: str, asked: bool, quoted: bool) -> int:
    return _weights().sum_of(dict(rule_values(code, guess, speaker, asked, quoted)))


def passage_sum(code: str, guess: str, speaker: str, scope: Scope, quoted: bool) -> int:
    """Return the packed scores that a passage adds."""
    packed = _rule_sum(code, guess, speaker, scope.asked, quoted)
    for row_of, symbols in zip(_ROWS_OF, parts_of(scope), strict=True):
        if symbols:
            packed = sum(map(row_of, {*symbols}), packed)
    return packed


@lru_cache(maxsize=1024)
def _allowed(
    speaker: str, code: str, lived: bool
) -> tuple[tuple[str, ...], Callable[[Sequence[int]], tuple[int, ...]]]:
    """Return the assertion types that this speaker's words on this code can have, and what picks their scores.

    Only borrowers and collectors tell what may be counted; a collector's message neither doubts nor reports; and an
    insult, once said, is no threat of one. What was not `lived` may be anything but that. Of equal scores the first
    wins.
    """
    answers = _weights().answers
    barred = NEVER_SAID.get(speaker, COUNTED_ASSERTIONS) if lived else COUNTED_ASSERTIONS
    if code in DONE_BY_SAYING:
        barred = (*barred, "collector_threat")
    allowed = sorted([answer for answer in answers if answer not in barred], reverse=True)
    return tuple(allowed), itemgetter(*[answers.index(answer) for answer in allowed])


def likeliest(packed: int, speaker: str, code: str, lived: bool = True) -> str:
    """Return the assertion type with the highest score that this speaker's words on this code can have.

    Nothing is counted of a text that as a whole tells of nothing `lived` or threatened.
    """
    allowed, scores_of = _allowed(speaker, code, lived)
    scores = scores_of(_weights().lanes.ranks(packed))
    return allowed[scores.index(max(scores))]


def assertion_types() -> list[str]:
    """Return the assertion types in the order of their scores."""
    return _weights().answers


def doubted(packed: int) -> bool:
    """Whether another assertion type scores nearly as high as the highest."""
    *_, second, highest = sorted(_weights().lanes.ranks(packed))
    return highest - second < DOUBTED * UNIT * SHARE


def packed_odds(odds: Array) -> int:
    """Return the encoder's log odds of the assertion types, packed, by what they weigh beside those of passages."""
    return _weights().lanes.together([round(number) for number in (odds * ENCODER_WEIGHT * UNIT * SHARE).tolist()])
