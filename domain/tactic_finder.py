"""Finds the tactics that a folded text speaks of, and how each passage asserts them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from domain.sentences import sentences
from domain.tactics import taxonomy_document


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
        for code, patterns in _strong():
            match = next((m for p in patterns if (m := p.search(folded, start, end))), None)
            if match:
                assertion = _assertion(folded[start : match.start()], folded[start:end], kind)
                reason = f"pattern of {code}"
                found.append(NamedTactic(code, assertion, match.start(), match.end(), 0.5, reason))
    return found


def _assertion(before: str, sentence: str, kind: str) -> str:
    for meaning, patterns in _cues():
        scope = sentence if meaning == "denial" else before
        if any(pattern.search(scope) for pattern in patterns):
            return meaning
    return "first_hand_claim" if kind == "complaint" else "asserted_fact"
