"""A layer of hidden units over named values, by numpy; the same weights at every run on the same machine.

It learns by Adam with features and units left out at random (dropout), since no stranger's sentence has all the words
of one that was learnt. What it is given and returns is told by `weights/hidden_layer.py`, which reads it.
"""

from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from domain.tactic_reading.weights.hidden_layer import ZERO

UNITS, ROUNDS, AT_ONCE, PACE, SEED = 64, 8, 64, 0.002, 7
# Rows at a step where the weights are not kept: they tell as much in a quarter of the time.
QUICKLY = 256
# Shares of the features and of the units that are left out at each step.
FEATURES_OUT, UNITS_OUT = 0.3, 0.3
# Values of 0.2 to 0.5 make the first steps slow.
SCALE = 3.0
# Of each unit's weights all but the largest few in ten thousand fit into a byte.
LARGEST = 99.95
Arrays = dict[str, Any]


def fit_units(matrix: Any, right: Any, worth: Any, at_once: int = AT_ONCE) -> Arrays:
    """Return the weights for rows of values (sparse, n by d), right answers and what each is worth (n by k)."""
    chance = np.random.default_rng(SEED)
    values = csr_matrix(matrix * SCALE, dtype=np.float32)
    right, worth = right.astype(np.float32), worth.astype(np.float32)
    weights = {
        "features": (chance.normal(size=(values.shape[1], UNITS)) * 0.03).astype(np.float32),
        "start": np.zeros(UNITS, np.float32),
        "answers": (chance.normal(size=(UNITS, right.shape[1])) / np.sqrt(UNITS)).astype(np.float32),
        "bias": np.full(right.shape[1], -3, np.float32),
    }
    adam = _Adam(weights)
    for lap in range(ROUNDS):
        order = chance.permutation(values.shape[0])
        pace = PACE * (1.05 - lap / ROUNDS)
        for first in range(0, len(order), at_once):
            here = order[first : first + at_once]
            some = values[here].copy()
            some.data *= (chance.random(len(some.data)) > FEATURES_OUT).astype(np.float32) / (1 - FEATURES_OUT)
            kept = (chance.random((len(here), UNITS)) > UNITS_OUT).astype(np.float32) / (1 - UNITS_OUT)
            adam.step(_slopes(weights, some, kept, right[here], worth[here]), pace)
    weights["features"] *= SCALE
    return weights


def _slopes(weights: Arrays, values: Any, kept: Any, right: Any, worth: Any) -> Arrays:
    """Return how the loss of some examples changes with each weight."""
    sums = values @ weights["features"] + weights["start"]
    fired = np.maximum(sums, 0) * kept
    wrong = worth * (1 / (1 + np.exp(-(fired @ weights["answers"] + weights["bias"]))) - right) / len(right)
    back = (wrong @ weights["answers"].T) * kept * (sums > 0)
    return {
        "features": values.T.tocsr() @ back, "start": back.sum(0), "answers": fired.T @ wrong, "bias": wrong.sum(0),
    }  # fmt: skip


class _Adam:
    """Steps along the slopes, each weight at its own pace (Kingma and Ba 2015)."""

    def __init__(self, weights: Arrays) -> None:
        self._weights, self._steps = weights, 0
        self._means = {name: (np.zeros_like(values), np.zeros_like(values)) for name, values in weights.items()}

    def step(self, slopes: Arrays, pace: float) -> None:
        self._steps += 1
        for name, slope in slopes.items():
            mean, square = self._means[name]
            mean += 0.1 * (slope - mean)
            square += 0.01 * (slope * slope - square)
            size = np.sqrt(square / (1 - 0.99**self._steps)) + 1e-6
            self._weights[name] -= pace * mean / (1 - 0.9**self._steps) / size


def as_document(weights: Arrays, weighs: Sequence[float], margin: float) -> dict[str, Any]:
    """Return the weights as the file has them: bytes of what each feature adds, given what each of them weighs."""
    added = weights["features"] * np.asarray(weighs, np.float32)[:, None]
    step = np.maximum(np.percentile(np.abs(added), LARGEST, axis=0), 1e-6) / (ZERO - 1)
    rows = np.clip(np.round(added / step), 1 - ZERO, ZERO - 1) + ZERO
    return {
        "start": [int(value) for value in np.round(weights["start"] / step)],
        "answers": [[round(float(value), 5) for value in row] for row in weights["answers"] * step[:, None]],
        "bias": [round(float(value) - margin, 2) for value in weights["bias"]],
        "rows": b64encode(rows.astype(np.uint8).tobytes()).decode("ascii"),
    }


def matrix_of(found: Sequence[Mapping[str, float]], names: Collection[str]) -> Any:
    """Return the values as a sparse matrix whose columns are the names, in their order."""
    places = {name: number for number, name in enumerate(names)}
    rows = [(row, places[name], value) for row, values in enumerate(found) for name, value in values.items()
            if name in places]  # fmt: skip
    numbers, columns, values = zip(*rows, strict=True)
    return csr_matrix((values, (numbers, columns)), shape=(len(found), len(places)), dtype=np.float64)
