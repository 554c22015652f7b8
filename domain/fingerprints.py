"""Fingerprints of texts: sets of pieces, and the keys under which texts that share many of them are found."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from rensa import RMinHash

from domain.text import fold

# Fixed for ever: the keys are stored.
SEED = 4155
TOKEN = re.compile(r"[a-z]+|[0-9]+|[^\W\d_a-z]")
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


@dataclass(frozen=True)
class ArticlePrint:
    """What an article is compared by: rows of three characters, words or numbers; and the numbers of two digits up."""

    pieces: frozenset[str]
    numbers: frozenset[str]


def article_print(text: str) -> ArticlePrint:
    """Return the fingerprint of a text: the same in both scripts, whatever marks and blanks stand in it."""
    tokens = TOKEN.findall(fold(text[:LONGEST_ARTICLE]))
    rows = zip(tokens, tokens[1:], tokens[2:], strict=False)
    numbers = frozenset(token for token in tokens if token.isdigit() and len(token) > 1)
    return ArticlePrint(frozenset(" ".join(row) for row in rows), numbers)


def are_copies(one: ArticlePrint, other: ArticlePrint) -> bool:
    """Whether one text is the other told again: sentences moved, words swapped, another site's name."""
    alike = similarity(one.pieces, other.pieces)
    fewer = min(len(one.numbers), len(other.numbers))
    shared = len(one.numbers & other.numbers) / fewer if fewer else 1.0
    if min(len(one.pieces), len(other.pieces)) < SHORTEST or (fewer > 1 and shared < SHARED_NUMBERS):
        return False
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
    return len(one & other) / len(one | other) if one and other else 0.0


def keys(pieces: Collection[int] | Collection[str], count: int, rows: int) -> list[int]:
    """Return `count` keys of 63 bits: two texts share a given one with the power `rows` of their similarity.

    Each key is made of `rows` minima (MinHash by rensa).
    """
    if not pieces:
        return []
    minima = RMinHash(num_perm=count * rows, seed=SEED)
    minima.update([piece if isinstance(piece, str) else f"{piece:08x}" for piece in pieces])
    digest = minima.digest()
    return [_key(band, digest[band * rows : (band + 1) * rows]) for band in range(count)]


def packed(pieces: Pieces) -> bytes:
    """Return the pieces as bytes to be stored: four for each, in order."""
    return b"".join(piece.to_bytes(4, "big") for piece in pieces)


def unpacked(stored: bytes) -> Pieces:
    """Return the pieces that `packed` stored."""
    return tuple(int.from_bytes(stored[at : at + 4], "big") for at in range(0, len(stored), 4))


def _key(band: int, minima: Iterable[int]) -> int:
    spelled = b"".join(number.to_bytes(4, "big") for number in (band, *minima))
    return int.from_bytes(blake2b(spelled, digest_size=8).digest(), "big") >> 1
