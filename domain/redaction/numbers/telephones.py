"""What makes digits a telephone number: of the mainland, Hong Kong, Macau, Taiwan, America or with another country."""

import re

from domain.redaction.numbers.digits import DigitRun
from domain.redaction.numbers.labels import PHONE_LABEL

EXTENSION = re.compile(r"[,\s]?(?:[-–—#]|转接?|分机号?|,?\s?ext\.?|\sx)\s?(?:分机号?)?:?\s?\d{1,6}(?!\d)")
MOBILE = re.compile(r"1[3-9]\d{9}")
MAINLAND = re.compile(r"(?:00)?86(?=1[3-9]\d{9}$)")
# Australia 0412 000 318, Nigeria 0803 000 0012
OVERSEAS = re.compile(r"04\d{8}|0[789][01]\d{8}")
# Digits told in words or lists are a number only in the groups that numbers are told in: 139,0001,0002.
TOLD_IN = ([3, 4, 4], [3, 8], [7, 4], [11], [4, 3, 4], [3, 3, 5], [2, 3, 4, 4], [3, 2, 2, 2, 2])
# Hong Kong, Macau, Taiwan behind their country's number; 8 or 9 digits.
NEIGHBOURS = re.compile(r"(?:00)?(?:85[23][2-9]\d{7}|886[2-9]\d{7,8})")
NEIGHBOUR_WORD = re.compile(r"[喺嘅咗哋啲嚟]|香港|港号|澳门|台湾|新加坡|狮城|whatsapp")
DATED = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
DAY_SIZES = ([4, 1, 1], [4, 1, 2], [4, 2, 1], [4, 2, 2])
SINGAPORE = re.compile(r"65[3689]\d{7}")
TOLL_FREE = frozenset(("800", "888", "877", "866", "855", "844", "833", "400"))
FREEPHONE = ("0800", "0808")  # British hotlines; no Chinese city has these codes
LANDLINE = re.compile(r"0(?:10|2\d)\d{8}|0[3-9]\d\d\d{7,8}")
MAINLAND_CODE = re.compile("^(?:00)?86")
# 0161 496 0000, 01632 960000; 012-328 9796
BRITISH, BRITISH_SIZES = re.compile(r"0[12]\d{9}"), ([4, 3, 4], [5, 6], [3, 4, 4], [5, 3, 3])
MALAYSIAN = re.compile(r"01\d{8,9}")
# 12378, 95588, 951018…, 10690000 and what follows, 400 and 800 of ten digits
HOTLINE = re.compile(r"(?:9[56]|1[012])\d{3,4}|95(?:10|01)\d{4}|106\d{5,9}|[48]00\d{7}")
LANDLINE_OF_TAIWAN = re.compile(r"0[2-8]\d{7,8}")


def is_mobile(digits: str, run: DigitRun, first: int, last: int, before: str) -> bool:
    """Whether digits are a mobile number of the mainland or of Taiwan, with or without the country before it."""
    bare = MAINLAND.sub("", digits)
    if bare != digits and len(run.groups[first][0]) == len(digits) - len(bare):
        first += 1  # +86-154_2022_…: what joins the rest counts
    sizes = run.sizes(first, last)
    if MOBILE.fullmatch(bare):
        if run.is_plainly_joined(first, last):
            return sizes != [1, 3, 3, 4]
        if run.is_joined_alike(first, last):
            return True
        is_listed = sizes[0] == 3 and set(run.separators[first : last - 1]) <= {",", "、", ""}
        is_told = is_listed and bool(PHONE_LABEL.search(before))  # 号码是一三七,四个零,二九八,一
        is_sure = sizes[0] in (3, 7) or is_listed or bool(PHONE_LABEL.search(before))  # not 1664/765/4792
        return (sizes in TOLD_IN and is_sure) or len(sizes) == 1 or set(sizes) == {1} or is_told
    if OVERSEAS.fullmatch(digits) and not is_toll_free(digits) and sizes in ([4, 3, 3], [4, 3, 4]):
        return True
    return bool(re.fullmatch(r"09\d{8}", digits)) and sizes in ([10], [4, 3, 3], [4, 6], [2, 8], [2, 4, 4])


def with_country(digits: str, run: DigitRun, first: int, last: int, before: str) -> bool:
    """Whether digits are a number behind a plus or behind the country of Hong Kong, Macau or Taiwan."""
    if before.endswith("+") or digits.startswith("00"):
        bare = digits.lstrip("0")
        return len(bare) > 8 and not bare.startswith("86") and run.is_plainly_joined(first, last)
    if NEIGHBOURS.fullmatch(digits) and len(run.sizes(first, last)) > 1:
        return run.sizes(first, last)[0] in (3, 5)
    if SINGAPORE.fullmatch(digits) and run.sizes(first, last) in ([2, 4, 4], [2, 8]):
        return bool(PHONE_LABEL.search(before) or NEIGHBOUR_WORD.search(before))
    return (
        len(digits) == 8
        and digits[0] in "23569"
        and not (DATED.fullmatch(digits) or is_toll_free(digits))
        and bool(NEIGHBOUR_WORD.search(before))
    )


def is_landline(digits: str, sizes: list[int], before: str) -> bool:
    """Whether digits are an area code and a local number; one of two digits (Taiwan) only apart from the rest."""
    if is_toll_free(digits):
        return False
    if LANDLINE.fullmatch(digits):
        return True
    if sizes[0] in (2, 4) or before.endswith(("+", "(")):  # 86-021-60000100, +86 755 20000100
        at_home = MAINLAND_CODE.sub("", digits)
        if at_home != digits and LANDLINE.fullmatch(f"0{at_home.removeprefix('0')}"):
            return True
    if (BRITISH.fullmatch(digits) and sizes in BRITISH_SIZES) or (MALAYSIAN.fullmatch(digits) and sizes[0] == 3):
        return len(sizes) > 1
    return bool(LANDLINE_OF_TAIWAN.fullmatch(digits)) and sizes[0] in (2, 3) and len(sizes) in (2, 3)


def is_date(digits: str, sizes: list[int]) -> bool:
    """Whether digits are a day: 20260914, 2024.8.13."""
    return bool(DATED.fullmatch(digits)) or (sizes in DAY_SIZES and digits[:2] in ("19", "20"))


def is_toll_free(digits: str) -> bool:
    """Whether a number is a hotline (95588, 400…, 12378), which stays."""
    if HOTLINE.fullmatch(digits) or digits.startswith(FREEPHONE):
        return True
    # 1-800-555-0142 or its beginning; 8666 0001 is none.
    return digits[:1] == "1" and digits[1:4] in TOLL_FREE or len(digits) == 10 and digits[:3] in TOLL_FREE
