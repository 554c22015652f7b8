"""What a visit came to is told by the words around it, also where no cue of the rules stands."""

import pytest

from domain.reading import Reader
from domain.tactic_reading.lexicon.concepts import read_concepts
from domain.tactic_reading.visits.visit_model import BEFORE, BEHIND, MOST, words_around


@pytest.mark.parametrize(
    ("text", "visit", "assertion"),
    [
        ("晨星消费金融的催收发微信给我，有种别出门，咱们楼下见。", "visit_threatened", "collector_threat"),
        ("催收扬言不见到钱就天天到我家报到。", "visit_threatened", "collector_threat"),
        ("云岭银行委外的人发短信预约，十五号来我家送还款协议，问我几点在家。", "visit_announced", "first_hand_claim"),
        ("催收打电话跟我约时间，说想周三下午来家里当面谈还款方案，我同意了。", "visit_announced", "first_hand_claim"),
        ("催收说会来，没想到真的找到了我租的房子，我妈开的门。", "visit_actual", "first_hand_claim"),
        ("两个催收上礼拜摸到我乡下老家，问我爹我的下落。", "visit_actual", "first_hand_claim"),
        ("催收的人踹开门闯进我家，赖在客厅不走。", "visit_intrusive", "first_hand_claim"),
    ],
)
def test_a_visit_is_one_of_four_by_the_words_around_it(reader: Reader, text: str, visit: str, assertion: str):
    reading = reader.read(text, kind="complaint", on_collection=True)
    told = [(find.code, find.assertion) for find in reading.tactics if find.code.startswith("visit")]
    assert told == [(visit, assertion)]


def test_the_words_around_a_visit_end_with_its_sentence():
    text = "我吓坏了。催收明天要上门。孩子还小。"
    concepts = read_concepts(text)
    first = next(number for number, start in enumerate(concepts.starts) if text[start:].startswith("上门"))
    assert words_around(text, concepts, first, first + 1) == "催收明天要上门"


def test_of_a_visit_without_a_stop_only_what_is_near_is_weighed():
    text = "啊" * 900 + "上门" + "啊" * 900
    concepts = read_concepts(text)
    first = next(number for number, start in enumerate(concepts.starts) if text[start:].startswith("上门"))
    assert len(words_around(text, concepts, first, first + 1)) == BEFORE + len("上门") + BEHIND
    assert len(words_around(text, concepts, 0, len(concepts.symbols))) == MOST


def test_of_two_words_for_the_same_visit_the_longer_is_shown(reader: Reader):
    text = "我是松岳消费金融委托的法务外访，已经到你小区门口了，二十分钟不回电就上楼敲门。"
    [visit] = [find for find in reader.read(text, kind="complaint").tactics if find.code.startswith("visit")]
    assert (visit.code, text[visit.start : visit.end]) == ("visit_threatened", "已经到你小区门口")
