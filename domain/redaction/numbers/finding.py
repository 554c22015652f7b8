"""Private numbers: identity cards, bank cards, telephones and QQ, however their digits are written."""

import re
from collections.abc import Callable, Iterator, Sequence

from stdnum.cn import ric
from stdnum.in_ import aadhaar

from domain.redaction.finds import PrivateFind
from domain.redaction.numbers.digits import DigitRun
from domain.redaction.numbers.labels import (
    CARD_LABEL,
    CONTRACT_LABEL,
    FOREIGN_ID_LABEL,
    ID_LABEL,
    PHONE_LABEL,
    QQ_LABEL,
    SSN_LABEL,
    WECHAT_LABEL,
)
from domain.redaction.numbers.telephones import (
    DATED,
    EXTENSION,
    HOTLINE,
    LANDLINE,
    is_date,
    is_landline,
    is_mobile,
    is_toll_free,
    with_country,
)

WORD = re.compile(r"[^\W\d]")
MOST_DIGITS_OF_A_NUMBER = 21  # a card has 19 at most; one that is typed wrong may have more
# Nobody writes that many numbers in pairs of digits (13 80 00 10 00 2), while tables of figures have thousands.
GROUPS_OF_A_TABLE = 60
FEWEST_OF_A_SUM = 3
UNIT = re.compile(r"\s?(?:元|块|万|亿|天(?!天)|期|次|%|美元|港币|人民币)")
# 2026.04.10-2027.04.10 holds 04.10-2027.04.10, which looks like an area code with what follows one
YEAR_BEFORE = re.compile(r"(?<!\d)(?:19|20)\d\d[./-]$")
BANKS = re.compile("62|60|4|5|3[0567]|9558|10|69|68|18")  # how the numbers of cards begin
YEARS = re.compile(r"(?:(?:19|20)\d\d){2}")
IDENTITY = re.compile(r"[1-8]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx]")
OLD_IDENTITY = re.compile(
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{6}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
)
LANDLINE_WORD = re.compile("座机|固话|家里电话|家电|宅电")
MISTYPED, MISTYPED_MOBILE = (10, 12), re.compile("1[3-9]")
# 用6000 0213打嚟, 有个60000213一直呼我
LOCAL, USED = 8, re.compile(r"(?:[用以由拿]|[有是]个|一个|号|是)\s?$")
CALLING = re.compile(r"\s?(?:这个号|这个号码|一直|天天|又|不停)?(?:[打拨呼]|来[电短]|发[来短信给])")
# 零四八三,八零零零,六一二; 四零零 and eight more is a hotline, 一二三四五六七 is counting
SPELLED_SIZES, COUNTING = range(8, 13), "01234567890123"
SPELLED = re.compile(r"[〇零一二三四五六七八九幺两洞拐勾](?:[,、 ·—-]?[〇零一二三四五六七八九幺两洞拐勾])+")
SPELLED_GOES_ON = re.compile(r"[〇零一二三四五六七八九幺两洞拐勾]|\s?[十百千万亿元块年月日天次个]")
LABELS = re.compile("|".join(label.pattern for label in (CARD_LABEL, ID_LABEL, PHONE_LABEL, QQ_LABEL, WECHAT_LABEL)))
DOUBLED = {str(digit): 2 * digit - 9 * (digit > 4) for digit in range(10)}
Test = Callable[[str, DigitRun, int, int, str], "tuple[str, str] | None"]


def find_numbers(folded: str, runs: Sequence[DigitRun]) -> Iterator[PrivateFind]:
    """Yield the private numbers of a folded text, in order; `runs` are its digits."""
    for run in runs:
        first = 0
        is_table = len(run.groups) > GROUPS_OF_A_TABLE
        while first < len(run.groups):
            in_pairs = is_table and len(run.groups[first][0]) < 3
            found = None if in_pairs else _number_at(folded, run, first)
            if found is None:
                first += 1
                continue
            type_, reason, last = found
            yield PrivateFind(type_, *_whole(folded, type_, run.groups[first][1], run.groups[last - 1][2]), reason)
            first = last


def _whole(folded: str, type_: str, start: int, end: int) -> tuple[int, int]:
    """Take in what belongs to a number on both sides: the plus, the bracket of an area code, the extension."""
    if folded[start - 1 : start] == "+":
        start -= 1
    if folded[start - 1 : start] == "(" and ")" in folded[start:end]:
        start -= 1
    if type_ in ("phone", "landline") and (extension := EXTENSION.match(folded, end)):
        end = extension.end()
    return start, end


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
        before = before[-6:]  # no word, no label: spares the search for one in long tables of figures
    spans.sort(
        key=lambda span: (not _has_checksum(span[1]), -span[0])
    )  # an identity number with 一 after it is no card
    for last, digits in spans:
        for test in TESTS[len(digits)]:
            found = test(digits, run, first, last, before)
            if found and not _is_sum(folded, run, first, last, before):
                return (*found, last)
        if _is_spelled(folded, run, first, last, digits):
            is_home = LANDLINE.fullmatch(digits)
            return "landline" if is_home else "account", "digits told one by one in Chinese numerals", last
        if len(digits) == LOCAL and _calls(folded, run, first, last, digits):
            return "phone", "a local number by which somebody calls", last
    return None


