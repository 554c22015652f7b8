"""What the network is told of each character of a folded text: the character, and what known words it stands in."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick, MatchKind

from domain.redaction.names.features import classes, kind
from domain.redaction.places.known_places import Chain
from domain.redaction.works.endings import ending_words
from domain.tactic_reading.weights.pair_table import PairTable
from domain.words.common_words import common_words

Array = np.ndarray[Any, Any]
# How many answers each question has: how a character stands to a known place, to a word that ends the name of a house,
# to common words of two characters, and to words for persons.
OF_PLACES, OF_ENDINGS, OF_WORDS, OF_PERSONS = 3, 16, 9, 6
QUESTIONS = (OF_PLACES, OF_ENDINGS, OF_WORDS, OF_PERSONS)
FIRST, INSIDE = 1, 2
# A word that ends the name of a house is of one of these classes, and has a beginning, a middle and an end.
ENDING_CLASSES, BEGINS, GOES_ON, ENDS = "ktsae", 1, 2, 3
INTRODUCED, TITLED, COMPOUND = 1, 2, 3
CLAUSE_ENDS = ",。!?;\n"
# Code points from here on (emoji, rare characters) count as the last of these.
MOST_CODES = 1 << 16


class KnownWords(NamedTuple):
    """How each character (n, small whole numbers) stands to known places and houses, as one number, and to persons."""

    houses: Array
    persons: Array


def codes_of(folded: str) -> Array:
    """Return the code point of each character (n)."""
    codes = np.frombuffer(folded.encode("utf-32-le"), np.uint32)
    return np.minimum(codes, MOST_CODES - 1).astype(np.int64)


class Characters:
    """Which row of the network's table each character has; all but the known Chinese ones are told by their kind."""

    def __init__(self, known: str) -> None:
        """Take the characters that have a row, in its order; those that stand for kinds and `?` for others first."""
        self._rows = {character: row for row, character in enumerate(known)}
        self._of_codes = np.full(MOST_CODES, -1, np.int32)

    def rows(self, codes: Array) -> Array:
        """Return the row of each character (n); each is worked out when it is first met."""
        rows = self._of_codes.take(codes)
        if len(rows) and rows.min() < 0:
            for code in set(codes[rows < 0].tolist()):
                self._of_codes[code] = self._rows.get(kind(chr(code)), self._rows["?"])
            rows = self._of_codes.take(codes)
        return rows


def sights(codes: Array, known: KnownWords) -> Array:
    """Return (n) for each character the answers to the four questions, as one number.

    The characters may be those of some clauses only: over the end of one goes no word.
    """
    told = known.houses.astype(np.int64) * OF_WORDS
    told += _words(codes)
    told *= OF_PERSONS
    told += known.persons
    return told


def known_words(folded: str, chains: Sequence[Chain]) -> KnownWords:
    """Return how the characters of a text stand to known places, to words for houses and to words for persons."""
    places, houses, persons = (bytearray(len(folded)) for _ in range(3))
    for start, end in chains:
        places[start:end] = bytes([FIRST * OF_ENDINGS]) + bytes([INSIDE * OF_ENDINGS]) * (end - start - 1)
    automaton, answers = _automaton()
    longest: dict[int, tuple[int, int]] = {}  # where a word for a house ends: what its class adds, and where it starts
    for index, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
        of_house, of_person = answers[index]
        if of_house >= 0 and (end not in longest or start < longest[end][1]):
            longest[end] = of_house, start
        if of_person == INTRODUCED:
            persons[end - 1] = of_person
        elif of_person:
            persons[start] = of_person
            if of_person == COMPOUND:
                persons[start + 1] = of_person + 1
    for end, (of_house, start) in longest.items():
        for place in range(start, end - 1):
            if houses[place] % 3 or not houses[place]:  # where a shorter word ended that stays told
                houses[place] = of_house + (GOES_ON if place > start else BEGINS)
        houses[end - 1] = of_house + ENDS
    of_houses = np.frombuffer(places, np.uint8) + np.frombuffer(houses, np.uint8)
    return KnownWords(of_houses, np.frombuffer(persons, np.uint8))


def worth_a_look(codes: Array, known: KnownWords) -> Array:
    """Return which characters stand in a clause with a known place, a word for a house or one for a person, in order.

    Half of a story does not: that costs half of the time. Names without any such word the model of names tells.
    """
    starts = _ends_a_clause().take(codes).nonzero()[0] + 1
    if not len(starts) or starts[-1] != len(codes):  # what ends a clause ends the text, as a rule
        starts = np.append(starts, len(codes))
    lengths = starts.copy()
    lengths[1:] -= starts[:-1]
    starts -= lengths
    told: Array = np.maximum.reduceat(known.houses | known.persons, starts).repeat(lengths)
    return told.nonzero()[0]


@lru_cache(maxsize=1)
def _ends_a_clause() -> Array:
    """Return for each code point whether it ends a clause."""
    ends = np.zeros(MOST_CODES, bool)
    ends[[ord(mark) for mark in CLAUSE_ENDS]] = True
    return ends


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, list[tuple[int, int]]]:
    """Return the words that end the name of a house, introduce a person or are titles and surnames of two characters.

    With each stand what its class of houses adds (-1: none) and what it answers of persons (0: nothing).
    """
    persons = dict.fromkeys(classes()["compound"], COMPOUND)
    persons |= dict.fromkeys(classes()["titles"], TITLED)
    persons |= {word: INTRODUCED for word in classes()["introductions"] if len(word) > 1}
    houses = {word: ENDING_CLASSES.index(of) * 3 for word, of in ending_words().items()}
    words = sorted(houses.keys() | persons)
    answers = [(houses.get(word, -1), persons.get(word, 0)) for word in words]
    return AhoCorasick(words, matchkind=MatchKind.Standard), answers


@lru_cache(maxsize=1)
def _pairs() -> tuple[Array, PairTable]:
    """Return the number of each character (0: of no common word), and how frequent the word of two of them is."""
    words = common_words()
    numbers = np.zeros(MOST_CODES, np.int32)
    characters = sorted(set("".join(words)))
    numbers[[ord(character) for character in characters]] = np.arange(1, len(characters) + 1)
    lefts, rights = (numbers[[ord(word[place]) for word in words]] for place in (0, 1))
    return numbers, PairTable(len(characters) + 1, lefts, rights, np.array([*words.values()], np.int32))


def _words(codes: Array) -> Array:
    """Return (n) whether each character makes a common word with the next one and with the one before."""
    numbers, pairs = _pairs()
    told = numbers.take(codes)
    words = pairs.values(told[:-1], told[1:])
    both = np.zeros(len(codes), np.int64)
    np.multiply(words, 3, out=both[:-1])
    both[1:] += words
    return both
