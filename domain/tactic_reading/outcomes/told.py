"""Passages that tell what became of threats: what rules and a model of clauses say of each clause, taken together."""

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from domain.tactic_reading.outcomes import outcome_cues as cues
from domain.tactic_reading.outcomes.clauses import Clause
from domain.tactic_reading.outcomes.outcome_model import TOLD, outcome_model

CUES = {
    "unknown": cues.UNKNOWN,
    "happened": cues.HAPPENED,
    "not_happened": cues.NOT_HAPPENED,
    "not_yet": cues.NOT_YET,
}
BY_RULE, BY_MODEL = "words of what became of a threat", "the model of what became of a threat"
BY_READER = "the reader of tactics"
# Log odds that words of a rule add to what the model says of their clause; and that what is threatened was read there
# as lived or denied by the reader of tactics (0.5: 65 of 99 open outcomes right, 1.5: 67, 2.5: 68).
OF_RULE = {"unknown": 3.0, "happened": 2.0, "not_happened": 2.0, "not_yet": 2.0}
AS_READ = 2.5
# Log odds that what is feared, asked or supposed loses: 要是真来了怎么办.
SUPPOSED = 5.0
# Log odds that an outcome takes against that nothing is told, where a rule finds words of it and where none does. Of
# the open texts labelled with none 31 got one at 0.4, 46 at 0.0; of 99 outcomes 68 and 70 were right.
LEAST, LEAST_OF_MODEL = 0.0, 0.4
# Characters: clauses that tell the same and stand so near are one passage.
NEAR = 2
# Characters before words of a rule in which they may be taken back.
LONGEST_BEFORE = 16


class Mark(NamedTuple):
    """Words at [start, end) that speak for a kind of outcome, by a rule or by the reader of tactics."""

    start: int
    end: int
    kind: str
    by: str = BY_READER


class Told(NamedTuple):
    """The words at [start, end) tell an outcome of `kind`; `odds` are the log odds against that they tell nothing."""

    kind: str
    start: int
    end: int
    sentence: int
    odds: float
    reason: str

    @property
    def confidence(self) -> float:
        """The reader's own estimate, between .5 and .95."""
        return round(min(0.95, max(0.5, 1 / (1 + exp(-self.odds)))), 2)


def told_in(folded: str, clauses: Sequence[Clause], read: Sequence[Mark]) -> list[Told]:
    """Return what the clauses tell; `read` are the places that the reader of tactics took for lived or denied."""
    if not clauses:
        return []
    marks = [*_marks(folded, clauses[0].start, clauses[-1].end), *read]
    odds = outcome_model().scores(folded, [clause[:2] for clause in clauses])
    hopeful = (odds.max(axis=1) >= LEAST_OF_MODEL).tolist()
    told: list[Told] = []
    for clause, hopes, row in zip(clauses, hopeful, odds, strict=True):
        near = [mark for mark in marks if mark.start < clause.end and clause.start < mark.end]
        one = _weighed(folded, clause, row.tolist(), near) if hopes or near else None
        if one and told and _are_one(told[-1], one):
            told[-1] = told[-1]._replace(end=one.end, odds=max(told[-1].odds, one.odds))
        elif one:
            told.append(one)
    return told


def _marks(folded: str, start: int, end: int) -> list[Mark]:
    """Return where rules find words of an outcome, and of which kind; 不会真来 tells of nothing that happened."""
    return [
        Mark(*match.span(), kind, BY_RULE)
        for kind, cue in CUES.items()
        for match in cue.finditer(folded, start, end)
        if kind != "happened" or not cues.SUPPOSED.search(folded, max(0, match.start() - LONGEST_BEFORE), match.start())
    ]


def _are_one(before: Told, after: Told) -> bool:
    return (before.kind, before.sentence) == (after.kind, after.sentence) and after.start - before.end <= NEAR


def _weighed(folded: str, clause: Clause, odds: Sequence[float], marks: Sequence[Mark]) -> Told | None:
    """Return what a clause tells, or None where it tells nothing; `marks` are those in it."""
    text = folded[clause.start : clause.end]
    scores = dict(zip(TOLD, odds, strict=True))
    of_rule, of_reader = [{mark.kind for mark in marks if mark.by == by} for by in (BY_RULE, BY_READER)]
    if "not_yet" in of_rule and cues.SO_FAR.search(text):
        of_rule.discard("not_happened")  # 目前没有接到: not so far
    for kind in of_rule:
        scores[kind] += OF_RULE[kind]
    for kind in of_reader:
        scores[kind] += AS_READ
    if clause.asked or cues.ASKED.match(folded, clause.start) or cues.FEARED.search(text):
        scores["happened"] -= SUPPOSED
    if cues.TO_ONE.search(text) and not cues.MYSELF.search(text):
        return None  # 五分钟内下来, 你知道后果: it is the collector who speaks
    if clause.asked and cues.WHETHER.search(text):
        scores["not_happened"] -= SUPPOSED  # 有没有这回事?
    kind = max(scores, key=scores.__getitem__)
    if scores[kind] < (LEAST if kind in of_rule else LEAST_OF_MODEL):
        return None
    reason = BY_RULE if kind in of_rule else BY_MODEL
    return Told(kind, clause.start, clause.end, clause.sentence, scores[kind], reason)
