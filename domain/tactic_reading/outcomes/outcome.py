"""What became of a collector's threats, where the text says so: which threat, what of it, and by which words."""

from collections.abc import Sequence
from typing import NamedTuple

from domain.tactic_reading.outcomes import outcome_cues as cues
from domain.tactic_reading.outcomes.announced import LONGEST_CLAUSE, Asserted, Threat, threats_of
from domain.tactic_reading.outcomes.clauses import clauses_around
from domain.tactic_reading.outcomes.linking import CARRIED_OUT, threat_meant
from domain.tactic_reading.outcomes.told import Mark, Told, told_in
from domain.tactic_reading.speakers.quotes import Quotes
from domain.tactic_reading.speakers.speaker import ADVICE, MESSAGE, REPLY, RULE


class ThreatOutcome(NamedTuple):
    """A threat at [threat_start, threat_end) and what became of it; the words at [start, end) say so.

    `outcome` is happened, not_happened, not_yet or unknown, or nothing where the text does not say.
    """

    threat: str
    threat_start: int
    threat_end: int
    outcome: str = ""
    start: int = 0
    end: int = 0
    confidence: float = 0.0
    reason: str = ""
    undone: Told | None = None  # what says that it was not carried out for a time, though it was in the end


# Who speaks of threats in general, and of none that was made to him; a message alone threatens, and tells no outcome.
TELLS_OF_NO_THREAT = frozenset({ADVICE, RULE, REPLY, MESSAGE})
# Log odds that an outcome gains beside others told of the same threat: 周三没来, 周五真来了 ends with what happened,
# and who says that he does not know means all of it.
GAIN = {"happened": 0.5, "not_happened": 0.0, "not_yet": -1.0, "unknown": 1.0}


def outcomes_of(tactics: Sequence[Asserted], folded: str, quotes: Quotes, speaker: str) -> list[ThreatOutcome]:
    """Return the threats of a text in their order, each with what became of it."""
    threats = threats_of(tactics, folded) if speaker not in TELLS_OF_NO_THREAT else []
    if not threats:
        return []
    clauses = clauses_around(folded, [threat[1:] for threat in threats], quotes)
    told = told_in(folded, clauses, _as_read(tactics, threats, folded))
    told = [one for one in told if one.start > threats[0].start or _looks_back(one, threats[0], folded)]
    meant: dict[Threat, list[Told]] = {threat: [] for threat in threats}
    for one in told:
        meant[threat_meant(one, threats, tactics, folded)].append(one)
    outcomes = [_outcome(threat, meant[threat]) for threat in threats]
    return outcomes if any(one.outcome for one in outcomes) else _to_come(outcomes, folded)


def _as_read(tactics: Sequence[Asserted], threats: Sequence[Threat], folded: str) -> list[Mark]:
    """Return the places behind threats where what they threaten was read as lived later on, or as denied."""
    codes = {threat.code for threat in threats}
    ways = {way for code in codes for way in CARRIED_OUT.get(code, ())}
    first = threats[0]
    after = [one for one in tactics if one.start >= first.end and one.code in ways | codes]
    lived = [one for one in after if one.assertion == "first_hand_claim" and _goes_on(folded, first.end, one)]
    denied = [one for one in after if one.assertion == "denial"]
    return [
        *(Mark(one.start, one.end, "happened") for one in lived),
        *(Mark(one.start, one.end, "not_happened") for one in denied),
    ]


def _looks_back(told: Told, threat: Threat, folded: str) -> bool:
    """Whether what stands before a threat may be its outcome, for the threat is told of as said before."""
    around = folded[max(told.end, threat.start - LONGEST_CLAUSE) : threat.end + 2]
    return told.kind != "happened" or cues.SAID_BEFORE.search(around) is not None


def _goes_on(folded: str, threatened: int, done: Asserted) -> bool:
    """Say whether time goes on between a threat and what was done, in the sentence that tells what was done."""
    near = max(threatened, done.start - LONGEST_CLAUSE)
    start = max((match.end() for match in cues.SENTENCE.finditer(folded, near, done.start)), default=near)
    stop = cues.SENTENCE.search(folded, done.end, done.end + LONGEST_CLAUSE)
    told = folded[start : stop.start() if stop else done.end]
    return bool(cues.LATER.search(told) and not cues.EARLIER.search(told))


def _outcome(threat: Threat, told: Sequence[Told]) -> ThreatOutcome:
    """Return a threat with the outcome that is told of it most surely."""
    if not told:
        return ThreatOutcome(*threat)
    best = max(told, key=lambda one: one.odds + GAIN[one.kind])
    undone = next((one for one in told if one.kind == "not_happened"), None) if best.kind == "happened" else None
    return ThreatOutcome(*threat, best.kind, best.start, best.end, best.confidence, best.reason, undone)


def _to_come(outcomes: list[ThreatOutcome], folded: str) -> list[ThreatOutcome]:
    """Read a term that is still ahead of somebody who is afraid of it now: 今晚八点前…我手都在抖."""
    afraid = cues.BEFORE_IT.search(folded)
    if afraid is None:
        return outcomes
    ahead = [
        one
        for one in outcomes
        if one.threat == "violence_threat"  # which names no term: 下回在路上碰见你
        or cues.TERM.search(folded, max(0, one.threat_start - LONGEST_CLAUSE), one.threat_end + LONGEST_CLAUSE)
    ]
    if not ahead:
        return outcomes
    # Who is to come is feared before what he will do there.
    feared = next((one for one in ahead if one.threat == "visit_threatened"), ahead[0])
    told = feared._replace(
        outcome="not_yet", start=afraid.start(), end=afraid.end(), confidence=0.5, reason="a term that is still to come"
    )
    return [told if one is feared else one for one in outcomes]
