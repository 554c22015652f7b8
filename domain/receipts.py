"""Receipts: what the borrower keeps, and the only way back to a complaint. Only a keyed hash of one is stored."""

import hmac
import re
import secrets
import unicodedata

# Crockford's base 32: no I, L, O or U, so that a receipt written down by hand reads back the same.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# 7 groups of 4 characters carry 140 random bits; 128 is the least that the design asks for.
GROUPS, GROUP_LENGTH = 7, 4
BITS = GROUPS * GROUP_LENGTH * 5
LOOKALIKES = str.maketrans("ILO", "110")
# {ten bits: two characters}, the lowest five bits first.
_PAIRS = [ALPHABET[bits & 31] + ALPHABET[bits >> 5] for bits in range(1024)]


def new_receipt() -> str:
    """Return a fresh receipt such as `7H2K-9QZD-…` (140 random bits)."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP_LENGTH)))


def canonical_receipt(typed: str) -> str:
    """Return the receipt that a person meant: width, case, spaces, hyphens and look-alike letters do not matter."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", typed).upper()).translate(LOOKALIKES)


def derived_receipt(key: bytes, idempotency_key: str, fingerprint: str) -> str:
    """Return the receipt of one idempotency key and body: always the same, known only with the server's key."""
    digest = hmac.digest(key, f"receipt of {idempotency_key}\n{fingerprint}".encode(), "sha256")
    bits = int.from_bytes(digest, "big")
    return _grouped("".join([_PAIRS[bits >> shift & 1023] for shift in range(0, BITS, 10)]))


def _grouped(characters: str) -> str:
    return "-".join([characters[i : i + GROUP_LENGTH] for i in range(0, len(characters), GROUP_LENGTH)])
