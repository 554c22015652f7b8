"""What each symbol, character, pair and English word adds to the sums of a sentence, found for a whole text at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock
from typing import Any

import numpy as np

from domain.tactic_reading.coded_text import CHARACTERS, symbol_count
from domain.tactic_reading.latin_words import latin_words
from domain.tactic_reading.packed_rows import packed
from domain.tactic_reading.sentence_features import REACH

Array = np.ndarray[Any, Any]
# Rows of symbols: it adds nothing, or nobody has asked yet.
NOTHING, UNMET = 0, -1
# The lines of the rows in which English words and pairs of them stand at their last letters; no piece stands there.
LINE_OF_WORDS, LINE_OF_WORD_PAIRS = 2, 3


class SentenceRows:
    """All rows, packed, as `words`; row 0 adds nothing.

    Those of symbols and pairs of symbols are made when they are first met: of 260,000 pairs a text has some hundreds.
    """

    def __init__(
        self, pieces: Sequence[str], latin: Sequence[str], rows: Array, row_of: Callable[[str], Array]
    ) -> None:
        """Take characters, English words, pairs of both, what each adds (n by w), and what tells that of symbols."""
        self.words = np.concatenate([packed(np.zeros_like(rows[:1])), packed(rows)])
        self._pieces, self._row_of = _Pieces(pieces), row_of
        self._latin: Mapping[str, int] = {word: row for row, word in enumerate(latin, 1 + len(pieces))}
        self._made, self._lock, self._count = len(self.words), Lock(), symbol_count()
        # By the code of a pair: what stands alone has none at its left.
        self._rows = np.full((self._count + 1) * self._count, UNMET, np.int32)

    def of(self, symbols: Array, folded: str, characters: Array) -> Array:
        """Return the rows at each place of a text: its symbols, given their codes, and behind them its characters.

        `characters` are their codes. The first line is of what stands there alone, line k of what it makes with what
        stands k places before it; so a word stands at its last letter in a line further down.
        """
        size = len(symbols)
        codes = np.zeros((1 + REACH, size), np.int32)
        codes[0] = symbols
        lefts = (symbols + 1) * self._count
        for reach in range(1, 1 + REACH):
            np.add(lefts[:-reach], symbols[reach:], out=codes[reach, reach:])
        found = self._rows[codes]
        if found.min(initial=NOTHING) == UNMET:
            self._meet(set(codes[found == UNMET].tolist()))
            found = self._rows[codes]
        rows = np.zeros((1 + REACH, size + len(characters)), np.int32)
        rows[:, :size] = found
        self._pieces.find(characters, rows[:2, size:])
        for stem, pair, last in latin_words(folded):
            rows[LINE_OF_WORDS, size + last] = self._latin.get(stem, NOTHING)
            rows[LINE_OF_WORD_PAIRS, size + last] = self._latin.get(pair, NOTHING)
        return rows

    def _meet(self, codes: Iterable[int]) -> None:
        """Make the rows of codes; other threads read on, so that each is there before its number is told."""
        with self._lock:
            for code in codes:
                left, right = divmod(code, self._count)
                row = self._row_of(chr(left - 1) + chr(right) if left else chr(right))
                if self._rows[code] == UNMET and row.any():
                    if self._made == len(self.words):
                        self.words = np.concatenate([self.words, np.zeros_like(self.words[: self._made // 4])])
                    self.words[self._made] = packed(row[None])[0]
                    self._rows[code] = self._made
                    self._made += 1
                elif self._rows[code] == UNMET:
                    self._rows[code] = NOTHING


class _Pieces:
    """Which row each character has, and each pair that stands together: the first has row 1, the next row 2."""

    def __init__(self, pieces: Sequence[str]) -> None:
        known = sorted({character for piece in pieces for character in piece})
        numbers = {character: number for number, character in enumerate(known, 1)}
        self._numbers = np.zeros(CHARACTERS, np.int32)
        self._numbers[[ord(character) for character in known]] = np.arange(1, len(known) + 1)
        self._count = len(known) + 1
        self._alone = np.zeros(self._count, np.int32)
        pairs = []
        for row, piece in enumerate(pieces, 1):
            if len(piece) == 1:
                self._alone[numbers[piece]] = row
            else:
                pairs.append((numbers[piece[0]] * self._count + numbers[piece[1]], row))
        # The last is larger than any, so that each search ends within.
        found = np.array([*sorted(pairs), (np.iinfo(np.int32).max, NOTHING)], np.int32)
        self._pairs, self._together = np.ascontiguousarray(found[:, 0]), np.ascontiguousarray(found[:, 1])

    def find(self, characters: Array, rows: Array) -> None:
        """Put the rows of characters into the first line of `rows`, into the second those of the pairs they end."""
        numbers = self._numbers[characters]
        self._alone.take(numbers, out=rows[0], mode="clip")
        pairs = numbers[:-1] * self._count + numbers[1:]
        places = self._pairs.searchsorted(pairs)
        np.multiply(self._together[places], self._pairs[places] == pairs, out=rows[1, 1:])
