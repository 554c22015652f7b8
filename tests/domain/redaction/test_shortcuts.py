"""What is looked up, or looked for one by one, to save time gives what the long way gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.redaction import finds
from domain.redaction.names.features import inner_features
from domain.redaction.names.model import _inner_score, candidates, weights
from domain.redaction.numbers.digits import BEGINNING, RUN

NAMES = "我叫白志远，欧阳小丽和李娜娜在云杉路，王五、诸葛明都知道，时光和向阳也是。"


def test_a_name_has_the_score_of_its_features() -> None:
    for _, surname, given_name in candidates(NAMES):
        told = sum(weights().get(feature, 0.0) for feature in inner_features(surname, given_name))
        assert _inner_score(surname, given_name) == pytest.approx(told)


@given(st.text("ab张", max_size=30), st.lists(st.text("ab张", min_size=1, max_size=4), min_size=1, max_size=6))
def test_words_stand_at_the_same_places_however_they_are_looked_for(text: str, words: list[str]) -> None:
    one_by_one = [*finds.places_of(text, words)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(finds, "LITTLE", 0)
        assert one_by_one == [*finds.places_of(text or "x", words)]


@given(st.text("1八两个 ,x-l后面是话", max_size=40))
def test_runs_of_digits_begin_where_their_pattern_can(text: str) -> None:
    assert all(BEGINNING.match(text, match.start()) for match in RUN.finditer(text))
