"""Finds the tactics that a folded text speaks of, how each passage asserts them, and whether it is about collection."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from operator import attrgetter
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
from domain.tactic_reading.assertions.assertion_model import (
    COUNTED_ASSERTIONS,
    likeliest,
    passage_sum,
    passage_values,
    text_sum,
    text_values,
)
from domain.tactic_reading.assertions.hearsay import teller_of
from domain.tactic_reading.lexicon.coded_text import Array, codes_of
from domain.tactic_reading.lexicon.concepts import Concepts, read_concepts
from domain.tactic_reading.matching import find_matches
from domain.tactic_reading.named_tactics import NamedTactic, as_threats, with_outcomes, without_residue
from domain.tactic_reading.outcomes.announced import announced
from domain.tactic_reading.outcomes.outcome import ThreatOutcome, outcomes_of
from domain.tactic_reading.rules.rule import Match
from domain.tactic_reading.second_opinion import SecondOpinion
from domain.tactic_reading.sentences.sentence_features import sentence_around
from domain.tactic_reading.speakers.quotes import Quotes
from domain.tactic_reading.speakers.relevance import relevance_features, speaks_of_a_debt, speaks_of_collection
from domain.tactic_reading.speakers.speaker import (
    ADVICE,
    BORROWER,
    MESSAGE,
    ConceptCounts,
    count_concepts,
    guessed_speaker,
    is_an_offer,
    speaker_of,
    speaks_to_the_debtor,
)
from domain.tactic_reading.speakers.text_model import (
    LIVED,
    RELEVANT,
    character_features,
    text_features,
    text_marks,
    weigh,
    weigh_beside,
)
from domain.tactic_reading.told_apart import joined, told_apart, with_what_happened
from domain.tactic_reading.visits.visit import resolve_visits

# The score of relevance below which a text tells no tactic at all: to ring one's mother of an evening is none.
STRANGE = 0.0
# The score below which nothing of a text is counted: it fears, asks, denies, passes on or advises (0011).
HARDLY_LIVED = -0.5
# What a place where people tell of collection adds to it: 还打给我妈和我妹妹 may be about anything elsewhere (0011).
WRITTEN_ON_COLLECTION = 1.0
MYSELF = ord("我")  # longer words swallow its concept: 让我扫
# Characters: what stands so far around a passage is asked where a whole long text is strange, since one sentence on
# collectors may stand in a letter about everything; passages nearer to each other are asked together.
NEAR, LONGEST_NEAR = 24, 300


class _Passage(NamedTuple):
    """A match at [start, end) of the folded text; what the rules take it for, and the model's packed scores."""

    match: Match
    start: int
    end: int
    scope: Scope
    quoted: bool
    guess: str
    scores: int


@dataclass(frozen=True, slots=True)
class TacticReading:
    """What a folded text says of tactics, who speaks in it, and what became of its threats."""

    tactics: list[NamedTactic] = field(default_factory=list)
    speaker: str = BORROWER
    relevant: bool = False
    threats: list[ThreatOutcome] = field(default_factory=list)


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


def read_tactics(
    folded: str, kind: str, lenders: Collection[str] = (), subjects: int = 0, on_collection: bool = False
) -> TacticReading:
    """Return what the text says of tactics.

    `kind` (complaint, article) decides only where the text shows no speaker; `lenders` are the names that stand for
    lenders in it, folded; `subjects` is how many lenders it is about; `on_collection` says that it was written where
    people tell of collection: to a lender they named, or to ask whether a message is true.
    """
    reading = _read_tactics(folded, kind, lenders, subjects, on_collection)
    kept = told_apart(folded) if kind != "article" else []
    if not kept or not (reading.relevant or subjects or kept[0][0] or speaks_of_collection(folded)):
        return reading
    apart = _read_tactics(joined(folded, kept), kind, lenders, subjects, on_collection)
    lived = apart.tactics if apart.speaker == BORROWER else []
    tactics = with_what_happened(reading.tactics, lived, folded, kept)
    return replace(reading, tactics=tactics, relevant=reading.relevant or tactics != reading.tactics)


