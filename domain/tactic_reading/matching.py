"""Finds in each sentence the tactics it speaks of: the model proposes, and the rules that it does not think absurd."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

import numpy as np

from domain.tactic_reading.lexicon.concepts import Concepts
from domain.tactic_reading.rules.checks import CHECKS, is_by_day, is_the_callers_order
from domain.tactic_reading.rules.rule import Match, Rule, rule_book
from domain.tactic_reading.second_opinion import SecondOpinion
from domain.tactic_reading.sentences.sentence_features import sentence_places
from domain.tactic_reading.sentences.sentence_model import LONGEST_OF_UNITS, Place, WeighedText, sentence_model
from domain.tactic_reading.weighing import ABSURD, Sentence, clauses_of, weighed
from domain.tactic_reading.weights.packed_rows import MOST_STRETCHES

Array = np.ndarray[Any, Any]
# A check may look at the words just before and after the passage: 晚上 of 晚上十点打来 stands before 点.
AROUND = 12
VISIT_CODES = ("visit", "visit_intrusive")
# Log odds of a clause by itself above which a rule that found the same in its sentence is heard.
LIKELY_OF_A_CLAUSE = 0.5
# What joins one more doing to those that its sentence tells already; it stands right behind the comma.
JOINED = re.compile(
    r"(?:他们?|我们?|你)?(?:还|又|并|同时|顺便|顺带|顺手|另外|接着|然后|后来|再(?!不)|也)|\s*(?:and|then|also)\b"
)
# So many of one rule are looked at in a sentence, which may first announce a visit and then tell of it.
MOST_VISITS = 4


def find_matches(
    folded: str, concepts: Concepts, speaker: str, characters: Array, opinion: SecondOpinion | None = None
) -> list[Match]:
    """Return the matches of every sentence in the order of the text; of each code one to a sentence, of visits each.

    `characters` are the codes of the characters of the folded text; `opinion`, where one is given, is asked about
    what the model doubts.
    """
    places, model, book = [*sentence_places(concepts, len(folded))], sentence_model(), rule_book()
    can = book.can_hold(concepts.symbols, places)
    found: list[Match] = []
    for batch in _batches(places):
        here = [places[number] for number in batch]
        (first, _, start, _), (_, last, _, end) = here[0], here[-1]
        text = model.weighed(folded, concepts, characters, (first, last, start, end))
        odds, hopeful = model.odds(text, here)
        judged = _judged(odds)
        if opinion:
            odds, hopeful = opinion.on_tactics(here, odds, hopeful)
            judged = _judged(_with_clauses(odds, here, [can[number] for number in batch], text, concepts, folded))
        sentences = []
        for number, place, hope, absurd, likely in zip(batch, here, hopeful.tolist(), *judged, strict=True):
            # What is asked in vain of a sentence without hope decides whether the model is heard on it.
            rules = book.rules_among(can[number], 0 if likely and not hope else _rules_of(absurd))
            beyond = places[min(number + 1, len(places) - 1)][1]
            ruled = _by_rules(rules, folded, concepts, speaker, (*place[:2], beyond)) if rules else []
            sentences.append(Sentence(place, hope, absurd, ruled))
        found += weighed(sentences, odds, concepts, text)
    found = [match for match in found if not _is_something_else(match, folded, concepts)]
    found.sort(key=attrgetter("first", "last"))
    return found


def _with_clauses(
    odds: Array, here: Sequence[Place], can: Sequence[int], text: WeighedText, concepts: Concepts, folded: str
) -> Array:
    """Return the odds of sentences, but even where a clause by itself makes likely what is absurd of its sentence.

    骂我是老赖, 顺便打电话到我公司: the longer the sentence, the more the model doubts the second thing that it tells,
    and no rule that found it would be heard. `can` are the bits of the rules that each sentence can satisfy.
    """
    absurd, _ = _judged(odds)
    asked = [
        (number, clause)
        for number, place in enumerate(here)
        if can[number] & _rules_of(absurd[number]) and place[3] - place[2] <= LONGEST_OF_UNITS
        for clause in clauses_of(place, concepts)
        if clause != place and JOINED.match(folded, concepts.ends[max(0, clause[0] - 1)])
    ]
    if not asked:
        return odds
    told, _ = sentence_model().odds(text, [clause for _, clause in asked])
    best = np.full_like(odds, -np.inf)
    np.maximum.at(best, [number for number, _ in asked], told)
    return np.where((odds <= ABSURD) & (best > LIKELY_OF_A_CLAUSE), 0.0, odds)


def _judged(odds: Array) -> tuple[list[int], list[bool]]:
    """Return for each sentence the codes that its odds make absurd, as bits, and whether they make one likely."""
    absurd = np.packbits(odds <= ABSURD, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in absurd], (odds.max(axis=1) > 0).tolist()


@lru_cache(maxsize=4096)
def _rules_of(codes: int) -> int:
    """Return the bits of the rules of the codes with these bits."""
    return rule_book().bits_of(code for number, code in enumerate(sentence_model().codes) if codes >> number & 1)


def _is_something_else(match: Match, folded: str, concepts: Concepts) -> bool:
    """Whether a match speaks of an hour of the day, or of what the collector wants to stop.

    Larkfield called at 11 am, very polite: only the model alone takes that for a forbidden hour.
    """
    by_the_model, code = not match.rule.needs, match.rule.code
    if code != "contact_after_stop_request" and not (code == "prohibited_hours_contact" and by_the_model):
        return False
    start, end = concepts.starts[match.first], concepts.ends[match.last - 1]
    around = folded[max(0, start - AROUND) : end + AROUND]
    return is_by_day(around) if code == "prohibited_hours_contact" else is_the_callers_order(around)


def _batches(places: Sequence[Place]) -> Iterator[list[int]]:
    """Yield the numbers of sentences that hold concepts, together up to so many characters.

    So a megabyte takes no more memory than a page.
    """
    batch: list[int] = []
    begin = 0
    for number, (first, last, start, end) in enumerate(places):
        if first < last:
            if batch and 2 * (end - begin) > MOST_STRETCHES:
                yield batch
                batch = []
            if not batch:
                begin = start
            batch.append(number)
    if batch:
        yield batch


def _by_rules(
    rules: Iterable[Rule], folded: str, concepts: Concepts, speaker: str, place: tuple[int, int, int]
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
