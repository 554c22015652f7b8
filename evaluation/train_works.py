"""Learn domain/redaction/works/work_weights.txt: a logistic regression over every place that may be a work's.

python -m evaluation.train_works

Works are drawn at random from parts (drawing/work_parts.txt) and put into frames (work_frames.txt) where somebody
works, learns or lies there; so are kinds of houses (一家工厂), which are nobody's, and firms of lenders and
collectors and public offices. The labelled texts that are for tuning and the marked sentences are learned from, too.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator

from pypinyin.phrases_dict import phrases_dict

from domain.redaction.places.known_places import known_chains
from domain.redaction.works.model import (
    LEAST,
    SEEN_AFTER,
    WEIGHTS_FILE,
    candidates,
    ending_words,
    inner_features,
    left_features,
    outer_features,
    place_features,
    plain,
    sort_of,
)
from domain.redaction.works.model import right_features as right
from domain.text import fold
from evaluation import HERE
from evaluation.drawing.drawn_works import kind, marked, others, work
from evaluation.learning.marked_texts import marked_sentences, marked_texts
from evaluation.train_names import PLAIN, TEXTS, learn

FRAMES = HERE / "drawing" / "work_frames.txt"
OWN, NOBODYS, OTHERS = 20, 12, 20  # how many texts are drawn from each frame
REDRAWN = 12  # how many from each marked sentence, with other works in it
# The share of works that is not looked at, for speed, and how much more is let through: works not learned have less.
LEFT_OUT, LET_THROUGH = 0.01, 1.5
IDIOMS = 6  # one in so many idioms is learned to be no work
Labelled = tuple[str, set[tuple[int, int]]]
Row = tuple[list[str], bool]


def redrawn() -> Iterator[Labelled]:
    """Yield the marked sentences with other works in place of theirs: what stands around them is as people write it."""
    chance = random.Random(3)  # noqa: S311 (houses of nobody)
    for text, spans in marked():
        for _ in range(REDRAWN if spans else 0):
            told, done, placed = "", 0, set()
            for start, end in spans:
                name = fold(work(chance))
                told += text[done:start]
                placed.add((len(told), len(told) + len(name)))
                told += name
                done = end
            yield told + text[done:], placed


def framed() -> Iterator[Labelled]:
    """Yield the frames filled in, those of somebody's work with kinds of houses, too."""
    chance = random.Random(2)  # noqa: S311 (houses of nobody)
    rows = [row for row in FRAMES.read_text("utf-8").splitlines() if row[0] in "+-"]
    for row in rows:
        frame = row[1:].replace("\\n", "\n")
        for draw, count in ((work, OWN), (kind, NOBODYS)) if row[0] == "+" else ((others, OTHERS), (kind, 5)):
            for _ in range(count):
                name = fold(draw(chance))
                before, _, after = fold(frame).partition("@")
                lead = chance.choice(("", "", "昨天", "他们说", "后来", "。", "，", "还", "今天早上", "而且"))
                before = fold(lead) + before
                after += fold(chance.choice(("", "。", "，", "，他们一天打二十个电话")))
                span = {(len(before), len(before) + len(name))} if draw is work else set()
                yield before + name + after, span


def labelled() -> Iterator[Labelled]:
    """Yield the labelled and the marked texts, and those that hold no work."""
    for path in sorted(path for start in TEXTS for path in (HERE / "texts").glob(f"{start}*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            folded = fold(row["text"])
            if len(folded) == len(row["text"]):
                yield folded, {(find["start"], find["end"]) for find in row["pii"] if find["type"] == "workplace"}
    yield from ((text, set(spans)) for text, spans in marked())
    for told in [*marked_sentences(), *marked_texts()]:
        if not re.search("厂|店|学校|医院|公司(?!上班)", told.text):
            yield fold(told.text), set()
    for line in PLAIN.read_text("utf-8").splitlines():
        yield fold(line), set()
    idioms = [word for word in sorted(phrases_dict) if len(word) > 3 and re.fullmatch("[一-鿿]+", word)]
    for place, idiom in enumerate(idioms[::IDIOMS]):
        yield f"{('真的', '我在', '是的', '“', '')[place % 5]},{fold(idiom)},", set()


def rows(chance: random.Random) -> Iterator[Row]:
    """Yield the features of each span that may be a work; of those that are none and touch none, some."""
    texts = [(text, spans, 1.0) for text, spans in [*framed(), *redrawn()]] + [
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
                before, after = told[max(0, start - 3) : start], told[end : end + SEEN_AFTER]
                near = [chain for chain in chains if chain[1] > end - 22 and chain[0] < end]
                yield (
                    [
                        *left_features(before, told[start : start + 2]),
                        *right(word, after),
                        *outer_features(before[-2:], ending_words().get(word, "-"), sort_of(after)),
                        *inner_features(told[start:end], word, before, after),
                        *place_features(start, end, near),
                    ],
                    is_work,
                )


def least(learned: dict[str, float]) -> list[float]:
    """Return what all but some of the works that people wrote of have on their left, on their right, and on both."""
    sides: tuple[list[float], list[float], list[float]] = [], [], []
    for text, spans in labelled():
        told = plain(text)
        words = {(start, end): word for word, end, starts in candidates(text) for start in starts}
        for start, end in spans & words.keys():
            before, after = told[max(0, start - 3) : start], told[end : end + SEEN_AFTER]
            left = sum(learned.get(feature, 0.0) for feature in left_features(before, told[start : start + 2]))
            behind = sum(learned.get(feature, 0.0) for feature in right(words[start, end], after))
            sort = sort_of(after)
            both = outer_features(before[-2:], ending_words().get(words[start, end], "-"), sort)
            joint = sum(learned.get(feature, 0.0) for feature in both)
            for side, score in zip(sides, (left, behind, left + behind + joint), strict=True):
                side.append(score)
    return [sorted(side)[int(len(side) * LEFT_OUT)] - LET_THROUGH for side in sides]


def main() -> None:
    """Learn, and write the weights that count for something."""
    chance = random.Random(1)  # noqa: S311 (houses of nobody)
    data = list(rows(chance))
    often = Counter(feature for features, _ in data for feature in features)
    data = [([feature for feature in features if often[feature] > 4], is_work) for features, is_work in data]
    print(f"{len(data)} places, {sum(is_work for _, is_work in data)} works", flush=True)
    learned = learn(data, chance, 4, 1)
    learned.update(zip(LEAST, least(learned), strict=True))
    lines = [
        f"{feature} {weight:.2f}"
        for feature, weight in sorted(learned.items())
        if abs(weight) >= 0.1 or feature in LEAST
    ]
    print([f"{name} {learned[name]:.2f}" for name in LEAST])
    WEIGHTS_FILE.write_text(
        "# feature weight; written by evaluation/train_works.py\n" + "\n".join(lines) + "\n", "utf-8"
    )
    print(f"{len(lines) - 1} weights")


if __name__ == "__main__":
    main()
