"""Finds the tactics that a folded text speaks of, how each passage asserts them, and whether it is about collection."""

from collections.abc import Collection
from dataclasses import dataclass, field

from domain.tactic_reading import visits
from domain.tactic_reading.assertion import assertion_of
from domain.tactic_reading.concepts import Concepts, read_concepts
from domain.tactic_reading.matching import find_matches
from domain.tactic_reading.model import RELEVANT, text_features, weigh
from domain.tactic_reading.outcomes import ThreatOutcome, outcome_of
from domain.tactic_reading.relevance import relevance_features, speaks_of_collection
from domain.tactic_reading.rules import Match
from domain.tactic_reading.speakers import BORROWER, count_concepts, guessed_speaker, speaker_of

OPENING, CLOSING = "“「『", "”」』"
COUNTED = ("first_hand_claim", "collector_threat")


@dataclass(frozen=True, slots=True)
class NamedTactic:
    """A tactic spoken of at [start, end) of the folded text."""

    code: str
    assertion: str
    start: int
    end: int
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class TacticReading:
    """What a folded text says of tactics, who speaks in it, and what became of its threat."""

    tactics: list[NamedTactic] = field(default_factory=list)
    speaker: str = BORROWER
    relevant: bool = False
    outcome: ThreatOutcome | None = None


def read_tactics(folded: str, kind: str, lenders: Collection[str] = (), subjects: int = 0) -> TacticReading:
    """Return what the text says of tactics.

    `kind` (complaint, article) decides only where the text shows no speaker; `lenders` are
    the names that stand for lenders in it, folded; `subjects` is how many lenders it is about.
    """
    concepts = read_concepts(folded, lenders)
    counts = count_concepts(concepts)
    scores = weigh(text_features(folded, concepts, counts, guessed_speaker(folded, counts)))
    speaker = speaker_of(scores, counts, kind)
    matches, overruled = visits.resolve(find_matches(folded, concepts, speaker), concepts, speaker)
    tactics = _without_residue([_named(match, folded, concepts, speaker) for match in matches])
    spoken = [_named(match, folded, concepts, speaker) for match in overruled]
    outcome = outcome_of(sorted([*tactics, *spoken], key=lambda tactic: tactic.start), folded, concepts)
    if kind == "article":
        relevant = speaks_of_collection(folded)
    else:
        beside = weigh(relevance_features({tactic.code for tactic in tactics}, subjects))
        relevant = scores[RELEVANT] + beside[RELEVANT] > 0
    return TacticReading(_with_denial(tactics, outcome), speaker, relevant, outcome)


def weighed_features(folded: str, lenders: Collection[str], subjects: int) -> dict[str, float]:
    """Return all that the model weighs of a text; what it is trained on."""
    concepts = read_concepts(folded, lenders)
    counts = count_concepts(concepts)
    codes = {match.rule.code for match in find_matches(folded, concepts, BORROWER)}
    values = text_features(folded, concepts, counts, guessed_speaker(folded, counts))
    return values | relevance_features(codes, subjects)


def _named(match: Match, folded: str, concepts: Concepts, speaker: str) -> NamedTactic:
    start, end = concepts.starts[match.first], concepts.ends[match.last - 1]
    code = match.rule.code
    assertion = assertion_of(match, concepts, speaker, _is_quoted(folded, start))
    confidence = max(0.5, 0.95 - 0.03 * (match.last - match.first))
    return NamedTactic(code, assertion, start, end, round(confidence, 2), f"rule {match.rule.text}" if match.rule.needs else "model of sentences")


def _is_quoted(folded: str, start: int) -> bool:
    opened = max(folded.rfind(mark, max(0, start - 120), start + 1) for mark in OPENING)
    closed = max(folded.rfind(mark, max(0, start - 120), start) for mark in CLOSING)
    return opened > closed


def _with_denial(tactics: list[NamedTactic], outcome: ThreatOutcome | None) -> list[NamedTactic]:
    """Add that a threat was not carried out, with the passage that says so: 结果根本没有人来."""
    if outcome is None or outcome.outcome != "not_happened":
        return tactics
    denial = NamedTactic(outcome.threat, "denial", outcome.start, outcome.end, 0.8, "rule nobody_came")
    return sorted([*tactics, denial], key=lambda tactic: (tactic.start, tactic.end))


def _without_residue(tactics: list[NamedTactic]) -> list[NamedTactic]:
    """Drop the residual code where the text counts a specific one; alone it stands."""
    specific = any(t.code != "unspecified_misconduct" and t.assertion in COUNTED for t in tactics)
    return [t for t in tactics if t.code != "unspecified_misconduct" or not specific]
