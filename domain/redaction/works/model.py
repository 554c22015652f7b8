"""Scores what may be the name of an employer or a school by weights that evaluation/train_works.py learned.

A place to look at ends where a word for a kind of house or a trade ends (恒瑞达精密电子厂) or where what somebody does
there begins (金银湖万达优衣库|上班). Where it begins, and whether it is anybody's (一家工厂) or somebody's, the
characters of it and on both sides of it tell.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from domain.redaction.names.features import common_words, kind
from domain.redaction.places.known_places import Chain

WEIGHTS_FILE = Path(__file__).with_name("work_weights.txt")
MARKS = re.compile(r"[^\w()·&'-]+")
LONGEST, SHORTEST, MOST_STARTS = 18, 3, 3
# What no name of a house goes over: 我在|恒瑞达, 他们|旭日幼儿园
NEVER_INSIDE = frozenset("我你他她它您们了着过吗呢吧啊把被就也都没不会能说")
# Of the works in the texts learned from, one in a hundred has less on one side (-1.2, -2.6) or on both (-1.5); most
# other places have, and are not looked at any further.
LEAST_LEFT, LEAST_RIGHT, LEAST_OUTSIDE = -1.4, -2.6, -1.6
# Behind these stands where somebody is, works or learns; before those what somebody does there.
OPENERS = re.compile(
    r"(?:[在于喺]|单位[是叫:]?|进了|[打找寄跑来去闹]到|入职了?|上了|考[上进]|公司[是叫:]|学校[是叫:]|[给替帮])"
)
GOES_ON = re.compile(
    r"[的里]?(?:[上下]?过?[夜早晚白中]?班|打工|返工|上学|住院|搬货|装货|站岗|工作|[做当干跑卖教端管帮搞修洗扫守送种养开焊剪切收值实任就读念]|[前柜总后]台|人事|同事|门[口卫]|大门|老板|领导|楼下|宿舍|食堂|专柜"
    r"|流水线|车间|附近|对面|旁边|办公|财务|工会|工友|员工|职工|学生|老师|师傅|司机|值班|调度)|的"
)
CLAUSE = re.compile(r"[\w()·&'-]{1,16}")
ENOUGH = 0.0
Span = tuple[float, int, int]


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the learned weight of each feature."""
    rows = WEIGHTS_FILE.read_text("utf-8").splitlines()
    return {name: float(weight) for name, weight in (row.rsplit(" ", 1) for row in rows if row[0] != "#")}


@lru_cache(maxsize=1)
def ending_words() -> dict[str, str]:
    """Return the words that end the name of a house (`k`, `t` for trades, `s` for shops, `a` for parts)."""
    words: dict[str, str] = {}
    rows = Path(__file__).with_name("workplace_words.txt").read_text("utf-8").splitlines()
    classes = {"employer": "k", "trade": "t", "shop": "s", "area": "a"}
    for row in rows:
        name, _, members = row.partition(": ")
        for word in members.split() if name in classes else ():
            bare = word.split("(")[0]
            if bare and not set(bare) & set("[]{}.^|"):
                words.setdefault(bare, classes[name])
    return words


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, list[str]]:
    words = sorted(ending_words())
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest), words


class _Kinds(dict[int, str]):
    """The kind of each character, worked out when it is first met; works as a table for `str.translate`."""

    def __missing__(self, code: int) -> str:
        self[code] = told = kind(chr(code))
        return told


_KINDS = _Kinds()


def plain(folded: str) -> str:
    """Return a text in which every character but Chinese ones is told by its kind, as long as it was."""
    return folded.translate(_KINDS)


def endings(folded: str) -> Iterator[tuple[int, str]]:
    """Yield (end, word) of each place where the word for a kind of house or a trade ends."""
    automaton, words = _automaton()
    for index, _, end in automaton.find_matches_as_indexes(folded):
        yield end, words[index]


