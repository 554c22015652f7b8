"""Finds the tactics that a folded text speaks of, and how each passage asserts them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from domain.sentences import sentences
from domain.tactics import taxonomy_document
from domain.visits import visit_of


@dataclass(frozen=True)
class NamedTactic:
    """A tactic spoken of at [start, end) of the folded text."""

    code: str
    assertion: str
    start: int
    end: int
    confidence: float
    reason: str


def _patterns(row: dict[str, Any], name: str) -> list[regex.Pattern[str]]:
    return [regex.compile(p, regex.I) for language in ("zh", "en") for p in row.get(f"{name}_{language}") or ()]


@lru_cache(maxsize=1)
def _cues() -> list[tuple[str, list[regex.Pattern[str]]]]:
    cues = taxonomy_document()["assertion_cues"]
    kinds = ("denial", "norm", "hypothetical", "advice", "attribution", "collector_future")
    meanings = ("denial", "rule_statement", "hypothetical", "advice", "reported_claim", "collector_threat")
    return [(meaning, _patterns(cues[kind], "patterns")) for kind, meaning in zip(kinds, meanings, strict=True)]


@lru_cache(maxsize=1)
def _strong() -> list[tuple[str, list[regex.Pattern[str]]]]:
    return [(row["code"], _patterns(row, "patterns")) for row in taxonomy_document()["tactics"]]


def find_tactics(folded: str, kind: str) -> list[NamedTactic]:
    """Return what the text says of tactics; `kind` (complaint, article) decides what a bare statement means."""
    found = []
    for start, end in sentences(folded):
        sentence = folded[start:end]
        for code, (first, last) in visit_of(_codes(sentence), sentence).items():
            assertion = _assertion(code, sentence[:first], sentence, kind)
            found.append(NamedTactic(code, assertion, start + first, start + last, 0.5, f"pattern of {code}"))
    return found


def _codes(sentence: str) -> dict[str, tuple[int, int]]:
    matches = ((code, next((m for p in patterns if (m := p.search(sentence))), None)) for code, patterns in _strong())
    return {code: match.span() for code, match in matches if match}


def _assertion(code: str, before: str, sentence: str, kind: str) -> str:
    for meaning, patterns in _cues():
        if meaning == "collector_threat" and code in ("visit_actual", "visit_intrusive"):
            continue  # what was only spoken of is a threat already: see visit_of
        scope = sentence if meaning == "denial" else before
        if any(pattern.search(scope) for pattern in patterns):
            return meaning
    if kind != "complaint":
        return "asserted_fact"
    return "collector_threat" if code in ("visit_threatened", "visit_announced") else "first_hand_claim"
