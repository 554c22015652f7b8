"""What became of a threat is read where the text says it, and only there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading import Reader
from domain.readings import Reading
from domain.tactic_reading.outcomes.told import CUES

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


def told(reading: Reading) -> tuple[str, str] | None:
    """Return the code of the threat of which a text says most, and what became of it."""
    threat = reading.threat_outcome
    return (threat.code, threat.outcome) if threat else None


@pytest.mark.parametrize(("text", "outcome"), OUTCOMES.items())
def test_the_outcome_of_a_threat_is_read(reader: Reader, text: str, outcome: tuple[str, str]):
    assert told(reader.read(text, kind="complaint")) == outcome


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
    assert told(reading) == ("public_shaming", "not_happened")
    assert {find.assertion for find in reading.tactics if find.code == "public_shaming"} == {
        "collector_threat",
        "denial",
    }


def test_a_threat_that_came_true_in_the_end_is_denied_for_the_time_before(reader: Reader):
    reading = reader.read("晨星说要安排人上门。周三：没来。周五：真来了，两个人敲门。", kind="complaint")
    assert told(reading) == ("visit_threatened", "happened")
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


STRANGERS = {
    "说好今天外访到我家的催收，我连着站阳台看了五个钟头，楼下只有遛狗的大爷。": ("visit_threatened", "not_happened"),
    "催收说法院已经给我立案，我打诉讼服务热线问，接线员说查无此案。": ("false_legal_threat", "not_happened"),
    "他们威胁要冻结我的银行卡，今天去取钱，柜员说卡被法院冻结了。": ("false_legal_threat", "happened"),
    "催收说要来我家。刚才对门的阿姨告诉我，下午有两个男的来敲过我家的门。": ("visit_threatened", "happened"),
    "催收说礼拜五派人到我家，今天才礼拜二，我已经睡不着了。": ("visit_threatened", "not_yet"),
    "催收说要起诉我坐牢，后来我换了手机，到底告没告我，我真不知道。": ("false_legal_threat", "unknown"),
    "They said they would call my boss. This morning my boss told me they had called him twice.": (
        "workplace_contact",
        "happened",
    ),
    "The collector said an agent would be at my house at noon. It is ten at night and nobody has come.": (
        "visit_threatened",
        "not_happened",
    ),
}


@pytest.mark.parametrize(("text", "outcome"), STRANGERS.items())
def test_what_strangers_write_of_an_outcome_is_read(reader: Reader, text: str, outcome: tuple[str, str]):
    assert told(reader.read(text, kind="complaint")) == outcome


def test_each_threat_has_its_own_outcome_with_the_words_that_tell_it(reader: Reader):
    text = "催收先说今晚上门，又说要给我们公司打电话。晚上没人来，第二天公司前台真接到了他们的电话。"
    threats = {find.code: find for find in reader.read(text, kind="complaint").threats}
    visit, work = threats["visit_threatened"], threats["workplace_contact"]
    assert (visit.outcome, work.outcome) == ("not_happened", "happened")
    assert visit.told
    assert "没人来" in visit.told.quote
    assert work.told
    assert "真接到了" in work.told.quote
    for told_by in (visit.told, work.told):
        assert text[told_by.original_start : told_by.original_end] == told_by.quote
        assert told_by.reason
        assert 0.5 <= told_by.confidence < 1


def test_a_threatened_visit_that_was_made_is_an_actual_visit_by_the_words_that_tell_it(reader: Reader):
    reading = reader.read("催收说三天内要到我家来。第三天果然来了一男一女，敲了十几分钟门。", kind="complaint")
    assert told(reading) == ("visit_threatened", "happened")
    made = [find for find in reading.tactics if find.code == "visit_actual"]
    assert [find.assertion for find in made] == ["first_hand_claim"]
    assert "来了" in made[0].quote


@pytest.mark.parametrize(
    "text",
    [
        "【快圆钱包】外访人员已到您小区门口，如十分钟内不回电，将上楼与您家人面谈。",
        "催收说要来我家。要是真来了怎么办？",
        "我怕他们去我单位，怕得睡不着，其实他们从来没这样说过。",
        "催收说要上门，我要求他们出示授权书，他们拿不出来。",
        "他们会不会真的起诉我？",
    ],
)
def test_a_message_alone_a_fear_and_a_question_tell_no_outcome(reader: Reader, text: str):
    assert told(reader.read(text, kind="complaint")) is None


def test_what_is_quoted_of_the_collector_is_no_outcome(reader: Reader):
    reading = reader.read(
        "催收发短信说要上门：“外访的人已经来了，就在你家楼下，没人能拦”。我该报警吗？", kind="complaint"
    )
    assert told(reading) is None


def test_threats_without_an_outcome_are_listed_without_one(reader: Reader):
    threats = reader.read("催收威胁要上门，请问合法吗？我欠了三千块。", kind="complaint").threats
    assert [(find.code, find.outcome, find.told) for find in threats] == [("visit_threatened", "", None)]


@pytest.mark.parametrize("outcome", CUES)
@given(st.data())
def test_no_beginning_of_a_cue_is_forgotten(outcome: str, data: st.DataObject):
    cue = CUES[outcome]
    words = re.compile(cue.pattern.split(")(?:", 1)[1][:-1])
    text = data.draw(st.from_regex(words))
    assert [match.span() for match in cue.finditer(text)] == [match.span() for match in words.finditer(text)]
