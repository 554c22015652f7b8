"""Finds in each sentence the tactics it speaks of: the rules propose, the model proposes too, and doubts the rules."""

import re
from collections.abc import Iterator

from domain.tactic_reading.checks import CHECKS
from domain.tactic_reading.concepts import Concepts
from domain.tactic_reading.rules import Match, Rule, rule_book
from domain.tactic_reading.sentence_model import SentenceModel, sentence_model, sentence_places

# A check may look at the words just before and after the passage: 晚上 of 晚上十点打来 stands before 点.
AROUND = 12
# Log odds. What the model alone proposes must be likelier than not; a rule stands unless the model thinks it absurd.
SURE, ABSURD = 0.0, -1.7
VISIT_CODES = ("visit", "visit_intrusive")
# So many of one rule are looked at in a sentence, which may first announce a visit and then tell of it.
MOST_VISITS = 4
NOTHING = re.compile("(?!)")
# Told by the same words: what is a bombing is no mere frequency, what goes to all contacts is not said of each again.
SWALLOWED = {
    "call_sms_bombing": ("excessive_call_frequency", "prohibited_hours_contact"),
    "contact_book_blasting": (),
}


def find_matches(folded: str, concepts: Concepts, speaker: str) -> list[Match]:
    """Return the matches of every sentence in the order of the text; of each code one to a sentence, of visits each."""
    model = sentence_model()
    symbols = concepts.symbols
    places = list(sentence_places(concepts, len(folded)))
    found: list[Match] = []
    for number, (first, last, start, end) in enumerate(places):
        if first == last:
            continue
        beyond = places[number + 1][1] if number + 1 < len(places) else last
        here = list(_by_rules(folded, concepts, speaker, first, last, beyond))
        odds = model.scores(symbols[first:last], folded[start:end])
        found += _weighed(here, odds, model, concepts, folded, (first, last))
    return sorted(found, key=lambda match: (match.first, match.last))


def _by_rules(folded: str, concepts: Concepts, speaker: str, first: int, last: int, beyond: int) -> Iterator[Match]:
    """Yield what the rules find that begins in the sentence [first, last)."""
    symbols, starts, ends = concepts.symbols, concepts.starts, concepts.ends
    done: set[str] = set()
    for rule in rule_book().rules_for(symbols[first:beyond]):
        if rule.code in done or (rule.speaker and rule.speaker != speaker):
            continue
        found = 0
        for match in rule.pattern.finditer(symbols, first, beyond if rule.spans else last):
            left, right = match.span()
            if left >= last:
                break
            around = folded[max(0, starts[left] - AROUND) : ends[right - 1] + AROUND] if rule.check else ""
            if not rule.check or CHECKS[rule.check](around):
                yield Match(rule, left, right)
                found += 1
                if rule.code not in VISIT_CODES:
                    done.add(rule.code)
                if rule.code in done or found == MOST_VISITS:
                    break


def _weighed(
    here: list[Match], odds: list[float], model: SentenceModel, concepts: Concepts, folded: str, place: tuple[int, int]
) -> list[Match]:
    """Return the rules' matches that the model does not think absurd, and what it is sure of by itself."""
    numbers = model.numbers
    kept = [match for match in here if odds[numbers[match.rule.code]] > ABSURD or match.rule.plain]
    codes = {match.rule.code for match in kept}
    if max(odds) > SURE:
        for number, likelihood in enumerate(odds):
            code = model.codes[number]
            calm = code == "visit_intrusive" and likelihood < odds[numbers["visit"]]
            if likelihood > SURE and code not in codes and not calm:
                left, right = _passage(number, model, concepts, folded, place)
                kept.append(Match(_learnt(code), left, right))
                codes.add(code)
    if not codes & SWALLOWED.keys():
        return kept
    gone = {code for swallower in codes & SWALLOWED.keys() for code in SWALLOWED[swallower]}
    if "contact_book_blasting" in codes:
        kept = [m for m in kept if m.rule.code != "social_circle_contact" or "receive" not in m.rule.text]
    return [match for match in kept if match.rule.code not in gone]


def _passage(
    number: int, model: SentenceModel, concepts: Concepts, folded: str, place: tuple[int, int]
) -> tuple[int, int]:
    """Return the clause of the sentence that speaks of the code most."""
    first, last = place
    if "," not in concepts.symbols[first:last]:
        return place
    best, clause = -1e9, (first, last)
    start = first
    for end in (*(i for i in range(first, last) if concepts.symbols[i] == ","), last):
        if end > start:
            text = folded[concepts.starts[start] : concepts.ends[end - 1]]
            score = model.scores(concepts.symbols[start:end], text)[number]
            if score > best:
                best, clause = score, (start, end)
        start = end + 1
    return clause


_LEARNT: dict[str, Rule] = {}


def _learnt(code: str) -> Rule:
    if code not in _LEARNT:
        _LEARNT[code] = Rule(code, "of the model", NOTHING, (), "", "", False, False, frozenset())
    return _LEARNT[code]
