"""Tells a lender's name from the same characters in the longer name of another: 新华通银行, 云岭极速贷, 华融湘江银行.

What a borrower says of one institution must not be counted against another. The registry can't know who is not in it,
so what stands on both sides decides: what only a name can be there makes a longer name.
"""

import re
from pathlib import Path

from domain.words.common_words import common_words, name_words

LISTS_FILE = Path(__file__).with_name("names_of_others.txt")


def _lists() -> dict[str, frozenset[str]]:
    """Return the classes of `names_of_others.txt`: of characters, and of words where the class holds spaces."""
    rows = [line.split(": ", 1) for line in LISTS_FILE.read_text("utf-8").splitlines() if line[:1] != "#"]
    return {name: frozenset(value.split() if " " in value else value) for name, value in rows}


LISTS = _lists()
IN_FRONT, BEGINS_WORDS_TOO, BEHIND = LISTS["in_front"], LISTS["begins_words_too"], LISTS["behind"]
OF_NAMES, PLACES = LISTS["of_names"], LISTS["places"]
BEGINS_A_NAME, SURNAMES = LISTS["begins_a_name"], LISTS["surnames"]
# Stand in front of a name in running text, but not alone: 昨天|网商银行, 天|网商银行.
NEVER_ALONE = frozenset("天")
COUNTED = frozenset("0123456789一二两三四五六七八九十百千万几多半有某")
# Products are called by everyday words; a lender's own word stands in front of them.
PRODUCT = re.compile(r"[一-鿿]{1,3}(?:贷|花|借|付|金|分期)")
KIND = re.compile(
    r"(?P<between>[一-鿿]{1,2}?)(?:(?:村镇|农商|农村商业)?银行|钱包|消费金融|金融|消金|数科|金科|小贷|集团|财富|易贷|贷款|(?P<product>分期|贷))"
)
# 快贷宝, 人人贷王 behind a product's name.
PET_ENDING = re.compile("[宝王侠]|网(?![上络站页贷店点])")
# 中原银行 is not 中原消费金融, 招商证券 no bank.
OTHER_TRADE = re.compile("证券|保险|人寿|财险|基金|信托|期货|[一-鿿]{0,3}(?:村镇银行|农商)")
BANK = "银行"
FREQUENT = 2


def is_of_another_trade(folded: str, end: int, *, is_bank: bool) -> bool:
    """Whether what stands behind a short name makes another institution of it; `is_bank`: a bank is called by it."""
    return bool(OTHER_TRADE.match(folded, end)) or (not is_bank and folded.startswith(BANK, end))


def is_part_of_another(folded: str, start: int, end: int, *, follows_a_name: bool, is_everyday: bool) -> bool:
    """Whether the name at [start, end) is a part of one that is longer.

    `follows_a_name` says that another lender's name ends where it begins (借呗花呗), `is_everyday` that its
    words are everyday ones.
    """
    name = folded[start:end]
    is_product = is_everyday or bool(PRODUCT.fullmatch(name)) or (len(name) == 3 and name[:2] in common_words())
    if not follows_a_name and _begins_earlier(folded, start):
        return True
    return _ends_later(folded, end, name, is_product=is_product)


def _begins_earlier(folded: str, start: int) -> bool:
    """Whether what stands in front of a name begins it: 便|宜信, 大|光大银行, 云岭|极速贷."""
    before = folded[max(0, start - 4) : start]
    if not before or not "一" <= before[-1] <= "鿿":
        return False
    if before[-2:] in PLACES or before[-3:] in PLACES:
        return False  # a branch: 南京|工商银行
    if before[-2:] in name_words():
        return True  # 东方|招商银行
    if before[-1] in IN_FRONT and before[-1] not in BEGINS_WORDS_TOO:
        return before[-1] in NEVER_ALONE and _is_alone(before)
    if before[-3:-1] in name_words() and (len(before) < 4 or _begins(before[0])):
        return True  # 白鹭洲|网商贷
    words = common_words()
    crossed = words.get(before[-1] + folded[start], 0)
    is_word = before[-1] in BEGINS_WORDS_TOO and before[-2:] in words  # 其中|农行
    if not is_word and (crossed == FREQUENT or (crossed and before[-1] in OF_NAMES)):
        return True
    return _is_own_word(before)


def _is_own_word(before: str) -> bool:
    """Whether one or two characters in front of a name are no word of running text: 鸿|招商银行, 竹韵|借呗."""
    words = common_words()
    if len(before) == 1 or _begins(before[-2]):
        return len(before) == 1 or before[-2:] not in words
    if _parts(before[-2]):
        return before[-1] in OF_NAMES and before[-2:] not in words
    if len(before) == 2 or _begins(before[-3]):
        is_unknown = before[-2:] not in words and before[-2] not in SURNAMES
        return is_unknown or OF_NAMES.issuperset(before[-2:])
    return _parts(before[-3]) and OF_NAMES.issuperset(before[-2:])


def _begins(character: str) -> bool:
    """Whether a name begins behind a character, whatever else stands around it."""
    return character in BEGINS_A_NAME or not "一" <= character <= "鿿"


def _is_alone(before: str) -> bool:
    """Whether the last character is no part of a word or a number there: 在天|网商银行, but 昨天 and 三天."""
    if len(before) == 1:
        return True
    return _begins(before[-2]) and before[-2] not in COUNTED and before[-2:] not in common_words()


def _ends_later(folded: str, end: int, name: str, *, is_product: bool) -> bool:
    """Whether what stands behind a name ends it: 招|联盟分期, 微众|生银行, 放心借|条."""
    after = folded[end : end + 1]
    crosses = name[-1] + after in common_words() and after not in BEHIND
    if is_product and not name.endswith("分期") and (crosses or PET_ENDING.match(folded, end)):
        return True
    kind = KIND.match(folded, end)
    if not kind:
        return False
    is_banks_own = name.endswith("行")  # 农行惠农贷
    if kind["between"] in name_words() and not (kind["product"] or is_banks_own):
        return True  # 招商|天下银行
    if not BEHIND.isdisjoint(kind["between"]):
        return False
    if crosses:
        return True
    is_word = common_words().get(kind["between"]) == FREQUENT
    return not (kind["product"] or is_banks_own or is_word) and OF_NAMES.issuperset(kind["between"])


def _parts(character: str) -> bool:
    return character in IN_FRONT or not "一" <= character <= "鿿"
