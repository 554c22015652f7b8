"""Hidden units beside the linear model of sentences: each answers to features that mean something together.

A line adds 打电话 and 我妈 up; a unit can be silent until both stand there. Their weights are data of eight bits each,
in the file of the model of sentences. They lie in lanes of their own above those of the line: one sum gives both.
"""

from base64 import b64decode
from collections.abc import Iterable, Mapping
from struct import Struct
from typing import Any

from domain.tactic_reading.lanes import NARROW, UNITS, WIDE, Lanes

# What the weights for codes are multiplied by before they are rounded to thousandths: they are small, the units large.
FINENESS = 64
MIDDLE, ZERO_OF_ANSWERS = 1 << (NARROW - 1), 1 << (WIDE - 1)
WHOLE = 2 * UNITS[WIDE] * FINENESS
# In the file each weight is a byte; so much is 0.
ZERO = 128


class HiddenLayer:
    """The units of all codes: rows of features in narrow lanes, and of each unit what it adds to every code."""

    def __init__(self, document: Mapping[str, Any], names: Iterable[str]) -> None:
        """Take the weights as they stand in the file; `names` are the features, in the order of its rows."""
        self._answers = Lanes(len(document["bias"]), WIDE)
        self._bias = self._answers.pack([weight * FINENESS for weight in document["bias"]])
        self._units = [self._answers.pack([weight * FINENESS for weight in row]) for row in document["answers"]]
        lanes = len(self._units)
        ones = sum([1 << (NARROW * number) for number in range(lanes)])
        self._lift, self._all, self._zero = ones * MIDDLE, (1 << (NARROW * lanes)) - 1, ones * ZERO
        self._parts, self._bytes = Struct(f"<{lanes}H"), NARROW // 8 * lanes
        self.start = sum([value << (NARROW * number) for number, value in enumerate(document["start"])])
        self._rows = self._unpacked(names, b64decode(document["rows"]))

    def _unpacked(self, names: Iterable[str], rows: bytes) -> dict[str, int]:
        wide = bytearray(2 * len(rows))
        wide[::2] = rows
        places = range(0, len(wide), self._bytes)
        return {
            name: int.from_bytes(wide[place : place + self._bytes], "little") - self._zero
            for name, place in zip(names, places, strict=True)
        }

    def packed(self, features: Iterable[str]) -> int:
        """Return the sum of the features' rows; what a feature weighs is in its row."""
        rows = self._rows
        return sum([rows[name] for name in features if name in rows])

    def beside(self, line: Iterable[float], packed: int) -> list[float]:
        """Return half of what a line says of each code and half of what the units that are above 0 add."""
        lifted = self._parts.unpack(((packed + self._lift) & self._all).to_bytes(self._bytes, "little"))
        above = [row * (value - MIDDLE) for row, value in zip(self._units, lifted, strict=True) if value > MIDDLE]
        added = self._answers.ranks(sum(above, self._bias))
        return [one / 2 + (other - ZERO_OF_ANSWERS) / WHOLE for one, other in zip(line, added, strict=True)]
