"""What belongs to a pair of numbers is found, and nothing belongs to a pair that was not named."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.tactic_reading.weights.pair_table import PairTable

# A crowded machine makes pairs slowly; that is no fault of the table.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
COUNT = 40
NUMBERS = st.integers(0, COUNT - 1)


@patient
@given(st.dictionaries(st.tuples(NUMBERS, NUMBERS), st.integers(1, 2**31 - 1)))
def test_each_pair_has_its_value_and_the_others_none(values: dict[tuple[int, int], int]):
    lefts, rights = np.array([*values], np.int32).reshape(-1, 2).T
    table = PairTable(COUNT, lefts, rights, np.array([*values.values()], np.int32))
    every = [(left, right) for left in range(COUNT) for right in range(COUNT)]
    found = table.values(*np.array(every, np.int32).T)
    assert found.tolist() == [values.get(pair, 0) for pair in every]
