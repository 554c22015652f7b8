"""Compiles `tactic_rules.yaml` and finds where a row of concepts speaks of a tactic."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from domain.tactic_reading.concepts import Concepts, lexicon

RULES_FILE = Path(__file__).with_name("tactic_rules.yaml")
WITHIN_CLAUSE = "[^,.?]{0,3}?"
WITHIN_SENTENCE = "[^.?]{0,9}?"
NEXT_SENTENCE = "[^.?]{0,12}?[.?]?[^.?]{0,12}?"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the rules: `text` is the line, `needs` the classes of which a text must hold a symbol each."""

    code: str
    text: str
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    check: str
    speaker: str
    said: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that holds for the concepts [first, last)."""

    rule: Rule
    first: int
    last: int


def _class_of(names: str, groups: dict[str, str]) -> str:
    classes = lexicon().classes
    expanded = "|".join(groups.get(name, name) for name in names.split("|"))
    expanded = "|".join(groups.get(name, name) for name in expanded.split("|"))
    unknown = [name for name in expanded.split("|") if name not in classes]
    if unknown:
        raise ValueError(f"no such concept: {unknown}")
    return "".join(sorted(set("".join(classes[name] for name in expanded.split("|")))))


def _compile(code: str, line: str, groups: dict[str, str]) -> Rule:
    pattern, needs, check, speaker, said, gap = "", [], "", "", False, ""
    for part in line.split():
        if part.startswith("@"):
            check = part[1:]
        elif part.startswith("%"):
            speaker = part[1:]
        elif part == "=said":
            said = True
        elif part in (",", ";", "+"):
            gap = {",": WITHIN_SENTENCE, ";": NEXT_SENTENCE, "+": ""}[part]
        elif part.startswith("-"):
            symbols = _class_of(part[1:], groups)
            pattern += f"(?<![{symbols}])(?<![{symbols}].)"
        elif part.startswith("!"):
            pattern += f"(?![^,.?]{{0,2}}[{_class_of(part[1:], groups)}])"
        else:
            symbols = _class_of(part, groups)
            needs.append(frozenset(symbols))
            pattern += (gap if len(needs) > 1 else "") + f"[{symbols}]"
            gap = WITHIN_CLAUSE
    return Rule(code, line, re.compile(pattern), tuple(needs), check, speaker, said)


@lru_cache(maxsize=1)
def rules() -> list[Rule]:
    """Return the rules in the order of the file."""
    with RULES_FILE.open(encoding="utf-8") as file:
        document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    groups = document["groups"]
    return [_compile(code, line, groups) for code, lines in document["codes"].items() for line in lines]


def find_matches(concepts: Concepts) -> Iterator[Match]:
    """Yield where each rule holds, rule by rule."""
    present = set(concepts.symbols)
    for rule in rules():
        if any(need.isdisjoint(present) for need in rule.needs):
            continue
        for match in rule.pattern.finditer(concepts.symbols):
            yield Match(rule, *match.span())
