"""Hidden units beside the linear model of sentences: each answers to features that mean something together.

A line adds 打电话 and 我妈 up; a unit can be silent until both stand there. Their weights are data of eight bits each,
in the file of the model of sentences. What they add up lies behind the numbers of the line, in the same rows.
"""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
# In the file each weight of a feature is a byte; so much is 0.
ZERO = 128
# What units add is rounded to this share of the log odds, so that sums of whole numbers come out alike everywhere.
FINENESS = 64_000


class HiddenLayer:
    """The units of all codes: what each feature adds to them, and what each of them adds to every code."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """Take the weights as they stand in the file."""
        self.start = np.array(document["start"])
        self.rows = np.frombuffer(b64decode(document["rows"]), np.uint8).reshape(-1, len(self.start)) - np.int16(ZERO)
        self._answers = np.rint(np.array(document["answers"]) * FINENESS)
        self._bias = np.rint(np.array(document["bias"]) * FINENESS)

    def odds(self, sums: Array) -> Array:
        """Return the log odds of each code (n by k) by what features add to the units (n by units)."""
        answers: Array = (np.maximum(sums + self.start, 0).astype(np.float64) @ self._answers + self._bias) / FINENESS
        return answers
