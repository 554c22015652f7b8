"""What became of a collector's threat, where the text says so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from domain.tactic_reading.outcomes import outcome_cues as cues


class Asserted(Protocol):
    """A tactic with its assertion and place in the folded text."""

    @property
    def code(self) -> str: ...
    @property
    def assertion(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Told = TypeVar("Told", bound=Asserted)


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
    "contact_book_blasting": ("contact_book_blasting", "social_circle_contact"),
    "social_circle_contact": ("social_circle_contact",),
    "public_shaming": ("public_shaming",),
    "credit_reporting_abuse": ("credit_reporting_abuse",),
    "call_sms_bombing": ("call_sms_bombing",),
}
CUES = {
    "unknown": cues.UNKNOWN,
    "happened": cues.HAPPENED,
    "not_happened": cues.NOT_HAPPENED,
    "not_yet": cues.NOT_YET,
}
# Threats of one text that are followed up; a text that repeats one a thousand times is no reason to look each time.
MOST_THREATS = 24
BREAK = re.compile(r"[,。!?;\n]|\. ")
SENTENCE = re.compile(r"[。!?;\n]|\. ")
# Characters: a passage that is told of is this near its cue when no comma parts them.
LONGEST_CLAUSE = 60


def outcome_of(tactics: Sequence[Asserted], folded: str) -> tuple[ThreatOutcome | None, ThreatOutcome | None]:
    """Return what became of the text's threat, and where it came to nothing, were it only for a time.

    周三没来, 周五真来了 and 等了三天没人来, 第四天真来了 end with what happened; 立没立案我不清楚 holds no 没立案.
    Hence the order. None where the text threatens nothing or says nothing of what followed.
    """
    threats = _threats(tactics) or announced(tactics, folded)
    if not threats:
        return None, None
    if any(word in folded for word in cues.UNSURE_WORDS) and (unknown := _told(threats, folded, "unknown")):
        return unknown, None
    undone = _told(threats, folded, "not_happened")
    happened = _told(threats, folded, "happened") or undone or _carried_out(threats, tactics, folded)
    return happened or _told(threats, folded, "not_yet") or _to_come(threats, folded), undone


def _threats(tactics: Sequence[Asserted]) -> list[Asserted]:
    return [tactic for tactic in tactics if tactic.assertion == "collector_threat"][:MOST_THREATS]


def announced(tactics: Sequence[Told], folded: str) -> list[Told]:
    """Return what was taken for lived and can only be a threat, since somebody says that it will be."""
    lived = [tactic for tactic in tactics if tactic.assertion == "first_hand_claim" and tactic.code in CARRIED_OUT]
    return [
        tactic
        for tactic in lived[:MOST_THREATS]
        if cues.ANNOUNCED.search(folded, max(0, tactic.start - LONGEST_CLAUSE), min(tactic.start + 2, tactic.end))
        or cues.SAYS_SO.search(folded[tactic.start : tactic.end])
    ]


def _told(threats: Sequence[Asserted], folded: str, outcome: str) -> ThreatOutcome | None:
    """Read an outcome from the words that tell it: 结果一个人影都没有, 还真来了两个人."""
    for match in CUES[outcome].finditer(folded, threats[0].start):
        start, end = match.span()
        before = [threat for threat in threats if threat.start < start]
        if before and not (outcome == "happened" and _supposed(folded, start, end)):
            clause = folded[_clause(folded, start) : end + 6]
            return ThreatOutcome(_meant(before, clause), outcome, start, end)
    return None


def _supposed(folded: str, start: int, end: int) -> bool:
    before = folded[max(0, start - 16) : start]
    return bool(cues.SUPPOSED.search(before) or cues.ASKED.match(folded, end))


def _clause(folded: str, place: int) -> int:
    """Return where the clause of `place` and the one before it begin."""
    breaks = [match.end() for match in BREAK.finditer(folded, max(0, place - LONGEST_CLAUSE), place)]
    return breaks[-2] if len(breaks) > 1 else max(0, place - LONGEST_CLAUSE)


def _meant(threats: Sequence[Asserted], clause: str) -> str:
    """Return the code of the threat that a clause can speak of, the latest first."""
    for threat in reversed(threats):
        topic = cues.TOPICS.get(threat.code)
        if topic and topic.search(clause):
            return _at_work(threat, threats)
    return threats[-1].code


def _at_work(threat: Asserted, threats: Sequence[Asserted]) -> str:
    """Prefer of a visit to the workplace that it is one to the workplace."""
    if threat.code == "visit_threatened":
        for other in threats:
            if other.code == "workplace_contact" and other.start < threat.end and threat.start < other.end:
                return other.code
    return threat.code


def _carried_out(threats: Sequence[Asserted], tactics: Sequence[Asserted], folded: str) -> ThreatOutcome | None:
    """Find what was threatened told later as lived: 说要找单位 and then 第二天前台就接到了电话."""
    lived = [tactic for tactic in tactics if tactic.assertion == "first_hand_claim"][:MOST_THREATS]
    for threat in threats:
        ways = CARRIED_OUT.get(threat.code, ())
        for done in lived:
            if done.code in ways and done.start > threat.end and _goes_on(folded, threat.end, done):
                return ThreatOutcome(_at_work(threat, threats), "happened", done.start, done.end)
    return None


def _goes_on(folded: str, threatened: int, done: Asserted) -> bool:
    """Say whether time goes on between a threat and what was done, in the sentence that tells what was done."""
    near = max(threatened, done.start - LONGEST_CLAUSE)
    start = max((match.end() for match in SENTENCE.finditer(folded, near, done.start)), default=near)
    stop = SENTENCE.search(folded, done.end, done.end + LONGEST_CLAUSE)
    told = folded[start : stop.start() if stop else done.end]
    return bool(cues.LATER.search(told) and not cues.EARLIER.search(told))


def _to_come(threats: Sequence[Asserted], folded: str) -> ThreatOutcome | None:
    """Read a term that is still ahead of somebody who is afraid of it now: 今晚八点前…我手都在抖."""
    afraid = cues.BEFORE_IT.search(folded)
    if afraid is None:
        return None
    ahead = [
        threat
        for threat in threats
        if threat.code == "violence_threat"  # which names no term: 下回在路上碰见你
        or cues.TERM.search(folded, max(0, threat.start - LONGEST_CLAUSE), threat.end + LONGEST_CLAUSE)
    ]
    if not ahead:
        return None
    # Who is to come is feared before what he will do there.
    threat = next((threat for threat in ahead if threat.code == "visit_threatened"), ahead[0])
    return ThreatOutcome(_at_work(threat, threats), "not_yet", *afraid.span())
