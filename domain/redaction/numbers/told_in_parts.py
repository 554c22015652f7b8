"""Numbers told in parts: 前三位138，中间0001，尾号7568; with a remark between them: 138(防屏蔽)0001; or backwards."""

import re
from collections.abc import Callable, Iterator

from domain.redaction.finds import PrivateFind
from domain.redaction.numbers.digits import DIGITS, as_digits
from domain.redaction.numbers.telephones import is_toll_free

_DIGIT = f"[\\d{''.join(digit for digit in DIGITS if not digit.isascii())}]"
_GROUP = rf"{_DIGIT}{{2,11}}"
# What stands between the parts of a number that is told: none of these is a unit, and no other verb.
_TELLING = (
    r"(?:(?:[三四五六七八两34578]|[前后末中尾]几)位(?:数字?)?"
    r"|[中间后面边头尾号巴最末前位是为的然再来接着跟上连完了还有加个段呢嗯啊呃哦额诶对好打按拨开始收结束往数字那就写记住空格横杠减\s,，.·…:、\"“”()-]){1,12}"
)
PARTS = re.compile(rf"{_DIGIT}(?={_DIGIT})(?<!{_DIGIT}{{2}}){_DIGIT}{{1,10}}(?:{_TELLING}{_GROUP}){{1,5}}(?!{_DIGIT})")
PART = re.compile(_GROUP)
WORD = re.compile(r"[^\W\d]")
UNIT = re.compile(r"\s?(?:元|块|万|亿|天(?!天)|期|次|%|美元|港币|年|月|号[楼院]|点|个|多)")
# 138(防屏蔽)0001(防屏蔽)7568, 1380001(空)7568, 178防00017568: a remark or one character between the groups
REMARK = (
    r"(?:[(\[【][^\d\n()\[\]【】]{1,6}[)\]】]|[^\w\s,.;:!?、。/+-]{1,6}"
    r"|[^\W\d元块万亿天期次年月日点个多人件号到至和的是在用于共])"
)
PARTED = re.compile(
    r"1(?<!\d1)[3-9]\d(?:(?P<word>(?! \d)[^\d\n,、;/+]{1,8})\d{4}(?P=word)\d{4}"
    rf"|{REMARK}(?!(?:19|20)\d\d[01]\d)\d{{8}}|\d{{4}}{REMARK}\d{{4}})(?!\d|{UNIT.pattern})",
    re.ASCII,
)
BACKWARDS = re.compile(r"(?<!\d)\d{9}[3-9]1(?!\d)", re.ASCII)
BACKWARDS_TOLD = re.compile(r"倒[过着序写读念转]|反[过着]|逆序|从后往前|从右往左|backwards|reversed?")
AROUND = 14
SIZES = ([3, 4, 4], [3, 8], [7, 4], [3, 4, 2, 2], [3, 2, 2, 2, 2], [3, 3, 5], [4, 4, 3], [3, 2, 2, 4])
MOBILE_SIZE = 11
MOBILE = re.compile(r"1[3-9]\d{9}")
Kind = Callable[[str, str], "tuple[str, str] | None"]


def find_told_in_parts(folded: str, kind: Kind) -> Iterator[PrivateFind]:
    """Yield numbers told in parts; `kind` says what digits are behind the words before them."""
    for match in PARTED.finditer(folded):
        yield PrivateFind("phone", *match.span(), "the groups of a mobile number with a remark between them")
    for match in PARTS.finditer(folded):
        parts = PART.findall(match[0])
        digits = "".join(map(as_digits, parts))
        if not WORD.search(PART.sub("", match[0])) or UNIT.match(folded, match.end()) or all(map(is_toll_free, parts)):
            continue
        before = folded[max(0, match.start() - 24) : match.start()]
        following = folded[match.end() : match.end() + 1]
        if len(digits) == MOBILE_SIZE + 1 and parts[-1][-1] in "一三" and "一" <= following <= "鿿":
            digits, parts[-1] = digits[:-1], parts[-1][:-1]  # …两五勾两|一直打
        if MOBILE.fullmatch(digits) and [len(part) for part in parts] in SIZES:
            yield PrivateFind("phone", *match.span(), "a mobile number told in parts")
        elif len(digits) > 6 and (found := kind(before, digits)):
            yield PrivateFind(found[0], *match.span(), f"{found[1]}; told in parts")
    for match in BACKWARDS.finditer(folded) if BACKWARDS_TOLD.search(folded) else ():
        if BACKWARDS_TOLD.search(folded, max(0, match.start() - AROUND), match.end() + AROUND):
            yield PrivateFind("phone", *match.span(), "a mobile number written backwards")
