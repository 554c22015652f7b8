"""Adds up rows of weights many at a time: a row is one whole number, its weights side by side in lanes of 32 bits.

The sum of such numbers is the number of the sums, and a product with a small whole number that of the products, so that
each passage of a text is weighed by one `sum` in C, which for few rows is quicker than an array.
"""

from collections.abc import Iterable, Mapping, Sequence
from struct import Struct

BITS = 32
# Lanes hold thousandths of sums that were multiplied; a row taken apart is first lifted, every lane above 0.
UNIT, MIDDLE = 1000, 1 << (BITS - 1)
# What values are multiplied by before they are rounded to whole numbers.
SHARE = 64


class Lanes:
    """Rows of `width` weights."""

    def __init__(self, width: int) -> None:
        """Work out once what every row is lifted by."""
        self._lift = sum([MIDDLE << (BITS * number) for number in range(width)])
        self._all = (1 << (BITS * width)) - 1
        self._parts, self._bytes = Struct(f"<{width}I"), BITS // 8 * width

    def pack(self, weights: Sequence[float]) -> int:
        """Return a row of weights as one number."""
        return self.together([round(weight * UNIT) for weight in weights])

    def together(self, row: Sequence[int]) -> int:
        """Return whole numbers side by side in one."""
        return sum([number << (BITS * lane) for lane, number in enumerate(row)])

    def ranks(self, packed: int) -> tuple[int, ...]:
        """Return whole numbers that rank as the weights do."""
        lifted: tuple[int, ...] = self._parts.unpack(
            ((packed + self._lift) & self._all).to_bytes(self._bytes, "little")
        )
        return lifted

    def unpack(self, packed: int, share: int = 1) -> list[float]:
        """Return the weights of a packed row, divided by `share`."""
        return [(lifted - MIDDLE) / (UNIT * share) for lifted in self.ranks(packed)]


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

    def steps(self, name: str, values: Sequence[float]) -> list[list[int]]:
        """Return a named row times each of the values, its numbers apart, as whole numbers."""
        ranks = self.lanes.ranks(self.rows.get(name, 0))
        return [[(rank - MIDDLE) * round(value * SHARE) for rank in ranks] for value in values]
