"""Private numbers: identity cards, bank cards, telephones and QQ, however their digits are written."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum import luhn
from stdnum.cn import ric

from domain.redaction.finds import PrivateFind

WRITTEN = ("0〇零○洞", "1一幺壹", "2二贰", "3三叁", "4四肆", "5五伍", "6六陆", "7七柒拐", "8八捌", "9九玖勾")
DIGITS = {digit: value for value, row in enumerate(WRITTEN) for digit in row}
LETTERS = {"o": 0, "l": 1, "i": 1}  # l38oo…: only inside a group that begins with a digit
_DIGIT = "".join(DIGITS)
_GROUP = f"[{_DIGIT}][{_DIGIT}oli]*x?|[li](?=[38][{_DIGIT}oli]{{4}})[{_DIGIT}oli]+"
# What people put between the digits of one number; words only inside telephone numbers: 138然后0001再0002.
_BETWEEN = r"[\s\-–—‐.·•()*_/|~+,、]|然后是?|后面是?|接着是?|中间是?|最后是?|再|杠|横|空格|加"
GROUP = re.compile(_GROUP)
RUN = re.compile(f"(?:{_GROUP})(?:(?:{_BETWEEN}){{1,3}}(?:{_GROUP}))*")
WORD = re.compile(r"[^\W\d]")
PLAIN_SEPARATORS = frozenset(" -–—‐.·•()")
MOST_DIGITS_OF_A_NUMBER = 19
# Nobody writes that many numbers in pairs of digits (13 80 00 10 00 2), while tables of figures have thousands.
GROUPS_OF_A_TABLE = 60
QQ_LABEL = re.compile(
    r"(?:qq|扣扣|企鹅|球球|丘丘|口口|叩叩|(?<![a-z])q(?![a-z0-9]))(?:群|号码?|账号|联系|加|是|为|:|\s|我|的|码|,){0,6}$"
)
WECHAT_LABEL = re.compile(
    r"(?:微信|v信|vx|wx|wechat|weixin|薇信?|威信|徽信|微❤|v❤|加v|加微|\+v|绿泡泡|(?<![a-z])[vw])(?:号码?|账号|同号|联系|加我?|是|为|:|\s|同|,){0,6}$"
)
CARD_LABEL = re.compile(r"(?:卡号|银行卡|储蓄卡|信用卡号?|账号|账户|收款|card(?: number| no\.?)?)[^,。;!?\n]{0,10}$")
ID_LABEL = re.compile(r"(?:身份证|身分证|证件|id card|护照)[^,。;!?\n]{0,8}$")
PHONE_LABEL = re.compile(
    r"(?:电话|手机|号码|致电|拨打|座机|固话|联系|回电|来电|热线|whatsapp|call(?:s|ed)?|text|phone|tel|cell|mobile|number)"
    r"[^,。;!?\n0-9]{0,12}$"
)
TOLL_FREE = frozenset(("800", "888", "877", "866", "855", "844", "833", "400"))


@dataclass(frozen=True)
class DigitRun:
    """Digits written close together: groups of (digits, start, end), and what stands between them."""

    groups: tuple[tuple[str, int, int], ...]
    separators: tuple[str, ...]


def digit_runs(folded: str) -> Iterator[DigitRun]:
    """Yield the runs of at least five digits of a folded text; digits set singly (1 3 8 …) are one group."""
    for match in RUN.finditer(folded):
        if match.end() - match.start() >= 5:
            run = _run(folded, match)
            if sum(len(digits) for digits, _, _ in run.groups) >= 5:
                yield run


def _run(folded: str, match: re.Match[str]) -> DigitRun:
    groups: list[tuple[str, int, int]] = []
    separators: list[str] = []
    single: list[str] = []
    for group in GROUP.finditer(folded, match.start(), match.end()):
        start, end = group.span()
        if single and end - start == 1:
            single.append(group[0])
            groups[-1] = ("", groups[-1][1], end)
            continue
        if groups:
            separators.append(folded[groups[-1][2] : start])
            groups[-1] = (_as_digits("".join(single)) or groups[-1][0], *groups[-1][1:])
        single = [group[0]] if end - start == 1 else []
        groups.append((_as_digits(group[0]), start, end))
    groups[-1] = (_as_digits("".join(single)) or groups[-1][0], *groups[-1][1:])
    return DigitRun(tuple(groups), tuple(separators))


def _as_digits(written: str) -> str:
    return "".join("x" if c == "x" else str(DIGITS.get(c, LETTERS.get(c, ""))) for c in written)


Test = Callable[[str, DigitRun, int, int, str], "tuple[str, str] | None"]


def find_numbers(folded: str) -> list[PrivateFind]:
    """Return the private numbers of a folded text, in order."""
    finds = []
    for run in digit_runs(folded):
        first = 0
        is_table = len(run.groups) > GROUPS_OF_A_TABLE
        while first < len(run.groups):
            in_pairs = is_table and len(run.groups[first][0]) < 3
            found = None if in_pairs else _number_at(folded, run, first)
            if found is None:
                first += 1
                continue
            type_, reason, last = found
            start, end = run.groups[first][1], run.groups[last - 1][2]
            if folded[start - 1 : start] in ("(", "+") and (folded[start - 1] == "+" or ")" in folded[start:end]):
                start -= 1
            finds.append(PrivateFind(type_, start, end, reason))
            first = last
    return finds


def _number_at(folded: str, run: DigitRun, first: int) -> tuple[str, str, int] | None:
    """Return (type, reason, group after) of the number that begins with a group, the longest that is one."""
    digits = ""
    spans = []
    for last in range(first, len(run.groups)):
        digits += run.groups[last][0]
        if len(digits) > MOST_DIGITS_OF_A_NUMBER:
            break
        spans.append((last + 1, digits))
    start = run.groups[first][1]
    before = folded[max(0, start - 24) : start]
    if not WORD.search(before):
        before = before[-1:]  # no word, no label: spares the search for one in long tables of figures
    for last, digits in reversed(spans):
        for test in TESTS[len(digits)]:
            found = test(digits, run, first, last, before)
            if found:
                return (*found, last)
    return None


def _identity_number(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    if len(digits) == 18 and digits[:17].isdigit():
        if ric.calc_check_digit(digits[:17]).lower() == digits[17] and digits[0] != "0":
            return "cn_id", "18 digits with the checksum of an identity number"
        if re.fullmatch(r"[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx]", digits):
            return "cn_id", "the form of an identity number with region and date"
    if len(digits) in (15, 17, 18) and ID_LABEL.search(before):
        return "cn_id", "a number after the word for an identity card"
    return None


def _bank_card(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    if not digits.isdigit() or not 12 <= len(digits) <= 19:
        return None
    labelled = bool(CARD_LABEL.search(before))
    sizes = [len(group) for group, _, _ in run.groups[first:last]]
    in_fours = all(size == 4 for size in sizes[:-1]) or set(sizes) == {1} or sizes[0] == 6
    if labelled and len(digits) >= 15:
        return "bank_card", "a number after the word for a card or account"
    if (len(sizes) == 1 or in_fours or labelled) and digits[0] in "3456" and luhn.is_valid(digits):
        return "bank_card", "digits with the checksum of a bank card (Luhn)"
    return None


def _mobile(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    if digits[0] not in "018" or [len(group) for group, _, _ in run.groups[first:last]] == [1, 3, 3, 4]:
        return None
    bare = re.sub(r"^(?:00)?86", "", digits) if len(digits) > 11 else digits
    if re.fullmatch(r"1[3-9]\d{9}", bare):
        if WECHAT_LABEL.search(before):
            return "wechat", "a number after the word for WeChat"
        return "phone", "the form of a mobile number"
    if re.fullmatch(r"09\d{8}", digits) or (len(digits) == 10 and digits.startswith("9") and before.endswith("+886")):
        return "phone", "the form of a mobile number of Taiwan"
    return None


def _american(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    sizes = [len(group) for group, _, _ in run.groups[first:last]]
    bare = digits[1:] if sizes[0] == 1 and digits[0] == "1" else digits
    if len(bare) != 10 or not bare.isdigit() or sizes[-1] != 4 or sizes[-3:] != [3, 3, 4]:
        return None
    return None if bare[:3] in TOLL_FREE else ("phone", "the form of an American telephone number")


def _landline(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    if not _plainly_joined(run, first, last):
        return None
    if re.fullmatch(r"0(?:10|2\d|[3-9]\d\d)\d{7,8}", digits) and 10 <= len(digits) <= 12:
        return "landline", "an area code and a local number"
    return None


def _labelled(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    if not digits.isdigit() or len(digits) > 12:
        return None
    if not _plainly_joined(run, first, last):
        return None
    if QQ_LABEL.search(before):
        return "qq", "a number after the word for QQ"
    if WECHAT_LABEL.search(before) and len(digits) >= 6:
        return "wechat", "a number after the word for WeChat"
    if before.endswith("+") and 8 <= len(digits) <= 13:
        return "phone", "a telephone number with its country"
    return _local_number(digits, before)


def _plainly_joined(run: DigitRun, first: int, last: int) -> bool:
    return all(set(separator) <= PLAIN_SEPARATORS for separator in run.separators[first : last - 1])


def _local_number(digits: str, before: str) -> tuple[str, str] | None:
    hotline = digits.startswith(("400", "800", "95", "96", "12", "10")) and len(digits) in (5, 6, 8, 10)
    hotline = hotline or digits.removeprefix("1")[:3] in TOLL_FREE
    if len(digits) in (7, 8, 11) and not hotline and PHONE_LABEL.search(before):
        kind = "landline" if re.search("座机|固话|家里电话", before) else "phone"
        return kind, "a number after the word for a telephone"
    return None


def _tests(size: int) -> tuple[Test, ...]:
    """Return what a number of so many digits can be, the surest kind first."""
    kinds: list[tuple[Test, range | tuple[int, ...]]] = [
        (_identity_number, (15, 17, 18)), (_bank_card, range(12, 20)), (_american, (10, 11)),
        (_mobile, (10, 11, 13, 15)), (_landline, (10, 11, 12)), (_labelled, range(5, 13)),
    ]  # fmt: skip
    return tuple(test for test, sizes in kinds if size in sizes)


TESTS = tuple(_tests(size) for size in range(MOST_DIGITS_OF_A_NUMBER + 1))
