"""The threats of a text whose outcome may be told: those that were read as such, and what somebody only announced."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeVar

from domain.tactic_reading.assertions.hearsay import MINE
from domain.tactic_reading.outcomes import announced_cues as announcing
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


Tactic = TypeVar("Tactic", bound=Asserted)


class Threat(NamedTuple):
    """A threat at [start, end) of the folded text."""

    code: str
    start: int
    end: int


# Threats of one text that are followed up; a text that repeats one a thousand times is no reason to look each time.
MOST_THREATS = 24
# Characters: who announces stands at most so far before what they announce.
LONGEST_CLAUSE = 60
# What is read as said by nobody who will do it, though it may be announced: 说下午爆通讯录 is denied by what follows.
TAKEN_FOR = frozenset({"first_hand_claim", "denial", "hypothetical", "reported_claim"})


def threats_of(tactics: Sequence[Asserted], folded: str) -> list[Threat]:
    """Return the threats of a text in their order; where none was read as such, what somebody says will be done."""
    read = [tactic for tactic in tactics if tactic.assertion == "collector_threat"][:MOST_THREATS]
    said = [Threat(one.code, one.start, one.end) for one in read] or [
        Threat(one.code, one.start, _end_of(one, folded)) for one in announced(tactics, folded)
    ]
    threats = [threat for threat in _joined(said) if not _is_anothers(threat, folded)]
    return [one for one in threats if not _is_told_of(one, threats, folded)] or _announced_in_words(tactics, folded)


def announced(tactics: Sequence[Tactic], folded: str) -> list[Tactic]:
    """Return what was taken for lived, denied or doubted and can only be a threat, since somebody says it will be."""
    other = [
        tactic
        for tactic in tactics
        if tactic.assertion in TAKEN_FOR
        and tactic.code in cues.TOPICS
        and (tactic.assertion != "reported_claim" or MINE.search(folded, tactic.start, tactic.end))
    ]
    return [tactic for tactic in other[:MOST_THREATS] if _is_announced(tactic, folded)]


def _end_of(tactic: Asserted, folded: str) -> int:
    """Return where the clause ends that announces: what follows in the passage may tell what became of it."""
    stop = cues.BREAK.search(folded, tactic.start + 2, tactic.end)
    return stop.start() if stop else tactic.end


def _is_announced(tactic: Asserted, folded: str) -> bool:
    before = max(0, tactic.start - LONGEST_CLAUSE)
    begun = announcing.ANNOUNCED.search(folded, before, min(tactic.start + 2, tactic.end))
    return bool(begun or announcing.SAYS_SO.search(folded[tactic.start : tactic.end]))


def _joined(threats: Sequence[Threat]) -> list[Threat]:
    """Return threats in order, of those of one code whose words overlap the longest."""
    joined: list[Threat] = []
    for threat in sorted(threats, key=lambda threat: (threat.start, -threat.end)):
        if not any(one.code == threat.code and threat.start < one.end for one in joined):
            joined.append(threat)
    return joined


def _clause_before(threat: Threat, folded: str) -> str:
    """Return what stands before the words of a threat in its sentence."""
    begin = max(0, threat.start - LONGEST_CLAUSE)
    start = max((match.end() for match in cues.SENTENCE.finditer(folded, begin, threat.start)), default=begin)
    return folded[start : threat.start + 2]


def _is_anothers(threat: Threat, folded: str) -> bool:
    """Whether somebody else was threatened, or nobody: 同事小李也收到过说上门的, 我以为他们会去我单位, 银行说被冻了."""
    before = _clause_before(threat, folded)
    if announcing.SEEN_BY.search(folded[slice(*_clause_of(threat, folded))]):
        return True
    return bool(
        announcing.OF_ANOTHER.search(before)
        or announcing.ONLY_FEARED.search(before + folded[threat.start : threat.end])
    )


def _is_told_of(threat: Threat, threats: Sequence[Threat], folded: str) -> bool:
    """Whether a threat is named again where its outcome is told: 说上门，上门倒是真上了."""
    if not any(one.code == threat.code and one.start < threat.start for one in threats):
        return False
    start, end = _clause_of(threat, folded)
    clause = folded[start:end]
    return not announcing.SAID.search(clause) and bool(cues.HAPPENED.search(clause) or cues.NOT_HAPPENED.search(clause))


def _clause_of(threat: Threat, folded: str) -> tuple[int, int]:
    begin = max(0, threat.start - LONGEST_CLAUSE)
    start = max((match.end() for match in cues.BREAK.finditer(folded, begin, threat.start)), default=begin)
    stop = cues.BREAK.search(folded, threat.end, threat.end + LONGEST_CLAUSE)
    return start, stop.start() if stop else min(len(folded), threat.end + LONGEST_CLAUSE)


def _announced_in_words(tactics: Sequence[Asserted], folded: str) -> list[Threat]:
    """Return what is announced by words alone, where no tactic was read of it: 说要去学校找孩子.

    Where nothing was read at all nobody collects: 说好周末来我家打牌.
    """
    threats: list[Threat] = []
    for said in announcing.WILL_DO.finditer(folded) if tactics else ():
        code = next((code for code, topic in announcing.ANNOUNCED_TOPICS.items() if topic.search(said[0])), None)
        threat = Threat(code, *said.span()) if code else None
        if threat and len(threats) < MOST_THREATS and not _is_anothers(threat, folded):
            threats.append(threat)
    return threats
