"""Fingerprints of texts: sets of pieces, and the keys under which texts that share many of them are found."""

import struct
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from typing import TypeVar

from rensa import RMinHash

# Fixed for ever: the keys are stored.
SEED = 4155
# Pieces of a message, each once, in the order in which they stand in it.
Pieces = tuple[int, ...]
Piece = TypeVar("Piece", int, str)


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
