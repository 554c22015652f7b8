"""Finds in each sentence the tactics it speaks of: the rules propose, the model proposes too, and doubts the rules."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

import numpy as np

from domain.tactic_reading.checks import CHECKS, is_by_day
from domain.tactic_reading.concepts import Concepts
from domain.tactic_reading.packed_rows import MOST_STRETCHES
from domain.tactic_reading.rules import Match, Rule, rule_book
from domain.tactic_reading.sentence_features import sentence_places
from domain.tactic_reading.sentence_model import sentence_model
from domain.tactic_reading.weighing import Sentence, weighed

Array = np.ndarray[Any, Any]
# A check may look at the words just before and after the passage: 晚上 of 晚上十点打来 stands before 点.
AROUND = 12
VISIT_CODES = ("visit", "visit_intrusive")
# So many of one rule are looked at in a sentence, which may first announce a visit and then tell of it.
MOST_VISITS = 4


def find_matches(folded: str, concepts: Concepts, speaker: str, characters: Array) -> list[Match]:
    """Return the matches of every sentence in the order of the text; of each code one to a sentence, of visits each.

    `characters` are the codes of the characters of the folded text.
    """
    text = sentence_model().weighed(folded, concepts, characters)
    found: list[Match] = []
    for sentences in _batches(_ruled(folded, concepts, speaker)):
        odds = sentence_model().odds(text, [one.place for one in sentences], [bool(one.ruled) for one in sentences])
        found += [
            match for match in weighed(sentences, odds, concepts, text) if not _is_by_day(match, folded, concepts)
        ]
    found.sort(key=attrgetter("first", "last"))
    return found


def _is_by_day(match: Match, folded: str, concepts: Concepts) -> bool:
    """Whether the model alone takes an hour of the day for one of the night: Larkfield called at 11 am, very polite."""
    if match.rule.code != "prohibited_hours_contact" or match.rule.needs:
        return False
    start, end = concepts.starts[match.first], concepts.ends[match.last - 1]
    return is_by_day(folded[max(0, start - AROUND) : end + AROUND])


def _ruled(folded: str, concepts: Concepts, speaker: str) -> Iterator[Sentence]:
    """Yield the sentences that hold concepts with what the rules find in them."""
    places, book = [*sentence_places(concepts, len(folded))], rule_book()
    held = book.held(concepts.symbols, places)
    for number, place in enumerate(places):
        if place[0] < place[1]:
            following = min(number + 1, len(places) - 1)
            rules = book.rules_for(held[number], held[following])
            beyond = places[following][1]
            yield Sentence(place, _by_rules(rules, folded, concepts, speaker, (*place[:2], beyond)) if rules else [])


def _batches(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Yield sentences together up to so many characters, that a megabyte takes no more memory than a page."""
    batch: list[Sentence] = []
    size = 0
    for sentence in sentences:
        _, _, start, end = sentence.place
        size += end - start + 1
        if batch and 2 * size > MOST_STRETCHES:
            yield batch
            batch, size = [], end - start + 1
        batch.append(sentence)
    yield batch


def _by_rules(
    rules: list[Rule], folded: str, concepts: Concepts, speaker: str, place: tuple[int, int, int]
) -> list[Match]:
    """Return what the rules find that begins in the sentence; `place` is its (first, last) and the next one's last."""
    symbols, starts, ends = concepts.symbols, concepts.starts, concepts.ends
    first, last, beyond = place
    matches: list[Match] = []
    done: set[str] = set()
    for rule in rules:
        if rule.code in done or (rule.speaker and rule.speaker != speaker):
            continue
        found, limit, search = 0, beyond if rule.spans else last, rule.pattern.search
        match = search(symbols, first, limit)
        while match:
            left, right = match.span()
            if left >= last:
                break
            around = folded[max(0, starts[left] - AROUND) : ends[right - 1] + AROUND] if rule.check else ""
            if not rule.check or CHECKS[rule.check](around):
                matches.append(Match(rule, left, right))
                found += 1
                if rule.code not in VISIT_CODES:
                    done.add(rule.code)
                if rule.code in done or found == MOST_VISITS:
                    break
            match = search(symbols, right, limit)
    return matches
