"""A linear model of what a visit came to: it weighs what the rules take it for beside the words and characters around.

What is announced, threatened, made or forced is told by far more turns of speech than rules foresee: 明儿个咱过去坐坐.
`python -m evaluation.train_visits` trains it; the weights are data (`visit_model.json`).
"""

import json
import re
from functools import lru_cache
from operator import add
from pathlib import Path

from domain.tactic_reading.assertions.assertion import Scope
from domain.tactic_reading.assertions.assertion_model import PARTS, named_parts, parts_of
from domain.tactic_reading.lexicon.concepts import SENTENCE, Concepts, concept_names
from domain.tactic_reading.lexicon.latin_words import latin_pieces
from domain.tactic_reading.sentences.sentence_features import CHARACTER_WEIGHT, CONCEPT_WEIGHT, SPELLED, WORD_WEIGHT
from domain.tactic_reading.weights.lanes import SHARE, Weights

VISIT_MODEL_FILE = Path(__file__).with_name("visit_model.json")
VISITS = ("visit_actual", "visit_threatened", "visit_announced", "visit_intrusive")
# Characters before and behind a passage, within its sentence, that are weighed with it; and of all of them together.
BEFORE, BEHIND, MOST = 16, 10, 100
LATIN = re.compile("[a-z]")


def words_around(folded: str, concepts: Concepts, first: int, last: int) -> str:
    """Return the characters of the concepts [first, last) with those around them in the sentence."""
    before, after = concepts.stops.rfind(SENTENCE, 0, first), concepts.stops.find(SENTENCE, last)
    floor = concepts.ends[before] if before >= 0 else 0
    ceiling = concepts.starts[after] if after >= 0 else len(folded)
    start, end = concepts.starts[first] - BEFORE, concepts.ends[last - 1] + BEHIND
    return folded[max(floor, start) : min(ceiling, end)][:MOST]


def visit_values(guess: str, speaker: str, scope: Scope, quoted: bool, around: str) -> dict[str, float]:
    """Return all that the model weighs of one visit, by name; for training. `guess` is what the rules take it for."""
    values = named_parts(scope, CONCEPT_WEIGHT)
    values |= dict.fromkeys(_marks(guess, speaker, scope.asked, quoted), 1.0)
    values |= {SPELLED + piece: CHARACTER_WEIGHT for piece in _spelled(around)}
    return values | dict.fromkeys(latin_pieces(around), WORD_WEIGHT)


def _marks(guess: str, speaker: str, asked: bool, quoted: bool) -> list[str]:
    signs = (("=quoted", quoted), ("=asked", asked))
    return [f"=guess {guess}", f"=guess {guess} by {speaker}", *[name for name, holds in signs if holds]]


def _spelled(around: str) -> set[str]:
    return {*around, *map(add, around, around[1:])}


class _VisitModel:
    """The weights of the four visits, packed; what a symbol adds is worked out when it is first met."""

    def __init__(self) -> None:
        document = json.loads(VISIT_MODEL_FILE.read_text("utf-8"))
        self.weights = Weights(document["answers"], document["weights"])
        share = round(CHARACTER_WEIGHT * SHARE)
        self._spelled = {name[1:]: row * share for name, row in self.weights.rows.items() if name[0] == SPELLED}
        self._words: dict[tuple[str, str], int] = {}
        self._marks = lru_cache(maxsize=1024)(self._sum_of_marks)

    def score(self, guess: str, speaker: str, scope: Scope, quoted: bool, around: str) -> int:
        """Return the packed scores of a visit."""
        total = self._marks(guess, speaker, scope.asked, quoted)
        for part, symbols in zip(PARTS, parts_of(scope), strict=True):
            for symbol in {*symbols}:
                row = self._words.get((part, symbol))
                total += self._meet(part, symbol) if row is None else row
        spelled = self._spelled
        total += sum(map(spelled.__getitem__, spelled.keys() & _spelled(around)))
        return total if not LATIN.search(around) else total + self.weights.sum_alike(latin_pieces(around), WORD_WEIGHT)

    def _sum_of_marks(self, guess: str, speaker: str, asked: bool, quoted: bool) -> int:
        return self.weights.bias + self.weights.sum_alike(_marks(guess, speaker, asked, quoted), 1.0)

    def _meet(self, part: str, symbol: str) -> int:
        names = [f"{part} {name}" for name in concept_names().get(symbol, ())]
        self._words[part, symbol] = row = self.weights.sum_alike(names, CONCEPT_WEIGHT)
        return row


@lru_cache(maxsize=1)
def _model() -> _VisitModel:
    return _VisitModel()


def likeliest_visit(guess: str, speaker: str, scope: Scope, quoted: bool, around: str) -> str:
    """Return which of VISITS has the highest score; `guess` is what the rules take it for."""
    weights = _model().weights
    scores = weights.lanes.ranks(_model().score(guess, speaker, scope, quoted, around))
    return weights.answers[scores.index(max(scores))]
