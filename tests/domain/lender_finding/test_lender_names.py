"""What people type is matched with lenders' names, best first; only an exact name is ever taken for a lender."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.lender_finding.guesses import LenderGuesses
from domain.lender_finding.names import LenderNames
from domain.lender_finding.pinyin import confused, initials, spelled
from domain.lender_finding.slips import slips_in_beginning
from domain.lenders import load_registry
from domain.text import fold
from tests.measuring import seconds_of, seconds_of_a_sum

ENTRIES = load_registry()
NAMES = LenderNames(ENTRIES)
GUESSES = LenderGuesses(ENTRIES)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("微众银行", "webank"), ("微眾", "webank"), ("We Bank", "webank"), ("ＷＥＢＡＮＫ", "webank"),
        ("招联", "zhaolian"),
        # one slip, two in a long name, exchanged characters
        ("微众银航", "webank"), ("招连消费金溶", "zhaolian"), ("招商行银", "cmb"), ("webnak", "webank"),
        ("wels fargo", "wells_fargo"),
        ("captial one", "capital_one"),
        # the same sound in other characters
        ("花贝", "huabei"), ("借贝", "jiebei"), ("京冬白条", "jd_baitiao"), ("渡小满", "duxiaoman"),
        ("码上消费金融", "mashang"),
        ("工伤银行", "icbc"), ("宜人带", "yirendai"), ("平安普慧", "pingan_puhui"),
        # pinyin, begun, with blanks, misheard, with a slip, by initials
        ("weizhong", "webank"), ("wei zhong yin", "webank"), ("weizongyinhan", "webank"), ("zaoshangyinhang", "cmb"),
        ("duxiaoma", "duxiaoman"), ("huabai", "huabei"), ("wzyh", "webank"), ("zsyh", "cmb"),
        # with the numbers of the tones; an own word turned round
        ("wei1zhong4yin2hang2", "webank"), ("zhao1 shang1 yin2 hang2", "cmb"), ("众微银行", "webank"),
        # more than the name
        ("微众银行信用卡", "webank"), ("我借的是花呗", "huabei"),
    ],
)  # fmt: skip
def test_a_lender_is_the_first_suggestion_however_it_is_typed(typed: str, slug: str):
    assert NAMES.suggest(typed, 3)[0].slug == slug


@pytest.mark.parametrize("typed", ["微众银航", "花贝", "weizhong", "wzyh", "webnak", "微众银行信用卡", "微众银", ""])
def test_what_only_resembles_a_name_is_never_taken_for_it(typed: str):
    assert NAMES.resolve(typed) is None
    assert not any(found.exact for found in NAMES.suggest(typed, 5))


def test_an_exact_name_is_taken_in_any_script_width_and_case():
    assert {NAMES.resolve(typed) for typed in ("微众银行", "微眾銀行", "WeBank", "ｗｅｂａｎｋ", "webank")} == {
        "webank"
    }
    assert NAMES.suggest("微众银行", 1)[0].exact


def test_a_name_that_two_lenders_share_is_not_taken_for_one_of_them():
    assert NAMES.resolve("蚂蚁") is None
    assert {found.slug for found in NAMES.suggest("蚂蚁", 9)} >= {"ant_cf", "ant_group"}


@pytest.mark.parametrize("typed", ["", " ", "。", "xqzw", "今天天气很好", "\ud800"])
def test_nothing_is_suggested_for_what_is_no_name(typed: str):
    assert NAMES.suggest(typed, 5) == []


@pytest.mark.parametrize(
    "typed",
    [
        "苔溪银行", "云岭银行", "江南银行", "松岳消费金融", "晨星消费金融", "北方消费金融", "民信贷", "好运贷",
        "万家贷", "众信催收", "yunlingyinhang", "songyuexiaofeijinrong", "快圆钱包",
    ],
)  # fmt: skip
def test_firms_that_share_only_the_kind_with_an_unlisted_name_are_not_suggested(typed: str):
    assert NAMES.suggest(typed, 5) == []


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("杭音消费金融", "hangyin_cf"), ("苏宁银航", "suning_bank"), ("百新银行", "aibank"),
        ("zhaoliaxiaofeijinrong", "zhaolian"),
    ],
)  # fmt: skip
def test_a_slip_in_its_kind_or_a_sound_alike_in_its_own_word_still_finds_a_lender(typed: str, slug: str):
    assert NAMES.suggest(typed, 3)[0].slug == slug


def test_the_limit_is_kept():
    assert len(NAMES.suggest("银行", 4)) == 4
    assert NAMES.suggest("银行", 0) == []


@settings(deadline=None)  # the first one loads the table of readings
@given(st.text(max_size=200))
def test_anything_can_be_typed(typed: str):
    assert len(NAMES.suggest(typed, 5)) <= 5


@pytest.mark.parametrize("typed", ["微信银行", "weizongyinhan", "招商行银", "今天天气很好", "a" * 60])
def test_a_suggestion_takes_some_milliseconds(typed: str):
    NAMES.suggest(typed, 5)
    # 3 to 7 ms on an idle machine, which needs some 3 for the sum.
    assert seconds_of(lambda: NAMES.suggest(typed, 5)) < 10 * seconds_of_a_sum()


def test_names_are_spelled_as_they_are_said():
    assert (spelled("微众银行"), initials("还呗App")) == ("weizhongyinhang", "hbApp")
    assert confused("zhaoshang") == confused("zaosan")
    assert confused("lanjing") == confused("nanjin")


@pytest.mark.parametrize(
    ("typed", "name", "slips"),
    [("abc", "abc", 1), ("abd", "abc", 1), ("acb", "abc", 1), ("ab", "abcdef", 1), ("abxd", "abcdef", 1),
     ("axbc", "abc", 1),     ("xyz", "abc", 0), ("axxd", "abcd", 2)],
)  # fmt: skip
def test_slips_are_counted_to_the_beginning_of_a_name(typed: str, name: str, slips: int):
    assert slips_in_beginning(typed, name, 2) == slips


@pytest.mark.parametrize(
    ("text", "slug"),
    [("我借了威众银行的钱", "webank"), ("招连消费金融逾期", "zhaolian"), ("碼上消費金融的催收", "mashang"),
     ("京东白跳逾期了", "jd_baitiao")],
)  # fmt: skip
def test_a_misspelt_name_in_a_text_is_guessed(text: str, slug: str):
    found = list(GUESSES.find(fold(text)))
    assert {guess.slug for guess in found} == {slug}
    assert all(fold(text)[guess.start : guess.end] == guess.surface for guess in found)


@pytest.mark.parametrize(
    "text",
    ["微众银行的催收", "别的银行也有催收", "我家的花被偷了", "", "消费金额很大", "商业银行信用卡", "中原消费金融"],
)
def test_a_text_without_a_misspelt_name_gives_no_guess(text: str):
    assert list(GUESSES.find(text)) == []
