"""Weighs what the rules found in each sentence against the model, which proposes too, and doubts the rules."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from domain.tactic_reading.lexicon.concepts import CLAUSE, Concepts
from domain.tactic_reading.rules.rule import Match, Rule
from domain.tactic_reading.sentences.sentence_model import Place, WeighedText, sentence_model

Array = np.ndarray[Any, Any]
# Log odds. What the model alone proposes must be likelier than not; a rule stands unless the model thinks it absurd.
ABSURD = -2.0
NOTHING = re.compile("(?!)")
# Told by the same words: what is a bombing is no mere frequency, what goes to all contacts is not said of each again.
SWALLOWED = {
    "call_sms_bombing": ("excessive_call_frequency", "prohibited_hours_contact"),
    "contact_book_blasting": (),
}


class Sentence(NamedTuple):
    """A sentence, whether the line leaves it hope, which codes are absurd (bits), and what the rules found in it."""

    place: Place
    hopeful: bool
    absurd: int
    ruled: list[Match]


def weighed(sentences: Sequence[Sentence], odds: Array, concepts: Concepts, text: WeighedText) -> list[Match]:
    """Return the rules' matches that the model does not think absurd, and what it is sure of by itself.

    A sentence without hope in which no rule holds is passed by.
    """
    numbers = sentence_model().numbers
    kept = {
        number: [match for match in ruled if not absurd >> numbers[match.rule.code] & 1 or match.rule.plain]
        for number, (_, hopeful, absurd, ruled) in enumerate(sentences)
        if hopeful or ruled
    }
    for sentence, matches in _passages(sentences, _proposed(odds, kept), concepts, text):
        kept[sentence] += matches
    return [match for matches in kept.values() for match in _without_swallowed(matches)]


def _proposed(odds: Array, kept: dict[int, list[Match]]) -> dict[int, list[str]]:
    """Return the codes that the model is sure of in sentences, beside those that the rules found there."""
    codes, numbers = sentence_model().codes, sentence_model().numbers
    likely = odds > 0
    likely[:, numbers["visit_intrusive"]] &= odds[:, numbers["visit_intrusive"]] >= odds[:, numbers["visit"]]
    proposed: dict[int, list[str]] = {}
    for sentence, number in zip(*[places.tolist() for places in likely.nonzero()], strict=True):
        code = codes[number]
        if sentence in kept and all(match.rule.code != code for match in kept[sentence]):
            proposed.setdefault(sentence, []).append(code)
    return proposed


def _passages(
    sentences: Sequence[Sentence], proposed: dict[int, list[str]], concepts: Concepts, text: WeighedText
) -> Iterator[tuple[int, list[Match]]]:
    """Yield what is proposed of each sentence with its passage: the clause that says most of it."""
    model, clauses = sentence_model(), {one: clauses_of(sentences[one].place, concepts) for one in proposed}
    asked = [clause for some in clauses.values() if len(some) > 1 for clause in some]
    line, told = model.line(text, asked).tolist() if asked else [], 0
    for sentence, some in clauses.items():
        rows = line[told : told + len(some)] if len(some) > 1 else []
        told += len(rows)
        matches = []
        for code in proposed[sentence]:
            says = [row[model.numbers[code]] for row in rows]
            matches.append(Match(_learnt(code), *some[says.index(max(says)) if says else 0][:2]))
        yield sentence, matches


def clauses_of(place: Place, concepts: Concepts) -> list[Place]:
    """Return the clauses of a sentence: all of it where no comma parts it."""
    start, last, _, _ = place
    clauses = []
    while start <= last:
        comma = concepts.symbols.find(CLAUSE, start, last)
        end = last if comma < 0 else comma
        if end > start:
            clauses.append((start, end, concepts.starts[start], concepts.ends[end - 1]))
        start = end + 1
    return clauses or [place]


def _without_swallowed(matches: list[Match]) -> list[Match]:
    """Drop what another tactic of the same sentence says already."""
    codes = {match.rule.code for match in matches}
    if not codes & SWALLOWED.keys():
        return matches
    gone = {code for swallower in codes & SWALLOWED.keys() for code in SWALLOWED[swallower]}
    if "contact_book_blasting" in codes:
        matches = [m for m in matches if m.rule.code != "social_circle_contact" or "receive" not in m.rule.text]
    return [match for match in matches if match.rule.code not in gone]


@cache
def _learnt(code: str) -> Rule:
    return Rule(code, "of the model", NOTHING, (), "", "", False, False, False)
