"""Which articles are on the subject at all."""

import pytest

from domain.reading import Reader


@pytest.mark.parametrize(
    ("text", "relevant"),
    [
        ("晨星消費金融逾期后，催收人员一天打来三十次电话。", True),
        ("A debt collector working for 快圆钱包 called at night.", True),
        ("有自稱外訪的人上門要賬。", True),
        ("云岭银行三季度净利润增长百分之四，新网点开业。", False),
        ("老师催交作业，快递催派。", False),
    ],
)
def test_an_article_is_relevant_when_it_speaks_of_collection(reader: Reader, text: str, relevant: bool) -> None:
    assert reader.read(text, kind="article").relevant is relevant
