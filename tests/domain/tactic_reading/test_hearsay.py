"""What somebody passes on is hearsay where it befell themselves, and the writer's own where it befell the writer."""

import pytest

from domain.reading import Reader
from domain.tactic_reading.assertions.assertion import is_yet_to_come

READER = Reader([])
COUNTED = ("first_hand_claim", "collector_threat")


def _told(text: str) -> dict[str, str]:
    return {find.code: find.assertion for find in READER.read(text, kind="complaint").tactics}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我同学讲他那家平台打到他单位去了。", "workplace_contact"),
        ("同事说他欠网贷的时候催收上过门。", "visit_actual"),
        ("My cousin says they texted everyone in her phone.", "contact_book_blasting"),
        ("My coworker said they called her boss about her loan.", "workplace_contact"),
    ],
)
def test_what_befell_the_friend_who_tells_it_is_hearsay(text: str, code: str):
    assert _told(text)[code] == "reported_claim"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("邻居说催收来过我家，敲了半天门。", "visit_actual"),
        ("同事说催收把电话打到我们办公室了。", "workplace_contact"),
        ("邻居说昨晚有人往我家门上泼了红漆，是要债的。", "visit_intrusive"),
        ("我妈说那些要账的坐在客厅不肯走。", "visit_intrusive"),
        ("My neighbor said the collectors were at my house.", "visit_actual"),
        ("My coworker said a debt collector called our office asking for me.", "workplace_contact"),
    ],
)
def test_what_befell_the_writer_is_lived_whoever_saw_it(text: str, code: str):
    assert _told(text)[code] == "first_hand_claim"


@pytest.mark.parametrize(
    "text",
    [
        "我妈说他们要来家里坐着不走。",
        "我老婆说催收说已经在我家楼下了。",
        "我爸接的电话，那头说人已经到了村口。",
        "My mom said the collector told her he was outside our house.",
        "The collector said they were at my house.",
    ],
)
def test_what_the_witness_was_only_told_is_no_visit(text: str):
    assert _told(text).get("visit_threatened") in COUNTED
    assert "visit_actual" not in _told(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我表姐说催收打电话给她，让她转告我还钱。", "social_circle_contact"),
        ("同事跟我说催收打到他手机上，问他认不认识我。", "workplace_contact"),
    ],
)
def test_who_was_rung_about_the_writer_tells_the_writers_story(text: str, code: str):
    assert _told(text)[code] == "first_hand_claim"


@pytest.mark.parametrize(
    ("text", "to_come"),
    [
        ("你爸每天早上去公园打拳, 出门注意点", True),
        ("刚给你妈打电话", False),
        ("已联系你的联系人47位", False),
        ("您班上实习生小林借款逾期, 请学校配合督促", False),
        ("your hr gets a letter at noon", True),
        ("i just spoke to your mother", False),
    ],
)
def test_what_a_message_did_already_or_tells_others_there_and_then_is_not_to_come(text: str, to_come: bool):
    assert is_yet_to_come(text, 0, len(text), (0, len(text))) is to_come
