"""Compiles `tactic_rules.yaml` and finds where a row of concepts speaks of a tactic."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from domain.tactic_reading.concepts import lexicon

RULES_FILE = Path(__file__).with_name("tactic_rules.yaml")
WITHIN_CLAUSE = "[^,.?]{0,3}?"
WITHIN_SENTENCE = "[^.?]{0,9}?"
# The concepts that stand in most texts, most often first, as counted in the open ones: its rarest one wakes a rule.
COMMON = [
    "me", "done", "overdue", "they", "call", "said", "still", "topic", "tell_to", "open", "close", "lender", "you",
    "kin", "will", "owe", "collector", "neg", "then", "one_by_one", "per_time", "make", "asked", "work", "text",
    "charge", "clock", "friend", "borrow", "came_v", "home", "many", "come", "tell", "stop",
]  # fmt: skip
NEXT_SENTENCE = "[^.?]{0,12}?[.?]?[^.?]{0,12}?"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the rules: `text` is the line, `needs` the classes of which a sentence must hold a symbol each."""

    code: str
    text: str
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    check: str
    speaker: str
    said: bool
    spans: bool
    trigger: frozenset[str]

    @property
    def plain(self) -> bool:
        """One word says it all, 爆通讯录 or 呼死你, and no check is asked for."""
        return len(self.needs) == 1 and not self.check and self.code != "visit"


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
    pattern, needs, rarity, check, speaker, said, gap = "", [], [], "", "", False, ""
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
            rarity.append(_commonness(part, groups))
            pattern += (gap if len(needs) > 1 else "") + f"[{symbols}]"
            gap = WITHIN_CLAUSE
    trigger = needs[rarity.index(min(rarity))]
    return Rule(code, line, re.compile(pattern), tuple(needs), check, speaker, said, " ; " in line, trigger)


def _commonness(names: str, groups: dict[str, str]) -> int:
    expanded = "|".join(groups.get(name, name) for name in names.split("|")).split("|")
    return sum([len(COMMON) - COMMON.index(name) if name in COMMON else 1 for name in expanded])


@lru_cache(maxsize=1)
def rules() -> list[Rule]:
    """Return the rules in the order of the file."""
    with RULES_FILE.open(encoding="utf-8") as file:
        document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    groups = document["groups"]
    return [_compile(code, line, groups) for code, lines in document["codes"].items() for line in lines]


class RuleBook:
    """The rules by the symbol that wakes them; which of them a sentence can hold at all is told by its bits."""

    def __init__(self, compiled: Iterable[Rule]) -> None:
        """Give each class of symbols that a rule needs a bit."""
        self.woken: dict[str, list[tuple[int, int, Rule]]] = {}
        self.bits: dict[str, int] = {}
        numbers: dict[frozenset[str], int] = {}
        for order, rule in enumerate(compiled):
            needed = 0
            for need in rule.needs:
                if need not in numbers:
                    numbers[need] = 1 << len(numbers)
                    for symbol in need:
                        self.bits[symbol] = self.bits.get(symbol, 0) | numbers[need]
                needed |= numbers[need]
            for symbol in rule.trigger:
                self.woken.setdefault(symbol, []).append((order, needed, rule))

    def rules_for(self, near: str) -> list[Rule]:
        """Return the rules that the symbols `near` each other can satisfy, in their order."""
        symbols = set(near)
        held = 0
        for symbol in symbols:
            held |= self.bits.get(symbol, 0)
        found: dict[int, Rule] = {}
        for symbol in symbols:
            for order, needed, rule in self.woken.get(symbol, ()):
                if needed & held == needed:
                    found[order] = rule
        return [found[order] for order in sorted(found)]


@lru_cache(maxsize=1)
def rule_book() -> RuleBook:
    """Return the rules ready to be asked."""
    return RuleBook(rules())
