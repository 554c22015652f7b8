"""What became of a threat is read where the text says it, and only there."""

import pytest

from domain.reading import Reader

OUTCOMES = {
    "快圆钱包短信说外访组已到我小区，二十分钟内敲门，我等了一整天，结果根本没有人来。": (
        "visit_threatened",
        "not_happened",
    ),
    "催收说三天内去村里找我，周六真来了两个男的，在我家门口站了一个多钟头。": ("visit_threatened", "happened"),
    "催收说今天再不还就坐牢，这都两个月了也没见警察来找我。": ("false_legal_threat", "not_happened"),
}


@pytest.mark.parametrize(("text", "outcome"), OUTCOMES.items())
def test_the_outcome_of_a_threat_is_read(reader: Reader, text: str, outcome: tuple[str, str]):
    assert reader.read(text, kind="complaint").threat_outcome == outcome


def test_a_threat_that_came_to_nothing_is_denied_beside(reader: Reader):
    text = next(iter(OUTCOMES))
    asserted = {
        find.assertion for find in reader.read(text, kind="complaint").tactics if find.code == "visit_threatened"
    }
    assert asserted == {"collector_threat", "denial"}


@pytest.mark.parametrize("text", ["", "催收每天打我三十个电话。", "云岭银行三季度净利润增长。"])
def test_where_nothing_is_threatened_nothing_came_of_it(reader: Reader, text: str):
    assert reader.read(text, kind="complaint").threat_outcome is None
