"""Finds in each sentence the tactics it speaks of: the rules propose, the model proposes too, and doubts the rules."""

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from domain.tactic_reading.checks import CHECKS
from domain.tactic_reading.coded_text import CodedText
from domain.tactic_reading.concepts import CLAUSE, Concepts
from domain.tactic_reading.rules import Match, Rule, rule_book
from domain.tactic_reading.sentence_model import empty_symbols, sentence_model, sentence_places

# A check may look at the words just before and after the passage: 晚上 of 晚上十点打来 stands before 点.
AROUND = 12
# Log odds. What the model alone proposes must be likelier than not; a rule stands unless the model thinks it absurd.
ABSURD = -2.0
VISIT_CODES = ("visit", "visit_intrusive")
# So many of one rule are looked at in a sentence, which may first announce a visit and then tell of it.
MOST_VISITS = 4
NOTHING = re.compile("(?!)")
# Told by the same words: what is a bombing is no mere frequency, what goes to all contacts is not said of each again.
SWALLOWED = {
    "call_sms_bombing": ("excessive_call_frequency", "prohibited_hours_contact"),
    "contact_book_blasting": (),
}


class Sentence(NamedTuple):
    """A sentence: its concepts [first, last), its symbols [left, right) of the coded text, and each code's odds."""

    first: int
    last: int
    left: int
    right: int
    odds: list[float]


def find_matches(folded: str, concepts: Concepts, speaker: str, characters: Sequence[int]) -> list[Match]:
    """Return the matches of every sentence in the order of the text; of each code one to a sentence, of visits each.

    `characters` are the codes of the characters of the folded text.
    """
    model, book = sentence_model(), rule_book()
    coded = CodedText(concepts.stops, empty_symbols(), folded, characters)
    places = [*sentence_places(concepts, len(folded))]
    held = book.held(concepts.symbols, places)
    found: list[Match] = []
    for number, ((first, last, start, end), (left, right)) in enumerate(zip(places, coded.sentences(), strict=True)):
        if first == last:
            continue
        following = min(number + 1, len(places) - 1)
        rules = book.rules_for(held[number], held[following])
        here = _by_rules(rules, folded, concepts, speaker, (first, last, places[following][1])) if rules else []
        told = model.told(coded.near(left, right))
        if not here and model.is_hopeless(told):
            continue
        packed = model.score(told, coded.spelled(start, end))
        if not here and model.is_hopeless(packed):
            continue
        odds = model.odds(packed, end - start)
        likely = [number for number, chance in enumerate(odds) if chance > 0]
        if here or likely:
            found += _weighed(here, likely, Sentence(first, last, left, right, odds), concepts, coded)
    found.sort(key=attrgetter("first", "last"))
    return found


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


def _weighed(
    here: list[Match], likely: list[int], sentence: Sentence, concepts: Concepts, coded: CodedText
) -> list[Match]:
    """Return the rules' matches that the model does not think absurd, and what it is sure of by itself."""
    model, odds = sentence_model(), sentence.odds
    numbers = model.numbers
    kept = [match for match in here if match.rule.plain or odds[numbers[match.rule.code]] > ABSURD]
    codes = {match.rule.code for match in kept}
    proposed = [number for number in likely if model.codes[number] not in codes]
    clauses = _clauses(sentence, concepts, coded) if proposed else []
    for number in proposed:
        code = model.codes[number]
        if code != "visit_intrusive" or odds[number] >= odds[numbers["visit"]]:
            left, right, _ = max(clauses, key=lambda clause: model.odds_by_line(clause[2], number))
            kept.append(Match(_learnt(code), left, right))
            codes.add(code)
    if not codes & SWALLOWED.keys():
        return kept
    gone = {code for swallower in codes & SWALLOWED.keys() for code in SWALLOWED[swallower]}
    if "contact_book_blasting" in codes:
        kept = [m for m in kept if m.rule.code != "social_circle_contact" or "receive" not in m.rule.text]
    return [match for match in kept if match.rule.code not in gone]


def _clauses(sentence: Sentence, concepts: Concepts, coded: CodedText) -> list[tuple[int, int, int]]:
    """Return the clauses of a sentence as (first, last, packed odds): that which says most of a code is its passage."""
    start, last, left, right, _ = sentence
    if concepts.symbols.find(CLAUSE, start, last) < 0:
        return [(start, last, 0)]
    model, clauses = sentence_model(), []
    while start <= last:
        end, after = _comma(concepts.symbols, start, last), _comma(coded.symbols, left, right)
        if end > start:
            spelled = coded.spelled(concepts.starts[start], concepts.ends[end - 1])
            clauses.append((start, end, model.score(model.told(coded.near(left, after)), spelled)))
        start, left = end + 1, after + 1
    return clauses or [(sentence.first, last, 0)]


def _comma(symbols: str, start: int, end: int) -> int:
    place = symbols.find(CLAUSE, start, end)
    return place if place >= 0 else end


_LEARNT: dict[str, Rule] = {}


def _learnt(code: str) -> Rule:
    if code not in _LEARNT:
        _LEARNT[code] = Rule(code, "of the model", NOTHING, (), "", "", False, False)
    return _LEARNT[code]
