"""What became of a collector's threat, where the text says so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from domain.tactic_reading.concepts import Concepts, lexicon


class Asserted(Protocol):
    """A tactic with its assertion and place in the folded text."""

    @property
    def code(self) -> str: ...
    @property
    def assertion(self) -> str: ...
    @property
    def start(self) -> int: ...


@dataclass(frozen=True, slots=True)
class ThreatOutcome:
    """What became of a threat: happened, not_happened, not_yet or unknown; the passage at [start, end) says so."""

    threat: str
    outcome: str
    start: int
    end: int


# What a threat turns into when it is carried out.
CARRIED_OUT = {
    "visit_threatened": ("visit_actual", "visit_intrusive"),
    "workplace_contact": ("workplace_contact",),
    "contact_book_blasting": ("contact_book_blasting",),
    "social_circle_contact": ("social_circle_contact",),
    "public_shaming": ("public_shaming",),
    "credit_reporting_abuse": ("credit_reporting_abuse",),
    "call_sms_bombing": ("call_sms_bombing",),
    "violence_threat": (),
    "false_legal_threat": (),
}


@lru_cache(maxsize=1)
def _cues() -> list[tuple[str, re.Pattern[str]]]:
    classes = lexicon().classes
    names = (("nobody_came", "not_happened"), ("it_happened", "happened"), ("not_yet", "not_yet"))
    return [(outcome, re.compile(f"[{classes[name]}]")) for name, outcome in names]


# Whose coming the words speak of: 没见警察 is no word of the field agents.
OF_THE_LAW = re.compile("警|公安|法院|传票|立案|起诉|抓|冻|sheriff|police|officer|lawsuit|sued|court|warrant")


def outcome_of(tactics: Sequence[Asserted], folded: str, concepts: Concepts) -> ThreatOutcome | None:
    """Return what became of the text's threat; None where it threatens nothing or says nothing of what followed."""
    threats = [tactic for tactic in tactics if tactic.assertion == "collector_threat"]
    if not threats:
        return None
    for outcome, cue in _cues():
        for match in cue.finditer(concepts.symbols):
            start, end = concepts.starts[match.start()], concepts.ends[match.start()]
            if threats[0].start < start:
                before = [threat.code for threat in threats if threat.start < start]
                lawful = OF_THE_LAW.search(folded, start, end) and "false_legal_threat" in before
                return ThreatOutcome("false_legal_threat" if lawful else before[-1], outcome, start, end)
    first = {threat.code: threat.start for threat in reversed(threats)}
    for tactic in tactics:
        for code, start in first.items():
            done = tactic.assertion == "first_hand_claim" and tactic.code in CARRIED_OUT.get(code, ())
            if done and tactic.start > start:
                return ThreatOutcome(code, "happened", tactic.start, tactic.start)
    return None