def _is_spelled(folded: str, run: DigitRun, first: int, last: int, digits: str) -> bool:
    """Whether digits are told one by one in Chinese numerals, as no sum or date is: 对方二八四四零零一九三."""
    start, end = run.groups[first][1], run.groups[last - 1][2]
    return (
        len(digits) in SPELLED_SIZES
        and bool(SPELLED.fullmatch(folded, start, end))
        and (LANDLINE.fullmatch(digits) is not None or len(run.sizes(first, last)) == 1)  # no list of hotlines
        and not (HOTLINE.fullmatch(digits) or DATED.match(digits) or digits in COUNTING)
        and not SPELLED_GOES_ON.match(folded, end)
    )


def _calls(folded: str, run: DigitRun, first: int, last: int, digits: str) -> bool:
    """Whether somebody calls by a local number: 用6000 0213打嚟."""
    start, end = run.groups[first][1], run.groups[last - 1][2]
    return (
        digits.isdigit()
        and run.is_plainly_joined(first, last)
        and not is_toll_free(digits)
        and not DATED.fullmatch(digits)
        and bool(USED.search(folded, max(0, start - 4), start) and CALLING.match(folded, end))
    )


def _is_sum(folded: str, run: DigitRun, first: int, last: int, before: str) -> bool:
    """Whether figures in a row with a unit behind the last one only look like a number: 150, 1600, 1700元."""
    if LABELS.search(before) or len(run.sizes(first, last)) == 1:
        return False
    if UNIT.match(folded, run.groups[last - 1][2]):
        return True
    end = last
    while end < len(run.groups) and run.separators[end - 1] in ("", run.separators[first]):
        end += 1
    is_list = end > last and len(run.groups[end - 1][0]) >= FEWEST_OF_A_SUM
    return is_list and bool(UNIT.match(folded, run.groups[end - 1][2])) and not _is_card_like(run, first, last)


def _is_card_like(run: DigitRun, first: int, last: int) -> bool:
    """Whether groups are parted by blanks as those of a card: 6222 0212 3456 7890 500元 is a card and a sum."""
    return run.is_plainly_joined(first, last) and run.sizes(first, last)[:4] in ([4, 4, 4, 4], [3, 4, 4])


def _has_checksum(digits: str) -> bool:
    return (
        len(digits) == 18
        and bool(IDENTITY.fullmatch(digits))
        and str(ric.calc_check_digit(digits[:17])).lower() == digits[17]
    )


