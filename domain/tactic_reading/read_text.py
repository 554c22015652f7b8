"""Reads a text as a whole, before any of its passages: its concepts, who speaks, what the models weigh of all of it."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.tactic_reading.assertions.assertion_model import text_sum, text_values
from domain.tactic_reading.lexicon.coded_text import Array, codes_of
from domain.tactic_reading.lexicon.concepts import Concepts, read_concepts
from domain.tactic_reading.speakers.quotes import Quotes
from domain.tactic_reading.speakers.speaker import (
    ADVICE,
    BORROWER,
    MESSAGE,
    ConceptCounts,
    count_concepts,
    guessed_speaker,
    speaker_of,
    speaks_to_the_debtor,
)
from domain.tactic_reading.speakers.text_model import text_marks, weigh


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text as the readers of its passages need it: its concepts, who speaks, what the models weigh of the whole."""

    concepts: Concepts
    counts: ConceptCounts
    speaker: str
    scores: dict[str, float]
    total: int
    characters: Array
    quotes: Quotes
    folded: str

    @property
    def values(self) -> dict[str, float]:
        """What the model of assertions weighs of the text in each of its passages; for training."""
        return text_values(self.counts, self.speaker)


def text_of(folded: str, kind: str, lenders: Collection[str]) -> ReadText:
    """Read a folded text as a whole."""
    concepts = read_concepts(folded, lenders)
    counts = count_concepts(concepts)
    characters = codes_of(folded)
    marks = text_marks(folded, concepts, counts, guessed_speaker(folded, counts))
    scores = weigh(counts, marks, characters)
    speaker = speaker_of(scores, counts, kind, folded)
    # 要是继续失联, 就告诉你同事还有你爱人 is no advice.
    threatens = speaker == ADVICE and counts["if"] and counts["then"] and not (counts["advise"] or counts["must_not"])
    if (speaker == BORROWER or threatens) and speaks_to_the_debtor(folded, counts):
        speaker = MESSAGE
    total = text_sum(counts, speaker)
    return ReadText(concepts, counts, speaker, scores, total, characters, Quotes(folded), folded)
