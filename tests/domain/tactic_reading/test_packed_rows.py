"""Rows that are summed for all stretches of a text at once come out as if each had been added one by one."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.tactic_reading.weights.packed_rows import CACHE_LINE, MIDDLE, Features, packed, rows_held, sums_of, unpacked

# A crowded machine makes rows slowly; that is no fault of what adds them up.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.integers(-500, 500)


@patient
@given(
    st.integers(1, 11).flatmap(lambda width: st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=1))
)
def test_the_sum_of_packed_rows_is_the_packed_sum(rows: list[tuple[int, ...]]):
    words = packed(np.array(rows))
    assert unpacked(words.sum(axis=0)[None], len(rows[0])).tolist() == [np.sum(rows, axis=0).tolist()]


def test_a_lane_holds_what_is_below_its_middle_and_leaves_its_neighbours_alone():
    row = np.array([[MIDDLE - 1, 1 - MIDDLE, -1, MIDDLE - 1, 0, -1]])
    assert unpacked(packed(row), 6).tolist() == row.tolist()


def sums(weights: np.ndarray, rows: list[list[int]], stretches: list[tuple[int, int]]) -> list[list[int]]:
    """Return what stretches of a text add up to; line k of `rows` is of pairs that stand k places apart."""
    lines, places = np.array(rows, np.int32), np.arange(len(rows[0]))
    features = Features(
        np.concatenate([line[reach:] for reach, line in enumerate(lines)]),
        np.concatenate([places[: len(places) - reach] for reach in range(len(lines))]),
        np.concatenate([places[reach:] for reach in range(len(lines))]),
    )
    firsts, lasts = np.array(stretches, int).reshape(-1, 2).T
    held = rows_held(features, firsts, lasts, len(places))
    return unpacked(sums_of(packed(weights), held, len(firsts)), weights.shape[1]).tolist()


Cut = tuple[list[list[int]], list[tuple[int, int]]]


@st.composite
def cut_texts(draw: st.DrawFn) -> Cut:
    """Draw the rows at each place of a text, alone and in pairs with the two before, and stretches of it."""
    size = draw(st.integers(1, 30))
    rows = [draw(st.lists(st.integers(0, 9), min_size=size, max_size=size)) for _ in range(3)]
    cuts = sorted(draw(st.lists(st.integers(0, size), min_size=2, max_size=8)))
    return rows, [*zip(cuts, cuts[1:], strict=False)]


@patient
@given(cut_texts())
def test_a_stretch_holds_each_row_once_and_no_pair_that_only_ends_in_it(
    text: tuple[list[list[int]], list[tuple[int, int]]],
):
    rows, stretches = text
    weights = np.arange(10)[:, None] * np.array([[1, -3, 10, 0, 2]])
    expected = []
    for first, last in stretches:
        held = {line[place] for reach, line in enumerate(rows) for place in range(first + reach, last)}
        expected.append(weights[sorted(held)].sum(axis=0).tolist())
    assert sums(weights, rows, stretches) == expected


@pytest.mark.parametrize("stretches", [[], [(0, 0)], [(2, 2), (2, 3), (3, 3)]])
def test_empty_stretches_add_up_to_nothing(stretches: list[tuple[int, int]]):
    assert sums(np.ones((1, 4)), [[0, 0, 0], [0, 0, 0]], stretches) == [[0] * 4] * len(stretches)


def test_what_lies_between_stretches_is_in_none():
    weights = np.arange(10)[:, None] * np.ones((1, 2), int)
    assert sums(weights, [[1, 2, 3, 4, 5], [0, 6, 7, 8, 9]], [(1, 2), (3, 5)]) == [[2, 2], [18, 18]]


def test_rows_of_whole_cache_lines_begin_with_one():
    words = packed(np.ones((3, 32)))
    assert words[0].nbytes % CACHE_LINE == 0
    assert words.ctypes.data % CACHE_LINE == 0
