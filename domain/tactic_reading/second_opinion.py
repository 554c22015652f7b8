"""Asks the encoder about what the small models doubt: which tactics a sentence tells of, and how it asserts them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from domain.tactic_reading.assertions.assertion_model import doubted, packed_odds
from domain.tactic_reading.sentence_encoder import Opinion, sentence_encoder
from domain.tactic_reading.sentences.sentence_model import LONGEST_OF_UNITS, Place

Array = np.ndarray[Any, Any]
# Log odds. A sentence is in doubt where some code lies so near to even (0018).
NEAR = 3.0
# The encoder is surer of itself than the model: what it must be surer than even by.
MARGIN = 0.6
# Sentences of one text. Complaints of 150 characters have 1 to 2; 700 of little but tactics have some ten.
MOST_ASKED = 40
# Characters: nobody complains at such length, and a megabyte of anything must not keep a reader busy.
LONGEST_TEXT = 20_000


class SecondOpinion:
    """What the encoder says of the sentences of one text: it is asked once about each, and about so many only."""

    def __init__(self, folded: str) -> None:
        """Ask nothing yet. The text is folded."""
        self._folded, self._told = folded, dict[tuple[int, int], Opinion]()
        self._left = MOST_ASKED if len(folded) <= LONGEST_TEXT else 0

    def on(self, start: int, end: int) -> Opinion | None:
        """Return what it says of the sentence at [start, end); None where it is too long, or enough was asked."""
        if (start, end) not in self._told:
            if not self._left or end - start > LONGEST_OF_UNITS:
                return None
            self._left -= 1
            self._told[start, end] = sentence_encoder().opinion(self._folded[start:end])
        return self._told[start, end]

    def on_tactics(self, places: Sequence[Place], odds: Array, hopeful: Array) -> tuple[Array, Array]:
        """Return the odds (n by codes) of sentences, and which leave hope, with the encoder's mean where in doubt."""
        nearness = np.abs(odds).min(axis=1)
        in_doubt = np.flatnonzero(nearness < NEAR)
        odds, hopeful = odds.copy(), hopeful.copy()
        for number in in_doubt[np.argsort(nearness[in_doubt], kind="stable")].tolist():
            opinion = self.on(*places[number][2:])
            if opinion:
                odds[number] = (odds[number] + opinion.tactics - MARGIN) / 2
                hopeful[number] = True
        return odds, hopeful

    def on_assertion(self, scores: int, sentence: tuple[int, int]) -> int:
        """Return the packed scores of a passage of a sentence, the encoder's added where they are in doubt."""
        opinion = self.on(*sentence) if doubted(scores) else None
        return scores + packed_odds(opinion.assertions) if opinion else scores