def _read_tactics(
    folded: str, kind: str, lenders: Collection[str], subjects: int, on_collection: bool, in_doubt: bool = True
) -> TacticReading:
    # Of an article nothing is ever counted, so what is doubtful in it is not worth the encoder's milliseconds.
    opinion = SecondOpinion(folded) if in_doubt and kind != "article" else None
    read = text_of(folded, kind, lenders)
    matches, overruled = _found(folded, read, opinion)
    passages = [_passage(match, read, opinion) for match in matches]
    named = [_named(passage, read) for passage in passages]
    beside = weigh_beside(_beside(named, subjects))
    lived = read.scores[LIVED] + beside[LIVED] > HARDLY_LIVED
    tactics = without_residue(named if lived else [_named(passage, read, lived) for passage in passages])
    spoken = [_named(_passage(match, read, opinion), read, lived) for match in overruled]
    told = sorted([*tactics, *spoken], key=attrgetter("start"))
    threats = outcomes_of(told, folded, read.quotes, read.speaker)
    if (
        lived
        and any(threat.outcome for threat in threats)
        and not any(tactic.assertion == "collector_threat" for tactic in told)
    ):
        tactics = as_threats(tactics, announced(tactics, folded))
    relevance = read.scores[RELEVANT] + beside[RELEVANT] + (WRITTEN_ON_COLLECTION if on_collection else 0.0)
    relevant = relevance > 0
    if relevance < STRANGE and kind != "article":
        tactics = _on_collection(tactics, folded, kind, lenders) if len(folded) > LONGEST_NEAR else []
        relevant = bool(tactics)
        if not tactics:
            return TacticReading([], read.speaker)
    if kind == "article":
        # An advert that promises an end of 催收 speaks of it too; a short neutral notice has no sign of an advert.
        relevant = speaks_of_collection(folded) and (relevant or not is_an_offer(read.scores, read.counts))
    return TacticReading(with_outcomes(tactics, threats, folded), read.speaker, relevant, threats)


def weighed_features(folded: str, lenders: Collection[str], subjects: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return what the model weighs of a text, and what it weighs beside it of the tactics found; for training.

    Who speaks is asked before any tactic is found. The encoder is not asked: it has learnt these texts by heart.
    """
    read = text_of(folded, "complaint", lenders)
    matches, _ = _found(folded, read)
    beside = _beside([_named(_passage(match, read), read) for match in matches], subjects)
    values = text_features(folded, read.concepts, read.counts, guessed_speaker(folded, read.counts))
    characters, weight = character_features(folded)
    return values | dict.fromkeys(characters, weight), beside


def _found(folded: str, read: ReadText, opinion: SecondOpinion | None = None) -> tuple[list[Match], list[Match]]:
    """Return the matches of a text, and those that a visit told more exactly has overruled."""
    matches = find_matches(folded, read.concepts, read.speaker, read.characters, opinion)
    return resolve_visits(matches, folded, read.concepts, read.speaker, read.quotes)


def _beside(named: Collection[NamedTactic], subjects: int) -> dict[str, float]:
    told = {tactic.code for tactic in named if tactic.assertion in COUNTED_ASSERTIONS}
    return relevance_features({tactic.code for tactic in named}, told, subjects)


def read_passage(read: ReadText, code: str, first: int, last: int) -> dict[str, float]:
    """Return what the model of assertions weighs of the concepts [first, last), which speak of `code`."""
    scope = scope_of(read.concepts, first, last)
    quoted = read.quotes.hold(read.concepts.starts[first])
    guess = assertion_of(code, scope, read.speaker, quoted)
    return passage_values(code, guess, read.speaker, scope, quoted)


def _passage(match: Match, read: ReadText, opinion: SecondOpinion | None = None) -> _Passage:
    rule, first, last = match
    start, scope = read.concepts.starts[first], scope_of(read.concepts, first, last)
    quoted = read.quotes.hold(start)
    guess = assertion_of(rule.code, scope, read.speaker, quoted, rule.said)
    scores = read.total + passage_sum(rule.code, guess, read.speaker, scope, quoted)
    if opinion and not _is_plain_threat(rule.code, scores, guess, scope, quoted, read):
        scores = opinion.on_assertion(scores, sentence_around(read.concepts, first, len(read.characters)))
    return _Passage(match, start, read.concepts.ends[last - 1], scope, quoted, guess, scores)


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


def _named(passage: _Passage, read: ReadText, lived: bool = True) -> NamedTactic:
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


def _by_teller(assertion: str, passage: _Passage, read: ReadText) -> str:
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


def _on_collection(tactics: list[NamedTactic], folded: str, kind: str, lenders: Collection[str]) -> list[NamedTactic]:
    """Return those tactics whose surroundings are about collection by themselves."""
    kept: list[NamedTactic] = []
    group: list[NamedTactic] = []
    for tactic in [*tactics, None]:
        if group and (tactic is None or tactic.end > group[0].start + LONGEST_NEAR - 2 * NEAR):
            around = folded[max(0, group[0].start - NEAR) : group[-1].end + NEAR][:LONGEST_NEAR]
            # The encoder is asked so often of one text, not of each of its pieces.
            if speaks_of_a_debt(around) and _read_tactics(around, kind, lenders, 0, False, in_doubt=False).relevant:
                kept += group
            group = []
        if tactic is not None:
            group.append(tactic)
    return kept
