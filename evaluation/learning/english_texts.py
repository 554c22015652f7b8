"""English texts that the network of English phrases learns: marked and drawn ones, and others with these put in."""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from domain.redaction.english.finding import find_english
from evaluation import HERE
from evaluation.batch import unmarked
from evaluation.drawing.drawn_english import PEOPLES, drawn, english_address, english_name, english_work
from evaluation.learning.marked_texts import PRIVATE, TRAINING, marked_sentences, marked_texts
from evaluation.learning.phrase_texts import HAN, LETTERS, LOOK_ALIKE, Marked, Span
from evaluation.train_names import TEXTS

ENGLISH = TRAINING / "english_private.txt"
# How often each line with places to fill is drawn, each marked sentence with others in their place, and how often each
# sentence for tactics is learned with something private put in.
DRAWN, REDRAWN, PUT_IN = 24, 8, 2
# What is written without capitals, and all in capitals.
SMALL, LOUD = 0.2, 0.04
PLACE = re.compile(r"\{(?P<letter>[naw])(?::(?P<as_written>[^}]*))?\}|\[(?P<part>[a-z]+)\]")
DRAWS: dict[str, Callable[[random.Random], str]] = {"n": english_name, "a": english_address, "w": english_work}
KIN = re.compile(
    r"\b[Mm]y (?:sister|brother|mother|mom|mum|dad|father|wife|husband|cousin|aunt|uncle|boss|manager|supervisor"
    r"|landlord|neighbou?r|room-?mate|friend|son|daughter|co-?worker|colleague|grandmother|gran|foreman|pastor)\b(?!['’-])"
)
WORK = re.compile(
    r"\b(?:[Mm]y|[Tt]he|[Hh]er|[Hh]is) (?:work|workplace|employer|office|job|company|shop|school|restaurant|store"
    r"|warehouse|clinic|salon|factory|depot|plant)\b(?! (?:phone|number|line|email|computer|hours?))"
)
AT_WORK = re.compile(r"\bat (?:work|my job|the office|school)\b")
HOME = re.compile(
    r"\b(?:[Mm]y|[Tt]he|[Oo]ur|[Hh]er) (?:house|home|address|apartment|flat|door|front door|place"
    r"|building|parents' house)\b"
)
COLLECTOR = re.compile(r"\b(?:[Tt]he collector|[Tt]he agent|[Tt]hey|[Tt]he caller)\b")
# What takes the place of a person, a work, a home; # stands for what was there.
FOR_KIN = ("# {n}", "#, {n},", "{n}", "# ({n})", "# [first]", "[title]", "#", "# {n}", "# at {w}", "# {n} at {w}")
FOR_WORK = ("{w}", "{w}", "#, {w},", "# ({w})", "# at {w}", "#", "[kinds]", "# {w}")
FOR_AT_WORK = ("at {w}", "# at {w}", "# ({w})", "at {w}", "at [kinds]", "# in {w}", "over at {w}")
FOR_HOME = ("{a}", "# at {a}", "# ({a})", "#, {a},", "#", "# in [place]", "# on {a}")
FOR_COLLECTORS = (
    "#",
    "#",
    "[lender]",
    "# from [lender]",
    "[title] from [lender]",
    "{n} from [lender]",
    "# at [lender]",
)
BEGINNINGS = (
    "",
    "",
    "",
    "",
    "",
    "I am {n}. ",
    "{n}, ",
    "My name is {n}. ",
    "I work at {w}. ",
    "[lender]: ",
    "I live at {a}. ",
)
ENDS = (
    "",
    "",
    "",
    "",
    "",
    " {n}",
    " - {n}",
    "\n{n}\n{a}",
    " Regards, {n}",
    " I'm at {w}.",
    " {n}, {w}",
    " [other]",
    " Send it to {a}.",
)


def english_texts() -> Iterator[Marked]:
    """Yield texts with the letter (n, a, w; others are neither) and the place of what is private in them."""
    chance = random.Random(2)  # noqa: S311
    for line in ENGLISH.read_text("utf-8").splitlines():
        if line[0] != "#":
            yield from (
                _varied(*filled(line.replace("\\n", "\n"), chance, keep=not number), chance) for number in range(DRAWN)
            )
    for text, spans in chain(_private_sentences(), _labelled_texts()):
        yield text, spans
        if any(letter in DRAWS for letter, _, _ in spans):
            yield from (_varied(*_redrawn(text, spans, chance), chance) for _ in range(REDRAWN))
    yield from _for_tactics(chance)


def filled(line: str, chance: random.Random, *, keep: bool = False) -> Marked:
    """Return a line with its places filled in; `keep` leaves what is written in them."""
    text, done, spans = "", 0, []
    for place in PLACE.finditer(line):
        text += line[done : place.start()]
        done = place.end()
        if place["part"]:
            part = place["part"]
            text += drawn(f"first {chance.choice(PEOPLES)}" if part == "first" else part, chance)
            continue
        told = place["as_written"] if keep and place["as_written"] else DRAWS[place["letter"]](chance)
        spans.append((place["letter"], len(text), len(text) + len(told)))
        text += told
    return text + line[done:], spans


def _varied(text: str, spans: list[Span], chance: random.Random) -> Marked:
    """Return a text as some write it: without capitals, or with nothing else."""
    form = chance.random()
    other = text.lower() if form < SMALL else text.upper() if form > 1 - LOUD else text
    return (other, spans) if len(other) == len(text) else (text, spans)


def _private_sentences() -> Iterator[Marked]:
    private, look_alike = (part.splitlines() for part in PRIVATE.read_text("utf-8").split("\n---\n"))
    for line in private + look_alike * LOOK_ALIKE:
        if line and line[0] != "#" and not HAN.search(line):
            yield unmarked(line)


def _labelled_texts() -> Iterator[Marked]:
    for path in sorted(path for start in TEXTS for path in (HERE / "texts").glob(f"{start}*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            if not HAN.search(row["text"]):
                yield row["text"], [(LETTERS.get(find["type"], "x"), find["start"], find["end"]) for find in row["pii"]]


def _redrawn(text: str, spans: Sequence[Span], chance: random.Random) -> Marked:
    told, done, placed = "", 0, []
    for letter, start, end in spans:
        new = DRAWS[letter](chance) if letter in DRAWS else text[start:end]
        told += text[done:start]
        placed.append((letter, len(told), len(told) + len(new)))
        told += new
        done = end
    return told + text[done:], placed


def _for_tactics(chance: random.Random) -> Iterator[Marked]:
    """Yield the texts written for tactics in which nothing private is found, as they are and with persons put in."""
    for told in chain(marked_sentences(), marked_texts()):
        text = told.text
        if HAN.search(text) or "{" in text or "[" in text or any(find_english(text)):
            continue
        yield text, []
        for _ in range(PUT_IN):
            yield _varied(*filled(_with_places(text, chance), chance), chance)


def _with_places(text: str, chance: random.Random) -> str:
    for pattern, others in (
        (AT_WORK, FOR_AT_WORK), (WORK, FOR_WORK), (HOME, FOR_HOME), (KIN, FOR_KIN), (COLLECTOR, FOR_COLLECTORS),
    ):  # fmt: skip
        text = pattern.sub(lambda match, others=others: chance.choice(others).replace("#", match[0]), text)  # type: ignore[misc]
    return chance.choice(BEGINNINGS) + text + chance.choice(ENDS)
