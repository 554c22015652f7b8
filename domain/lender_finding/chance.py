"""Tells a lender's short name from the same characters met by chance: 工行 in 人工行为, 信也 in 微信也."""

import re
from functools import lru_cache
from pathlib import Path

WORDS_FILE = Path(__file__).with_name("common_words.txt")
# A name of five characters is not met by chance.
LONGEST_DOUBTFUL = 4
# 中国银行业协会 and 上海银行业 are no bank's name.
TRADE_BEHIND = re.compile("业(?!务)|保险监督|监督管理|间市场|间债券")
# 浦发村镇银行 is a bank by itself.
VILLAGE_BANK_BEHIND = re.compile(r"[^\W的和与及或是等]{0,4}村镇银行")
# What can be left of a name in front of a word or behind one: 新|网点, 微信|也, 不够|花.
LEFT_IN_FRONT = frozenset(
    "新老旧大小好多少各每这那不没有在和与就也都还我你他她够最很太用去来把被让给跟向从对为是以可能要想会"
)
LEFT_BEHIND = frozenset("也都就还又的了着过吗呢吧啊呀行花点站页给到在和")


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    lines = WORDS_FILE.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def is_chance(folded: str, start: int, end: int) -> bool:
    """Whether everyday words that cross the edges of [start, end) cover the name there."""
    name = folded[start:end]
    if name.endswith("银行") and TRADE_BEHIND.match(folded, end):
        return True
    if VILLAGE_BANK_BEHIND.match(folded, end):
        return True
    if len(name) > LONGEST_DOUBTFUL or not all("一" <= character <= "鿿" for character in name):
        return False
    words = _words()
    crosses_left = start > 0 and folded[start - 1 : start + 1] in words
    crosses_right = folded[end - 1 : end + 1] in words
    if crosses_left and crosses_right:
        return len(name) == 2 or name[1:-1] in words or len(name) == 3
    if crosses_left:
        return name[1:] in LEFT_BEHIND or name[1:] in words
    return crosses_right and (name[:-1] in LEFT_IN_FRONT or name[:-1] in words)
