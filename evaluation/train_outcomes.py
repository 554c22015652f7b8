"""`python -m evaluation.train_outcomes`: learn what a clause tells of a threat.

It learns from clauses and short texts written for it (`training/outcomes.txt`), from the open set of outcomes, and from
the labelled and written texts with a threat whose denial or doing is marked; held texts are never read.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from domain.tactic_reading.outcomes.clauses import PARTING
from domain.tactic_reading.outcomes.linking import CARRIED_OUT
from domain.tactic_reading.outcomes.outcome_model import KINDS, NOTHING, OUTCOME_MODEL_FILE, clause_values
from domain.text import fold
from evaluation.learning import LearntText, learnt_texts
from evaluation.learning.fitting import fit_choice, rounded
from evaluation.learning.marked_texts import TRAINING
from evaluation.measuring.sets import OUTCOME_SETS, Row

OUTCOMES_FILE = TRAINING / "outcomes.txt"
MARKS = {"+": "happened", "-": "not_happened", "~": "not_yet", "?": "unknown", "0": NOTHING}
THREAT = "!"
MARK = re.compile(r"(\{[-+~?!] |\{|\})")
# What a clause counts: of those written for this, of those that tell nothing beside a threat, and of texts without one.
WRITTEN_FOR_IT, BESIDE_A_THREAT, WITHOUT_A_THREAT = 2.0, 0.5, 0.2
EVENNESS, LOOSENESS, SMALLEST, SELDOM = 0.5, 4.0, 0.05, 2
# Clauses of texts without a threat, every so many of them, are enough to know what is said beside.
MOST_WITHOUT = 6000
# Characters. A short written text with a threat and no outcome marked may tell one that has no mark: 还没到日子.
SHORT = 90


class Told(NamedTuple):
    """What a clause tells, and what the example counts."""

    clause: str
    kind: str
    share: float


Span = tuple[int, int, str]


def _clauses(text: str, spans: Sequence[Span], share: float, silent: float) -> Iterator[Told]:
    """Yield each clause of a folded text but those of a threat, with the kind of the span that it overlaps."""
    start = 0
    for end, then in [*((parting.start(), parting.end()) for parting in PARTING.finditer(text)), (len(text), 0)]:
        kinds = [kind for first, last, kind in spans if first < end and start < last]
        if text[start:end].strip() and THREAT not in kinds:
            yield Told(text[start:end], kinds[0] if kinds else NOTHING, share if kinds else silent)
        start = then


def marked_outcomes() -> Iterator[Told]:
    """Yield the clauses of the file written for this model."""
    for line in OUTCOMES_FILE.read_text("utf-8").splitlines():
        if line and line[0] != "#":
            kind, marked = line.split("|", 1)
            yield from _clauses(*_unmarked(kind, marked), WRITTEN_FOR_IT, WRITTEN_FOR_IT)


def _unmarked(kind: str, marked: str) -> tuple[str, list[Span]]:
    """Return a folded text and its marked spans."""
    text, spans, begun = "", list[Span](), (0, "")
    for part in MARK.split(marked):
        if part == "}":
            spans.append((begun[0], len(text), begun[1]))
        elif part.startswith("{"):
            mark = part[1:2] or kind
            begun = (len(text), MARKS.get(mark, THREAT))
        else:
            text += fold(part)
    return text, spans


def labelled_outcomes(rows: Sequence[Row]) -> Iterator[Told]:
    """Yield the clauses of texts whose threats carry their outcomes."""
    for row in rows:
        text, spans = fold(row["text"]), list[Span]()
        for threat in row["threats"]:
            for words, kind in ((threat["quote"], THREAT), (threat["told"], threat["outcome"])):
                start = text.find(fold(words)) if words else -1
                if start >= 0:
                    spans.append((start, start + len(fold(words)), kind))
        yield from _clauses(text, spans, 1.0, 1.0)


def texts_with_threats(without: Collection[str]) -> Iterator[Told]:
    """Yield the clauses of labelled and written texts with a threat."""
    for text in learnt_texts():
        folded = fold(text.text)
        threats = [passage for passage in text.passages if passage.assertion == "collector_threat"]
        if not threats or text.source in without or len(folded) != len(text.text):
            continue
        told = _told(text)
        if told or text.source.endswith(".jsonl") or text.speaker != "borrower" or len(folded) >= SHORT:
            spans = [*((threat.start, threat.end, THREAT) for threat in threats), *told]
            yield from _clauses(folded, spans, 1.0, BESIDE_A_THREAT)


def _told(text: LearntText) -> list[Span]:
    """Return the passages behind a threat that deny or tell as lived what it threatens."""
    threats = [passage for passage in text.passages if passage.assertion == "collector_threat"]
    told: list[Span] = []
    for passage in text.passages:
        for threat in threats:
            ways = (threat.code, *CARRIED_OUT.get(threat.code, ()))
            if passage.code in ways and passage.start >= threat.end:
                if passage.assertion == "denial":
                    told.append((passage.start, passage.end, "not_happened"))
                elif passage.assertion == "first_hand_claim":
                    told.append((passage.start, passage.end, "happened"))
    return told


def texts_without_threats(without: Collection[str]) -> list[Told]:
    """Return clauses of texts without a threat that tell neither of a doing that may be threatened nor deny one."""
    doings = {*CARRIED_OUT, *(way for ways in CARRIED_OUT.values() for way in ways), "false_legal_threat"}
    clauses: list[Told] = []
    for text in learnt_texts():
        folded = fold(text.text)
        threatens = any(passage.assertion == "collector_threat" for passage in text.passages)
        if threatens or text.speaker not in ("borrower", "message") or len(folded) != len(text.text):
            continue
        if text.source not in without:
            spans = [(one.start, one.end, THREAT) for one in text.passages if one.code in doings]
            clauses += _clauses(folded, spans, 0.0, WITHOUT_A_THREAT)
    return clauses[:: max(1, len(clauses) // MOST_WITHOUT)]


def train(without: Collection[str] = ()) -> dict[str, Any]:
    """Return the model learnt from all texts but those of the files `without`."""
    rows = [
        row for labelled in OUTCOME_SETS if labelled.open and labelled.texts not in without for row in labelled.rows()
    ]
    told = [
        *marked_outcomes(), *labelled_outcomes(rows), *texts_with_threats(without), *texts_without_threats(without),
    ]  # fmt: skip
    found = [(clause_values(one.clause), one.kind) for one in told]
    often = Counter(name for values, _ in found for name in values)
    found = [({name: values[name] for name in values if often[name] >= SELDOM}, kind) for values, kind in found]
    weights = fit_choice(found, KINDS, looseness=LOOSENESS, evenness=EVENNESS, shares=[one.share for one in told])
    return {"answers": KINDS, "weights": rounded(weights, SMALLEST)}


def main() -> None:
    """Train and write the weights."""
    OUTCOME_MODEL_FILE.write_text(json.dumps(train(), ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
