"""The layers of a network of phrases: each looks at what stands 2, 4 and 8 places away, the first at two neighbours."""

from collections.abc import Mapping
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
# How many neighbours the first layer sees, and how far away those are that the others do.
SEEN, FAR = 5, (2, 4, 8)
REACH = SEEN // 2 + sum(FAR)


class Layers:
    """The weights of the layers. Numbers stand in columns, one for each character or word."""

    def __init__(self, told: Mapping[str, Array]) -> None:
        """Take the weights by name; what each layer adds at any rate becomes the last column of its weights."""
        self._first = _in_columns(told["first"], told["start"])
        self._layers = [_in_columns(_own_first(told[f"weights {far}"]), told[f"bias {far}"]) for far in FAR]
        self._answers = _in_columns(told["answers"], told["answers bias"])
        self.parts = len(self._answers)
        self._nothing = np.zeros((len(self._first), 1), np.float32)  # a column: with a number alone it takes longer

    def odds(self, told: Array) -> Array:
        """Return the log odds (7 by n) of characters or words, each told by a row (n by size).

        What a layer looks at is laid one below the other, so that each is a single product.
        """
        count, size = told.shape
        side, middle = SEEN // 2, SEEN // 2 * size
        seen = np.zeros((SEEN * size + 1, count), np.float32)  # nothing stands before the first and behind the last
        own = seen[middle : middle + size]
        own[:] = told.T
        for far in range(1, side + 1):
            seen[middle - far * size :][:size, far:] = own[:, :-far]
            seen[middle + far * size :][:size, :-far] = own[:, far:]
        seen[-1] = 1
        size = len(self._first)
        around = np.zeros((3 * size + 1, count), np.float32)
        around[-1] = 1
        values, before, behind = (around[part * size : (part + 1) * size] for part in range(3))
        np.maximum(self._first @ seen, self._nothing, out=values)
        for far, layer in zip(FAR, self._layers, strict=True):
            before[:, :far], before[:, far:] = 0, values[:, :-far]
            behind[:, -far:], behind[:, :-far] = 0, values[:, far:]
            more = layer @ around
            values += np.maximum(more, self._nothing, out=more)
        before[0] = 1
        odds: Array = self._answers @ around[: size + 1]
        return odds


def _in_columns(weights: Array, bias: Array) -> Array:
    """Return weights (seen by told) the other way round, with a column for what is added at any rate."""
    return np.ascontiguousarray(np.concatenate([weights, bias[None]]).T)


def _own_first(weights: Array) -> Array:
    """Return weights of what stands before, of the place itself and of what stands behind, the place's first."""
    before, own, behind = np.split(weights, 3)
    return np.concatenate([own, before, behind])
