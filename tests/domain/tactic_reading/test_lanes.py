"""Weights that are added up in one number come out as if they had been added one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.tactic_reading.lanes import NARROW, WIDE, pack, unpack

ROWS = st.lists(st.lists(st.floats(-3, 3), min_size=27, max_size=27), min_size=1, max_size=40)


@given(ROWS, st.sampled_from([NARROW, WIDE]))
def test_the_sum_of_packed_rows_is_the_packed_sum(rows: list[list[float]], bits: int):
    packed = unpack(sum(pack(row, bits) for row in rows), 27, bits)
    assert packed == pytest.approx([sum(column) for column in zip(*rows, strict=True)], abs=0.005 * len(rows))


@given(st.lists(st.floats(-20, 20), min_size=8, max_size=8), st.integers(1, 200))
def test_a_product_is_the_product_of_each(row: list[float], share: int):
    assert unpack(pack(row) * share, 8, WIDE, share) == pytest.approx(row, abs=0.001)
