"""What the network of English phrases is told of each word: itself, its shape, its ending, and which lists hold it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from domain.redaction.english.words import PERSON, first_names, small_words, words_of

# Words without what makes them possessive, runs of digits, single marks, ends of lines.
_LETTER = "[A-Za-zÀ-ÖØ-öø-ſƠ-ưḀ-ỿ]"
TOKEN = re.compile(rf"{_LETTER}+(?:['’](?![sS]\b){_LETTER}+)*|['’][sS]\b|\d+|\n|[^\w\s]")
# How a word is written, how it ends (its last three letters, as a number), and the lists that hold it.
OF_SHAPES, OF_ENDINGS, LISTS = 16, 512, 6
OF_LISTS = 1 << LISTS
QUESTIONS = (OF_SHAPES, OF_ENDINGS, OF_LISTS)
ENDING, LONGEST_NUMBER = 3, 6
SMALL, CAPITAL, LOUD, INITIAL, MIXED, MARK, END_OF_LINE, FIRST_NUMBER = range(1, 9)
# What a word is written as that the network has no row for.
OTHER = "?"


class Word(NamedTuple):
    """A word, a number or a mark at [start, end) of a text."""

    text: str
    start: int
    end: int


def words_in(text: str) -> list[Word]:
    """Return the words, numbers and marks of a text, in order."""
    return [Word(match[0], *match.span()) for match in TOKEN.finditer(text)]


@lru_cache(maxsize=1)
def _lists() -> Sequence[frozenset[str]]:
    persons = frozenset(re.sub(r"[^a-z|]", "", PERSON).split("|"))
    return (
        first_names(),
        persons,
        words_of("no_names.txt", "institutions"),
        words_of("no_names.txt", "common") | small_words(),
        words_of("pinyin_surnames.txt"),
        words_of("no_names.txt", "lending"),
    )


def shape(word: str) -> int:
    """Return how a word is written."""
    if word[0].isdigit():
        return FIRST_NUMBER + min(len(word), LONGEST_NUMBER)
    if not word[0].isalpha():
        return END_OF_LINE if word == "\n" else MARK
    if word.islower():
        return SMALL
    if len(word) == 1:
        return INITIAL
    if word.isupper():
        return LOUD
    return CAPITAL if word[0].isupper() and word[1:].islower() else MIXED


def answers(word: str) -> tuple[int, int, int]:
    """Return the answers to the three questions of a word."""
    small = word.lower()
    ending = crc32(small[-ENDING:].encode()) % OF_ENDINGS if word[0].isalpha() else 0
    held = sum(1 << place for place, listed in enumerate(_lists()) if small in listed)
    return shape(word), ending, held


def row_of(word: str) -> str:
    """Return the word that stands for this one in the network's table: in small letters, a number by its length."""
    return "0" * min(len(word), LONGEST_NUMBER) if word[0].isdigit() else word.lower()
