"""Precision, recall and their mean, over counts and over labels."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rates:
    """Right finds, false ones and misses."""

    right: int
    false: int
    missed: int

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall, 0 when nothing was found or to be found."""
        total = 2 * self.right + self.false + self.missed
        return 2 * self.right / total if total else 0.0


LabelPair = tuple[set[str], set[str]]


def over_all(pairs: Iterable[LabelPair]) -> Rates:
    """Return the rates over every label of every text; a pair is (labelled, found)."""
    right = false = missed = 0
    for labelled, found in pairs:
        right += len(labelled & found)
        false += len(found - labelled)
        missed += len(labelled - found)
    return Rates(right, false, missed)


def mean_over_labels(pairs: Iterable[LabelPair]) -> float:
    """Return the mean F1 of the labels that the labelled texts hold: a rare one weighs as much as a common one."""
    right: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for labelled, found in pairs:
        right.update(labelled & found)
        false.update(found - labelled)
        missed.update(labelled - found)
    labels = right.keys() | missed.keys()
    return sum(Rates(right[label], false[label], missed[label]).f1 for label in labels) / len(labels) if labels else 0.0


def share(part: int, whole: int) -> float | None:
    """Return part of whole, None when there is no whole to speak of."""
    return part / whole if whole else None
