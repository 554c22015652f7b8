"""What an article tells of, by which stories from one template differ: numbers, days, lenders, places, persons."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from domain.lender_finding.finder import LenderFinder
from domain.lenders import load_registry
from domain.regions import regions
from domain.text import fold

HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
# First what may hold a number, found by its first character, which is quick; then the numbers in it.
# What is longer is none: 亿亿亿 a hundred times is no number that a computer takes.
LONGEST_NUMERAL = 16
HAN_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
NUMERIC = re.compile(rf"[0-9{HAN_NUMERALS}][0-9{HAN_NUMERALS},.%/月日号-]+")
NUMBER = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]|(?P<year>\d{4})[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})(?!\d)"
    r"|(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,40}(?:\.\d{1,40})?)(?P<scale>[百千万亿]{0,3})(?P<percent>%?)"
    rf"|(?P<han>[{HAN_NUMERALS}]{{2,{LONGEST_NUMERAL}}})"
)
HAN_PERCENT = "百分之"
# 3 times, 1.1 and 7 companies stand in every text.
SMALLEST = 10
# Firms that no registry knows, told by what they end in. 某某消费金融 is one wherever it stands; 云岭银行 may be one
# and 冒充银行 is none, 豆粒分期 is one and 申请分期 is none: these are names where a text says them again and again.
FIRM = re.compile(
    r"(?P<sure>[一-鿿]{2})(?:农商行|消费金融|消金|小贷|钱包)"
    r"|(?P<likely>[一-鿿]{2})(?:银行|信贷|集团|科技)"
    r"|(?P<loose>[一-鿿]{2})(?:分期|速贷|借条|金融(?!机构)|借款(?!人)|贷款(?!人))"
    r"|(?<![a-z])(?P<english>[a-z]{3,})\s(?:bank|lending|loans?|credit|finance|financial|capital|recovery|funding)(?![a-z])"
)
TIMES = {"sure": 1, "likely": 2, "loose": 3, "english": 2}
# What stands before such an ending and names nobody: 这家银行, 商业银行, your bank.
NOBODY = frozenset(
    word
    for line in Path(__file__).with_name("no_firms.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
PERSON = re.compile(r"(?P<surname>[一-鿿])(?:某|女士|先生|小姐)")
# 某某, 这位女士 and 一位先生 name nobody either.
NO_SURNAMES = frozenset("某位名的个些是和与对向给等叫这那该老小")


def make_ready() -> None:
    """Make the tables, in 0.2 s, before anybody waits for what is found by them."""
    deque(lenders_of("在还呗借款"), maxlen=0)  # also what tells in what role a lender stands there
    _places()


def numbers_of(folded: str) -> Iterator[tuple[int, str]]:
    """Yield (place, fact) of the numbers and days of a folded text, however they are written: 4.1万 is 41000."""
    for run in NUMERIC.finditer(folded):
        for match in NUMBER.finditer(folded, *run.span()):
            for number in _numbers(match, folded):
                yield match.start(), number


def _numbers(match: re.Match[str], folded: str) -> tuple[str, ...]:
    if match.lastgroup == "day":
        return (f"{int(match['month'])}-{int(match['day'])}",)
    if match.lastgroup == "iso_day":
        return f"{int(match['iso_month'])}-{int(match['iso_day'])}", match["year"]
    value = han_value(match["han"]) if match.lastgroup == "han" else _value(match["digits"], match["scale"])
    if value is None:
        return ()
    if match["percent"] or folded.endswith(HAN_PERCENT, 0, match.start()):
        return (f"{value:g}%",)
    return (f"{value:.15g}",) if value >= SMALLEST else ()


def names_of(folded: str) -> Iterator[tuple[int, str]]:
    """Yield (place, name) of the places and persons that a folded text names."""
    automaton, names = _places()
    for number, start, _ in automaton.find_matches_as_indexes(folded):
        yield start, names[number]
    for match in PERSON.finditer(folded):
        if match["surname"] not in NO_SURNAMES:
            yield match.start(), match["surname"] + "某"


def lenders_of(folded: str) -> Iterator[tuple[int, str]]:
    """Yield (place, name) of the lenders that a folded text names, in the registry or not."""
    for found in _finder().find(folded):
        yield found.start, found.slug
    firms = [match for match in FIRM.finditer(folded) if match[match.lastgroup or 0] not in NOBODY]
    times = Counter(match[0] for match in firms)
    for match in firms:
        if times[match[0]] >= TIMES[match.lastgroup or ""]:
            yield match.start(), match[0]


def han_value(written: str) -> float | None:
    """Return the value of a Chinese numeral; None for what is none (千万) or has no place values (三四, 二〇二四)."""
    if written[0] not in HAN_DIGITS | {"十": 10} or not any(character in SCALES for character in written):
        return None
    total = part = digit = 0
    for character in written:
        scale = SCALES.get(character)
        if scale is None:
            digit = HAN_DIGITS[character]
        elif scale >= SCALES["万"]:
            total, part, digit = (total + part + digit) * scale, 0, 0
        else:
            part, digit = part + (digit or 1) * scale, 0
    return total + part + digit


def _value(digits: str, scale: str) -> float:
    value = float(digits.replace(",", ""))
    for character in scale:
        value *= SCALES[character]
    return round(value, 6)


@lru_cache(maxsize=1)
def _finder() -> LenderFinder:
    return LenderFinder(load_registry())


@lru_cache(maxsize=1)
def _places() -> tuple[AhoCorasick, list[str]]:
    """Return the names of provinces and cities, with and without what they end in, and what each stands for."""
    named = {}
    for region in regions().values():
        whole = fold(region.name_zh_hans)
        named[whole] = whole
        if len(whole) > 2 and whole[-1] in "省市":
            named[whole[:-1]] = whole
    return AhoCorasick(list(named), matchkind=MatchKind.LeftmostLongest), list(named.values())
