"""Names, addresses and works that the network tells as whole phrases, and what only looks like one."""

import numpy as np
import pytest

from domain.reading import Reader
from domain.redaction.phrases import network as network_module
from domain.redaction.phrases.decoding import Phrase, phrases
from domain.redaction.phrases.network import network
from domain.redaction.places.known_places import known_chains


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("我叫火淑琴，是天津港四公司的装卸工，工友都接到了电话。", "天津港四公司"),
        ("被电话打到崩溃，昨天在青岛市崂山区王哥庄街道浪花渔家乐炒菜时接到。", "浪花渔家乐"),
        ("我在工地上干活，中建六局郑州体育中心项目，工资被扣了。", "中建六局郑州体育中心项目"),
        ("我们店周黑鸭西风广场店就两个人，电话一直占线。", "西风广场店"),
        ("包工头巨长庚把我工资扣下来说要替我还债。", "巨长庚"),
        ("老板娘的弟弟卜远志替我接了电话。", "卜远志"),
        ("晚上有四个人守在江夏区流芳街道光谷四路特2号梧桐雅苑5栋门口。", "光谷四路特2号梧桐雅苑5栋"),
        ("搬到冯村东区三巷17号院的日租房里，他们还是找来了。", "冯村东区三巷17号院"),
    ],
    ids=[
        "a firm by its number",
        "a trade that no list holds",
        "a building site",
        "one house of a chain",
        "a surname that is a verb",
        "a name behind a relation",
        "an estate behind a street",
        "a village that the town has swallowed",
    ],
)
def test_a_phrase_that_no_list_holds_is_masked(reader: Reader, text: str, private: str):
    assert private not in reader.mask(text).public_text


@pytest.mark.parametrize(
    "text",
    [
        "季风过境，沿海多地发布大风预警。",
        "老板阿强也接到了电话，李女士和王经理都听见了。",
        "楼下水果店老板和附近超市的收银员都接到了电话。",
        "对方自称李某，说他在某电子厂上班。",
        "重庆市第五中级人民法院二审维持原判。",
        "第三方催收公司在广西南宁，我从没去过。",
        "广东佛山、东莞一带的家具厂今年普遍开工不足。",
    ],
    ids=["words", "titles and nicknames", "kinds of shops", "hidden", "a court", "towns", "trades of towns"],
)
def test_what_only_looks_like_a_phrase_stays(reader: Reader, text: str):
    assert reader.mask(text).public_text == text


def test_a_lender_stays_where_a_phrase_holds_its_name(reader: Reader):
    assert "晨星消费金融" in reader.mask("我在晨星消费金融借了八千，晨星消费金融的催收天天打电话。").public_text


def odds_of(*rows: str) -> np.ndarray:
    """Return log odds by 7: `.` is nothing, `N` begins a name and `n` goes on with it, `W` and `w` a work."""
    parts = {".": 0, "N": 1, "n": 2, "W": 5, "w": 6}
    odds = np.full((len(rows), 7), -9.0)
    for place, row in enumerate(rows):
        odds[place, parts[row]] = 9.0
    return odds


def phrases_of(odds: np.ndarray) -> list[Phrase]:
    return list(phrases(np.arange(len(odds)), odds.T))


def test_parts_that_begin_and_go_on_make_phrases():
    found = [(phrase.kind, phrase.start, phrase.end) for phrase in phrases_of(odds_of(*".Nn.WwwNn."))]
    assert found == [("name", 1, 3), ("workplace", 4, 7), ("name", 7, 9)]


def test_what_goes_on_without_a_beginning_begins_where_that_costs_least():
    odds = odds_of(*".nnn.")
    odds[1, 1] = 8.0
    assert [(phrase.start, phrase.end) for phrase in phrases_of(odds)] == [(1, 4)]


def test_a_text_without_phrases_has_none():
    assert phrases_of(odds_of(*"....")) == []
    assert phrases_of(np.zeros((0, 7))) == []


def test_no_phrase_goes_over_what_was_not_looked_at():
    odds = odds_of(*"NnnNn").T
    found = [(phrase.start, phrase.end) for phrase in phrases(np.array([4, 5, 9, 20, 21]), odds)]
    assert found == [(4, 6), (9, 10), (20, 22)]


def test_a_long_text_is_told_piece_by_piece_as_it_is_whole(monkeypatch):
    text = "他们给我舅舅苗广田打电话，我住绵阳市涪城区云杉路88号翠湖苑3栋。" * 8
    places, whole = network().odds(text, known_chains(text))
    monkeypatch.setattr(network_module, "PIECE", 50)
    in_pieces = network().odds(text, known_chains(text))
    assert places.tolist() == in_pieces[0].tolist()
    assert np.allclose(whole, in_pieces[1], atol=1e-3)


@pytest.mark.parametrize("text", ["叫", "", "😀" * 5, "𠮷野家", "abc", "先生", "我舅", "柳川市。", "住柳川市,\n"])
def test_every_character_that_is_looked_at_has_odds(text: str):
    places, odds = network().odds(text, known_chains(text))
    assert odds.shape == (7, len(places))
    assert set(places.tolist()) <= set(range(len(text)))


def test_clauses_that_hold_no_known_word_are_not_looked_at():
    text = "天气很好,他是我舅舅,真的。绵阳市"
    places, _ = network().odds(text, known_chains(text))
    assert "".join(text[place] for place in places) == "他是我舅舅,绵阳市"
