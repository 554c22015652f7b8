"""Tells how each passage of a text that was found to speak of a tactic asserts it."""

from typing import NamedTuple

from domain.tactic_reading.assertions.assertion import (
    Scope,
    advises,
    announces,
    assertion_of,
    denies,
    is_yet_to_come,
    scope_of,
    was_not_done,
)
from domain.tactic_reading.assertions.assertion_model import COUNTED_ASSERTIONS, likeliest, passage_sum, passage_values
from domain.tactic_reading.assertions.hearsay import teller_of
from domain.tactic_reading.named_tactics import NamedTactic
from domain.tactic_reading.read_text import ReadText
from domain.tactic_reading.rules.rule import Match
from domain.tactic_reading.second_opinion import SecondOpinion
from domain.tactic_reading.sentences.sentence_features import sentence_around
from domain.tactic_reading.speakers.speaker import BORROWER, MESSAGE

MYSELF = ord("我")  # longer words swallow its concept: 让我扫


class Passage(NamedTuple):
    """A match at [start, end) of the folded text; what the rules take it for, and the model's packed scores."""

    match: Match
    start: int
    end: int
    scope: Scope
    quoted: bool
    guess: str
    scores: int


def read_passage(read: ReadText, code: str, first: int, last: int) -> dict[str, float]:
    """Return what the model of assertions weighs of the concepts [first, last), which speak of `code`."""
    scope = scope_of(read.concepts, first, last)
    quoted = read.quotes.hold(read.concepts.starts[first])
    guess = assertion_of(code, scope, read.speaker, quoted)
    return passage_values(code, guess, read.speaker, scope, quoted)


def weighed_passage(match: Match, read: ReadText, opinion: SecondOpinion | None = None) -> Passage:
    rule, first, last = match
    start, scope = read.concepts.starts[first], scope_of(read.concepts, first, last)
    quoted = read.quotes.hold(start)
    guess = assertion_of(rule.code, scope, read.speaker, quoted, rule.said)
    scores = read.total + passage_sum(rule.code, guess, read.speaker, scope, quoted)
    if opinion and not _is_plain_threat(rule.code, scores, guess, scope, quoted, read):
        scores = opinion.on_assertion(scores, sentence_around(read.concepts, first, len(read.characters)))
    return Passage(match, start, read.concepts.ends[last - 1], scope, quoted, guess, scores)


def _is_plain_threat(code: str, scores: int, guess: str, scope: Scope, quoted: bool, read: ReadText) -> bool:
    """Whether rules and model agree that somebody threatens: what else the sentence says of it is its outcome.

    催收威胁要起诉我，后来到底有没有立案我不知道: the encoder, which sees all of it, takes that for a doubt.
    """
    if guess != "collector_threat" or not (quoted or announces(scope)):
        return False
    return _assertion(code, scores, guess, scope, quoted, read) == guess


def _assertion(
    code: str, scores: int, guess: str, scope: Scope, quoted: bool, read: ReadText, lived: bool = True
) -> str:
    """Return what scores make of a passage, or what the rules take it for where no word bears the scores out."""
    assertion = likeliest(scores, read.speaker, code, lived)
    baseless = lived and guess in COUNTED_ASSERTIONS and _is_baseless(assertion, guess, scope, quoted, read)
    return guess if baseless else assertion


def named_tactic(passage: Passage, read: ReadText, lived: bool = True) -> NamedTactic:
    """Return the tactic of a passage in a text that as a whole tells of something `lived` or threatened, or doesn't."""
    (rule, first, last), start, end, scope, quoted, guess, scores = passage
    assertion = _assertion(rule.code, scores, guess, scope, quoted, read, lived)
    if assertion == "first_hand_claim" and was_not_done(rule.code, read.folded, start):
        assertion = "denial"
    assertion = _by_teller(assertion, passage, read)
    # What is only announced was not made: 找人打断我的腿, 同时安排人上门.
    code = "visit_threatened" if (rule.code, assertion) == ("visit_actual", "collector_threat") else rule.code
    confidence = max(0.5, 0.95 - 0.03 * (last - first)) if rule.needs else 0.6
    return NamedTactic(code, assertion, start, end, round(confidence, 2), rule.reason)


def _by_teller(assertion: str, passage: Passage, read: ReadText) -> str:
    """Return an assertion by whose story it is: a friend's own is hearsay, what befell me is lived whoever saw it.

    What a message neither did already nor tells others there and then is still to come.
    """
    begin, finish = sentence_around(read.concepts, passage.match.first, len(read.folded))
    if read.speaker == MESSAGE and (assertion, passage.guess) == ("first_hand_claim", "collector_threat"):
        to_come = is_yet_to_come(read.folded, passage.start, passage.end, (begin, finish))
        return passage.guess if to_come else assertion
    if read.speaker == BORROWER and assertion in (*COUNTED_ASSERTIONS, "reported_claim"):
        teller = teller_of(read.folded, passage.start, passage.end, begin)
        if teller == "theirs":
            return "reported_claim"
        if teller == "mine" and assertion == "reported_claim":
            return passage.guess if passage.guess in COUNTED_ASSERTIONS else "first_hand_claim"
    return assertion


def _is_baseless(assertion: str, guess: str, scope: Scope, quoted: bool, read: ReadText) -> bool:
    """Whether no word bears out how the model takes a passage to assert, so that what the rules make of it stands."""
    match assertion:
        case "reported_claim":  # a story without a word of hearsay is nobody else's
            return not read.counts["heard"]
        case "denial":  # 我已经在你家楼下了: where no word denies nothing is denied
            return not denies(scope)
        case "collector_threat":  # 打爆了我的通讯录: what nobody announces is no threat
            return guess == "first_hand_claim" and not (quoted or announces(scope))
        case "advice":  # 发来一个收款码让我扫: without a word that advises or forbids, and no you, nobody is advised
            return MYSELF in read.characters and not advises(read.counts)
        case "opinion":  # 催收骂我，每天打三十个电话: who speaks of himself tells more than what he thinks of them
            return MYSELF in read.characters
    return False
