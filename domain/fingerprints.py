"""Fingerprints of texts: sets of pieces, and the keys under which texts that share many of them are found."""

import re
import struct
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import TypeVar

from rensa import RMinHash

from domain.text import fold

# Fixed for ever: the keys are stored.
SEED = 4155
TOKEN = re.compile(r"[a-z]+|[0-9]+|[^\W\d_a-z]")
NUMBER = re.compile(r"[0-9]{2,}")
# An article is told by its first 50,000 characters; a spun copy of a book differs before.
LONGEST_ARTICLE = 50_000
# Spun copies share 84 % of their pieces and more, other stories from one template 66 % and less (the small web with
# three seeds). Where the same three numbers and more stand in both, 55 % is enough.
ALIKE = 0.72
ALIKE_WITH_NUMBERS = 0.55
ENOUGH_NUMBERS = 3
# Stories from one template tell other sums, days and counts; a copy keeps them.
SHARED_NUMBERS = 0.5
# Shorter texts are alike by chance: posts of one line are copies only where they are the same.
SHORTEST = 30
# 20 keys of 4 minima each: 99.6 % of the pairs of similarity 0.7 share one, 87 % of those of 0.55, 0.2 % of 0.1.
ARTICLE_KEYS, ARTICLE_ROWS = 20, 4

# Pieces of a message, each once, in the order in which they stand in it.
Pieces = tuple[int, ...]
Piece = TypeVar("Piece", int, str)


class ArticlePrint:
    """What an article is compared by, each part worked out when it is asked for: most pairs differ in their numbers.

    The same in both scripts, whatever marks and blanks stand in the text.
    """

    def __init__(self, text: str) -> None:
        """Take the text as it is shown."""
        self._folded = fold(text[:LONGEST_ARTICLE])

    @cached_property
    def pieces(self) -> frozenset[str]:
        """Rows of three characters, words or numbers."""
        tokens = TOKEN.findall(self._folded)
        return frozenset(map(" ".join, zip(tokens, tokens[1:], tokens[2:], strict=False)))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of two digits up."""
        return frozenset(NUMBER.findall(self._folded))


def are_copies(one: ArticlePrint, other: ArticlePrint) -> bool:
    """Whether one text is the other told again: sentences moved, words swapped, another site's name."""
    fewer = min(len(one.numbers), len(other.numbers))
    shared = len(one.numbers & other.numbers) / fewer if fewer else 1.0
    if fewer > 1 and shared < SHARED_NUMBERS:
        return False
    if min(len(one.pieces), len(other.pieces)) < SHORTEST:
        return False
    alike = similarity(one.pieces, other.pieces)
    return alike >= ALIKE or (alike >= ALIKE_WITH_NUMBERS and fewer >= ENOUGH_NUMBERS and shared > 0.8)


def article_keys(text_print: ArticlePrint) -> list[int]:
    """Return the keys under which copies of an article are found; none for a text of less than three words."""
    return keys(text_print.pieces, ARTICLE_KEYS, ARTICLE_ROWS)


def hashed(pieces: Iterable[str]) -> Pieces:
    """Return the pieces of a text, each once, as numbers of 32 bits: they can be stored and compared but not read."""
    spelled = dict.fromkeys(pieces)
    return tuple(dict.fromkeys(int.from_bytes(blake2b(one.encode(), digest_size=4).digest(), "big") for one in spelled))


def similarity(one: frozenset[Piece], other: frozenset[Piece]) -> float:
    """Return how much of two sets is shared: 0 to 1 (Jaccard); nothing is like an empty one."""
    if not one or not other:
        return 0.0
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def keys(pieces: Collection[int] | Collection[str], count: int, rows: int) -> list[int]:
    """Return `count` keys of 63 bits: two texts share a given one with the power `rows` of their similarity.

    Each key is made of `rows` minima (MinHash by rensa).
    """
    if not pieces:
        return []
    minima = RMinHash(num_perm=count * rows, seed=SEED)
    minima.update([*_spelled(pieces)])
    digest = minima.digest()
    return [_key(band, digest[band * rows : (band + 1) * rows]) for band in range(count)]


def _spelled(pieces: Collection[int] | Collection[str]) -> Iterable[str]:
    """Return pieces as rensa takes them; looking at each of an article's words takes as long as its minima."""
    return pieces if isinstance(next(iter(pieces)), str) else map("{:08x}".format, pieces)  # type: ignore[return-value]


def packed(pieces: Pieces) -> bytes:
    """Return the pieces as bytes to be stored: four for each, in order."""
    return b"".join(piece.to_bytes(4, "big") for piece in pieces)


def unpacked(stored: bytes) -> Pieces:
    """Return the pieces that `packed` stored."""
    return tuple(int.from_bytes(stored[at : at + 4], "big") for at in range(0, len(stored), 4))


def _key(band: int, minima: Sequence[int]) -> int:
    spelled = struct.pack(f">{1 + len(minima)}I", band, *minima)
    return int.from_bytes(blake2b(spelled, digest_size=8).digest(), "big") >> 1
