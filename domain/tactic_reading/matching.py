"""Finds in each sentence the tactics it speaks of: the rules propose, the model proposes too, and doubts the rules."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from domain.tactic_reading.checks import CHECKS
from domain.tactic_reading.concepts import Concepts
from domain.tactic_reading.rules import Match, Rule, rule_book
from domain.tactic_reading.sentence_model import SentenceModel, sentence_model, sentence_places

# A check may look at the words just before and after the passage: 晚上 of 晚上十点打来 stands before 点.
AROUND = 12
# Log odds. What the model alone proposes must be likelier than not; a rule stands unless the model thinks it absurd.
ABSURD = -1.7
VISIT_CODES = ("visit", "visit_intrusive")
# So many of one rule are looked at in a sentence, which may first announce a visit and then tell of it.
MOST_VISITS = 4
NOTHING = re.compile("(?!)")
# Told by the same words: what is a bombing is no mere frequency, what goes to all contacts is not said of each again.
SWALLOWED = {
    "call_sms_bombing": ("excessive_call_frequency", "prohibited_hours_contact"),
    "contact_book_blasting": (),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text: its concepts [first, last) and its odds, packed; the rest is of the whole text."""

    symbols: str
    starts: Sequence[int]
    ends: Sequence[int]
    characters: Sequence[int]
    first: int
    last: int
    odds: int


def find_matches(folded: str, concepts: Concepts, speaker: str, characters: Sequence[int]) -> list[Match]:
    """Return the matches of every sentence in the order of the text; of each code one to a sentence, of visits each.

    `characters` are the codes of the characters of the folded text.
    """
    model, book = sentence_model(), rule_book()
    symbols = concepts.symbols
    places = [*sentence_places(concepts, len(folded))]
    held = [book.held(symbols[first:last]) for first, last, _, _ in places]
    found: list[Match] = []
    for number, (first, last, start, end) in enumerate(places):
        if first == last:
            continue
        following = min(number + 1, len(places) - 1)
        rules = book.rules_for(held[number], held[following])
        here = _by_rules(rules, folded, concepts, speaker, (first, last, places[following][1])) if rules else []
        odds = model.score(symbols[first:last], characters[start:end])
        likely = model.likely(odds)
        if here or likely:
            sentence = Sentence(symbols, concepts.starts, concepts.ends, characters, first, last, odds)
            found += _weighed(here, likely, sentence, model)
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
        found = 0
        for match in rule.pattern.finditer(symbols, first, beyond if rule.spans else last):
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
    return matches


def _weighed(here: list[Match], likely: list[int], sentence: Sentence, model: SentenceModel) -> list[Match]:
    """Return the rules' matches that the model does not think absurd, and what it is sure of by itself."""
    numbers, odds = model.numbers, sentence.odds
    kept = [match for match in here if match.rule.plain or model.odds(odds, numbers[match.rule.code]) > ABSURD]
    codes = {match.rule.code for match in kept}
    proposed = [number for number in likely if model.codes[number] not in codes]
    clauses = _clauses(sentence, model) if proposed else []
    for number in proposed:
        code = model.codes[number]
        if code != "visit_intrusive" or model.odds(odds, number) >= model.odds(odds, numbers["visit"]):
            left, right, _ = max(clauses, key=lambda clause: model.odds(clause[2], number))
            kept.append(Match(_learnt(code), left, right))
            codes.add(code)
    if not codes & SWALLOWED.keys():
        return kept
    gone = {code for swallower in codes & SWALLOWED.keys() for code in SWALLOWED[swallower]}
    if "contact_book_blasting" in codes:
        kept = [m for m in kept if m.rule.code != "social_circle_contact" or "receive" not in m.rule.text]
    return [match for match in kept if match.rule.code not in gone]


def _clauses(sentence: Sentence, model: SentenceModel) -> list[tuple[int, int, int]]:
    """Return the clauses of a sentence as (first, last, packed odds): that which says most of a code is its passage."""
    symbols, start = sentence.symbols, sentence.first
    if symbols.find(",", start, sentence.last) < 0:
        return [(start, sentence.last, sentence.odds)]
    clauses = []
    while start <= sentence.last:
        comma = symbols.find(",", start, sentence.last)
        end = comma if comma >= 0 else sentence.last
        if end > start:
            characters = sentence.characters[sentence.starts[start] : sentence.ends[end - 1]]
            clauses.append((start, end, model.score(symbols[start:end], characters)))
        start = end + 1
    return clauses or [(sentence.first, sentence.last, sentence.odds)]


_LEARNT: dict[str, Rule] = {}


def _learnt(code: str) -> Rule:
    if code not in _LEARNT:
        _LEARNT[code] = Rule(code, "of the model", NOTHING, (), "", "", False, False)
    return _LEARNT[code]