def _identity_number(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    if _has_checksum(digits):
        return "cn_id", "18 digits with the date and the checksum of an identity number"
    if len(digits) == 18 and IDENTITY.fullmatch(digits):
        return "cn_id", "the form of an identity number with region and date"
    if len(digits) == 15 and OLD_IDENTITY.fullmatch(digits) and run.is_plainly_joined(first, last):
        return "cn_id", "the form of an identity number of 15 digits"
    if len(digits) in (15, 17, 18) and ID_LABEL.search(before):
        return "cn_id", "a number after the word for an identity card"
    return None


def _foreign_identity(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    if not digits.isdigit():
        return None
    if FOREIGN_ID_LABEL.search(before):
        return "cn_id", "a number after the word for an identity number of India or Nigeria"
    is_told_so = (
        run.sizes(first, last) == [4, 4, 4] and run.is_plainly_joined(first, last) and not run.goes_on(first, last)
    )
    if is_told_so and digits[0] in "23456789" and aadhaar.is_valid(digits):
        return "cn_id", "12 digits with the checksum of India's identity number (Verhoeff)"
    return None


def _security_number(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    if run.sizes(first, last) == [3, 2, 4] and set(run.separators[first : last - 1]) <= {"-", " ", "–"}:
        return "cn_id", "the form of a social security number"
    if digits.isdigit() and SSN_LABEL.search(before):
        return "cn_id", "a number after the words for a social security number"
    return None


def _bank_card(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    if not digits.isdigit():
        return None
    size = len(digits)
    is_unionpay = size in (16, 19) and digits.startswith("62") and run.is_plainly_joined(first, last)
    if is_unionpay and not CONTRACT_LABEL.search(before):
        return "bank_card", "the length and the beginning of a card of UnionPay"
    if size >= 14 and CARD_LABEL.search(before):
        return "bank_card", "a number after the word for a card or account"
    if CONTRACT_LABEL.search(before) or not _passes_luhn(digits):
        return None
    if size >= 15 and not (DATED.match(digits) or digits[0] == "0") and _is_told_as_card(digits, run, first, last):
        return "bank_card", "digits with the checksum of a bank card (Luhn)"
    if digits[0] in "3456" and (first + 1 == last or CARD_LABEL.search(before)):
        return "bank_card", "digits with the checksum of a bank card (Luhn)"
    return None


def _passes_luhn(digits: str) -> bool:
    """Do what stdnum.luhn does in a tenth of the time, which tables of figures need."""
    return (sum(map(int, digits[-1::-2])) + sum(DOUBLED[digit] for digit in digits[-2::-2])) % 10 == 0


def _is_told_as_card(digits: str, run: DigitRun, first: int, last: int) -> bool:
    """Whether the groups are those of one number; a list (12321、110、12368) passes Luhn one time in ten, too."""
    sizes = run.sizes(first, last)
    if len(sizes) == 1:
        return True
    if not run.is_plainly_joined(first, last) and any(size != 4 for size in sizes[:-1]):
        return False
    # 利息5283、8198、9258、5687、9625: what goes on with the same mark or begins with no bank's digits is a list
    return bool(BANKS.match(digits)) and not run.goes_on(first, last)


def _mobile(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    if not digits.isdigit() or not is_mobile(digits, run, first, last, before):
        return None
    if run.goes_on_as_list(first, last) and not PHONE_LABEL.search(before):
        return None
    if WECHAT_LABEL.search(before):
        return "wechat", "a number after the word for WeChat"
    return "phone", "the form of a mobile number"


def _american(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    sizes = run.sizes(first, last)
    bare = digits[1:] if len(digits) == 11 else digits
    if not digits.isdigit() or (len(digits) == 11 and digits[0] != "1") or bare[0] in "01" or is_toll_free(bare):
        return None
    if (sizes[-3:] == [3, 3, 4] and (run.is_plainly_joined(first, last) or PHONE_LABEL.search(before))) or (
        len(sizes) == 1 and len(digits) == 10 and PHONE_LABEL.search(before)
    ):
        return "phone", "the form of an American telephone number"
    return None


def _foreign(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    if digits.isdigit() and with_country(digits, run, first, last, before):
        return "phone", "a telephone number with its country"
    return None


def _landline(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    joined = digits.isdigit() and run.is_plainly_joined(first, last) and not YEAR_BEFORE.search(before)
    if joined and is_landline(digits, run.sizes(first, last), before):
        return "landline", "an area code and a local number"
    return None


def _labelled(digits: str, run: DigitRun, first: int, last: int, before: str) -> tuple[str, str] | None:
    joined = run.is_plainly_joined(first, last) or run.is_joined_alike(first, last)
    if not digits.isdigit() or not (joined or run.is_read_out(first, last) or run.has_one_mark(first, last)):
        return None
    if QQ_LABEL.search(before):
        return "qq", "a number after the word for QQ"
    if not joined:
        return None
    if len(digits) >= 6 and WECHAT_LABEL.search(before):
        return "wechat", "a number after the word for WeChat"
    if is_date(digits, run.sizes(first, last)) or (YEARS.fullmatch(digits) and run.sizes(first, last) == [4, 4]):
        return None  # 2026-09-14 09:12 来电; 2022-2024
    if len(digits) in (7, 8, 11) and not is_toll_free(digits) and PHONE_LABEL.search(before):
        kind = "landline" if LANDLINE_WORD.search(before) else "phone"
        return kind, "a number after the word for a telephone"
    if len(digits) in MISTYPED and MISTYPED_MOBILE.match(digits) and PHONE_LABEL.search(before):
        return "phone", "a mobile number with a digit too many or too few after the word for a telephone"
    return None


def _tests(size: int) -> tuple[Test, ...]:
    """Return what a number of so many digits can be, the surest kind first."""
    kinds: list[tuple[Test, range | tuple[int, ...]]] = [
        (_identity_number, (15, 17, 18)), (_foreign_identity, (11, 12)), (_security_number, (9,)),
        (_bank_card, range(12, 22)), (_american, (10, 11)),
        (_mobile, range(9, 16)), (_foreign, range(8, 16)), (_landline, range(9, 17)), (_labelled, range(5, 13)),
    ]  # fmt: skip
    return tuple(test for test, sizes in kinds if size in sizes)


TESTS = tuple(_tests(size) for size in range(MOST_DIGITS_OF_A_NUMBER + 1))
