"""What is masked once is masked wherever it stands again, in any form, and in the other texts of a filing."""

import pytest

from domain.filings.reading_filings import read_filing
from domain.reading import Reader
from domain.store.intake.complaints import Filing


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("我的电话13800010002。后来又有人拿一三八零零零一零零零二骂我", "一三八零零零一零零零二"),
        ("座机是66000178。他一遍遍打6600 0178，打到半夜", "6600 0178"),
        ("合同编号TY-QC-2024-000517。信里又写了ty-qc-2024-000517", "ty-qc-2024-000517"),
        ("我叫白志远。志远你还钱，他们这样喊", "志远"),
        ("单位是苏州恒瑞达精密电子厂。他说苏州恒瑞达精密电子厂开除我", "苏州恒瑞达精密电子厂开"),
        ("我的微信ceshi_0001。他加了ＣＥＳＨＩ_0001", "ＣＥＳＨＩ_0001"),
        ("my name is Darnell Whitcombe. They ask for Whitcombe all day", "Whitcombe all"),
    ],
)
def test_a_value_is_masked_wherever_it_stands_again(reader: Reader, text: str, again: str):
    public = reader.mask(text).public_text
    assert again not in public


def test_a_name_told_in_the_narrative_is_masked_in_the_messages(reader: Reader):
    filing = Filing(
        lender="",
        narrative="我叫成多。他们天天发短信",
        tactics=(),
        consent="publish",
        scripts=("成多还钱", "你的欠款已逾期"),
    )
    read = read_filing(reader, filing)
    assert "成多" not in read.scripts[0].public_text
    assert read.scripts[1].masks == []
