"""Draws names of nobody to learn from: by surname, by characters, and names that are words."""

import random
from functools import lru_cache
from pathlib import Path

from domain.redaction.names.features import (
    FIRST_BYTE_OF_THE_RARER,
    FOLDER,
    classes,
    surname_ranks,
    typical,
)
from domain.words.common_words import common_words

FIRST = (
    "建国志晓海文小玉春丽秀雪梓雨子思佳俊浩宇明永立振德金桂红淑素美凤兰少天一家嘉欣诗若可紫艳婷静慧敏启世显大长正光荣新东学成卫"
    "军爱云月彩亚继宗广福贵冬夏秋石宏宪润品伟清鹏书喜民克维兆洪仁庆绍景宝"
)
SECOND = (
    "国华军伟强平芳英敏静丽艳霞娟玲梅红燕秀兰珍凤莲芬花香春明亮辉杰鹏飞涛磊波斌刚勇健龙峰林海洋宇轩豪浩然泽昊哲远志成功民生安康"
    "宁福贵财旺东升阳光荣祥瑞琳琪瑶婷妍怡欣悦涵萱桐彤蕾雯雪晴云雨露霜月娜倩莹颖洁慧珠玉环妤洪夏振启方诚糖才友根水山石田富余勤俭满恒和"
)
SINGLE = (
    "伟强芳敏静丽勇军杰涛磊洋艳娟霞玲燕超明刚辉鹏飞斌波健平鑫帅凯浩亮宇婷颖洁倩雪琳慧莉萍蕾莹欣悦琪诚糖旭冰晨阳昊然彬岩松柏峰龙虎"
    "骏桐瑶进甜朗兵凡誉建宽智胜利"
)
# Given names that are words: 郝建设, 文静怡. Without them the model learns that a word is no name.
WORDS = tuple(Path(__file__).with_name("name_words.txt").read_text("utf-8").split())


def random_name(chance: random.Random) -> str:
    """Return a name: common surnames more often, one in twenty-five a double one; one given name in four is short.

    Given names are drawn from few popular characters, from those that are in names at all, and one in ten from any:
    else the model learns the list that they came from.
    """
    surnames = surname_line()
    if chance.random() < 0.04:
        surname = chance.choice(sorted(classes()["compound"]))
    else:
        place = int(chance.expovariate(1 / 60)) if chance.random() < 0.8 else chance.randrange(len(surnames))
        surname = surnames[min(place, len(surnames) - 1)]
    draw = chance.random()
    if draw < 0.03:
        return chance.choice(named_like_words())
    if draw < 0.075:
        return surname + chance.choice(WORDS)
    if draw < 0.095:
        return surname + chance.choice(list_of_words())
    if draw < 0.17:
        return surname + 2 * _character(chance, SINGLE)
    if draw < 0.38:
        return surname + _character(chance, SINGLE)
    return surname + _character(chance, FIRST) + _character(chance, SECOND)


def _character(chance: random.Random, popular: str) -> str:
    draw = chance.random()
    if draw < 0.4:
        return chance.choice(popular)
    if draw < 0.86:
        return chance.choice(known_characters())
    return chance.choice(any_characters() if draw < 0.95 else rare_characters())


@lru_cache(maxsize=1)
def surname_line() -> str:
    """Return the surnames, the commonest first."""
    lines = (FOLDER / "name_characters.txt").read_text("utf-8").splitlines()
    return next(line for line in lines if line.startswith("surnames:"))[10:].strip()


@lru_cache(maxsize=1)
def list_of_words() -> list[str]:
    """Return the common words of two characters that could be a given name: none with a character no name holds."""
    return [word for word in sorted(common_words()) if all(character in classes()["given"] for character in word)]


@lru_cache(maxsize=1)
def named_like_words() -> list[str]:
    """Return the common words that begin like a surname: 田野, 方圆, 暴雨; rarer ones thrice, likelier names twice."""
    words = [word for word in sorted(common_words()) if word[0] in surname_ranks()]
    rarer = [word for word in words if common_words()[word] < 2]
    likelier = [word for word in rarer if surname_ranks()[word[0]] < "e" and word[1] in classes()["given"]]
    return [*words, *rarer, *rarer, *likelier, *likelier]


@lru_cache(maxsize=1)
def known_characters() -> str:
    """Return the characters that names are known to hold, those that are rare elsewhere twice."""
    often = [character for character, step in typical()["first"].items() if step > 0]
    return "".join([*sorted(classes()["given"]), *sorted(often)])


@lru_cache(maxsize=1)
def any_characters() -> str:
    """Return the second characters of all common words."""
    return "".join(sorted({word[1] for word in common_words()}))


@lru_cache(maxsize=1)
def rare_characters() -> str:
    """Return the 3,008 characters of the second level of GB 2312."""
    rows = range(FIRST_BYTE_OF_THE_RARER, 0xF8)
    return "".join(bytes((row, place)).decode("gb2312", "ignore") for row in rows for place in range(0xA1, 0xFF))
