"""Texts that the network of phrases learns: marked ones, others drawn in place, frames, and plain ones."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from itertools import chain

from domain.redaction.names.finding import find_names
from domain.redaction.places.addresses import find_addresses
from domain.redaction.places.known_places import known_chains
from domain.redaction.works.finding import find_workplaces
from domain.text import fold
from evaluation import HERE
from evaluation.batch import unmarked
from evaluation.drawing.drawn_addresses import random_address
from evaluation.drawing.drawn_names import random_name
from evaluation.drawing.drawn_works import kind, others, work
from evaluation.learning.marked_texts import PRIVATE, marked_sentences, marked_texts
from evaluation.train_names import FRAMES as NAME_FRAMES
from evaluation.train_names import PLAIN, TEXTS, framed, joined, with_names

ADDRESS_FRAMES, WORK_FRAMES = HERE / "drawing" / "address_frames.txt", HERE / "drawing" / "work_frames.txt"
# How often a marked text is learned with others in place of its names, addresses and works, and with a kind of house
# (一家电子厂), which is nobody's, in place of its works.
REDRAWN, WITH_KINDS = 6, 1
# How often a sentence is learned that only looks as if something private stood in it.
LOOK_ALIKE = 6
# How many texts are drawn from each frame of names, of works and what is none there, and of addresses.
OF_NAMES, OF_WORKS, OF_KINDS, OF_OTHERS, OF_ADDRESSES = 6, 10, 4, 12, 60
# How many names are drawn between an introduction and what goes on behind another.
JOINED = 5000
# Texts for tactics that are longer than this are left out: they hold no private data, and there are enough.
LONGEST_PLAIN = 300
LETTERS = {"name": "n", "address": "a", "workplace": "w"}
# What stands before and behind a frame.
LEADS = ("", "", "", "昨天", "他们说", "后来", "。", "，", "还", "今天早上", "而且", "投诉晨星，", "催收")
TAILS = ("", "。", "，", "，他们一天打二十个电话", "，我", "！", " ", "，请核实")
HAN = re.compile("[一-鿿]")
Span = tuple[str, int, int]
Marked = tuple[str, list[Span]]


def phrase_texts() -> Iterator[Marked]:
    """Yield folded texts with the letter (n, a, w; others are neither) and the place of what is private in them."""
    chance = random.Random(1)  # noqa: S311 (houses of nobody)
    for text, spans in chain(_private_sentences(), _labelled_texts()):
        yield text, spans
        if any(letter in "naw" for letter, _, _ in spans):
            yield text, spans
            yield from (_redrawn(text, spans, chance) for _ in range(REDRAWN))
        if any(letter == "w" for letter, _, _ in spans):
            yield from (_redrawn(text, spans, chance, of_kinds=True) for _ in range(WITH_KINDS))
    yield from _framed(chance)
    yield from ((fold(line), []) for line in PLAIN.read_text("utf-8").splitlines())
    yield from _for_tactics(chance)


def _private_sentences() -> Iterator[Marked]:
    private, look_alike = (part.splitlines() for part in PRIVATE.read_text("utf-8").split("\n---\n"))
    for line in private + look_alike * LOOK_ALIKE:
        if line and line[0] != "#":
            yield from _if_chinese(*unmarked(line))


def _labelled_texts() -> Iterator[Marked]:
    for path in sorted(path for start in TEXTS for path in (HERE / "texts").glob(f"{start}*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            spans = [(LETTERS.get(find["type"], "x"), find["start"], find["end"]) for find in row["pii"]]
            yield from _if_chinese(row["text"], spans)


def _if_chinese(text: str, spans: list[Span]) -> Iterator[Marked]:
    """Yield a text that is as long as before when it is folded, and holds Chinese."""
    folded = fold(text)
    if len(folded) == len(text) and HAN.search(text):
        yield folded, spans


def _redrawn(text: str, spans: Sequence[Span], chance: random.Random, of_kinds: bool = False) -> Marked:
    """Put other names, addresses and works in place of those of a text; `of_kinds` puts nobody's houses for works."""
    told, done, placed = "", 0, []
    for letter, start, end in spans:
        old = text[start:end]
        new = fold(_another(letter, old, chance, of_kinds))
        told += text[done:start]
        if not (letter == "w" and of_kinds):
            placed.append((letter, len(told), len(told) + len(new)))
        told += new
        done = end
    return told + text[done:], placed


def _another(letter: str, old: str, chance: random.Random, of_kinds: bool) -> str:
    if not HAN.search(old) or "*" in old or " " in old:
        return old
    if letter == "n" and len(old) < 5:
        return random_name(chance)
    if letter == "a" and len(old) > 5:
        return random_address(chance)
    if letter == "w":
        return kind(chance) if of_kinds else work(chance)
    return old


def _framed(chance: random.Random) -> Iterator[Marked]:
    """Yield the frames of names, works and addresses, filled in."""
    frames = NAME_FRAMES.read_text("utf-8").splitlines()
    for frame in frames:
        yield from (_of_names(framed(frame, chance)) for _ in range(OF_NAMES))
    parts = [frame.split("@") for frame in frames if frame.count("@") == 1]
    before, after = [left for left, _ in parts if left], [right for _, right in parts if right]
    yield from (_of_names(joined(chance, before, after)) for _ in range(JOINED))
    for row in WORK_FRAMES.read_text("utf-8").splitlines():
        if row[0] in "+-":
            draws = ((work, OF_WORKS), (kind, OF_KINDS)) if row[0] == "+" else ((others, OF_OTHERS), (kind, OF_KINDS))
            for draw, count in draws:
                letter = "w" if draw is work else ""
                yield from (_in_frame(row[1:], draw(chance), letter, chance) for _ in range(count))
    for row in ADDRESS_FRAMES.read_text("utf-8").splitlines():
        if row[0] != "#":
            yield from (_in_frame(row, random_address(chance), "a", chance) for _ in range(OF_ADDRESSES))


def _of_names(text: tuple[str, set[tuple[int, int]]]) -> Marked:
    return text[0], [("n", *place) for place in sorted(text[1])]


def _in_frame(frame: str, phrase: str, letter: str, chance: random.Random) -> Marked:
    before, _, after = fold(frame.replace("\\n", "\n")).partition("@")
    before, phrase = fold(chance.choice(LEADS)) + before, fold(phrase)
    span = (letter, len(before), len(before) + len(phrase))
    return before + phrase + after + fold(chance.choice(TAILS)), [span] if letter else []


def _for_tactics(chance: random.Random) -> Iterator[Marked]:
    """Yield the texts written for tactics in which nothing private is found, and half of them with names put in.

    What finds it is what needs no network, so that the same weights come out whatever was learned before.
    """
    for told in chain(marked_sentences(), marked_texts()):
        text = fold(told.text)
        if len(text) > LONGEST_PLAIN or not HAN.search(text):
            continue
        places = known_chains(text)
        if any(chain(find_addresses(text, places), find_workplaces(text, (), places), find_names(text, (), places))):
            continue
        yield text, []
        if chance.random() < 0.5:
            yield _of_names(with_names(text, set(), chance, 0.35))
