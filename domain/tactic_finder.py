"""Finds the tactics that a folded text speaks of, how each passage asserts them, and whether it is about collection."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from operator import attrgetter

from domain.tactic_reading.assertions.assertion_model import COUNTED_ASSERTIONS
from domain.tactic_reading.matching import find_matches
from domain.tactic_reading.named_tactics import NamedTactic, as_threats, with_outcomes, without_residue
from domain.tactic_reading.outcomes.announced import announced
from domain.tactic_reading.outcomes.outcome import ThreatOutcome, outcomes_of
from domain.tactic_reading.passages import named_tactic, weighed_passage
from domain.tactic_reading.read_text import ReadText, text_of
from domain.tactic_reading.rules.rule import Match
from domain.tactic_reading.second_opinion import SecondOpinion
from domain.tactic_reading.speakers.relevance import relevance_features, speaks_of_a_debt, speaks_of_collection
from domain.tactic_reading.speakers.speaker import BORROWER, is_an_offer
from domain.tactic_reading.speakers.text_model import LIVED, RELEVANT, weigh_beside
from domain.tactic_reading.told_apart import joined, told_apart, with_what_happened
from domain.tactic_reading.visits.visit import resolve_visits

# The score of relevance below which a text tells no tactic at all: to ring one's mother of an evening is none.
STRANGE = 0.0
# The score below which nothing of a text is counted: it fears, asks, denies, passes on or advises (0011).
HARDLY_LIVED = -0.5
# What a place where people tell of collection adds to it: 还打给我妈和我妹妹 may be about anything elsewhere (0011).
WRITTEN_ON_COLLECTION = 1.0

# Characters: what stands so far around a passage is asked where a whole long text is strange, since one sentence on
# collectors may stand in a letter about everything; passages nearer to each other are asked together.
NEAR, LONGEST_NEAR = 24, 300


@dataclass(frozen=True, slots=True)
class TacticReading:
    """What a folded text says of tactics, who speaks in it, and what became of its threats."""

    tactics: list[NamedTactic] = field(default_factory=list)
    speaker: str = BORROWER
    relevant: bool = False
    threats: list[ThreatOutcome] = field(default_factory=list)


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
    counted = set(tactics).difference(reading.tactics)
    if not counted:
        return reading
    happened = [one for one in counted if one.assertion == "first_hand_claim"]
    threats = [one for one in reading.threats if not any(_overlap(one, tactic) for tactic in happened)]
    return replace(reading, tactics=tactics, relevant=True, threats=threats)


def _overlap(threat: ThreatOutcome, tactic: NamedTactic) -> bool:
    return tactic.start < threat.threat_end and threat.threat_start < tactic.end


def _read_tactics(
    folded: str, kind: str, lenders: Collection[str], subjects: int, on_collection: bool, in_doubt: bool = True
) -> TacticReading:
    # Of an article nothing is ever counted, so what is doubtful in it is not worth the encoder's milliseconds.
    opinion = SecondOpinion(folded) if in_doubt and kind != "article" else None
    read = text_of(folded, kind, lenders)
    matches, overruled = _found(folded, read, opinion)
    passages = [weighed_passage(match, read, opinion) for match in matches]
    named = [named_tactic(passage, read) for passage in passages]
    beside = weigh_beside(_beside(named, subjects))
    lived = read.scores[LIVED] + beside[LIVED] > HARDLY_LIVED
    tactics = without_residue(named if lived else [named_tactic(passage, read, lived) for passage in passages])
    spoken = [named_tactic(weighed_passage(match, read, opinion), read, lived) for match in overruled]
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


def found_beside(folded: str, lenders: Collection[str], subjects: int) -> dict[str, float]:
    """Return what the model of speakers weighs beside a text of the tactics found; for training.

    The encoder is not asked: it has learnt these texts by heart.
    """
    read = text_of(folded, "complaint", lenders)
    matches, _ = _found(folded, read)
    return _beside([named_tactic(weighed_passage(match, read), read) for match in matches], subjects)


def _found(folded: str, read: ReadText, opinion: SecondOpinion | None = None) -> tuple[list[Match], list[Match]]:
    """Return the matches of a text, and those that a visit told more exactly has overruled."""
    matches = find_matches(folded, read.concepts, read.speaker, read.characters, opinion)
    return resolve_visits(matches, folded, read.concepts, read.speaker, read.quotes)


def _beside(named: Collection[NamedTactic], subjects: int) -> dict[str, float]:
    told = {tactic.code for tactic in named if tactic.assertion in COUNTED_ASSERTIONS}
    return relevance_features({tactic.code for tactic in named}, told, subjects)


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
