"""Fingerprints of texts: sets of hashed pieces, and the keys under which texts that share many of them are found."""

from collections.abc import Iterable
from hashlib import blake2b

from rensa import RMinHash

# Fixed for ever: the keys are stored.
SEED = 4155
KEY_ROWS = 2

Pieces = frozenset[int]


def hashed(pieces: Iterable[str]) -> Pieces:
    """Return the pieces of a text as numbers of 32 bits, which can be stored and compared but not read."""
    return frozenset(int.from_bytes(blake2b(piece.encode(), digest_size=4).digest(), "big") for piece in pieces)


def similarity(one: Pieces, other: Pieces) -> float:
    """Return how much of two sets is shared: 0 to 1 (Jaccard); nothing is like an empty one."""
    return len(one & other) / len(one | other) if one and other else 0.0


def keys(pieces: Pieces, count: int) -> list[int]:
    """Return `count` keys of 63 bits: two texts share a given one with the square of their similarity.

    Each key is made of two minima (MinHash), so one of 32 keys is shared by 95 % of the pairs of similarity 0.3, by
    99.6 % of those of 0.4, and by 0.3 % of those of 0.01, which two messages on different matters have.
    """
    if not pieces:
        return []
    minima = RMinHash(num_perm=count * KEY_ROWS, seed=SEED)
    minima.update([piece.to_bytes(4, "big") for piece in pieces])
    digest = minima.digest()
    return [_key(band, *digest[band * KEY_ROWS : (band + 1) * KEY_ROWS]) for band in range(count)]


def packed(pieces: Pieces) -> bytes:
    """Return the pieces as bytes to be stored: four for each, in order."""
    return b"".join(piece.to_bytes(4, "big") for piece in sorted(pieces))


def unpacked(stored: bytes) -> Pieces:
    """Return the pieces that `packed` stored."""
    return frozenset(int.from_bytes(stored[at : at + 4], "big") for at in range(0, len(stored), 4))


def _key(band: int, *minima: int) -> int:
    spelled = b"".join(number.to_bytes(4, "big") for number in (band, *minima))
    return int.from_bytes(blake2b(spelled, digest_size=8).digest(), "big") >> 1
