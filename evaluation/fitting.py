"""Logistic regressions over named values, by scikit-learn; the same weights at every run.

It is in `requirements/training.txt` (`ops/setup training`), for it is needed to train and never to read.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

Values = dict[str, float]
Rows = dict[str, list[float]]
BIAS = "=bias"
# The chance of an answer that no text to learn from has, in log odds.
NEVER = -9.0


def fit_choice(
    found: Sequence[tuple[Values, str]], answers: Sequence[str], *, looseness: float, evenness: float = 0.0
) -> Rows:
    """Return the weights of each feature for answers of which one is right.

    `looseness` is the inverse of how much large weights cost; with an `evenness` of 1 all answers weigh as much
    together, however rare, with 0 all examples do.
    """
    numbers = Counter(answer for _, answer in found)
    worth = [(len(found) / (len(numbers) * numbers[answer])) ** evenness for _, answer in found]
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


def fit_labels(
    found: Sequence[tuple[Values, Collection[str]]], *, looseness: float, least: int, rarest: float, absent: float
) -> tuple[list[str], list[float], Rows]:
    """Return the labels, the bias of each, and the weights of each feature for labels of which any may be right.

    A feature of fewer examples than `least` is left out. An example weighs `absent` where it lacks a label; where it
    has it, so much that they weigh half as much as all examples together, at most `rarest`.
    """
    often = Counter(name for values, _ in found for name in values)
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([{n: v for n, v in values.items() if often[n] >= least} for values, _ in found])
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")  # as liblinear asks
    labels = sorted({label for _, here in found for label in here})
    weights: Rows = {name: [] for name in vectors.vocabulary_}
    bias = []
    for label in labels:
        right = [label in here for _, here in found]
        worth = min(rarest, len(found) / (2 * sum(right)))
        model = LogisticRegression(C=looseness, solver="liblinear", random_state=7)
        model.fit(matrix, right, sample_weight=[worth if here else absent for here in right])
        bias.append(float(model.intercept_[0]))
        for name, place in vectors.vocabulary_.items():
            weights[name].append(float(model.coef_[0, place]))
    return labels, bias, weights


def rounded(weights: Rows, smallest: float) -> Rows:
    """Return the weights to two places, without the features that hardly tip a scale."""
    return {
        name: [round(weight, 2) for weight in row]
        for name, row in sorted(weights.items())
        if name == BIAS or max(map(abs, row)) >= smallest
    }
