"""Glossed texts come back whole, on texts other than those that the repair was built on, and never lose an offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import pinyin

from domain.repairing.gaps import mark_gaps
from domain.repairing.repair import repair
from domain.text import fold

SENTENCES = (
    "我們這邊是銀行貸後的催收團隊，請還清欠款，否則將聯繫您的單位領導與家屬。",
    "專業的外訪人員會對逾期用戶進行核實，實際費用以賬單為準，請與客服聯繫。",
    "該機構對催收過程進行錄音，並應當保護債務人的個人隱私，還款後須開具結清證明。",
    "業務員說過幾個月還沒處理的話，會將材料移交法務團隊，讓親戚朋友們都知道。",
)


def garble(text: str) -> str:
    """Do what the farms' tool did: put a gloss after the bytes of each traditional character, wherever they stand."""
    stream = text.encode("gbk")
    tool = [chr(code) for code in range(0x4E00, 0x9FFF) if fold(chr(code)) != chr(code)]
    for character in [*dict.fromkeys(c for c in text if c in tool), *tool]:
        try:
            encoded = character.encode("gbk")
        except UnicodeEncodeError:
            continue
        if encoded in stream:
            stream = stream.replace(encoded, encoded + f"({pinyin(character)[0][0]})".encode("gbk", "ignore"))
    pieces, at = [], 0
    while at < len(stream):
        wide = stream[at] >= 0x80
        piece = stream[at : at + 1 + wide].decode("gbk", errors="replace")
        pieces.append("?" if "\ufffd" in piece else piece)
        at += 1 + wide
    return "".join(pieces)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_glossed_sentence_comes_back(sentence: str):
    garbled = garble(sentence)
    assert garbled != sentence
    assert repair(garbled).text == sentence


def test_a_character_cut_in_two_is_mended():
    text = "催收?qǐng)F(tuán)隊(duì)由專(zhuān)業(yè)人員(yuán)組成"
    assert repair(text).text == "催收團隊由專業人員組成"


def test_a_writers_own_gloss_stays():
    text = "重(chóng)庆的朋友，用户(VIP)不变"
    assert repair(text).text == text


def test_a_lost_word_is_a_visible_gap_with_a_guess_beside_it():
    text = "用戶(hù)逾期後(hòu)，催收人員(yuán)通過(guò) 、短信聯(lián)系，催收問(wèn)也日益突出。"
    found = mark_gaps(repair(text))
    assert found.text == "用戶逾期後，催收人員通過□、短信聯系，催收問□也日益突出。"
    assert [(word.position, word.guess) for word in found.lost] == [(12, "电话"), (22, "题")]


def test_a_borrowers_spaces_are_no_gaps():
    text = "昨天 催收打电话 一直通过 短信骚扰"
    assert mark_gaps(repair(text)).text == text


@given(st.text(alphabet="用戶(hùF催收?團qǐng)tuán\n橄M€\ufffd a"))
def test_offsets_hold_in_the_original(text: str):
    found = mark_gaps(repair("用戶(hù)機(jī)構(gòu)" + text))
    assert len(found.offsets) == len(found.text) + 1
    assert found.offsets == sorted(found.offsets)
    assert 0 <= found.offsets[0] <= found.offsets[-1] == len(text) + 17
    for word in found.lost:
        assert found.text[word.position] == "□"
