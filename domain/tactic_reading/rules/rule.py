"""Compiles `tactic_rules.yaml` and finds where a row of concepts speaks of a tactic."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from pathlib import Path
from typing import NamedTuple

import yaml

from domain.tactic_reading.lexicon.concepts import MARK_SYMBOLS, lexicon

RULES_FILE = Path(__file__).with_name("tactic_rules.yaml")
WITHIN_CLAUSE = "[^,.?]{0,3}?"
WITHIN_SENTENCE = "[^.?]{0,9}?"
# Of the classes that a rule needs so many are looked at before its pattern is tried; few rules need more.
NEEDS_SEEN = 3
NEXT_SENTENCE = "[^.?]{0,12}?[.?]?[^.?]{0,12}?"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One line of the rules, equal to itself alone.

    `text` is the line, `needs` the classes of which a sentence must hold a symbol each.
    """

    code: str
    text: str
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    check: str
    speaker: str
    said: bool
    spans: bool
    joined: bool

    @property
    def reason(self) -> str:
        """What a find of it is explained by."""
        return f"rule {self.text}" if self.needs else "model of sentences"

    @property
    def plain(self) -> bool:
        """No model doubts it: one word says it all, 爆通讯录 or 呼死你, and no check is asked for, or it is joined."""
        return self.joined or (len(self.needs) == 1 and not self.check and self.code != "visit")


class Match(NamedTuple):
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
    pattern, needs, check, speaker, gap, marks = "", [], "", "", "", set[str]()
    for part in line.split():
        if part.startswith("@"):
            check = part[1:]
        elif part.startswith("%"):
            speaker = part[1:]
        elif part in ("=said", "=joined"):
            marks.add(part)
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
    said, joined = "=said" in marks, "=joined" in marks
    return Rule(code, line, re.compile(pattern), tuple(needs), check, speaker, said, " ; " in line, joined)


@lru_cache(maxsize=1)
def rules() -> list[Rule]:
    """Return the rules in the order of the file."""
    with RULES_FILE.open(encoding="utf-8") as file:
        document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    groups = document["groups"]
    return [_compile(code, line, groups) for code, lines in document["codes"].items() for line in lines]


class RuleBook:
    """Which rules a row of symbols may satisfy, told for all rules at once by the bits of one number.

    Its first stretch of bits says of each rule whether a symbol stands for the first class that the rule needs, the
    second stretch the same of the second class, and so on; a rule with fewer needs has the others met.
    """

    def __init__(self, compiled: Iterable[Rule]) -> None:
        """Give each rule a bit in every stretch."""
        self._rules = list(compiled)
        self._size = size = len(self._rules)
        self._all = (1 << size) - 1
        spanning = sum([1 << number for number, rule in enumerate(self._rules) if rule.spans])
        self._spanning = sum([spanning << (place * size) for place in range(NEEDS_SEEN)])
        self._met = 0
        self._of_code: dict[str, int] = {}
        self._plain = sum([1 << number for number, rule in enumerate(self._rules) if rule.plain])
        self._bits = dict.fromkeys(MARK_SYMBOLS, 0) | dict.fromkeys("".join(lexicon().classes.values()), 0)
        for number, rule in enumerate(self._rules):
            self._of_code[rule.code] = self._of_code.get(rule.code, 0) | 1 << number
            for place in range(NEEDS_SEEN):
                bit = 1 << (place * size + number)
                if place < len(rule.needs):
                    for symbol in rule.needs[place]:
                        self._bits[symbol] |= bit
                else:
                    self._met |= bit

    def can_hold(self, symbols: str, places: Sequence[tuple[int, int, int, int]]) -> list[int]:
        """Return the bits of the rules that each sentence can satisfy, by what it holds and what the next one does.

        `places` are those of `sentence_places`.
        """
        bits_of = self._bits.__getitem__
        held = [reduce(or_, map(bits_of, {*symbols[first:last]}), self._met) for first, last, _, _ in places]
        size, every, spanning, can = self._size, self._all, self._spanning, []
        for own, following in zip(held, [*held[1:], held[-1]], strict=True):
            both = own | following & spanning
            can.append(every & both & both >> size & both >> 2 * size)
        return can

    def bits_of(self, codes: Iterable[str]) -> int:
        """Return the bits of all rules of some codes."""
        return sum([self._of_code.get(code, 0) for code in codes])

    def rules_among(self, can: int, absurd: int) -> list[Rule]:
        """Return those rules of `can`, in their order, that are not `absurd`; both are bits.

        Where a plain rule is among the absurd ones of a code all of them are asked: of what is found first it hangs
        whether it is plain.
        """
        left_out = can & absurd
        while plain := left_out & self._plain:
            left_out &= ~self._of_code[self._rules[plain.bit_length() - 1].code]
        can ^= left_out
        found = []
        while can:
            last = can & -can
            found.append(self._rules[last.bit_length() - 1])
            can ^= last
        return found


@lru_cache(maxsize=1)
def rule_book() -> RuleBook:
    """Return the rules ready to be asked."""
    return RuleBook(rules())
