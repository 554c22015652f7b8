"""Learn domain/redaction/works/work_weights.txt: a logistic regression over every place that may be a work's.

python -m evaluation.train_works

Works are drawn at random from parts (evaluation/work_parts.txt) and put into frames (work_frames.txt) where somebody
works, learns or lies there; so are kinds of houses (一家工厂), which are nobody's, and firms of lenders and
collectors and public offices. The labelled texts that are for tuning and the marked sentences are learned from, too.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from domain.redaction.names.features import common_words
from domain.redaction.places.known_places import known_chains, place_names
from domain.redaction.works.model import (
    WEIGHTS_FILE,
    candidates,
    ending_words,
    inner_features,
    left_features,
    place_features,
    plain,
)
from domain.redaction.works.model import right_features as right
from domain.text import fold
from evaluation.batch import unmarked
from evaluation.drawn_names import any_characters, random_name
from evaluation.marked_texts import PRIVATE, marked_sentences, marked_texts
from evaluation.train_names import HERE, PLAIN, TEXTS, learn

FRAMES, PARTS = HERE / "work_frames.txt", HERE / "work_parts.txt"
OWN, NOBODYS, OTHERS = 40, 24, 40  # how many texts are drawn from each frame
Labelled = tuple[str, set[tuple[int, int]]]
Row = tuple[list[str], bool]


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


def framed() -> Iterator[Labelled]:
    """Yield the frames filled in, those of somebody's work with kinds of houses, too."""
    chance = random.Random(2)  # noqa: S311 (houses of nobody)
    rows = [row for row in FRAMES.read_text("utf-8").splitlines() if row[0] in "+-"]
    tails = [row[1:] for row in rows if row[1:].index("@") > 0]
    for row in rows:
        frame = row[1:].replace("\\n", "\n")
        for draw, count in ((work, OWN), (kind, NOBODYS)) if row[0] == "+" else ((others, OTHERS), (kind, 10)):
            for _ in range(count):
                name = fold(draw(chance))
                before, _, after = fold(frame).partition("@")
                lead = chance.choice(("", "", "昨天", "他们说", "后来", "。", "，", "还", "今天早上", "而且"))
                before = fold(lead) + before
                after += fold(chance.choice(("", "。", "，", "，他们一天打二十个电话")))
                span = {(len(before), len(before) + len(name))} if draw is work else set()
                yield before + name + after, span
    del tails


def labelled() -> Iterator[Labelled]:
    """Yield the labelled and the marked texts, and those that hold no work."""
    for path in sorted(path for start in TEXTS for path in (HERE / "texts").glob(f"{start}*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            folded = fold(row["text"])
            if len(folded) == len(row["text"]):
                yield folded, {(find["start"], find["end"]) for find in row["pii"] if find["type"] == "workplace"}
    for line in PRIVATE.read_text("utf-8").splitlines():
        if line and line[0] != "#":
            text, spans = unmarked(line)
            folded = fold(text)
            if len(folded) == len(text):
                yield folded, {(start, end) for letter, start, end in spans if letter == "w"}
    for told in [*marked_sentences(), *marked_texts()]:
        if not re.search("厂|店|学校|医院|公司(?!上班)", told.text):
            yield fold(told.text), set()
    for line in PLAIN.read_text("utf-8").splitlines():
        yield fold(line), set()


def rows(chance: random.Random) -> Iterator[Row]:
    """Yield the features of each span that may be a work; of those that are none and touch none, some."""
    texts = [(text, spans, 1.0) for text, spans in framed()] + [
        (text, spans, 0.5) for text, spans in labelled() for _ in range(3)
    ]
    for text, spans, share in texts:
        chains, told = known_chains(text), plain(text)
        for word, end, starts in candidates(text):
            for start in starts:
                is_work = (start, end) in spans
                touches = any(start < last and first < end for first, last in spans)
                # Of texts that people write everything between two words is learned from: it is little.
                kept = 1.0 if share < 1 and not word else 0.5 if touches else share * 0.3
                if not is_work and chance.random() > kept:
                    continue
                before, after = told[max(0, start - 3) : start], told[end : end + 3]
                near = [chain for chain in chains if chain[1] > end - 22 and chain[0] < end]
                yield (
                    [
                        *left_features(before, told[start : start + 2]),
                        *right(word, after),
                        *inner_features(told[start:end], word, before, after),
                        *place_features(start, end, near),
                    ],
                    is_work,
                )


def main() -> None:
    """Learn, and write the weights that count for something."""
    chance = random.Random(1)  # noqa: S311 (houses of nobody)
    data = list(rows(chance))
    often = Counter(feature for features, _ in data for feature in features)
    data = [([feature for feature in features if often[feature] > 4], is_work) for features, is_work in data]
    print(f"{len(data)} places, {sum(is_work for _, is_work in data)} works", flush=True)
    learned = learn(data, chance, 4, 1)
    lines = [f"{feature} {weight:.2f}" for feature, weight in sorted(learned.items()) if abs(weight) >= 0.1]
    WEIGHTS_FILE.write_text(
        "# feature weight; written by evaluation/train_works.py\n" + "\n".join(lines) + "\n", "utf-8"
    )
    print(f"{len(lines) - 1} weights")


if __name__ == "__main__":
    main()
