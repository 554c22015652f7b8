"""Private numbers are found in every form that people give them, whatever the digits."""

import random
from collections.abc import Callable

import pytest
from stdnum import luhn
from stdnum.cn import ric

from domain.lenders import load_registry
from domain.reading import Reader

READER = Reader(load_registry())
CIRCLED, DARK, CAPITALS = "⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾", "零壹贰叁肆伍陆柒捌玖"
TRADITIONAL, SPOKEN = "零壹貳參肆伍陸柒捌玖", "洞幺两三四五六拐八勾"

Form = Callable[[str, tuple[int, ...]], str]


def cut(digits: str, sizes: tuple[int, ...]) -> list[str]:
    """Cut digits into groups; what is left over is the last one."""
    parts = []
    for size in sizes:
        parts.append(digits[:size])
        digits = digits[size:]
    return [*parts, digits] if digits else parts


def told(digits: str, row: str) -> str:
    """Write digits with other signs."""
    return "".join(row[int(digit)] if digit.isdigit() else digit for digit in digits)


FORMS: dict[str, Form] = {
    "plain": lambda digits, sizes: digits,
    "full width": lambda digits, sizes: told(digits, "０１２３４５６７８９"),
    "spaces": lambda digits, sizes: " ".join(cut(digits, sizes)),
    "wide spaces": lambda digits, sizes: "\u3000".join(cut(digits, sizes)),
    "dots": lambda digits, sizes: ".".join(cut(digits, sizes)),
    "dashes": lambda digits, sizes: "-".join(cut(digits, sizes)),
    "long dashes": lambda digits, sizes: "—".join(cut(digits, sizes)),
    "one by one": lambda digits, sizes: " ".join(digits),
    "dashed one by one": lambda digits, sizes: "-".join(digits),
    "lines": lambda digits, sizes: "\n".join(cut(digits, sizes)),
    "zero width": lambda digits, sizes: "\u200b".join(digits),
    "Chinese": lambda digits, sizes: told(digits, "〇一二三四五六七八九"),
    "Chinese apart": lambda digits, sizes: " ".join(told(part, "零一二三四五六七八九") for part in cut(digits, sizes)),
    "spoken": lambda digits, sizes: told(digits, SPOKEN),
    "capitals": lambda digits, sizes: told(digits, CAPITALS),
    "traditional": lambda digits, sizes: told(digits, TRADITIONAL),
    "circled": lambda digits, sizes: told(digits, CIRCLED),
    "dark circles": lambda digits, sizes: told(digits, DARK),
    "keycaps": lambda digits, sizes: "".join(f"{digit}\ufe0f\u20e3" if digit.isdigit() else digit for digit in digits),
    "Chinese in the middle": lambda digits, sizes: digits[:3] + told(digits[3:7], "零一二三四五六七八九") + digits[7:],
    "stars": lambda digits, sizes: "*".join(cut(digits, sizes)),
    "words": lambda digits, sizes: "然后".join(cut(digits, sizes)),
    "more words": lambda digits, sizes: "，后面是".join(cut(digits, sizes)),
}
BESIDE = [
    ("我的电话", "，谢谢"),
    ("号码是", "一直打"),
    ("", ""),
    ("他用", "打给我的"),
    ("手机：", "\n"),
    ("回我(", ")"),
]


def phone(chance: random.Random) -> str:
    """Return a number of a block that is not in use."""
    return f"1{chance.choice('3456789')}{chance.randint(0, 9)}000{chance.randint(0, 3)}{chance.randint(0, 9999):04}"


def identity(chance: random.Random) -> str:
    """Return an identity number with a right checksum, of somebody born before 1934."""
    region = chance.choice(["110105", "310115", "440305", "510107", "653125"])
    born = f"19{chance.randint(0, 33):02}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    body = f"{region}{born}00{chance.randint(0, 9)}"
    return body + ric.calc_check_digit(body)


def card(chance: random.Random, size: int) -> str:
    """Return a card number that passes Luhn."""
    body = chance.choice(["620000", "625094", "411111", "621094"]) + f"{chance.randrange(10 ** (size - 7)):0{size - 7}}"
    return body + luhn.calc_check_digit(body)


def is_covered(text: str, value: str, kind: str) -> bool:
    """Whether one mask of the kind covers the value."""
    start = text.index(value)
    masks = READER.mask(text).masks
    return any(
        mask.type == kind and mask.original_start <= start and start + len(value) <= mask.original_end for mask in masks
    )


def test_phones_are_found_in_every_form():
    chance = random.Random(4)
    for name, form in FORMS.items():
        for before, after in BESIDE:
            for sizes in ((3, 4, 4), (3, 8), (7, 4)):
                value = form(phone(chance), sizes)
                assert is_covered(before + value + after, value, "phone"), (name, before + value + after)


def test_identity_numbers_with_a_right_checksum_are_found_in_every_form():
    chance = random.Random(5)
    for name, form in FORMS.items():
        for before, after in (("身份证", "，"), ("", ""), ("他念了", "给我听"), ("证号：", "和住址")):
            for sizes in ((6, 8, 4), (4, 4, 4, 4, 2), (6, 4, 4, 4), (3, 3, 4, 4, 4)):
                value = form(identity(chance), sizes)
                assert is_covered(before + value + after, value, "cn_id"), (name, before + value + after)


def test_card_numbers_with_a_right_checksum_are_found_in_every_form():
    chance = random.Random(6)
    for name, form in FORMS.items():
        for size in (16, 17, 18, 19):
            for before, after in (("卡号", "，"), ("", ""), ("打到", "这张卡"), ("账户：", "户名")):
                value = form(card(chance, size), (4, 4, 4, 4))
                assert is_covered(before + value + after, value, "bank_card"), (name, before + value + after)


