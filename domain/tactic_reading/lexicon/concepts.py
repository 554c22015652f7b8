"""Reads a folded text as a row of concepts: each word of the lexicon becomes one symbol, everything else a gap."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

LEXICONS = (
    "words_zh.yaml", "words_people.yaml", "words_doings.yaml", "words_cues.yaml", "words_en.yaml",
    "words_speakers.yaml", "words_relations.yaml", "words_places.yaml", "words_calls.yaml", "words_visits.yaml",
    "words_pressure.yaml", "words_money.yaml", "words_manner.yaml",
)  # fmt: skip
FIRST_SYMBOL = 0x100
CLAUSE, SENTENCE, QUESTION, GAP = ",", ".", "?", "_"
MARKS = {",": CLAUSE, "、": "", ":": CLAUSE, "——": CLAUSE, "...": CLAUSE, "(": CLAUSE, ")": CLAUSE,
         "。": SENTENCE, "!": SENTENCE, ";": SENTENCE, "\n": SENTENCE, ". ": SENTENCE, "?": QUESTION}  # fmt: skip
MARK_SYMBOLS = CLAUSE + SENTENCE + QUESTION + GAP
# Uncovered characters that make one gap: 打电话[核实情况之后又告诉]我妈 is one, so that words far apart do not meet.
HAN_GAP, LATIN_GAP = 8, 26
# What has more concepts than this without a full stop is cut: a sentence is searched again for each of its finds.
LONGEST = 240
BREAKS = frozenset({SENTENCE, QUESTION})
HAN_SPACE = re.compile("(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
APOSTROPHE = re.compile("(?<=[a-z])[’‘](?=[a-z])")
# What stands in for a lender's name: one word of the lexicon, and characters that are none.
LENDER, FILLING = "\ue000", "\ue001"
PART = re.compile(r"\(([^()]*)\)")
WORD = re.compile(r'"([^"]+)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Concepts:
    """A text as concepts: `symbols[i]` stands for the text's characters [starts[i], ends[i]).

    `stops` are the symbols with each question mark as a full stop: one mark to look for where a sentence ends.
    """

    symbols: str
    starts: list[int]
    ends: list[int]
    stops: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words as one automaton, the symbol of each, and for each concept the class of symbols that mean it.

    `free` are the symbols of the words that count wherever they stand; of the others it holds nothing.
    """

    automaton: AhoCorasick
    symbols: list[str]
    free: list[str]
    classes: dict[str, str]


def _spellings(word: str) -> list[str]:
    """Return what a word of the lexicon stands for: 打(我|)电话 is two, call/s/ed is three."""
    if "(" in word:
        pieces = PART.split(word)
        choices = [piece.split("|") if number % 2 else [piece] for number, piece in enumerate(pieces)]
        return ["".join(parts) for parts in product(*choices)]
    base, *endings = word.split("/")
    return [base, *(base + ending for ending in endings)] if endings and base.isascii() else [word]


def _words() -> dict[str, set[str]]:
    """Return the concepts of each word of the three lexicons."""
    concepts: dict[str, set[str]] = {}
    for name in LEXICONS:
        with Path(__file__).with_name(name).open(encoding="utf-8") as file:
            document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
        for concept, words in document.items():
            for quoted, plain in WORD.findall(words):
                for word in _spellings(plain or quoted):
                    concepts.setdefault(word, set()).add(concept)
    return concepts


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the compiled lexicon; a word of several concepts has a symbol of its own that is in the class of each."""
    words = _words()
    sets: dict[frozenset[str], str] = {}
    for meanings in words.values():
        sets.setdefault(frozenset(meanings), chr(FIRST_SYMBOL + len(sets)))
    sets[frozenset({"lender", "named"})] = chr(FIRST_SYMBOL + len(sets))
    classes: dict[str, str] = {}
    for concepts, symbol in sets.items():
        for concept in concepts:
            classes[concept] = classes.get(concept, "") + symbol
    for mark in MARKS:
        words.pop(mark, None)
    words[LENDER] = {"lender", "named"}
    names = [*words, *MARKS]
    symbols = [sets[frozenset(words[word])] for word in words] + list(MARKS.values())
    latin = [word[0].isascii() and word[0].isalnum() for word in names]
    free = ["" if bound else symbol for bound, symbol in zip(latin, symbols, strict=True)]
    return Lexicon(AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), symbols, free, classes)


@lru_cache(maxsize=1)
def concept_names() -> dict[str, list[str]]:
    """Return the concepts that each symbol stands for."""
    names: dict[str, list[str]] = {}
    for name, symbols in sorted(lexicon().classes.items()):
        for symbol in symbols:
            names.setdefault(symbol, []).append(name)
    return names


@lru_cache(maxsize=1)
def empty_symbols() -> str:
    """Return the symbols that tell nothing: gaps, and words that only look like others."""
    return GAP + "".join([symbol for symbol, names in concept_names().items() if names == ["plain"]])


def read_concepts(folded: str, lenders: Iterable[str] = ()) -> Concepts:
    """Return the concepts of a folded text, in order; offsets are in it.

    `lenders` are the names, folded, that stand for lenders in it: no 来 is read out of 燕来花.
    """
    text = folded
    for name in sorted(lenders, key=lambda name: (-len(name), name)):
        text = text.replace(name, LENDER + FILLING * (len(name) - 1))
    if " " in text:  # a space between two characters is the comma of a text typed without punctuation
        text = HAN_SPACE.sub(lambda match: "," * len(match[0]), text)
    if "’" in text or "‘" in text:
        text = APOSTROPHE.sub("'", text)
    known = lexicon()
    free = known.free
    symbols, starts, ends = [], [], []
    last = 0
    for number, start, end in known.automaton.find_matches_as_indexes(text):
        symbol = free[number] or _bound(known, number, text, start, end)
        if not symbol:
            continue
        if start - last > HAN_GAP:
            width = HAN_GAP if text[start - 2] > "\u2e80" else LATIN_GAP
            for _ in range(min((start - last) // width, 3)):
                symbols.append(GAP)
                starts.append(last)
                ends.append(start)
        symbols.append(symbol)
        starts.append(start)
        ends.append(end)
        last = end
    row = "".join(symbols)
    stops = row.replace(QUESTION, SENTENCE)
    if len(row) > LONGEST and max(map(len, stops.split(SENTENCE))) > LONGEST:
        return _cut(row, starts, ends)
    return Concepts(row, starts, ends, stops)


def _bound(known: Lexicon, number: int, text: str, start: int, end: int) -> str:
    """Return the symbol of a word that counts only where it stands alone; nothing of one that has none."""
    symbol = known.symbols[number]
    return symbol if symbol and _stands_alone(text, start, end) else ""


def _cut(row: str, starts: list[int], ends: list[int]) -> Concepts:
    """Put a full stop into what is longer than any sentence."""
    symbols: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    broken = 0
    for symbol, start, end in zip(row, starts, ends, strict=True):
        symbols.append(symbol)
        new_starts.append(start)
        new_ends.append(end)
        if symbol in BREAKS:
            broken = len(symbols)
        elif len(symbols) - broken > LONGEST and symbol != GAP:
            symbols.append(SENTENCE)
            new_starts.append(end)
            new_ends.append(end)
            broken = len(symbols)
    cut = "".join(symbols)
    return Concepts(cut, new_starts, new_ends, cut.replace(QUESTION, SENTENCE))


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isascii() and before.isalpha() and text[start].isalpha():
        return False
    return not (after.isascii() and after.isalpha() and text[end - 1].isalpha())
