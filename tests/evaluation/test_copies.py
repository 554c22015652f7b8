"""Copies of articles, spun in the ways of content farms, are folded, and nothing that only looks like them."""

import random

from evaluation.copies.__main__ import false_folds, folded_by_kind, summed
from evaluation.copies.spinning import SPINS, stories


def test_nearly_all_copies_are_folded_into_their_article_and_none_into_another() -> None:
    rows = folded_by_kind(stories(), 1, random.Random(3))
    together = summed(rows.values())
    assert set(rows) == set(SPINS)
    assert together["wrong"] == 0
    assert together["folded"] >= 0.97 * together["all"]
    assert {kind for kind, counts in rows.items() if counts["folded"] < 0.8 * counts["all"]} == set()


def test_what_only_looks_like_a_copy_stays_public() -> None:
    rows = false_folds(stories(), random.Random(3))
    exchanged = {kind for kind in rows if kind.startswith("other ") and kind != "other article"}
    assert {kind for kind, counts in rows.items() if counts["folded"]} <= exchanged
    together = summed(rows.values())
    assert together["folded"] <= 0.005 * together["all"]
