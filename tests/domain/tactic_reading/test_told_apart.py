"""Who tells what happened and then asks what to do, or says what the rules are, tells of what happened."""

import pytest

from domain.reading import Reader
from domain.tactic_reading.told_apart import joined, told_apart
from domain.text import fold

READER = Reader([])
COUNTED = ("first_hand_claim", "collector_threat")


def _counted(text: str) -> set[str]:
    return {find.code for find in READER.read(text, kind="complaint").tactics if find.assertion in COUNTED}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("催收都打到我丈母娘那儿去了，这日子还怎么过啊？", "social_circle_contact"),
        ("催收一天打我三十个电话，可以报警吗？", "excessive_call_frequency"),
        ("催收一天打我三十個電話，可以報警嗎？", "excessive_call_frequency"),
        ("凌晨一点还在打电话催我，有没有管这个的部门？", "prohibited_hours_contact"),
        ("他们把我欠多少钱告诉了我同事，这侵犯隐私了吧？", "debt_disclosure"),
        ("昨天有人上门了，我不在家，他们有权这么做吗？", "visit_actual"),
        ("催收已经到我家门口了，我该怎么办？", "visit_actual"),
        ("让我把钱转到他个人微信上，转了还能追回来吗？", "improper_payment_channel"),
        ("电话里说要卸我一条腿，警察会受理吗？", "violence_threat"),
        ("对方发短信讲明天派三个人到我老家，我爸妈怎么办？", "visit_threatened"),
        ("They called my grandmother twice yesterday, is that even legal?", "social_circle_contact"),
        ("They ring me thirty times a day, can I sue?", "excessive_call_frequency"),
    ],
)
def test_what_happened_counts_though_its_sentence_ends_by_asking_what_to_do(text: str, code: str):
    assert code in _counted(text)


@pytest.mark.parametrize(
    "text",
    [
        "催收会给我妈打电话吗，怎么办？",
        "万一他们打到我单位，我该怎么跟领导解释？",
        "听说会爆通讯录，有没有人遇到过？",
        "还没逾期，怕他们找我爸妈，能不能提前跟客服说？",
        "如果催收上门，我可以不开门吗？",
        "要是哪天催收骂我，可以录音投诉吗？",
        "What can I do if they call my boss?",
    ],
)
def test_what_is_only_feared_or_supposed_counts_for_nothing(text: str):
    assert not _counted(text)


def test_a_story_that_goes_on_in_its_question_is_read_as_one():
    text = "快圆这个钱是我小孙子偷拿我手机点的，一共花了七百多，你们让我还两千三，多出来的是哪来的？"
    assert "wrong_amount_or_not_owed" in _counted(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("云岭银行的外包把电话打到我单位前台。根据规定，催收不得骚扰无关第三人。", "workplace_contact"),
        ("催收在电话里骂我是废物、畜生。按照《民法典》的规定，任何人不得侮辱他人。", "insult_abuse"),
        ("【求助】云岭银行的外包把电话打到我单位前台。", "workplace_contact"),
        ("他们给我表姐发微信说我欠钱不还。如果再这样我就报警。", "social_circle_contact"),
        ("催收不肯说自己是哪家公司的，也不报工号。请问我该怎么办？", "identity_concealment"),
    ],
)
def test_what_happened_counts_beside_rules_labels_and_questions(text: str, code: str):
    assert code in _counted(text)


@pytest.mark.parametrize(
    "text",
    [
        "家长拿着手机问我：老师，您欠人家一万一？",
        "她第一句就问我“听说你欠了两万多，是吗？”",
        "我在家等了一天，不是吓唬人是什么？",
        "催收已经到我家门口了，是真的吗？",
        "律师您好，想咨询一下。催收要我拿着身份证念一段话，这有效力吗？",
        "【云岭银行】您的账单已出，请按时还款。",
        "?",
        ",?",
        "",
    ],
)
def test_anothers_question_doubt_and_counsel_part_nothing(text: str):
    assert told_apart(fold(text)) == []


def test_what_is_left_keeps_its_places():
    text = fold("【求助】昨晚敲了我家门，这合法吗？根据规定，催收不得夜间上门。他们又打了二十个。怎么办？")
    kept = told_apart(text)
    assert [text[start:end] for start, end in kept] == ["昨晚敲了我家门,", "这合法吗?", "他们又打了二十个。"]
    assert joined(text, kept) == "昨晚敲了我家门。这合法吗?他们又打了二十个。"


def test_passages_lie_where_they_stand_in_the_whole_text():
    text = "【求助】根据规定，催收不得骚扰第三人。催收昨天给我妈打了三个电话，怎么办？"
    finds = [find for find in READER.read(text, kind="complaint").tactics if find.assertion in COUNTED]
    assert [find.code for find in finds] == ["social_circle_contact"]
    assert text[finds[0].start : finds[0].end] in "催收昨天给我妈打了三个电话"


def test_whoever_is_at_the_door_is_a_visit_and_no_threat_beside_it():
    reading = READER.read("催收已经到我家门口了，敲了半天门，我该怎么办？", kind="complaint")
    assert [find.code for find in reading.tactics] == ["visit_actual"]
    assert reading.threats == []


def test_questions_without_end_are_parted_each():
    kept = told_apart(fold("他们打了我妈，怎么办？" * 2000))
    assert len(kept) == 4000
