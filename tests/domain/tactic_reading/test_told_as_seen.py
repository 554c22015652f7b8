"""Collectors at the door: whoever sees them there tells of a visit, whoever was told so tells of a threat."""

import pytest

from domain.reading import Reader

READER = Reader([])
COUNTED = ("first_hand_claim", "collector_threat")


def _visits(text: str) -> set[str]:
    tactics = READER.read(text, kind="complaint").tactics
    return {find.code for find in tactics if find.assertion in COUNTED and find.code.startswith("visit")}


@pytest.mark.parametrize(
    "text",
    [
        "催收今天上午已经到我家楼下了。",
        "晨星消费金融的催收员已经到我家楼下了，敲了半天门。",
        "他们现在就在我公司楼下，保安拦着没让进。",
        "催收員現在就在我家門口，我透過貓眼看到兩個人。",
        "我下班回家，催收已经在单元门口等着了。",
        "逾期才三天，人就已经到我家门口了，还拍了门牌号。",
        "外包公司的人已到我岳父家，拿着我的身份证复印件问东问西。",
        "邻居发消息说有两个催收在我家门口。",
        "物业说催收的人已经到我们楼栋了，让我小心。",
    ],
)
def test_collectors_whom_somebody_of_the_house_sees_are_a_visit(text: str):
    assert _visits(text) == {"visit_actual"}


@pytest.mark.parametrize(
    "text",
    [
        "催收说已经到我家楼下了，我往下看没有人。",
        "刚收到短信：外访人员已到您小区门口，请保持电话畅通。",
        "催收又说他就在我家门口，我不信。",
        "“我已经到你家楼下了，给你十分钟。”催收昨天这么跟我讲的。",
        "已到你家门口，开门。",
        "人已到楼下，五分钟不下来我就上去敲门。",
        "刚刚接到一个电话，对方自称外访，已经到我小区了。",
        "他发消息讲人已经在我单位门口等着了。",
        "外勤已到达，请立即下楼。",
        "催收告诉我妈他们已经到我家楼下了。",
    ],
)
def test_collectors_who_are_there_by_their_own_words_alone_are_a_threat(text: str):
    assert _visits(text) == {"visit_threatened"}


def test_whom_the_collector_tells_it_to_saw_nothing():
    assert "visit_actual" not in _visits("他跟我妈讲他已经在我家楼道里了。")


@pytest.mark.parametrize(
    "text", ["快递已经到我家楼下了。", "我已经到单位了，等下给客服打电话谈分期。", "我刚到家催收电话就打来了。"]
)
def test_who_else_comes_home_is_no_collector(text: str):
    assert not _visits(text)
