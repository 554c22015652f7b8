"""Logistic regressions over named values, by scikit-learn; the same weights at every run.

It is in `requirements/training.txt` (`ops/setup training`), for it is needed to train and never to read.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

Values = dict[str, float]
Rows = dict[str, list[float]]
BIAS = "=bias"
# The chance of an answer that no text to learn from has, in log odds.
NEVER = -9.0
# Of all labels at once; after 80 no weight moves by what is kept of it.
STEPS = 100


def fit_choice(
    found: Sequence[tuple[Values, str]],
    answers: Sequence[str],
    *,
    looseness: float,
    evenness: float = 0.0,
    shares: Sequence[float] | None = None,
) -> Rows:
    """Return the weights of each feature for answers of which one is right.

    `looseness` is the inverse of how much large weights cost; with an `evenness` of 1 all answers weigh as much
    together, however rare, with 0 all examples do; `shares` is what each example counts beside that (all: 1).
    """
    shares = shares or [1.0] * len(found)
    numbers: dict[str, float] = defaultdict(float)
    for (_, answer), share in zip(found, shares, strict=True):
        numbers[answer] += share
    whole = sum(shares) / len(numbers)
    worth = [share * (whole / numbers[answer]) ** evenness for (_, answer), share in zip(found, shares, strict=True)]
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([values for values, _ in found])
    model = LogisticRegression(C=looseness, max_iter=1000)
    model.fit(matrix, [answer for _, answer in found], sample_weight=worth)
    known = list(model.classes_)
    columns = [known.index(answer) if answer in known else None for answer in answers]

    def row(values: Sequence[float], missing: float) -> list[float]:
        both = (-values[0], values[0]) if len(known) == 2 else values  # of two answers only the second has weights
        return [missing if column is None else float(both[column]) for column in columns]

    weights = {name: row(model.coef_[:, place], 0.0) for name, place in vectors.vocabulary_.items()}
    return weights | {BIAS: row(model.intercept_, NEVER)}


def worth_of_labels(right: Any, *, rarest: float, absent: float) -> Any:
    """Return what each example (row) is worth for each label (column), of whether it has it.

    It weighs `absent` where it lacks a label; where it has it, so much that they weigh half as much as all examples
    together, at most `rarest`.
    """
    return np.where(right, np.minimum(rarest, len(right) / (2 * right.sum(0))), absent)


def fit_labels(matrix: Any, right: Any, worth: Any, *, looseness: float) -> tuple[Any, Any]:
    """Return the bias of each label and the weights of each feature (row) for labels of which any may be right.

    `matrix` holds the values of each example (row, sparse), `right` whether it has each label, `worth` its weight.
    """
    features, labels = matrix.shape[1], right.shape[1]
    turned, right = matrix.T.tocsr(), right.astype(np.float64)

    def loss(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(features + 1, labels)
        odds = matrix @ weights[:-1] + weights[-1]
        wrong = looseness * worth * (1 / (1 + np.exp(-odds)) - right)
        slopes = weights + np.vstack([turned @ wrong, wrong.sum(0)])
        size = looseness * (worth * (np.logaddexp(0, odds) - right * odds)).sum() + (weights * weights).sum() / 2
        return float(size), slopes.ravel()

    found = minimize(loss, np.zeros((features + 1) * labels), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    weights = found.x.reshape(features + 1, labels)
    return weights[-1], weights[:-1]


def rounded(weights: Rows, smallest: float) -> Rows:
    """Return the weights to two places, without the features that hardly tip a scale."""
    return {
        name: [round(weight, 2) for weight in row]
        for name, row in sorted(weights.items())
        if name == BIAS or max(map(abs, row)) >= smallest
    }
