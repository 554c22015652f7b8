"""Visits: threatened, announced, actual or intrusive, one of them to a sentence. A threat is never read as a visit."""

import re
from dataclasses import replace
from functools import lru_cache

from domain.tactic_reading import speakers
from domain.tactic_reading.assertion import scope_of
from domain.tactic_reading.concepts import SENTENCE, Concepts, lexicon
from domain.tactic_reading.quotes import Quotes
from domain.tactic_reading.rules import Match, Rule

PRECEDENCE = ("visit_intrusive", "visit_actual", "visit_threatened", "visit_announced")


@lru_cache(maxsize=1)
def _cues() -> dict[str, re.Pattern[str]]:
    classes = lexicon().classes

    def any_of(names: str) -> re.Pattern[str]:
        return re.compile("[" + "".join(classes[name] for name in names.split("|")) + "]")

    return {
        "spoken": any_of("said|threaten|will|unless|if|maybe|arrived"),
        "pressed": any_of("threaten|unless|arrived"),
        "announce": any_of("announce"),
        "turn": any_of("it_happened|turn"),
        "nobody": any_of("nobody_came"),
    }


def resolve(matches: list[Match], concepts: Concepts, speaker: str, quotes: Quotes) -> tuple[list[Match], list[Match]]:
    """Give each visit of a sentence its code and keep of them the one that weighs most; return those overruled too."""
    kept: list[Match] = []
    overruled: list[Match] = []
    chosen: dict[int, Match] = {}
    for match in matches:
        if match.rule.code not in ("visit", "visit_intrusive"):
            kept.append(match)
            continue
        if not match.rule.needs and _cues()["nobody"].search(concepts.symbols, match.first, match.last):
            continue  # 没有人来 tells of no visit
        start = concepts.stops.rfind(SENTENCE, 0, match.first) + 1
        quoted = quotes.hold(concepts.starts[match.first])
        named = Match(_named(match.rule, _code_of(match, concepts, speaker, quoted)), match.first, match.last)
        rival = chosen.setdefault(start, named)
        if rival is not named:
            heavier = PRECEDENCE.index(named.rule.code) < PRECEDENCE.index(rival.rule.code)
            chosen[start] = named if heavier else rival
            overruled.append(rival if heavier else named)
    return sorted([*kept, *chosen.values()], key=lambda match: (match.first, match.last)), overruled


@lru_cache(maxsize=1024)
def _named(rule: Rule, code: str) -> Rule:
    """Return a rule of visits with the code of the visit that it found."""
    return replace(rule, code=code)


def _code_of(match: Match, concepts: Concepts, speaker: str, quoted: bool) -> str:
    scope = scope_of(concepts, match.first, match.last)
    before = scope.near + scope.inside
    cues = _cues()
    turn = max((found.end() for found in cues["turn"].finditer(before)), default=0)
    spoken = cues["spoken"].search(before, turn) or cues["nobody"].search(scope.after) or speaker == speakers.MESSAGE
    spoken = spoken or (quoted and not turn)  # “今晚八点, 家里见”
    appointed = len(cues["announce"].findall(scope.sentence + scope.inside + scope.after))
    if not turn and appointed >= (1 if spoken else 2) and not cues["pressed"].search(before):
        return "visit_announced"
    if spoken:
        return "visit_threatened"
    return "visit_intrusive" if match.rule.code == "visit_intrusive" else "visit_actual"
