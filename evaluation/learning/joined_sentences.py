"""Two sentences told in one breath, made of those that were written to be learnt: 还打给我妈，骂我是骗子 tells of both.

What is written for one tactic tells of that one alone, and a model that learns nothing else doubts the second of two.
"""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

# Characters: what is longer is seldom told in one breath with another.
LONGEST = 45
SEED = 7


class Example(NamedTuple):
    """A sentence as the model weighs it (`sentence_features`), the codes that it tells of, and its folded text.

    `assertions` are how it asserts them; none where that is not said.
    """

    values: dict[str, float]
    codes: frozenset[str]
    text: str
    assertions: frozenset[str] = frozenset()


def joined_sentences(found: Sequence[Example], number: int) -> list[Example]:
    """Return so many examples of two short sentences in one language, of which the first tells of a tactic.

    A feature weighs in a sentence what it weighs wherever it stands there, so that two have what either has; only the
    pairs of concepts across the comma are missing. The same ones at every run.
    """
    chance = Random(SEED)  # noqa: S311 — no secret hangs on it
    short = [example for example in found if len(example.text) <= LONGEST]
    telling = [example for example in short if example.codes]
    joined: list[Example] = []
    while len(joined) < number:
        one, other = chance.choice(telling), chance.choice(short)
        if one.text.isascii() == other.text.isascii():
            joined.append(Example(_either(one.values, other.values), one.codes | other.codes, one.text + other.text))
    return joined


def _either(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {name: max(one.get(name, 0.0), other.get(name, 0.0)) for name in one | other}
