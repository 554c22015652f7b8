"""What became of a threat is read where the text says it, and only there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading import Reader
from domain.tactic_reading.outcomes.outcome import CUES

OUTCOMES = {
    "快圆钱包短信说外访组已到我小区，二十分钟内敲门，我等了一整天，结果根本没有人来。": (
        "visit_threatened",
        "not_happened",
    ),
    "催收说三天内去村里找我，周六真来了两个男的，在我家门口站了一个多钟头。": ("visit_threatened", "happened"),
    "催收说今天再不还就坐牢，这都两个月了也没见警察来找我。": ("false_legal_threat", "not_happened"),
    "云岭银行的外包发短信威胁要上门。没来。": ("visit_threatened", "not_happened"),
    "晨星的催收威胁今晚安排人上门，我守到天亮，连个人影都没见着。": ("visit_threatened", "not_happened"),
    "快圆的人说明天就立案抓我，都快半年了，我照样在厂里上班。": ("false_legal_threat", "not_happened"),
    "晨星威胁要上门，先是白等了两天，第三天还真来了一男一女堵在单元门口。": ("visit_threatened", "happened"),
    "快圆的催收威胁要爆我的通讯录，当天晚上我舅舅和几个同学就收到了短信。": ("contact_book_blasting", "happened"),
    "催收威胁明天早上八点前不还就爆我通讯录，现在离八点还有三个小时，我该怎么办。": (
        "contact_book_blasting",
        "not_yet",
    ),
    "催收威胁要起诉我坐牢，后来到底有没有立案我不知道。": ("false_legal_threat", "unknown"),
    "松岳的催收说派了人连夜开车来找我，我坐了一夜，楼道里静悄悄的，没有一点动静。": (
        "visit_threatened",
        "not_happened",
    ),
    "催收威胁说下回在路上碰见我就打断我的腿，我现在晚上都不敢出车。": ("violence_threat", "not_yet"),
    "催收威胁八点前不还就爆我通讯录。八点过十分，我以前的同学、舅舅和领导都收到了群发的短信。": (
        "contact_book_blasting",
        "happened",
    ),
    "刚接到电话：“今晚八点，家里见”。我给派出所备了案，正等着。": ("visit_threatened", "not_yet"),
    "The collector threatened to come to my house on Monday. Monday came and went.": (
        "visit_threatened",
        "not_happened",
    ),
    "They threatened to send someone to my house, and sure enough two men showed up on Sunday.": (
        "visit_threatened",
        "happened",
    ),
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


def test_what_was_only_said_and_then_did_not_happen_is_a_threat_and_no_event(reader: Reader):
    reading = reader.read(
        "快圆的人说要把我的照片发到业主群里，我盯着群看了三天，结果一条消息都没有。", kind="complaint"
    )
    assert reading.threat_outcome == ("public_shaming", "not_happened")
    assert {find.assertion for find in reading.tactics if find.code == "public_shaming"} == {
        "collector_threat",
        "denial",
    }


def test_a_threat_that_came_true_in_the_end_is_denied_for_the_time_before(reader: Reader):
    reading = reader.read("晨星说要安排人上门。周三：没来。周五：真来了，两个人敲门。", kind="complaint")
    assert reading.threat_outcome == ("visit_threatened", "happened")
    assert ("visit_threatened", "denial") in {(find.code, find.assertion) for find in reading.tactics}


@pytest.mark.parametrize("text", ["", "催收每天打我三十个电话。", "云岭银行三季度净利润增长。"])
def test_where_nothing_is_threatened_nothing_came_of_it(reader: Reader, text: str):
    assert reader.read(text, kind="complaint").threat_outcome is None


@pytest.mark.parametrize(
    "text",
    [
        "催收威胁要上门，要是真来了我该报警吗？",
        "催收威胁要上门，我担心他们真的上门。",
        "催收威胁要上门。债权转让的通知我从来没收到过。",
    ],
)
def test_what_is_only_feared_or_of_something_else_is_no_outcome(reader: Reader, text: str):
    assert reader.read(text, kind="complaint").threat_outcome is None


@pytest.mark.parametrize("outcome", CUES)
@given(st.data())
def test_no_beginning_of_a_cue_is_forgotten(outcome: str, data: st.DataObject):
    cue = CUES[outcome]
    words = re.compile(cue.pattern.split(")(?:", 1)[1][:-1])
    text = data.draw(st.from_regex(words))
    assert [match.span() for match in cue.finditer(text)] == [match.span() for match in words.finditer(text)]
