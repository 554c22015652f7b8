"""The tactics that a text speaks of, and what the text as a whole makes of them."""

from typing import NamedTuple

from domain.tactic_reading.assertions.assertion_model import COUNTED_ASSERTIONS
from domain.tactic_reading.outcomes.outcome import ThreatOutcome


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


def with_denial(tactics: list[NamedTactic], nothing: ThreatOutcome | None) -> list[NamedTactic]:
    """Add that a threat was not carried out, with the passage that says so: 结果根本没有人来."""
    if nothing is None:
        return tactics
    denial = NamedTactic(nothing.threat, "denial", nothing.start, nothing.end, 0.8, "words of what became of a threat")
    return sorted([*tactics, denial], key=lambda tactic: (tactic.start, tactic.end))


def without_residue(tactics: list[NamedTactic]) -> list[NamedTactic]:
    """Drop the residual code where the text counts a specific one; alone it stands."""
    specific = any(t.code != "unspecified_misconduct" and t.assertion in COUNTED_ASSERTIONS for t in tactics)
    return [t for t in tactics if t.code != "unspecified_misconduct" or not specific]