def between_words(folded: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between a word for where somebody is and what somebody does there, or the next mark."""
    for opener in OPENERS.finditer(folded):
        start = opener.end()
        clause = CLAUSE.match(folded, start)
        last = clause.end() if clause else start
        for goes_on in GOES_ON.finditer(folded, start + SHORTEST - 1, last):
            if goes_on.start() > start:
                yield start, goes_on.start()
        if start + SHORTEST - 1 <= last:
            yield start, last


def candidates(folded: str) -> Iterator[tuple[str, int, Sequence[int]]]:
    """Yield (word for its kind, end, beginnings) of everything that may be a work."""
    marks = [0, *(mark.end() for mark in MARKS.finditer(folded))]
    for end, word in endings(folded):
        first = max(end - LONGEST, marks[bisect_right(marks, end) - 1])  # in the same clause
        yield word, end, range(first, end - max(SHORTEST, len(word) + 1) + 1)
    for start, end in between_words(folded):
        yield "", end, [start]


def left_features(before: str, first: str) -> tuple[str, ...]:
    """Return what stands around the beginning: `before` are the three characters before it, `first` its first two."""
    b1 = before[-1:] or "^"
    return (
        f"b{b1}", f"B{before[-2:]}", f"D{before}", f"f{first[:1]}", f"F{first}", f"j{b1}{first[:1]}",
        f"J{before[-2:]}{first[:1]}", f"w{common_words().get(before[-1:] + first[:1], 0)}",
        f"v{common_words().get(first, 0)}",
    )  # fmt: skip


def right_features(word: str, after: str) -> tuple[str, ...]:
    """Return what stands around the end: the word it ends with and the three characters behind it."""
    end = ending_words().get(word, "-")
    r1 = after[:1] or "^"
    return (
        f"k{word}", f"K{end}", f"r{r1}", f"R{after[:2]}", f"Z{after}", f"q{word}{r1}", f"Q{end}{after[:2]}",
    )  # fmt: skip


def inner_features(name: str, word: str, before: str, after: str) -> Iterator[str]:
    """Yield what the name itself is like, and both sides together."""
    core = name[: len(name) - len(word)]
    size = len(core)
    yield f"n{min(size, 10)}{ending_words().get(word, '-')}"
    yield f"o{before[-1:] or '^'}{after[:2] or '^'}"
    yield f"O{before[-2:]}{after[:1] or '^'}"
    yield f"p{core}" if size < 4 else "p+"
    yield f"x{core[-2:]}"
    words = common_words()
    known = 0
    for place in range(size - 1):
        pair = core[place : place + 2]
        yield f"i{pair}"
        known += pair in words
    for character in set(core):
        yield f"c{character}"
    yield f"u{min(known, 4)}{min(size, 6)}"
    if "的" in core:
        yield "de"
    if NEVER_INSIDE.intersection(core):
        yield "never"


def place_features(start: int, end: int, chains: Sequence[Chain]) -> Iterator[str]:
    """Yield how the name stands to known cities and counties."""
    for first, last in chains:
        if first == start and last < end:
            yield "with place"
        elif last == start:
            yield "behind place"
        elif first < start < last or first < end < last:
            yield "across place"
        elif start < first < end:
            yield "holds place"


def _sum(features: Iterable[str]) -> float:
    get = weights().get
    return sum([get(feature, 0.0) for feature in features])


@lru_cache(maxsize=16384)
def _left(before: str, first: str) -> float:
    return _sum(left_features(plain(before), plain(first)))


@lru_cache(maxsize=8192)
def _right(word: str, after: str) -> float:
    return _sum(right_features(word, plain(after)))


def scored(folded: str, chains: Sequence[Chain]) -> Iterator[Span]:
    """Yield (score, start, end) of what may be somebody's employer; above 0 it is likelier one than not."""
    kept: dict[int, float] = {}
    for word, end, starts in candidates(folded):
        after = folded[end : end + 3]
        right = _right(word, after)
        if right < LEAST_RIGHT:
            continue
        least = max(LEAST_LEFT, LEAST_OUTSIDE - right)
        lefts = []
        for start in starts:
            left = kept.get(start)
            if left is None:
                left = kept[start] = _left(folded[start - 3 if start > 3 else 0 : start], folded[start : start + 2])
            if left > least:
                lefts.append((left, start))
        lefts.sort(reverse=True)
        near = [chain for chain in chains if chain[1] > end - LONGEST - 4 and chain[0] < end] if lefts else []
        for left, start in lefts[:MOST_STARTS]:
            before, name = plain(folded[max(0, start - 3) : start]), plain(folded[start:end])
            inner = _sum(inner_features(name, word, before, plain(after)))
            yield left + right + inner + _sum(place_features(start, end, near)), start, end


def likely_works(folded: str, chains: Sequence[Chain]) -> Iterator[Span]:
    """Yield what is likely somebody's employer, the likeliest of those that overlap."""
    taken: list[tuple[int, int]] = []
    for score, start, end in sorted((span for span in scored(folded, chains) if span[0] > ENOUGH), reverse=True):
        if all(end <= first or last <= start for first, last in taken):
            taken.append((start, end))
            yield score, start, end
