"""Scores what may be the name of an employer or a school by weights that evaluation/train_works.py learned.

A place to look at ends where a word for a kind of house or a trade ends (恒瑞达精密电子厂) or where what somebody does
there begins (金银湖万达优衣库|上班), or is all of a clause. Where it begins, and whether it is anybody's (一家工厂) or
somebody's, the characters of it and on both sides of it tell.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from domain.redaction.finds import touched
from domain.redaction.names.features import kind
from domain.redaction.places.known_places import Chain
from domain.redaction.weights import read_weights
from domain.redaction.works.words import ROLE
from domain.words.common_words import common_words

WEIGHTS_FILE = Path(__file__).with_name("work_weights.txt")
MARKS = re.compile(r"[^\w()·&'-]+")
LONGEST, SHORTEST, MOST_STARTS, SEEN_BEFORE, SEEN_AFTER = 22, 3, 3, 3, 4
# What no name of a house goes over: 我在|恒瑞达, 他们|旭日幼儿园
NEVER_INSIDE = frozenset("我你他她它您们了着过吗呢吧啊把被就也都没不会能说")
# Of the works in the texts learned from, one in so many has less on one side or on both than the weights file says;
# most other places have, and are not looked at any further.
LEAST = ("least left", "least right", "least outside")
# Behind these stands where somebody is, works or learns; before those what somebody does there.
# (They begin with their characters, so that they are tried at these alone.)
OPENERS = re.compile(
    r"[在于喺叫“「号名位到职上考进司校给替帮是打加跟](?:(?<=[在于喺叫“「])|(?<=字号)|(?<=名)[为是字]|(?<=单位)[是叫:]?|(?<=进)了|(?<=[我他她])是|(?<=打)[了进]?|(?<=加)[了进]|(?<=跟)着|(?<=[打找寄跑来去闹]到)"
    r"|(?<=入职)了?|(?<=上)了|(?<=考)[上进]|(?<=公司)[是:]|(?<=学校)[是:]|(?<=[给替帮]))"
)
# The first character of what somebody does at work: 端|盘子, 理|货, 写|代码
_DOES = (
    "做当干跑卖教端管帮搞修洗扫守送种养开焊剪切收值实任就读念看写理采抓摇喷绑搓扮炸拍画弹唱缝剥串刷织挖撑装卸搬站带顾揉烤煮打吊推"
    "放喂选摘运记接演跳压炒登录质烧护义支"
)
_BELONGS = (
    r"[前柜总后]台|人事|同事|门[口卫]|大门|老板|领导|楼下|宿舍|食堂|专柜|流水线|车间|附近|对面|旁边|办公|财务|工会|工友|员工|职工|学生"
    r"|老师|师傅|司机|值班|调度"
)
_AT_WORK = r"[上下]?过?[夜早晚白中]?班|打工|返工|上学|住院|搬货|装货|站岗|工作"
GOES_ON = re.compile(rf"里?(?:{_AT_WORK}|[{_DOES}]|{_BELONGS})|的")
GOES_ON_FIRST = re.compile(rf"[的里过夜早晚白中下返住工前柜总后人同门大老领楼宿食专流附对旁办财员职学师司调{_DOES}]")
_AT_ONCE = frozenset(f"的{_DOES}")
# What goes on behind a name, told by its sort: the words themselves are too many to have been learned.
_SORTS = re.compile(
    rf"(?P<work>里?(?:{_AT_WORK}))|(?P<belongs>[的里]?(?:{_BELONGS}|{ROLE}))|(?P<does>里?[{_DOES}])|(?P<of>[的里嘅])|(?P<mark>\W|$)|(?P<class>[大小中初高一二三四五六七八九][一二三四五六]?[\d班年])"
)
CLAUSE = re.compile(r"[\w()·&'-]{1,18}")
# 我养蜂的,|秦岭老雷蜂场|,: all of a clause, and nothing in it that most clauses hold
NAME_ALONE = re.compile(
    r"[,。:;“「(【、](?!\d)[^\W的了我你他她它您们这那是在有不没就都也还说要会能可被把给让叫打来去到着过吗呢吧啊和与请将已先再又很太最什么怎谁哪]{3,14}(?=[,。;”」)】、!?]|$)"
)
# What has no word for a kind of house may be anything (七上八下).
ENOUGH, WITHOUT_A_WORD = -1.0, 1.0
NOTHING = "\0"  # stands before the first character of a text
Span = tuple[float, int, int]


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the learned weight of each feature."""
    return read_weights(WEIGHTS_FILE)


@lru_cache(maxsize=1)
def ending_words() -> dict[str, str]:
    """Return the words that end the name of a house (`k`, `t` for trades, `s` for shops, `a` for parts, `e` for
    others)."""
    words: dict[str, str] = {}
    rows = Path(__file__).with_name("workplace_words.txt").read_text("utf-8").splitlines()
    classes = {"employer": "k", "trade": "t", "shop": "s", "area": "a", "ending": "e"}
    for row in rows:
        name, _, members = row.partition(": ")
        for word in members.split() if name in classes else ():
            bare = word.split("(")[0]
            if bare and not set(bare) & set("[]{}.^|"):
                words.setdefault(bare, classes[name])
    return words


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, list[str]]:
    words = sorted(ending_words(), key=len)  # so that of those with one end the longest is the last
    return AhoCorasick(words, matchkind=MatchKind.Standard), words


class _Kinds(dict[int, str]):
    """The kind of each character, worked out when it is first met; works as a table for `str.translate`."""

    def __missing__(self, code: int) -> str:
        self[code] = told = kind(chr(code))
        return told


NOT_CHINESE = re.compile("[^一-鿿]+")
_KINDS = _Kinds({ord(NOTHING): NOTHING})


