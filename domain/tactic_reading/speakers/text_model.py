"""A small linear model over what a text holds anyway: its concepts, characters, English words, a few marks of genre.

Three questions are put to it: who speaks, is the text about collection, was anything of it lived or threatened.
`python -m evaluation.train_speakers` trains it on the texts that the reader's builders may see; the weights are data
(`text_model.json`).
"""

import json
import math
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from domain.tactic_reading.lexicon.coded_text import CHARACTERS, distinct
from domain.tactic_reading.lexicon.concepts import Concepts, lexicon, read_concepts
from domain.tactic_reading.lexicon.latin_words import WORD, latin_words
from domain.tactic_reading.speakers.genre import LAW_OR_ARTICLE, LETTERHEAD, STEP_OR_POINT, may_name_a_law
from domain.tactic_reading.speakers.speaker import ConceptCounts, count_concepts, guessed_speaker

Array = np.ndarray[Any, Any]
MODEL_FILE = Path(__file__).with_name("text_model.json")
RELEVANT, LIVED = "relevant", "lived"
# How the names of what is weighed begin that is neither a concept nor a character.
MARKS = ("=", WORD)
# A concept that stands more often than this in a text tells no more.
MOST = 4
# A Chinese text names an app or a firm in fewer Latin words.
FEWEST_WORDS = 5
# Weights are rounded to thousandths, what they are multiplied by to 64ths.
UNIT, SHARE = 1000, 64


def text_values_of(folded: str, lenders: Collection[str]) -> dict[str, float]:
    """Return all that the model weighs of a text before any tactic is found, by name; for training."""
    concepts = read_concepts(folded, lenders)
    counts = count_concepts(concepts)
    characters, weight = character_features(folded)
    values = text_features(folded, concepts, counts, guessed_speaker(folded, counts))
    return values | dict.fromkeys(characters, weight)


def text_features(folded: str, concepts: Concepts, counts: ConceptCounts, guess: str) -> dict[str, float]:
    """Return what the model weighs of a text; `guess` is what the rules of speakers.py take the speaker for."""
    counted = {name: concept_value(number) for name, number in counts.told().items()}
    return counted | text_marks(folded, concepts, counts, guess)


def concept_value(number: int) -> float:
    """Return what it weighs that a text holds a concept so often."""
    return math.log1p(min(number, MOST))


def text_marks(folded: str, concepts: Concepts, counts: ConceptCounts, guess: str) -> dict[str, float]:
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
    return values | _word_values(folded)


def _word_values(folded: str) -> dict[str, float]:
    """Return what each stem of an English text weighs: its characters tell little more than that it is English."""
    stems = {stem for stem, _, _ in latin_words(folded) if stem}
    return dict.fromkeys(map(WORD.__add__, stems), _word_weight(len(stems))) if len(stems) >= FEWEST_WORDS else {}


def _word_weight(number: int) -> float:
    return 2.0 / math.sqrt(number + 1)


def character_features(folded: str) -> tuple[set[str], float]:
    """Return the characters of a text, which the model weighs too, and how much each of them weighs."""
    characters = set(folded)
    return characters, _character_weight(len(characters))


def _character_weight(number: int) -> float:
    return 4.0 / math.sqrt(number + 1)


def _is_mark(name: str) -> bool:
    return len(name) > 1 and name[0] in MARKS


class _Weights:
    """The weights of a text's features in thousandths: floats that are whole numbers add up alike in any order."""

    def __init__(self) -> None:
        document = json.loads(MODEL_FILE.read_text("utf-8"))
        self.answers: list[str] = document["answers"]
        rows = {name: np.rint(np.array(row) * UNIT) for name, row in document["weights"].items()}
        nothing = np.zeros(len(self.answers))
        self.bias = rows.get("=bias", nothing) * SHARE
        marks = [name for name in rows if _is_mark(name)]
        self.mark_places = {name: place for place, name in enumerate(marks)}
        self.marks = np.array([rows[name] for name in marks])
        # What a concept adds that stands in a text never, once, twice, … MOST times, one concept after the other.
        shares = [round(concept_value(number) * SHARE) for number in range(1 + MOST)]
        known = lexicon().classes
        self.concepts = np.array([rows.get(name, nothing) * share for name in known for share in shares])
        characters = [name for name in rows if len(name) == 1]
        self.characters = np.stack([nothing, *[rows[name] for name in characters]])
        self.numbers = np.zeros(CHARACTERS, np.int32)
        self.numbers[[ord(character) for character in characters]] = np.arange(1, len(characters) + 1)

    def sum_of(self, marks: Mapping[str, float]) -> Array:
        """Return the sum of the rows of marks, each times its value."""
        known = [
            (self.mark_places[name], round(value * SHARE)) for name, value in marks.items() if name in self.mark_places
        ]
        table = np.array(known, np.intp).reshape(-1, 2)
        total: Array = table[:, 1].astype(float) @ self.marks.take(table[:, 0], axis=0)
        return total

    def sum_of_concepts(self, counts: ConceptCounts) -> Array:
        """Return the sum of the rows of concepts, each by how often it stands in a text; never adds nothing."""
        places = counts.present * (1 + MOST) + np.minimum(counts.often, MOST)
        total: Array = self.concepts.take(places, axis=0).sum(axis=0)
        return total


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    return _Weights()


def weigh(counts: ConceptCounts, marks: Mapping[str, float], characters: Array) -> dict[str, float]:
    """Return the score of each answer for a text: the speakers by name, `relevant` (above 0: it is) and `lived`.

    `marks` are those of `text_marks`, `characters` the codes of the text's characters.
    """
    weights = _weights()
    different = distinct(characters)
    share = round(_character_weight(len(different)) * SHARE)
    spelled = weights.characters.take(weights.numbers.take(different), axis=0).sum(axis=0) * share
    total = weights.bias + weights.sum_of(marks) + weights.sum_of_concepts(counts) + spelled
    return dict(zip(weights.answers, (total / (UNIT * SHARE)).tolist(), strict=True))


def weigh_beside(values: Mapping[str, float]) -> dict[str, float]:
    """Return what some values add to the score of each answer."""
    weights = _weights()
    return dict(zip(weights.answers, (weights.sum_of(values) / (UNIT * SHARE)).tolist(), strict=True))
