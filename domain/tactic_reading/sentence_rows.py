"""What each symbol, character, pair and English word adds to the sums of a sentence, found for a whole text at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Any

import numpy as np

from domain.tactic_reading.coded_text import CHARACTERS, symbol_count
from domain.tactic_reading.latin_words import latin_words
from domain.tactic_reading.packed_rows import Features, empty_words, packed
from domain.tactic_reading.pair_table import PairTable
from domain.tactic_reading.sentence_features import REACH

Array = np.ndarray[Any, Any]
# Rows of symbols: it adds nothing, or nobody has asked yet.
NOTHING, UNMET = 0, -1
# How many letters before its last one an English word, or a pair of words, must have in a sentence to count in it.
OF_WORD, OF_WORD_PAIR = 2, 3


class SentenceRows:
    """All rows, packed: what they add to the `line` and what to the `units`; row 0 adds nothing.

    Those of symbols and pairs of symbols are made when they are first met: of 260,000 pairs a text has some hundreds.
    """

    def __init__(
        self, pieces: Sequence[str], latin: Sequence[str], rows: Array, width: int, row_of: Callable[[str], Array]
    ) -> None:
        """Take characters, English words, pairs of both, what each adds (n by w), and what tells that of symbols.

        The first `width` numbers of a row are the line's.
        """
        # The row of a character has its number; one that stands only in pairs has a row that adds nothing.
        often = Counter("".join(pieces))
        numbers = {character: number for number, (character, _) in enumerate(often.most_common(), 1)}
        places = {piece: place for place, piece in enumerate(pieces)}
        pairs = [piece for piece in pieces if len(piece) > 1]
        order = [len(rows), *[places.get(piece, len(rows)) for piece in (*numbers, *pairs)]]
        order += range(len(pieces), len(rows))
        rows = np.concatenate([rows, np.zeros_like(rows[:1])])[order]
        self.line, self.units = packed(rows[:, :width]), packed(rows[:, width:])
        self._width, self._row_of = width, row_of
        self._numbers = np.zeros(CHARACTERS, np.int32)
        self._numbers[[ord(character) for character in numbers]] = np.arange(1, 1 + len(numbers))
        lefts, rights = [np.array([numbers[pair[side]] for pair in pairs], np.int32) for side in (0, 1)]
        first = 1 + len(numbers)
        self._pairs = PairTable(first, lefts, rights, np.arange(first, first + len(pairs)))
        self._latin = {word: row for row, word in enumerate(latin, first + len(pairs))}
        self._made, self._lock, self._count = len(rows), Lock(), symbol_count()
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
        """Make the rows of codes; other threads read on, so that each is there before its number is told."""
        with self._lock:
            for code in codes:
                if self._rows[code] == UNMET:
                    left, right = divmod(code, self._count)
                    row = self._row_of(chr(left - 1) + chr(right) if left else chr(right))
                    self._rows[code] = self._add(row) if row.any() else NOTHING

    def _add(self, row: Array) -> int:
        """Put a row behind the others and return its number."""
        if self._made == len(self.line):
            self.line, self.units = _with_room(self.line), _with_room(self.units)
        self.line[self._made] = packed(row[None, : self._width])[0]
        self.units[self._made] = packed(row[None, self._width :])[0]
        self._made += 1
        return self._made - 1


def _with_room(words: Array) -> Array:
    """Return rows with room for a quarter more."""
    larger = empty_words(len(words) * 5 // 4, words.shape[1])
    larger[: len(words)] = words
    return larger
