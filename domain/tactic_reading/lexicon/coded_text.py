"""A text as arrays of whole numbers, by which the models look up what they add."""

from functools import lru_cache
from sys import byteorder
from typing import Any

import numpy as np

from domain.tactic_reading.lexicon.concepts import concept_names, empty_symbols

Array = np.ndarray[Any, Any]
# Codes that a character may have.
CHARACTERS = 0x110000
UTF_32 = "utf-32-le" if byteorder == "little" else "utf-32-be"


def codes_of(text: str) -> Array:
    """Return the codes of the characters."""
    return np.frombuffer(text.encode(UTF_32, "surrogatepass"), np.uint32)


def distinct(codes: Array) -> Array:
    """Return the codes in order, each once; `np.unique` takes four times as long."""
    codes = np.sort(codes)
    new = np.ones(len(codes), bool)
    np.not_equal(codes[1:], codes[:-1], out=new[1:])
    return codes[new]


@lru_cache(maxsize=1)
def symbol_count() -> int:
    """Return how many codes the symbols of the lexicon lie among, with those of its marks."""
    return max(map(ord, concept_names())) + 1


@lru_cache(maxsize=1)
def telling_symbols() -> Array:
    """Return of each code of a symbol whether it tells anything."""
    telling = np.ones(symbol_count(), bool)
    telling[[ord(symbol) for symbol in empty_symbols()]] = False
    return telling
