"""Weights that are added up in one number come out as if they had been added one by one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.tactic_reading.weights.lanes import Lanes

# A crowded machine makes rows slowly; that is no fault of the lanes.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ROWS = st.lists(st.lists(st.floats(-3, 3), min_size=27, max_size=27), min_size=1, max_size=40)


@patient
@given(ROWS)
def test_the_sum_of_packed_rows_is_the_packed_sum(rows: list[list[float]]):
    lanes = Lanes(27)
    total = sum(lanes.pack(row) for row in rows)
    assert lanes.unpack(total) == pytest.approx(
        [sum(column) for column in zip(*rows, strict=True)], abs=0.001 * len(rows)
    )


@patient
@given(st.lists(st.floats(-20, 20), min_size=8, max_size=8), st.integers(1, 200))
def test_a_product_is_the_product_of_each(row: list[float], share: int):
    lanes = Lanes(8)
    assert lanes.unpack(lanes.pack(row) * share, share) == pytest.approx(row, abs=0.001)


@patient
@given(ROWS)
def test_ranks_are_in_the_order_of_the_weights(rows: list[list[float]]):
    lanes = Lanes(27)
    total = sum(lanes.pack(row) for row in rows)
    ranks, weights = lanes.ranks(total), lanes.unpack(total)
    assert sorted(range(27), key=ranks.__getitem__) == sorted(range(27), key=weights.__getitem__)
