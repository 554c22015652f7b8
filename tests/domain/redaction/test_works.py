"""Employers and schools that have a name are masked, kinds of them, lenders and public offices are not."""

import random

import pytest

from domain.reading import Reader
from domain.redaction import find_private
from domain.text import fold
from evaluation.drawing.drawn_works import work

FRAMES = ("我在{}上班，他们一天打二十个电话。", "他们把电话打到{}的前台。", "单位：{}\n电话没接", "催收跑到{}闹。")


def test_most_drawn_works_are_masked_where_somebody_works(reader: Reader):
    chance = random.Random(77)  # noqa: S311 (houses of nobody)
    hidden = there = 0
    for _ in range(150):
        name, frame = work(chance), chance.choice(FRAMES)
        text = frame.format(name)
        start = text.index(name)
        masks = reader.mask(text).masks
        masked = {offset for mask in masks for offset in range(mask.original_start, mask.original_end)}
        there += len(name)
        hidden += len(masked.intersection(range(start, start + len(name))))
    assert hidden >= 0.85 * there


@pytest.mark.parametrize("frame", ["我在{}上班，", "他们打到{}，", "他们去{}闹过", "我妈在{}做保洁"])
@pytest.mark.parametrize(
    "kind", ["一家电子厂", "我们单位", "附近的超市", "某公司", "外地", "县城", "老家", "一所小学", "楼下的便利店"]
)
def test_kinds_of_houses_stay(reader: Reader, frame: str, kind: str):
    text = frame.format(kind)
    assert reader.mask(text).public_text == text


@pytest.mark.parametrize(
    "text",
    [
        "我向柳川市市场监管局投诉，又去了派出所。",
        "收到云岭银行的短信，说要起诉我。",
        "晨星消费金融委托第三方催收，自称法务部。",
        "我打12378和12348，都让我找金融监管局。",
        "案子在柳川区人民法院，还没开庭。",
    ],
)
def test_lenders_and_public_offices_stay(reader: Reader, text: str):
    assert reader.mask(text).public_text == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("我在文登区法院当书记员，最怕这种影响。", "文登区法院"),
        ("我养蜂的，秦岭老雷蜂场，手机号就挂在牌子上。", "秦岭老雷蜂场"),
        ("工作单位优客达供应链和紧急联系人都是我填的。", "优客达供应链"),
    ],
)
def test_works_told_round_a_corner_are_masked(reader: Reader, text: str, hidden: str):
    assert hidden not in reader.mask(text).public_text


def test_of_a_work_that_holds_a_lenders_name_all_but_that_name_is_masked(reader: Reader):
    text = reader.mask("我在京东亚洲一号昆山仓做分拣，夜班，白天睡觉。").public_text
    assert "京东" in text
    assert "昆山仓" not in text


@pytest.mark.parametrize(
    "text",
    [
        "先打12368，然后再打12368，最后打12378。",
        "先打400-812-0001，再打95588。",
        "2020年：共80户、363人。",
        "真的，三番五次，七上八下。",
        "学校是寄宿制的，周末才回家。",
    ],
)
def test_hotlines_counts_and_idioms_are_no_works(reader: Reader, text: str):
    assert reader.mask(text).public_text == text


def test_a_work_among_many_towns_is_the_one_that_it_is_alone():
    sentence = "孩子在绵阳市旭日幼儿园，孩子妈妈在南充市的鸿泰纸箱厂上班。"
    alone = [(find.start, find.end) for find in find_private(fold(sentence)) if find.type == "workplace"]
    many = [(find.start, find.end) for find in find_private(fold(sentence * 20)) if find.type == "workplace"]
    assert alone
    assert many == [
        (start + shift, end + shift) for shift in range(0, 20 * len(sentence), len(sentence)) for start, end in alone
    ]
