"""What each symbol, character, pair and English word adds to the sums of a sentence, found for a whole text at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain
from threading import Lock
from typing import Any

import numpy as np

from domain.tactic_reading.lexicon.coded_text import CHARACTERS, symbol_count
from domain.tactic_reading.lexicon.latin_words import latin_words
from domain.tactic_reading.sentences.sentence_features import REACH
from domain.tactic_reading.weights.packed_rows import Features, empty_words
from domain.tactic_reading.weights.pair_table import PairTable

Array = np.ndarray[Any, Any]
# Rows of symbols: it adds nothing, or nobody has asked yet.
NOTHING, UNMET = 0, -1
# How many letters before its last one an English word, or a pair of words, must have in a sentence to count in it.
OF_WORD, OF_WORD_PAIR = 2, 3


class SentenceRows:
    """All rows, packed (`words`); row 0 adds nothing.

    Those of symbols and pairs of symbols are made when they are first met: of 260,000 pairs a text has some hundreds.
    """

    def __init__(
        self,
        pieces: Sequence[str],
        latin: Sequence[str],
        rows: Array,
        concepts: Array,
        concepts_of: Callable[[str], list[int]],
    ) -> None:
        """Take characters, English words, pairs of both, and what each adds, packed (n by w).

        `concepts` are the rows of concepts and pairs of concepts, packed, and `concepts_of` tells which of them one
        or two symbols add.
        """
        # The row of a character has its number; one that stands only in pairs has a row that adds nothing.
        often = Counter("".join(pieces))
        numbers = {character: number for number, (character, _) in enumerate(often.most_common(), 1)}
        places = {piece: place for place, piece in enumerate(pieces)}
        pairs = [piece for piece in pieces if len(piece) > 1]
        order = [len(rows), *[places.get(piece, len(rows)) for piece in (*numbers, *pairs)]]
        order += range(len(pieces), len(rows))
        self.words = empty_words(len(order), rows.shape[1])
        np.take(np.concatenate([rows, np.zeros_like(rows[:1])]), order, axis=0, out=self.words)
        self._concepts, self._concepts_of = concepts, concepts_of
        self._numbers = np.zeros(CHARACTERS, np.int32)
        self._numbers[[ord(character) for character in numbers]] = np.arange(1, 1 + len(numbers))
        lefts, rights = [np.array([numbers[pair[side]] for pair in pairs], np.int32) for side in (0, 1)]
        first = 1 + len(numbers)
        self._pairs = PairTable(first, lefts, rights, np.arange(first, first + len(pairs)))
        self._latin = {word: row for row, word in enumerate(latin, first + len(pairs))}
        self._made, self._lock, self._count = len(order), Lock(), symbol_count()
        # By the code of a pair: what stands alone has none at its left.
        self._rows = np.full((self._count + 1) * self._count, UNMET, np.int32)

    def of(self, symbols: Array, folded: str, characters: Array) -> Features:
        """Return what a text holds: at its first places its symbols, given their codes, behind them its characters.

        `characters` are their codes.
        """
        size, numbers = len(symbols), self._numbers.take(characters)
        places = np.arange(size + len(characters))
        rows = [self._of_symbols(symbols), numbers, self._pairs.values(numbers[:-1], numbers[1:])]
        rights = [*[places[reach:size] for reach in range(1 + REACH)], places[size:], places[size + 1 :]]
        lefts = [*[places[: max(size - reach, 0)] for reach in range(1 + REACH)], places[size:], places[size:-1]]
        if words := [*latin_words(folded)]:
            stems, pairs, ends = zip(*words, strict=True)
            last = np.array(ends) + size
            rows += [self._of_words(stems), self._of_words(pairs)]
            rights += [last, last]
            lefts += [last - OF_WORD, last - OF_WORD_PAIR]
        return Features(np.concatenate(rows), np.concatenate(lefts), np.concatenate(rights))

    def _of_symbols(self, symbols: Array) -> Array:
        """Return the rows of all symbols, then those of all pairs that stand 1, 2, … REACH places apart."""
        lefts = (symbols + 1) * self._count
        codes = np.concatenate([symbols, *[lefts[:-reach] + symbols[reach:] for reach in range(1, 1 + REACH)]])
        found: Array = self._rows.take(codes)
        if found.min(initial=NOTHING) == UNMET:
            self._meet(set(codes[found == UNMET].tolist()))
            found = self._rows.take(codes)
        return found

    def _of_words(self, words: Iterable[str]) -> Array:
        return np.array([self._latin.get(word, NOTHING) for word in words], np.int32)

    def _meet(self, codes: Iterable[int]) -> None:
        """Make the rows of codes; other threads read on, so that each is there before its number is told.

        They are added up together: the first ten articles of a process meet 1,000, which took 29 ms one by one.
        """
        with self._lock:
            unmet = [code for code in codes if self._rows[code] == UNMET]
            telling = {code: told for code in unmet if (told := self._concepts_of(self._symbols(code)))}
            if telling:
                self._add([*telling.values()])
            numbers = dict(zip(telling, range(self._made - len(telling), self._made), strict=True))
            for code in unmet:
                self._rows[code] = numbers.get(code, NOTHING)

    def _symbols(self, code: int) -> str:
        """Return the one or two symbols that a code stands for."""
        left, right = divmod(code, self._count)
        return chr(left - 1) + chr(right) if left else chr(right)

    def _add(self, told: Sequence[Sequence[int]]) -> None:
        """Put rows behind the others, each the sum of some of those of concepts."""
        end = self._made + len(told)
        while end > len(self.words):
            self.words = _with_room(self.words)
        begins = [0, *accumulate(map(len, told[:-1]))]
        np.add.reduceat(self._concepts.take([*chain(*told)], axis=0), begins, out=self.words[self._made : end])
        self._made = end


def _with_room(words: Array) -> Array:
    """Return rows with room for a quarter more."""
    larger = empty_words(len(words) * 5 // 4, words.shape[1])
    larger[: len(words)] = words
    return larger
