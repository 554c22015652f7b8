"""What is typed first is short and plain; it is found whoever says it and however, in words that no frame has."""

from itertools import product

import pytest

from domain.reading import Reader

READER = Reader([])
WHO = ("催收", "催收员", "他们", "外面的公司", "那个催收的")
HOW = ("", "打来电话，", "用短信", "给我爸打电话，", "换了个号码打过来，")
SAYS = ("说", "威胁说", "扬言", "放出话来说")
THREATS = {
    "要上门": "visit_threatened",
    "后天上门": "visit_threatened",
    "要来我家里": "visit_threatened",
    "人已经到我家门口": "visit_threatened",
    "要爆我的通讯录": "contact_book_blasting",
    "要抓我去坐牢": "false_legal_threat",
}
# Of a hundred plain sentences so many may be missed or taken for something else; before the frames it was up to 30.
MISSED = 15


@pytest.mark.parametrize("threat", THREATS)
def test_a_plain_threat_is_found_whoever_utters_it(threat: str):
    missed = []
    for who, how, says in product(WHO, HOW, SAYS):
        found = READER.read(f"{who}{how}{says}{threat}。", kind="complaint").tactics
        if (THREATS[threat], "collector_threat") not in {(tactic.code, tactic.assertion) for tactic in found}:
            missed.append(f"{who}{how}{says}{threat}")
    assert len(missed) <= MISSED, missed


@pytest.mark.parametrize(
    "text",
    [
        "快递员打电话，说已经到我家门口了。", "房东发微信，说后天上门。", "客服打电话，说可以帮我登记延期。",
        "我给银行打电话，问能不能分期。", "催收打电话问我什么时候方便还。",
    ],
)  # fmt: skip
def test_a_plain_sentence_without_a_threat_tells_none(text: str):
    assert [tactic.code for tactic in READER.read(text, kind="complaint").tactics] == []


@pytest.mark.parametrize(
    "text", ["我已经在你家楼下了", "我已经到你家门口了，开门", "在你家楼下等你", "我们到你家楼下了，下来"]
)
def test_a_collector_who_says_that_he_is_there_already_is_not_read_as_denying_it(text: str):
    told = {(tactic.code, tactic.assertion) for tactic in READER.read(text, kind="complaint").tactics}
    assert ("visit_threatened", "denial") not in told
