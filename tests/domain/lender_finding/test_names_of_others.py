"""A lender is not found within the longer name of another institution; none of those that are no registry's exist."""

import pytest

from domain.lender_finding.finder import LenderFinder
from domain.lenders import load_registry
from domain.text import fold

FINDER = LenderFinder(load_registry())
FRAMES = (
    "我在{}借了五千，逾期三天就被催收", "{}的催收天天打电话骂我", "昨天{}派人到我公司", "投诉{}暴力催收", "欠{}两万块",
)  # fmt: skip


def found(text: str) -> list[str]:
    return [find.slug for find in FINDER.find(fold(text))]


@pytest.mark.parametrize(
    "name",
    [
        # its beginning is another's
        "新华通银行", "金中信银行", "国民生银行", "松度小满", "鹤微粒贷", "大众安贷", "便宜信钱包",
        "中华融易贷", "诚联信催收", "云岭极速贷", "白鹭尊享贷", "鹿鸣有钱花", "稻香放心借", "美好分期",
        "圆满易贷", "新阳光消费金融", "旧时光分期", "云岭建设银行",
        "东方招商银行", "东海网商贷", "长江微众银行", "鸿招商银行", "新时代兴业银行", "凤凰洲网商贷",
        "竹韵借呗", "太阳花呗", "凤凰度小满", "金鼎中信银行", "瀚平安银行",
        # its end is another's
        "招商天下银行", "微众未来银行", "招联星辰金融",
        "招联盟分期", "宜信达钱包", "玖富贵钱包", "亿联合银行", "微众生银行", "中银杏钱包", "渤海湾银行",
        "华融湘江银行", "佰仟金钱包", "嘉银河易贷", "信用飞扬", "放心花园", "快贷宝", "中银富登村镇银行",
        # another institution is called so
        "中原银行", "蚂蚁银行", "招商证券", "华夏基金",
    ],
)  # fmt: skip
def test_a_name_within_the_longer_name_of_another_names_nobody(name: str):
    assert {frame: found(frame.format(name)) for frame in FRAMES if found(frame.format(name))} == {}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("借呗花呗白条都逾期了", "huabei"), ("客服招联的人打来", "zhaolian"), ("深圳招联的催收骂我", "zhaolian"),
        ("避雷宜信，催收太凶", "yiren"), ("从中信银行借的，逾期了", "citic_bank"), ("向上海银行还款，催收", "bosc"),
        ("被农行惠农贷的催收打爆", "abc_bank"), ("招联现金贷逾期了", "zhaolian"), ("捷信手机分期逾期", "jd_cf"),
        ("捷信网贷逾期，催收骂我", "jd_cf"), ("平台极速贷催收", "psbc_cf"), ("这家极速贷催收骂人", "psbc_cf"),
        ("花呗和钱包都被冻结，逾期", "huabei"), ("宜信欠款要上门", "yiren"),
        ("中原的催收上门了，我借了三万", "zhongyuan_cf"), ("支付宝花呗的催收骂我", "huabei"),
        ("中国招商银行股份有限公司上海分行的催收骂我", "cmb"), ("有天网商银行的催收来了", "mybank"),
    ],
)  # fmt: skip
def test_a_name_beside_other_words_is_no_part_of_a_longer_one(text: str, slug: str):
    assert slug in found(text)


def test_words_of_every_day_in_front_of_a_name_take_nothing_from_it():
    words = (
        "找 在 原 前 被 把 欠了 对方 债主 发卡行 昨天 今早 三天 有天 其实 经常 突然 居然 自己 根据 最近 必须 朋友 "
        "邻居 老板 律师 警察 单位 北京 南京 深圳 石家庄 昆山 本市 客服部 派出所 信用卡 房贷 逾期 吐槽 曝光 "
        "总行 楼下 反正北京 我司 债友 起诉书 或 而 却"
    )
    for word in words.split():
        for name, slug in (("招商银行", "cmb"), ("花呗", "huabei"), ("微众银行", "webank"), ("中信银行", "citic_bank")):
            assert slug in found(f"{word}{name}的催收天天骂我，借了三万"), word + name


def test_a_character_that_ends_a_word_in_front_of_a_name_is_no_part_of_it_and_one_that_stands_alone_is():
    assert found("昨天网商银行的催收骂我，借了三万") == ["mybank"]
    assert found("欠天网商银行三万，催收骂我") == []