@pytest.mark.parametrize(
    "label",
    [
        "QQ",
        "qq号",
        "QQ：",
        "扣扣",
        "扣扣：",
        "企鹅",
        "企鹅号",
        "加Q",
        "我的Q是",
        "Q群",
        "球球",
        "q q ",
        "ＱＱ",
        "加我扣扣",
    ],
)
def test_qq_numbers_are_found_after_every_word_for_it(label: str):
    for value in (
        "3900001234",
        "390000 1234",
        "３９００００１２３４",
        "三九零零零零一二三四",
        "390000123",
        "3 9 0 0 0 0 1 2 3 4",
    ):
        assert is_covered(f"有事{label}{value}，谢谢", value, "qq"), label + value


@pytest.mark.parametrize(
    "label",
    [
        "微信",
        "微信号：",
        "V信",
        "v❤",
        "薇",
        "薇信",
        "微❤️",
        "加微",
        "威信",
        "徽信",
        "卫星",
        "绿泡泡",
        "vx",
        "VX:",
        "wx",
        "➕V",
        "加V",
        "微 信",
        "加薇",
    ],
)
def test_wechat_names_are_found_after_every_word_for_it(label: str):
    for value in ("ceshi_0001", "CeShi-0001", "ｃｅｓｈｉ０００１", "cs000111"):
        assert is_covered(f"有事{label} {value}，谢谢", value, "wechat"), label + value


@pytest.mark.parametrize("at", ["@", "＠", " @ ", "(at)", "[at]", "【at】", "艾特", "圈a", " at "])
@pytest.mark.parametrize("dot", [".", "．", "点", "。", "(dot)", " dot ", "[dot]", " . "])
def test_mail_addresses_are_found_in_every_disguise(at: str, dot: str):
    for name, host in (("ceshi0001", "example"), ("ce.shi_0001", "163"), ("3900001234", "qq")):
        value = f"{name}{at}{host}{dot}com"
        assert is_covered(f"发到{value}，谢谢", value, "email"), value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("打我手机 yao wu jiu ling ling ling san er liu liu ba 谢谢", "phone"),
        ("手机号yaowujiulinglinglingsanerliuliuba，别打单位", "phone"),
        ("Yāo wǔ jiǔ líng líng líng sān èr liù liù bā 是我新号", "phone"),
        ("号码 yao1 wu3 jiu3 ling2 ling2 ling2 san1 er4 liu4 liu4 ba1", "phone"),
        ("电话 159 ling ling ling san 2668", "phone"),
        ("扣扣 san jiu ling ling ling ling yi er ba ba", "qq"),
        ("ring me on five five five, oh one oh, double six two nine", "phone"),
        ("身份证 er yi ling er ling san yi jiu er qi yi yi ling san ling ling ling wu", "cn_id"),
    ],
)
def test_numbers_told_by_their_sound_are_masked(text: str, kind: str):
    reading = READER.read(text, kind="complaint")
    assert [mask.type for mask in reading.masks] == [kind]
    assert not {"wu", "jiu", "liu", "five", "six"} & set(reading.public_text.lower().split())


@pytest.mark.parametrize(
    "text",
    [
        "他一天打我 yi bai er shi san 个电话",
        "one two three four, I counted the calls and gave up",
        "yi er san si, zou le",
        "seven calls on one day, nine on the next, two to my mum and three to my boss",
        "ling " * 200 + "x",
    ],
)
def test_syllables_and_counted_things_are_no_numbers(text: str):
    assert READER.mask(text).masks == []


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("有事微ceshi_0001，谢谢", "ceshi_0001", "wechat"),
        ("有事W❤X ceshi0015，谢谢", "ceshi0015", "wechat"),
        ("有事賴 ceshi_00038，謝謝", "ceshi_00038", "account"),
        ("微博@爱吃鱼的老猫0023骂我", "爱吃鱼的老猫0023", "account"),
        ("协议编号：（2024）QC字第000057号", "（2024）QC字第000057号", "contract_no"),
        ("二维码是weixin://dl/business/?t=00063，别扫", "weixin://dl/business/?t=00063", "url_private"),
    ],
)
def test_accounts_in_rare_disguises_are_found(text: str, value: str, kind: str):
    assert is_covered(text, value, kind)


@pytest.mark.parametrize("text", ["我依赖 app 还款", "微博@人民日报发过", "协议第12号文件里没写", "微利贷款3000"])
def test_words_that_only_look_like_disguises_stay(text: str):
    assert READER.mask(text).masks == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("小红书：阿兰不哭0071，我把录音传上去了", "account", "阿兰不哭0071"),
        ("我微信ID叫晨光路人0071", "account", "晨光路人0071"),
        ("有事赖id debt0071", "account", "debt0071"),
        ("💬wx00773k 是他", "account", "wx00773k"),
        ("知乎id zh-0007", "account", "zh-0007"),
        ("soul号sl0007123", "account", "sl0007123"),
        ("薇xin：dk000912", "wechat", "dk000912"),
        ("V-dk000912 拉群", "wechat", "dk000912"),
        ("车牌冀 T · 0 0 9 L P", "plate", "冀 T · 0 0 9 L P"),
    ],
)
def test_accounts_and_plates_in_seldom_dressings_are_found(text: str, kind: str, value: str):
    assert is_covered(text, value, kind)


@pytest.mark.parametrize(
    "text", ["微信名叫张三的2000元", "抖音号叫我还了3000块", "微信号是他借款2000元时填的", "V-shaped recovery 2023"]
)
def test_sums_behind_a_word_for_an_account_are_none(text: str):
    assert not [mask for mask in READER.mask(text).masks if mask.type in ("account", "wechat")]
