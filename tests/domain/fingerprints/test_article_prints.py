"""A copy is known by its sentences and by what they tell of: numbers however written, lenders, places, persons."""

from time import process_time

import pytest

from domain.fingerprints.article_facts import numbers_of
from domain.fingerprints.article_prints import ArticlePrint, are_copies

# Written for this test; the lenders do not exist.
STORY = [
    "沧屿消费金融近日修订了外访管理办法，规定上门之前必须提前三个工作日书面告知客户。",
    "新办法要求外访人员两人一组，全程录音录像，不得进入客户家中，也不得向邻居透露来意。",
    "公司合规部门解释说，过去上门多由合作机构自行安排，容易出现冒充公务人员的情况。",
    "如果客户不愿见面，外访人员应当离开，并改用电话或者信件沟通还款安排。",
    "有用户在社交平台上说，以前催收员站在楼下大声喊她的名字，整栋楼的人都听见了。",
    "沧屿消费金融没有说明违反规定的机构会受到什么处理，只表示会根据情节暂停合作。",
]
WORDS = {
    "近日": "日前", "修订": "修改", "办法": "制度", "规定": "明确", "提前": "预先", "告知": "通知", "要求": "规定",
    "录像": "摄像", "透露": "泄露", "解释说": "说明称", "过去": "以往", "出现": "发生", "情况": "现象", "不愿": "不想",
    "离开": "离去", "沟通": "商谈", "用户": "网友", "以前": "从前", "大声": "高声", "处理": "处罚", "暂停": "中止",
}  # fmt: skip


def copied(text: str) -> bool:
    return are_copies(ArticlePrint("\n".join(STORY)), ArticlePrint(text))


def test_a_copy_without_numbers_in_other_words_is_a_copy():
    text = "\n".join(STORY[::-1])
    for old, new in WORDS.items():
        text = text.replace(old, new)
    assert copied(text)


def test_a_copy_of_which_half_was_left_out_is_a_copy_and_a_quotation_is_none():
    assert copied("\n".join(STORY[::2]))
    quoting = [
        "旅客王女士在车站等了三个小时，手机只剩一格电，仍然有人不停地打进来。",
        "她在本子上把号码一个一个记下来，字越写越小，最后一页只剩下一条缝。",
        STORY[3],
        "窗口的工作人员替她倒了一杯水，又找来一根充电线，劝她先把手机关掉。",
    ]
    assert not copied("\n".join(quoting))


def test_a_preamble_and_what_a_site_puts_behind_part_nothing():
    text = (
        "小编导语：很多人都遇到过这样的事情，今天就来聊一聊。\n"
        + "\n".join(STORY)
        + "\n来源：镜像网 2026年11月5日\n以上就是本站为您整理的全部内容。"
    )
    assert copied(text)


def test_the_same_words_about_another_lender_are_another_article():
    assert not copied("\n".join(STORY).replace("沧屿消费金融", "云岭银行"))


def test_the_same_words_about_a_lender_of_the_registry_are_another_article():
    neutral = "收到短信以后，建议先拨打{0}的官方客服核实，不要向陌生账户转账，也可以要求对方出示{0}的委托书再谈还款。"
    one, other = (ArticlePrint(neutral.format(name) * 2) for name in ("微众银行", "招联消费金融"))
    assert not are_copies(one, other)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("4.1万元", ["41000"]), ("四万一千元", ["41000"]), ("41,000元", ["41000"]), ("三十七天", ["37"]),
        ("百分之三十", ["30%"]), ("30%", ["30%"]), ("2026-11-03", ["11-3", "2026"]), ("11月3日", ["11-3"]),
        ("千万别信，一一核对，3次", []), ("23家，7家", ["23"]), ("1.28亿", ["128000000"]),
    ],
)  # fmt: skip
def test_a_number_is_the_same_however_it_is_written(written: str, meant: list[str]):
    assert [number for _, number in numbers_of(written)] == meant


@pytest.mark.parametrize(
    "piece",
    [
        "一亿亿",
        "亿",
        "9",
        "1,000",
        "一二三四五六七。",
        "甲乙丙丁戊己。庚辛壬癸子丑。",
        "2026-11-",
        "a b c d e f. ",
        "百分之",
        "云岭银行",
    ],
)
def test_a_text_of_one_thing_again_and_again_is_compared_in_time_that_grows_no_faster_than_it(piece: str):
    def seconds(length: int) -> float:
        prints = [ArticlePrint((piece * length)[:length] + end) for end in ("", "又及，这是另一句话，说的是别的事情。")]
        begin = process_time()
        are_copies(*prints)
        return process_time() - begin

    assert seconds(48_000) < 40 * max(seconds(4_800), 0.002)


def test_it_does_not_matter_which_of_two_texts_comes_first():
    one = (
        "消费金融散步86万白鹭86万散步清晨白鹭清晨散步云岭银行白鹭云岭银行散步电话，白鹭清晨86万消费金融清晨云岭银行"
        "云岭银行86万，消费金融消费金融散步清晨，，"
    )
    other = (
        "清晨86万云岭银行白鹭86万消费金融白鹭消费金融散步电话清晨消费金融清晨云岭银行电话清晨白鹭散步电话白鹭，"
        "清晨白鹭散步，云岭银行"
    )
    prints = ArticlePrint(one), ArticlePrint(other)
    assert are_copies(*prints) == are_copies(*prints[::-1])
