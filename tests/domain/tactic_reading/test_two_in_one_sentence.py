"""Two tactics of one sentence are both found, whoever is named first; what was not done is not told as done."""

from itertools import product

import pytest

from domain.reading import Reader

READER = Reader([])
# Of each hundred so many may be missed; before joined names had rules of their own it was 75 to 90.
MISSED = 10
KIN = ("父母", "爱人", "家属", "老婆")
WORK = ("单位", "公司", "领导", "同事")
REACHES = ("通知", "告诉", "联系", "打电话给")
AND = ("和", "跟", "以及", "还有")
BOTH = {"workplace_contact", "social_circle_contact"}


def _threatened(text: str) -> set[str]:
    return {find.code for find in READER.read(text, kind="complaint").tactics if find.assertion == "collector_threat"}


def _counted(text: str) -> set[str]:
    counted = ("first_hand_claim", "collector_threat")
    return {find.code for find in READER.read(text, kind="complaint").tactics if find.assertion in counted}


@pytest.mark.parametrize("condition", ["明天再不还款，", "今晚十点前没结清，", "要是继续失联，"])
def test_whoever_is_to_be_told_beside_somebody_else_is_found_too(condition: str):
    pairs = [*product(KIN, WORK), *product(WORK, KIN)]
    texts = [
        f"{condition}就{REACHES[n % 4]}你{first}{AND[n // 4 % 4]}你{other}。" for n, (first, other) in enumerate(pairs)
    ]
    missed = [text for text in texts if not _threatened(text) >= BOTH]
    assert len(missed) * 100 <= MISSED * len(texts), missed


@pytest.mark.parametrize(
    "text",
    [
        "再不处理，就把情况告诉你爸妈和你公司。",
        "安排外访人员明天到你家，顺便通知你单位和你爸妈。",
        "催收说再不还就通知我单位和我爸妈。",
    ],
)
def test_the_sentences_that_were_missed_are_read(text: str):
    assert _threatened(text) >= BOTH


def test_a_second_thing_that_was_done_is_found_behind_the_first():
    assert _counted("昨天催收员先是骂我是老赖，后来又给我爸妈打了电话。") == {"insult_abuse", "social_circle_contact"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("他们没有联系我孩子的学校。", "social_circle_contact"),
        ("逾期一个月了，催收从来没给我公司领导打过电话。", "workplace_contact"),
        ("他们没有把我的照片发到小区群里。", "public_shaming"),
        ("催收没有发函到我公司人事部。", "workplace_contact"),
    ],
)
def test_what_was_not_done_is_not_counted(text: str, code: str):
    assert code not in _counted(text)


@pytest.mark.parametrize(
    "text",
    ["催收打给了我妈单位，问我在哪。", "感谢催收，让我十年没联系的同学都接到了他们的电话。"],
)
def test_what_only_looks_joined_or_denied_is_read_as_before(text: str):
    told = {(find.code, find.assertion) for find in READER.read(text, kind="complaint").tactics}
    assert ("social_circle_contact", "denial") not in told


def test_a_visit_that_is_only_threatened_is_not_one_that_was_made():
    assert "visit_actual" not in _counted("短信说今天不还就找人打断我的腿，同时安排人上门。")


def test_who_tells_what_is_to_become_of_him_is_a_borrower():
    assert _threatened("催收说再不还就让我坐牢，顺便给我公司领导打电话。") == {
        "false_legal_threat",
        "workplace_contact",
    }
