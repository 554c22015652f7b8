"""Draws names of works, of kinds of houses and of others that are nobody's employer, to learn and to test with."""

import random
import re
from functools import lru_cache
from pathlib import Path

from domain.redaction.places.known_places import place_names
from domain.redaction.works.endings import ending_words
from domain.text import fold
from domain.words.common_words import common_words
from evaluation.batch import unmarked
from evaluation.drawing.drawn_names import any_characters, random_name
from evaluation.learning.marked_texts import PRIVATE

PARTS = Path(__file__).with_name("work_parts.txt")
TOLD = 0.2  # the share of works drawn that stand in the marked sentences


@lru_cache(maxsize=1)
def parts() -> dict[str, list[str]]:
    """Return the classes of `work_parts.txt`."""
    rows = (row.split(": ", 1) for row in PARTS.read_text("utf-8").splitlines() if row[0] != "#")
    return {name: members.split("¦") if "¦" in members else members.split() for name, members in rows}


@lru_cache(maxsize=1)
def all_words() -> list[str]:
    """Return the common words of two characters."""
    return sorted(common_words())


@lru_cache(maxsize=1)
def all_places() -> list[str]:
    """Return the known places."""
    return sorted(place_names())


@lru_cache(maxsize=1)
def all_characters() -> list[str]:
    """Return the characters that words hold."""
    return list(any_characters())


def brand(chance: random.Random) -> str:
    """Return a name of nobody's house: of characters that such names hold, of any, of words or of a person."""
    draw = chance.random()
    if draw < 0.1:
        return random_name(chance)
    if draw < 0.28:
        return chance.choice(all_words())
    if draw < 0.33:
        return chance.choice(("老", "小", "阿")) + random_name(chance)[0] + chance.choice(("", "家", "记"))
    pool = parts()["brand"] if draw < 0.85 else all_characters()
    return "".join(chance.choice(pool) for _ in range(chance.choice((2, 2, 2, 3, 3, 4))))


def place(chance: random.Random) -> str:
    """Return a known city or county, with a town, a village or a street below it or without."""
    known = chance.choice(all_places())
    below = "".join(chance.choice(all_characters()) for _ in range(2)) + chance.choice("镇路村街乡")
    return chance.choice((known, known, known + below, below))


def work(chance: random.Random) -> str:
    """Return the name of a house where somebody may work, learn or lie."""
    if chance.random() < TOLD:
        return chance.choice(told_works())
    draw, of = chance.random(), parts()
    where = place(chance) if chance.random() < 0.4 else ""
    trade = chance.choice(trades())
    if draw < 0.25:
        return (
            where + brand(chance) + trade + chance.choice(of["firm ends"] if chance.random() < 0.7 else of["bare ends"])
        )
    if draw < 0.29:
        return beside(chance)
    if draw < 0.37:
        named = chance.choice((brand(chance), chance.choice("市县区镇") + "第" + chance.choice("一二三四五"), ""))
        return (where if named else place(chance)) + named + chance.choice(of["schools"])
    if draw < 0.47:
        return (
            (where or place(chance)) + (brand(chance) if chance.random() < 0.5 else "") + chance.choice(of["hospitals"])
        )
    if draw < 0.55:
        return place(chance) + chance.choice(of["offices"])
    if draw < 0.77:
        return where + brand(chance) + chance.choice(of["shops"])
    if draw < 0.87:
        house = (
            chance.choice(of["chains"])
            + (place(chance) if chance.random() < 0.3 else "")
            + chance.choice(of["chain ends"])
        )
        mall = chance.choice(of["malls"]) + chance.choice(of["floors"]) + "的"
        return chance.choice(("", "", where, where, place(chance)[:2] + mall, mall)) + house
    if draw < 0.89:
        return where + chance.choice(all_words() if chance.random() < 0.2 else [brand(chance)]) + chance.choice(areas())
    if draw < 0.94:
        return (
            place(chance)
            + chance.choice(("的", "的一家", "一家", "那边的一个", ""))
            + trade
            + chance.choice(("厂", "公司", "店"))
        )
    return where + (brand(chance) if chance.random() < 0.6 else chance.choice(of["brand"]) + brand(chance))


def beside(chance: random.Random) -> str:
    """Return a house told by another one, by a department of it or by what it sells where."""
    of, draw = parts(), chance.random()
    house = (
        chance.choice(of["chains"])
        if chance.random() < 0.5
        else brand(chance) + chance.choice(["", *of["shops"], *of["offices"]])
    )
    if draw < 0.3:
        near = chance.choice((brand(chance) + chance.choice(areas()), chance.choice(of["malls"]), place(chance)))
        return (
            near + chance.choice(("对面的", "旁边的", "楼上的", "楼下的", "隔壁的", "门口的", "里的", "边上的")) + house
        )
    if draw < 0.55:
        return (
            place(chance)
            + brand(chance)[:2]
            + chance.choice(of["scenes"])
            + chance.choice(("的", "", "的一家"))
            + house
        )
    if draw < 0.85:
        whole = place(chance) + chance.choice([*of["hospitals"], *of["offices"], *of["schools"]])
        return chance.choice((whole, brand(chance) + chance.choice(of["firm ends"]))) + chance.choice(of["departments"])
    return (
        chance.choice(of["platforms"])
        + chance.choice(("一个卖", "一家卖", "上卖"))
        + chance.choice(all_words())[:1]
        + chance.choice(("的直播间", "的店", "的网店"))
    )


@lru_cache(maxsize=1)
def areas() -> list[str]:
    """Return the words for parts of works and for places where there are many."""
    return sorted(word for word, of in ending_words().items() if of == "a")


@lru_cache(maxsize=1)
def trades() -> list[str]:
    """Return the trades that works are named by."""
    return sorted(word for word, kind in ending_words().items() if kind == "t")


def kind(chance: random.Random) -> str:
    """Return a kind of house, which is nobody's."""
    of = parts()
    draw = chance.random()
    if draw < 0.25:
        return chance.choice(of["nowhere"])
    if draw < 0.35:
        return chance.choice(all_places())
    named = (
        chance.choice(of["kinds alone"])
        if chance.random() < 0.7
        else chance.choice(trades()) + chance.choice(("厂", "公司", "行业"))
    )
    return chance.choice(of["before kinds"]) + named


def others(chance: random.Random) -> str:
    """Return a lender, a collector or a public office."""
    of, draw = parts(), chance.random()
    where = place(chance) if chance.random() < 0.3 else ""
    if draw < 0.35:
        return where + brand(chance) + chance.choice(of["lender ends"])
    if draw < 0.7:
        return where + brand(chance) + chance.choice(of["collector ends"])
    return place(chance) + chance.choice(of["public ends"])


@lru_cache(maxsize=1)
def marked() -> list[tuple[str, list[tuple[int, int]]]]:
    """Return the folded marked sentences with the places of the works in them."""
    told = []
    for line in PRIVATE.read_text("utf-8").splitlines():
        if line and line[0] != "#":
            text, spans = unmarked(line)
            folded = fold(text)
            if len(folded) == len(text):
                told.append((folded, [(start, end) for letter, start, end in spans if letter == "w"]))
    return told


@lru_cache(maxsize=1)
def told_works() -> list[str]:
    """Return the works of the marked sentences that are written in Chinese."""
    works = {text[start:end] for text, spans in marked() for start, end in spans}
    return sorted(work for work in works if re.search("[一-鿿]", work))
