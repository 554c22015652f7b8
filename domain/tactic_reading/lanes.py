"""Adds up rows of weights many at a time: a row is one whole number, its weights side by side in lanes of some bits.

The sum of such numbers is the number of the sums, and a product with a small whole number that of the products, so that
the models weigh a text by one `sum` in C for each of its sentences; no package of arrays is needed.
"""

from collections.abc import Iterable, Mapping, Sequence
from struct import Struct

# Wide lanes hold thousandths of sums that were multiplied; narrow ones, twice as quick, plain sums up to 160.
WIDE, NARROW = 32, 16
UNITS = {WIDE: 1000, NARROW: 200}
TYPES = {WIDE: "I", NARROW: "H"}
# What values are multiplied by before they are rounded to whole numbers.
SHARE = 64


class Lanes:
    """Rows of `width` weights in lanes of so many bits. What takes a row apart first lifts every lane above 0."""

    def __init__(self, width: int, bits: int = WIDE) -> None:
        """Work out once what every row is lifted by."""
        self._bits, self._unit, self._half = bits, UNITS[bits], 1 << (bits - 1)
        ones = sum([1 << (bits * number) for number in range(width)])
        self._lift, self._all, self._lane = ones * self._half, (1 << (bits * width)) - 1, (1 << bits) - 1
        # Lifted by one less, a weight above 0, and no other, reaches the highest bit of its lane.
        self._lift_of_signs, self._signs = ones * (self._half - 1), ones << (bits - 1)
        self._parts, self._bytes = Struct(f"<{width}{TYPES[bits]}"), bits // 8 * width

    def pack(self, weights: Sequence[float]) -> int:
        """Return a row of weights as one number."""
        return sum([round(weight * self._unit) << (self._bits * number) for number, weight in enumerate(weights)])

    def pack_some(self, weights: Mapping[int, float]) -> int:
        """Return a row of which only the numbered weights are not 0 as one number."""
        return sum([round(weight * self._unit) << (self._bits * number) for number, weight in weights.items()])

    def ranks(self, packed: int) -> tuple[int, ...]:
        """Return whole numbers that rank as the weights do."""
        lifted: tuple[int, ...] = self._parts.unpack(
            ((packed + self._lift) & self._all).to_bytes(self._bytes, "little")
        )
        return lifted

    def unpack(self, packed: int, share: int = 1) -> list[float]:
        """Return the weights of a packed row, divided by `share`."""
        half, whole = self._half, self._unit * share
        return [(lifted - half) / whole for lifted in self.ranks(packed)]

    def weight(self, packed: int, number: int) -> float:
        """Return one weight of a packed row."""
        return (((packed + self._lift) >> (self._bits * number) & self._lane) - self._half) / self._unit

    def above_zero(self, packed: int) -> list[int]:
        """Return which weights of a packed row are above 0, by number; a row without any costs no loop."""
        above = (packed + self._lift_of_signs) & self._signs
        found = []
        while above:
            lowest = above & -above
            found.append(lowest.bit_length() // self._bits - 1)
            above ^= lowest
        return found


class RowsOfCharacters(dict[int, int]):
    """The packed row of each character by its code. One without weights has nothing, and is not kept either."""

    def __missing__(self, code: int) -> int:
        return 0


class Weights:
    """Named rows of weights for the same answers, packed in wide lanes."""

    def __init__(self, answers: Sequence[str], rows: Mapping[str, Sequence[float]]) -> None:
        """Pack the rows; `=bias` is the row that every sum begins with."""
        self.answers = list(answers)
        self.lanes = Lanes(len(self.answers))
        self.rows = {name: self.lanes.pack(row) for name, row in rows.items()}
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

    def scores(self, packed: int) -> list[float]:
        """Return the score of each answer for a packed sum."""
        return self.lanes.unpack(packed, SHARE)
