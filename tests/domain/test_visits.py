"""A threat of a visit is never read as a visit."""

import pytest

from domain.reading import Reader

SAYINGS = {
    "催收员发短信说已经到我家门口了，让我下楼。": {"visit_threatened"},
    "對方說他已經在我家樓下，讓我五分鐘內下來。": {"visit_threatened"},
    "催收打电话说已经到我家门口了，问我在不在。": {"visit_threatened"},
    "催收员刚发短信说人已经到我家楼下了，二十分钟不回电就上楼敲门。": {"visit_threatened"},
    "他们说上午来敲过门，我在家一天，没人来过。": {"visit_threatened"},
    "再不还款就安排外访人员上门。": {"visit_threatened"},
    "They said agents are on the way to your home.": {"visit_threatened"},
    "昨天三个人上门催收，在楼道里大声说我欠钱。": {"visit_actual"},
    "催收人员来到我老家村里找我父母。": {"visit_actual"},
    "提前一天打电话说要上门，第二天下午真的上门了两个人。": {"visit_actual"},
    "They claim to have knocked on my door this morning, I was home all day and no one came.": {"visit_threatened"},
    "Two men showed up at my house last night.": {"visit_actual"},
    "他们用油漆在门口泼漆，还堵住锁眼。": {"visit_intrusive"},
    "他们说要上门泼油漆。": {"visit_threatened"},
    "The agent said he was standing at my gate.": {"visit_threatened"},
    "A collector texted that he is parked outside my house.": {"visit_threatened"},
    "Two men came to my house and the man said he was from the court.": {"visit_actual"},
    "The collector was standing at my gate when I came home.": {"visit_actual"},
    "我等到半夜，没有人来。": set(),
}


@pytest.mark.parametrize(("said", "codes"), SAYINGS.items())
def test_a_sentence_tells_of_one_kind_of_visit_at_most(reader: Reader, said: str, codes: set[str]) -> None:
    found = [find for find in reader.read(said, kind="complaint").tactics if find.code.startswith("visit_")]
    assert {find.code for find in found} == codes


@pytest.mark.parametrize(
    "said", [said for said, codes in SAYINGS.items() if codes & {"visit_actual", "visit_intrusive"}]
)
def test_a_visit_that_took_place_is_told_first_hand(reader: Reader, said: str) -> None:
    found = [find for find in reader.read(said, kind="complaint").tactics if find.code.startswith("visit_")]
    assert [find.assertion for find in found] == ["first_hand_claim"]
