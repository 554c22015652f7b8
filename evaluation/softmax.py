"""Logistic regression over several answers, in plain Python: the same weights at every run."""

import math
import random
from collections import Counter

Values = dict[str, float]
BIAS = "=bias"


def fit(
    found: list[tuple[Values, str]], answers: list[str], *, penalty: float, epochs: int, pace: float
) -> dict[str, list[float]]:
    """Return for each feature its weight for each answer; rare answers weigh as much as common ones together.

    `penalty` is the inverse of how much large weights cost; `pace` the length of the first step.
    """
    number = Counter(answer for _, answer in found)
    worth = {answer: len(found) / (len(number) * number[answer]) for answer in number}
    rows = [(values | {BIAS: 1.0}, answers.index(answer), worth[answer]) for values, answer in found]
    weights = {name: [0.0] * len(answers) for values, _, _ in rows for name in values}
    decay, scale, step = 1 / (penalty * len(rows)), 1.0, 0
    order = random.Random(7)  # noqa: S311
    for _ in range(epochs):
        order.shuffle(rows)
        for values, right, weight in rows:
            stride = pace / (1 + 10 * pace * decay * step)
            step, scale = step + 1, scale * (1 - stride * decay)
            totals = [0.0] * len(answers)
            for name, value in values.items():
                totals = [t + value * w for t, w in zip(totals, weights[name], strict=True)]
            top = max(totals)
            chances = [math.exp((total - top) * scale) for total in totals]
            whole = sum(chances)
            moves = [stride * weight * (c / whole - (k == right)) / scale for k, c in enumerate(chances)]
            for name, value in values.items():
                row = weights[name]
                for k, move in enumerate(moves):
                    row[k] -= move * value
    return {name: [weight * scale for weight in row] for name, row in weights.items()}
