"""Visits: threatened, announced, actual or intrusive, one of them to a sentence; by cues and by a model (0011)."""

import re
from dataclasses import replace
from functools import lru_cache

from domain.tactic_reading.assertions.assertion import Scope, scope_of
from domain.tactic_reading.assertions.hearsay import is_witnessed
from domain.tactic_reading.lexicon.concepts import SENTENCE, Concepts, lexicon
from domain.tactic_reading.rules.rule import Match, Rule
from domain.tactic_reading.speakers.quotes import Quotes
from domain.tactic_reading.speakers.speaker import MESSAGE
from domain.tactic_reading.visits.told_as_seen import is_told_as_seen
from domain.tactic_reading.visits.visit_model import likeliest_visit, words_around

# 二十分钟不回电就上楼敲门: what follows where a time runs out has not happened yet.
ULTIMATUM = re.compile(
    r"(?:分钟|小时|钟头|[0-9一二三两几]天|今[天晚]|明[天早]|点)(?:之?[内前])?[^,.?!;:]{0,6}[不没未][^,.?!;:]{1,8},?(?:就|便|立[刻即]|马上|直接|那就|别怪)"
)
# The agent said he was standing at my gate: where somebody is by his own words alone, nobody has seen him.
SAID_TO_BE = re.compile(
    r"\b(?:agents?|collectors?|callers?|reps?|representative|officer|man|guy|woman|lady|he|she|they|message|text|sms|who)"
    r" (?:just |then |even |later )?(?:said|says|told (?:me|us)|claim(?:s|ed)|texted|wrote|swore)(?: that)?"
    r" (?:he|she|they|someone|somebody|(?:an?|the|their|his) \w+)(?:'s|'re| is| was| are| were)(?: already| now)?"
    r" (?:standing|waiting|parked|sitting|outside|downstairs|here|at|in|on|near)\b"
    r"(?!.*\b(?:and|but) (?:sure enough|indeed|there (?:he|she|they)|(?:he|she|they) (?:was|were|did)|i saw))"
)
LONGEST_LOOKED_AT = 60  # characters
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


def resolve_visits(
    matches: list[Match], folded: str, concepts: Concepts, speaker: str, quotes: Quotes
) -> tuple[list[Match], list[Match]]:
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
        code = _code_of(match, folded, concepts, speaker, quoted)
        named = Match(_named(match.rule, code), match.first, match.last)
        rival = chosen.setdefault(start, named)
        if rival is not named:
            heavier = _weight(named, concepts) > _weight(rival, concepts)
            chosen[start] = named if heavier else rival
            overruled.append(rival if heavier else named)
    return sorted([*kept, *chosen.values()], key=lambda match: (match.first, match.last)), overruled


def _weight(match: Match, concepts: Concepts) -> tuple[int, int]:
    """Return what a visit weighs beside the others of its sentence: of like ones the one told at greater length.

    我是外访，已经到你小区门口了: whoever asks what the message says is shown 到你小区门口 rather than 外访.
    """
    return -PRECEDENCE.index(match.rule.code), concepts.ends[match.last - 1] - concepts.starts[match.first]


def _is_belied(scope: Scope) -> bool:
    """Whether somebody says that they came, and nobody did."""
    cues = _cues()
    return bool(cues["spoken"].search(scope.near + scope.inside) and cues["nobody"].search(scope.after))


@lru_cache(maxsize=1024)
def _named(rule: Rule, code: str) -> Rule:
    """Return a rule of visits with the code of the visit that it found."""
    return replace(rule, code=code)


def _code_of(match: Match, folded: str, concepts: Concepts, speaker: str, quoted: bool) -> str:
    """Return the visit that a match tells of; that force was used is told by rules and the model of sentences too."""
    scope, around = scope_of(concepts, *match[1:]), words_around(folded, concepts, *match[1:])
    guess = guessed_visit(scope, speaker, quoted)
    code = likeliest_visit(guess, speaker, scope, quoted, around)
    is_unmade = ULTIMATUM.search(around) or _is_belied(scope)
    if guess == "visit_threatened":
        seen = not (is_unmade or quoted or scope.asked) and _is_seen(match, folded, concepts, speaker)
        if seen or _is_witnessed(match, folded, concepts):
            return "visit_intrusive" if "visit_intrusive" in (code, match.rule.code) else "visit_actual"
    if code == "visit_actual" and _is_said_to_be_there(match, folded, concepts):
        return "visit_threatened"
    if guess == "visit_threatened" and (code == "visit_intrusive" or (code == "visit_actual" and is_unmade)):
        return guess  # 他们说要上门泼油漆: what is only said was not done
    return match.rule.code if match.rule.code == "visit_intrusive" and code == "visit_actual" else code


def _is_witnessed(match: Match, folded: str, concepts: Concepts) -> bool:
    """Whether who lives there or next door saw them: My neighbor said the collectors were at my house."""
    before = concepts.stops.rfind(SENTENCE, 0, match.first)
    begins_at = concepts.ends[before] if before >= 0 else 0
    return is_witnessed(folded, concepts.starts[match.first], concepts.ends[match.last - 1], begins_at)


def _is_seen(match: Match, folded: str, concepts: Concepts, speaker: str) -> bool:
    """Whether they are told to be there by who lives there: 催收已经到我家楼下了, 敲了半天门."""
    before, after = concepts.stops.rfind(SENTENCE, 0, match.first), concepts.stops.find(SENTENCE, match.last)
    sentence = (concepts.ends[before] if before >= 0 else 0, concepts.starts[after] if after >= 0 else len(folded))
    start, end = concepts.starts[match.first], concepts.ends[match.last - 1]
    return is_told_as_seen(folded, start, end, sentence, speaker == MESSAGE)


def _is_said_to_be_there(match: Match, folded: str, concepts: Concepts) -> bool:
    """Whether the sentence, so far as it is looked at, says before a match that somebody told where they are."""
    start, end = concepts.starts[match.first], concepts.ends[match.last - 1]
    before, after = concepts.stops.rfind(SENTENCE, 0, match.first), concepts.stops.find(SENTENCE, match.last)
    floor = max(concepts.ends[before] if before >= 0 else 0, start - LONGEST_LOOKED_AT)
    ceiling = min(concepts.starts[after] if after >= 0 else len(folded), end + LONGEST_LOOKED_AT)
    said = SAID_TO_BE.search(folded, floor, ceiling)
    return said is not None and said.start() < end


def guessed_visit(scope: Scope, speaker: str, quoted: bool) -> str:
    """Return whether the cues of a visit alone tell of one that was made, announced or threatened."""
    before = scope.near + scope.inside
    cues = _cues()
    turn = max((found.end() for found in cues["turn"].finditer(before)), default=0)
    spoken = cues["spoken"].search(before, turn) or cues["nobody"].search(scope.after) or speaker == MESSAGE
    spoken = spoken or (quoted and not turn)  # “今晚八点, 家里见”
    appointed = len(cues["announce"].findall(scope.sentence + scope.inside + scope.after))
    if not turn and appointed >= (1 if spoken else 2) and not cues["pressed"].search(before):
        return "visit_announced"
    return "visit_threatened" if spoken else "visit_actual"
