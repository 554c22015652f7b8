"""Receipts: what the borrower keeps, and the only way back to a complaint. Only a keyed hash of one is stored."""

import secrets
import unicodedata

from domain.safekeeping.keys import keyed_digest

# Crockford's base 32: no I, L, O or U, so that a receipt written down by hand reads back the same.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# 7 groups of 4 characters carry 140 random bits; 128 is the least that the design asks for.
GROUPS, GROUP_LENGTH = 7, 4
BITS = GROUPS * GROUP_LENGTH * 5
# A V that somebody wrote down looks like a U.
LOOKALIKES = bytes.maketrans(b"ILOU", b"110V")
_BETWEEN = bytes(set(range(128)) - set(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
# {ten bits: two characters}, the lowest five bits first.
_PAIRS = [ALPHABET[bits & 31] + ALPHABET[bits >> 5] for bits in range(1024)]
_OF_PAIRS = "-".join(["%s" * (GROUP_LENGTH // 2)] * GROUPS)


def new_receipt() -> str:
    """Return a fresh receipt such as `7H2K-9QZD-…` (140 random bits)."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP_LENGTH)))


def canonical_receipt(typed: str) -> str:
    """Return the receipt that a person meant: width, case, spaces, hyphens and look-alike letters do not matter."""
    written = unicodedata.normalize("NFKC", typed).upper().encode("ascii", "ignore")
    return written.translate(LOOKALIKES, _BETWEEN).decode("ascii")


def derived_receipt(key: bytes, idempotency_key: str, fingerprint: str) -> str:
    """Return the receipt of one idempotency key and body: always the same, known only with the server's key."""
    bits = int.from_bytes(keyed_digest(key, f"receipt of {idempotency_key}\n{fingerprint}".encode()), "big")
    return _OF_PAIRS % tuple([_PAIRS[bits >> shift & 1023] for shift in range(0, BITS, 10)])


def _grouped(characters: str) -> str:
    return "-".join([characters[i : i + GROUP_LENGTH] for i in range(0, len(characters), GROUP_LENGTH)])