def plain(folded: str) -> str:
    """Return a text in which every character but Chinese ones is told by its kind, as long as it was."""
    return NOT_CHINESE.sub(_kinds_of, folded)


def _kinds_of(stretch: re.Match[str]) -> str:
    return stretch[0].translate(_KINDS)


def endings(folded: str) -> Iterator[tuple[int, str]]:
    """Yield (end, word) of each place where the word for a kind of house or a trade ends."""
    automaton, words = _automaton()
    longest = {end: index for index, _, end in sorted(automaton.find_matches_as_indexes(folded, overlapping=True))}
    for end, index in longest.items():
        yield end, words[index]


def between_words(folded: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between a word for where somebody is and what somebody does there, or the next mark."""
    for opener in OPENERS.finditer(folded):
        start = opener.end()
        clause = CLAUSE.match(folded, start)
        last = clause.end() if clause else start
        for first in GOES_ON_FIRST.finditer(folded, start + SHORTEST - 1, last):
            if first[0] in _AT_ONCE or GOES_ON.match(folded, first.start(), last):
                yield start, first.start()
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
    for clause in NAME_ALONE.finditer(folded):
        yield "", clause.end(), [clause.start() + 1]


def left_features(before: str, first: str) -> tuple[str, ...]:
    """Return what stands around the beginning: `before` are the three characters before it, `first` its first two."""
    b1 = before[-1:] or "^"
    return (
        f"b{b1}", f"B{before[-2:]}", f"D{before}", f"f{first[:1]}", f"F{first}", f"j{b1}{first[:1]}",
        f"J{before[-2:]}{first[:1]}", f"w{common_words().get(before[-1:] + first[:1], 0)}",
        f"v{common_words().get(first, 0)}",
    )  # fmt: skip


@lru_cache(maxsize=4096)
def sort_of(after: str) -> str:
    """Return the sort of what goes on behind a name."""
    match = _SORTS.match(after)
    return (match.lastgroup or "") if match else ""


def right_features(word: str, after: str) -> tuple[str, ...]:
    """Return what stands around the end: the word it ends with and the four characters behind it."""
    end = ending_words().get(word, "-")
    r1, sort = after[:1] or "^", sort_of(after)
    return (
        f"k{word}", f"K{end}", f"r{r1}", f"R{after[:2]}", f"Z{after[:3]}", f"q{word}{r1}", f"Q{end}{after[:2]}",
        f"h{sort}", f"H{end}{sort}",
    )  # fmt: skip


def outer_features(before: str, end: str, sort: str) -> tuple[str, ...]:
    """Return what stands on both sides: two characters before it, the class of its last word, what goes on behind."""
    b1 = before[-1:] or "^"
    return f"g{b1}{sort}", f"G{before}{sort}", f"l{b1}{end}{sort}", f"o{b1}{end}"


def inner_features(name: str, word: str, before: str, after: str) -> Iterator[str]:
    """Yield what the name itself is like, and both sides together."""
    core = name[: len(name) - len(word)]
    size = len(core)
    yield f"n{min(size, 10)}{ending_words().get(word, '-')}"
    yield f"O{before[-2:]}{after[:1] or '^'}"
    yield f"L{sort_of(after)}{min(size, 8)}{ending_words().get(word, '-')}"
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
def _left(around: str) -> float:
    """Add up what stands around a beginning: the three characters before it and the two behind."""
    return _sum(left_features(around[:SEEN_BEFORE].lstrip(NOTHING), around[SEEN_BEFORE:]))


@lru_cache(maxsize=8192)
def _right(word: str, after: str) -> float:
    return _sum(right_features(word, after))


@lru_cache(maxsize=8192)
def _outer(before: str, end: str, sort: str) -> float:
    return _sum(outer_features(before.lstrip(NOTHING), end, sort))


def scored(folded: str, chains: Sequence[Chain]) -> Iterator[Span]:
    """Yield (score, start, end) of what may be somebody's employer; above 0 it is likelier one than not."""
    kept: dict[int, float] = {}
    told = plain(NOTHING * SEEN_BEFORE + folded)  # character number i of the text is number SEEN_BEFORE + i
    least_left, least_right, least_outside = (weights().get(name, -30.0) for name in LEAST)
    for word, end, starts in candidates(folded):
        after = told[end + SEEN_BEFORE : end + SEEN_BEFORE + SEEN_AFTER]
        right = _right(word, after)
        if right < least_right:
            continue
        of, sort = ending_words().get(word, "-"), sort_of(after)
        outside = []
        for start in starts:
            left = kept.get(start)
            if left is None:
                left = kept[start] = _left(told[start : start + SEEN_BEFORE + 2])
            if left > least_left:
                score = left + right + _outer(told[start + 1 : start + SEEN_BEFORE], of, sort)
                if score > least_outside:
                    outside.append((score, start))
        outside.sort(reverse=True)
        near = touched(chains, end - LONGEST - 4, end) if outside else []
        for score, start in outside[:MOST_STARTS]:
            name, before = (
                told[start + SEEN_BEFORE : end + SEEN_BEFORE],
                told[max(SEEN_BEFORE, start) : start + SEEN_BEFORE],
            )
            inner = _sum(inner_features(name, word, before, after))
            doubt = 0.0 if word else WITHOUT_A_WORD
            yield score + inner + _sum(place_features(start, end, near)) - doubt, start, end


def likely_works(folded: str, chains: Sequence[Chain]) -> Iterator[Span]:
    """Yield what is likely somebody's employer, the likeliest of those that overlap."""
    taken: list[tuple[int, int]] = []
    for score, start, end in sorted((span for span in scored(folded, chains) if span[0] > ENOUGH), reverse=True):
        if all(end <= first or last <= start for first, last in taken):
            taken.append((start, end))
            yield score, start, end
