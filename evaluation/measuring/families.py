"""How well messages are grouped into families: every pair of messages is either of one family or not."""

from itertools import combinations

from evaluation.measuring.rates import Rates
from evaluation.measuring.sets import Row


def pairwise(labelled: list[Row], found: dict[str, str]) -> Rates:
    """Compare all pairs of messages; `found` gives the family of each id."""
    right = false = missed = 0
    for one, other in combinations(labelled, 2):
        wanted, got = one["family"] == other["family"], found[one["id"]] == found[other["id"]]
        right += wanted and got
        false += got and not wanted
        missed += wanted and not got
    return Rates(right, false, missed)
