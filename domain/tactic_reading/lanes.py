"""Adds up rows of weights many at a time: a row is one whole number, its weights side by side in lanes of some bits.

The sum of such numbers is the number of the sums, and a product with a small whole number that of the products, so that
the models weigh a text by one `sum` in C for each of its sentences; no package of arrays is needed.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from struct import Struct

# Wide lanes hold thousandths of sums that were multiplied; narrow ones, twice as quick, plain sums up to 160.
WIDE, NARROW = 32, 16
UNITS = {WIDE: 1000, NARROW: 200}
TYPES = {WIDE: "I", NARROW: "H"}
# What values are multiplied by before they are rounded to whole numbers.
SHARE = 64


def pack(weights: Sequence[float], bits: int = WIDE) -> int:
    """Return a row of weights as one number."""
    unit = UNITS[bits]
    return sum([round(weight * unit) << (bits * number) for number, weight in enumerate(weights)])


@cache
def _lift(width: int, bits: int) -> tuple[int, int]:
    half = 1 << (bits - 1)
    return sum([half << (bits * number) for number in range(width)]), (1 << (bits * width)) - 1


def lanes_of(packed: int, width: int, bits: int = WIDE) -> Sequence[int]:
    """Return the lanes of a packed row as whole numbers in the order of their weights."""
    lift, mask = _lift(width, bits)
    return _rows(width, bits).unpack(((packed + lift) & mask).to_bytes(bits // 8 * width, "little"))


@cache
def _rows(width: int, bits: int) -> Struct:
    return Struct(f"<{width}{TYPES[bits]}")


def unpack(packed: int, width: int, bits: int = WIDE, share: int = 1) -> list[float]:
    """Return the weights of a packed row of `width` lanes, divided by `share`."""
    lanes = lanes_of(packed, width, bits)
    half, whole = 1 << (bits - 1), UNITS[bits] * share
    return [(lifted - half) / whole for lifted in lanes]


def lane(packed: int, number: int, bits: int = WIDE) -> float:
    """Return one weight of a packed row."""
    half = 1 << (bits - 1)
    lifted = packed + _lift(number + 1, bits)[0]
    return (((lifted >> (bits * number)) & ((half << 1) - 1)) - half) / UNITS[bits]


@cache
def _signs(width: int, bits: int) -> tuple[int, int]:
    """Return what lifts every weight above 0, and no other, into the highest bit of its lane; and those bits."""
    ones = sum([1 << (bits * number) for number in range(width)])
    return ones * ((1 << (bits - 1)) - 1), ones << (bits - 1)


def lanes_above_zero(packed: int, width: int, bits: int = WIDE) -> list[int]:
    """Return which weights of a packed row of `width` lanes are above 0, by number; a row without any costs no loop."""
    lift, signs = _signs(width, bits)
    above = (packed + lift) & signs
    found = []
    while above:
        lowest = above & -above
        found.append(lowest.bit_length() // bits - 1)
        above ^= lowest
    return found


class Weights:
    """Named rows of weights for the same answers, packed in wide lanes."""

    def __init__(self, answers: Sequence[str], rows: Mapping[str, Sequence[float]]) -> None:
        """Pack the rows; `=bias` is the row that every sum begins with."""
        self.answers = list(answers)
        self.rows = {name: pack(row) for name, row in rows.items()}
        self.bias = self.rows.pop("=bias", 0) * SHARE

    def sum_of(self, values: Mapping[str, float]) -> int:
        """Return the packed sum of the named rows, each times its value."""
        rows = self.rows
        return sum([rows[name] * round(value * SHARE) for name, value in values.items() if name in rows])

    def sum_alike(self, names: Iterable[str], value: float) -> int:
        """Return the packed sum of the named rows, all times the same value."""
        rows = self.rows
        return sum([rows[name] for name in names if name in rows]) * round(value * SHARE)

    def steps(self, name: str, values: Sequence[float]) -> tuple[int, ...]:
        """Return a named row, packed, times each of the values."""
        row = self.rows.get(name, 0)
        return tuple([row * round(value * SHARE) for value in values])

    def lanes(self, packed: int) -> Sequence[int]:
        """Return what ranks the answers as their scores do, and is quicker to have."""
        return lanes_of(packed, len(self.answers))

    def scores(self, packed: int) -> list[float]:
        """Return the score of each answer for a packed sum."""
        return unpack(packed, len(self.answers), WIDE, SHARE)
