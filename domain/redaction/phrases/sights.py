"""What the network is told of each character of a folded text: the character, and what known words it stands in."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from ahocorasick_rs import AhoCorasick, MatchKind

from domain.redaction.names.features import classes, kind
from domain.redaction.places.known_places import Chain
from domain.redaction.works.endings import ending_words, endings
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
        rows = self._of_codes[codes]
        if (unmet := rows < 0).any():
            for code in set(codes[unmet].tolist()):
                self._of_codes[code] = self._rows.get(kind(chr(code)), self._rows["?"])
            rows = self._of_codes[codes]
        return rows


def sights(folded: str, codes: Array, chains: Sequence[Chain]) -> Array:
    """Return (n) for each character the answers to the four questions, as one number."""
    places, houses, persons = (bytearray(len(folded)) for _ in range(3))
    for start, end in chains:
        places[start:end] = bytes([FIRST]) + bytes([INSIDE]) * (end - start - 1)
    for end, word in sorted(endings(folded)):
        of, start = ENDING_CLASSES.index(ending_words()[word]) * 3, end - len(word)
        for place in range(start, end - 1):
            if houses[place] % 3 or not houses[place]:  # where a shorter word ended that stays told
                houses[place] = of + (GOES_ON if place > start else BEGINS)
        houses[end - 1] = of + ENDS
    automaton, words = _persons()
    for index, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
        answer = words[index][1]
        if answer == INTRODUCED:
            persons[end - 1] = answer
        else:
            persons[start] = answer
            if answer == COMPOUND:
                persons[start + 1] = answer + 1
    told = np.frombuffer(places, np.uint8).astype(np.int64) * OF_ENDINGS + np.frombuffer(houses, np.uint8)
    return (told * OF_WORDS + _words(codes)) * OF_PERSONS + np.frombuffer(persons, np.uint8)


def worth_a_look(codes: Array, told: Array) -> Array:
    """Return (n) which characters stand in a clause with a known place, a word for a house or one for a person.

    Half of a story does not: that costs half of the time. Names without any such word the model of names tells.
    """
    told_of = (told % OF_PERSONS > 0) | (told >= OF_WORDS * OF_PERSONS)
    starts = np.flatnonzero(_ends_a_clause()[codes[:-1]]) + 1
    starts = np.concatenate([[0], starts])
    clauses = np.logical_or.reduceat(told_of, starts)
    looked_at: Array = np.repeat(clauses, np.diff(np.append(starts, len(codes))))
    return looked_at


@lru_cache(maxsize=1)
def _ends_a_clause() -> Array:
    """Return for each code point whether it ends a clause."""
    ends = np.zeros(MOST_CODES, bool)
    ends[[ord(mark) for mark in CLAUSE_ENDS]] = True
    return ends


@lru_cache(maxsize=1)
def _persons() -> tuple[AhoCorasick, list[tuple[str, int]]]:
    """Return the words that introduce a person, titles and surnames of two characters, each with its answer."""
    answers = dict.fromkeys(classes()["compound"], COMPOUND)
    answers |= dict.fromkeys(classes()["titles"], TITLED)
    answers |= {word: INTRODUCED for word in classes()["introductions"] if len(word) > 1}
    words = sorted(answers.items())
    return AhoCorasick([word for word, _ in words], matchkind=MatchKind.Standard), words


@lru_cache(maxsize=1)
def _pairs() -> tuple[Array, Array]:
    """Return the common words of two characters as numbers in order, and how frequent each is (1 or 2)."""
    words = {ord(word[0]) * MOST_CODES + ord(word[1]): often for word, often in common_words().items()}
    pairs = np.array(sorted(words), np.int64)
    return pairs, np.array([words[pair] for pair in pairs.tolist()], np.int64)


def _words(codes: Array) -> Array:
    """Return (n) whether each character makes a common word with the next one and with the one before."""
    pairs, often = _pairs()
    told = codes[:-1] * MOST_CODES + codes[1:]
    near = np.minimum(np.searchsorted(pairs, told), len(pairs) - 1)
    words = np.where(pairs[near] == told, often[near], 0)
    both = np.zeros(len(codes), np.int64)
    both[:-1] = words * 3
    both[1:] += words
    return both
