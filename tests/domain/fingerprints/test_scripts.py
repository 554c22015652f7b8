"""Messages of one script fall into one family, whoever they are about; scripts that share an opening stay apart."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from commands.read import family_lines
from domain.fingerprints.script_families import families_of
from domain.fingerprints.scripts import LONGEST_SCRIPT, script_shape, shape_of
from domain.lenders import load_registry
from domain.reading import Reader

SCRIPTS = yaml.safe_load(Path(__file__).with_name("scripts.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_registry())


def test_each_script_is_one_family_and_no_two_share_one(reader):
    lines = [{"id": f"{name} {n}", "text": text} for name, texts in SCRIPTS.items() for n, text in enumerate(texts)]
    found = {}
    for row in family_lines(reader, lines):
        found.setdefault(row["id"].rsplit(" ", 1)[0], set()).add(row["family"])
    assert {name: len(families) for name, families in found.items()} == dict.fromkeys(SCRIPTS, 1)
    assert len(set.union(*found.values())) == len(SCRIPTS)


@pytest.mark.parametrize(
    ("opening", "ends"),
    [
        (
            "This is a communication from a debt collector and any information obtained will be used to collect. "
            "Despite our letters your account remains unpaid and you have not returned our calls. ",
            [
                "Two field agents will visit your home on Friday evening.",
                "Your payroll department will receive a wage assignment form.",
                "Settle for forty cents on the dollar if you reply by noon.",
            ],
        ),
        (
            "尊敬的客户您好，您在我司的借款已逾期多日，我司工作人员曾多次致电提醒，但您一直没有处理，",
            [
                "外勤小组今晚会到您老家走访邻居。",
                "我们将把催告函寄到您的单位人事部门。",
                "现有一次性结清减免方案，名额有限。",
            ],
        ),
    ],
)
def test_scripts_that_only_begin_alike_stay_apart(reader, opening: str, ends: list[str]):
    shapes = [script_shape(reader.read(opening + end, kind="complaint")) for end in ends]
    assert families_of(shapes) == [0, 1, 2]
    assert families_of([*shapes, shapes[1]]) == [0, 1, 2, 1]


def test_name_sum_date_number_and_lender_leave_no_trace(reader):
    one = reader.read("云岭银行：周海波，您欠款1200元，请于12月3日18:00前还清，电话13300000001", kind="complaint")
    other = reader.read(
        "云岭银行：林秋月，您欠款９８０.５元，请于2027-01-09 9点前还清，电话13300000002", kind="complaint"
    )
    assert script_shape(one) == script_shape(other)


def test_a_message_of_nothing_but_numbers_is_alone():
    assert families_of([shape_of("1234 5678"), shape_of("8765"), shape_of("")]) == [0, 1, 2]


def test_the_order_in_which_messages_come_changes_no_grouping(reader):
    texts = [text for texts in SCRIPTS.values() for text in texts]
    shapes = [script_shape(reader.read(text, kind="complaint")) for text in texts]
    forward, backward = families_of(shapes), families_of(shapes[::-1])[::-1]
    assert [[a == b for b in forward] for a in forward] == [[a == b for b in backward] for a in backward]


@given(st.text(alphabet=st.sampled_from("请还款1。.-:(【aA 年月\n\x00\ud800a"), max_size=300))
def test_any_message_has_a_shape(text):
    assert shape_of(text) == shape_of(f"转：{text}")


def test_a_long_message_is_read_to_its_bound():
    assert shape_of("还款" * LONGEST_SCRIPT) == shape_of("还款" * (LONGEST_SCRIPT // 2))
