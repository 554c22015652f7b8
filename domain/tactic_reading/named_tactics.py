"""The tactics that a text speaks of, and what the text as a whole makes of them."""

from collections.abc import Sequence
from typing import NamedTuple

from domain.tactic_reading.assertions.assertion_model import COUNTED_ASSERTIONS
from domain.tactic_reading.outcomes import outcome_cues as cues
from domain.tactic_reading.outcomes.linking import CARRIED_OUT
from domain.tactic_reading.outcomes.outcome import ThreatOutcome
from domain.tactic_reading.outcomes.told import BY_RULE, Told

# How sure an outcome is before it counts as a denial, or as done; less sure ones are shown and add no tactic. With .5
# for both, counted F1 of dev and the opened sets fell from .964 and .937 to .958 and .933.
SURE_OF_NOTHING, SURE_OF_DOING = 0.8, 0.9


class NamedTactic(NamedTuple):
    """A tactic spoken of at [start, end) of the folded text."""

    code: str
    assertion: str
    start: int
    end: int
    confidence: float
    reason: str


def as_threats(tactics: list[NamedTactic], said: list[NamedTactic]) -> list[NamedTactic]:
    """Take for threats what was only said: what became of it is told after it, so that it was not lived then."""
    return [tactic._replace(assertion="collector_threat") if tactic in said else tactic for tactic in tactics]


def with_outcomes(tactics: list[NamedTactic], threats: Sequence[ThreatOutcome], folded: str) -> list[NamedTactic]:
    """Add what became of threats: that one was not carried out (结果根本没有人来), or was, which is then lived.

    A threatened visit that was made is an actual visit, told by the same words, unless one is read in the text already.
    """
    added = [tactic for threat in threats if (tactic := _denial(threat) or _doing(threat, tactics, folded))]
    added += [tactic for threat in threats if threat.undone and (tactic := _denial(_until_then(threat, threat.undone)))]
    added = [tactic for tactic in added if not any(_says_the_same(tactic, one) for one in tactics)]
    return sorted([*tactics, *added], key=lambda tactic: (tactic.start, tactic.end)) if added else tactics


def _says_the_same(tactic: NamedTactic, other: NamedTactic) -> bool:
    overlap = tactic.start < other.end and other.start < tactic.end
    return overlap and tactic[:2] == other[:2]


def _until_then(threat: ThreatOutcome, told: Told) -> ThreatOutcome:
    return ThreatOutcome(*threat[:3], told.kind, told.start, told.end, told.confidence, told.reason)


def _denial(threat: ThreatOutcome) -> NamedTactic | None:
    sure = threat.confidence >= SURE_OF_NOTHING or threat.reason == BY_RULE
    if threat.outcome != "not_happened" or not sure:
        return None
    return NamedTactic(threat.threat, "denial", threat.start, threat.end, threat.confidence, threat.reason)


def _doing(threat: ThreatOutcome, tactics: Sequence[NamedTactic], folded: str) -> NamedTactic | None:
    """Return what was threatened as lived: only by words that name it, 真来了 and not 说到做到 alone."""
    ways = CARRIED_OUT.get(threat.threat, ())
    if threat.outcome != "happened" or threat.confidence < SURE_OF_DOING or not ways:
        return None
    told = any(tactic.code in ways and tactic.assertion == "first_hand_claim" for tactic in tactics)
    if told or not cues.TOPICS[threat.threat].search(folded, threat.start, threat.end):
        return None
    return NamedTactic(ways[0], "first_hand_claim", threat.start, threat.end, threat.confidence, threat.reason)


def without_residue(tactics: list[NamedTactic]) -> list[NamedTactic]:
    """Drop the residual code where the text counts a specific one; alone it stands."""
    specific = any(t.code != "unspecified_misconduct" and t.assertion in COUNTED_ASSERTIONS for t in tactics)
    return [t for t in tactics if t.code != "unspecified_misconduct" or not specific]
