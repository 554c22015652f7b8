"""Days told otherwise than in full: from today on, without their year, or by the calendar of the Republic of China."""

import re
from datetime import date, timedelta

_COUNT = r"(?P<number>\d{1,3}|[一二两三四五六七八九十])"
CHINESE_NUMBERS = {character: number for number, character in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "兩": 2}
RELATIVE = tuple(
    (re.compile(pattern, re.IGNORECASE), days)
    for pattern, days in (
        (r"[刚剛][刚剛]|(?:\d+|[半一二两兩三四五六七八九十几幾]+)\s*[个個]?(?:秒[钟鐘]?|分[钟鐘]|小[时時])前", 0),
        (r"just now|\b(?:\d+|an?) (?:sec|min|hour)\w* ago", 0),
        (r"前天", 2), (r"昨[天日]|\byesterday\b", 1), (r"今[天日]|\btoday\b", 0),
        (rf"{_COUNT}\s*天前", 1), (rf"{_COUNT}\s*(?:周|[个個]?星期)前", 7),
        (r"\b(?P<number>\d{1,3}) days? ago", 1), (r"\b(?P<number>\d{1,2}) weeks? ago", 7),
    )
)  # fmt: skip
# A byline that is told so, alone or among what else bylines say: 来源：某报 3天前 阅读 12; but not 他昨天又来了.
# Weeks are left out: 1周前 is any of seven days.
BYLINE = re.compile(
    r"(?:[^，。；！？]{0,40}[\s:：|·•])?(?:"
    r"(?P<told>[刚剛][刚剛]|(?:\d{1,2}|[半一二两兩三四五六七八九十几幾]{1,3})\s*[个個]?(?:秒[钟鐘]?|分[钟鐘]|小[时時])前|[昨前今]天"
    r"|(?:\d{1,2}|[一二两兩三四五六七八九十])\s*天前|just now|yesterday|(?:\d{1,2}|an?) (?:sec|min|hour|day)\w* ago)"
    r"|(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号號]"
    r"|(?P<month2>\d{2})[-/](?P<day2>\d{2})(?=\s+\d{1,2}:\d{2})"
    r"|(?P<republic>1\d\d)[-/.](?P<month3>\d{2})[-/.](?P<day3>\d{2})"
    r")(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?(?:[\s|·•(（/][^，。；！？]{0,40})?",
    re.IGNORECASE,
)
_NUMERALS = "〇零○Ｏ一二三四五六七八九十百"
OF_THE_REPUBLIC = re.compile(
    rf"民[国國]\s*(?P<year>\d{{1,3}}|[{_NUMERALS}]{{1,6}})\s*[年/.-]\s*(?P<month>\d{{1,2}}|[{_NUMERALS}]{{1,3}})\s*[月/.-]"
    rf"\s*(?P<day>\d{{1,2}}|[{_NUMERALS}]{{1,3}})(?!\d)"
)
# The first year of the Republic is 1912.
BEFORE_THE_REPUBLIC = 1911
DIGITS = {character: number for number, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0}


def day_told(text: str, today: date) -> date | None:
    """Return the day that is told from today: 3 天前, 昨天 12:30, 半小时前, 2 days ago, yesterday."""
    for pattern, days in RELATIVE:
        if found := pattern.search(text):
            number = found.groupdict().get("number")
            return today - timedelta(days=days * (CHINESE_NUMBERS.get(number) or int(number)) if number else days)
    return None


def day_of_byline(line: str, today: date) -> date | None:
    """Return the day of a line that is a byline by what it says: 某报 昨天 12:30, 11月3日, 11-03 10:20, 115/11/03.

    A day without its year is one of this year, or none: who writes so means the year that goes on.
    """
    found = BYLINE.fullmatch(line.strip())
    if found is None:
        return None
    if found["told"]:
        return day_told(found["told"], today)
    if found["republic"]:
        return day(BEFORE_THE_REPUBLIC + int(found["republic"]), int(found["month3"]), int(found["day3"]))
    told = day(today.year, int(found["month"] or found["month2"]), int(found["day"] or found["day2"]))
    return told if told is not None and told <= today else None


def day_of_the_republic(text: str) -> date | None:
    """Return the first day by the calendar of the Republic: 民國115年11月3日, 中華民國一一五年十一月三日."""
    if found := OF_THE_REPUBLIC.search(text):
        return day(BEFORE_THE_REPUBLIC + number_of(found["year"]), number_of(found["month"]), number_of(found["day"]))
    return None


def number_of(text: str) -> int:
    """Return a number up to 999 in figures, 一一五, 十五 or 一百一十五; 0 for what is none."""
    if text.isdecimal():
        return int(text)
    if "百" not in text and "十" not in text:
        return int("".join(str(DIGITS[character]) for character in text))
    hundreds, hundred, rest = text.rpartition("百")
    tens, ten, ones = rest.strip("〇零○Ｏ").partition("十")
    if not ten:
        tens, ones = "〇", tens
    numbers = (hundreds if hundred else "〇", tens or "一", ones or "〇")
    return sum(DIGITS.get(written, 0) * of for written, of in zip(numbers, (100, 10, 1), strict=True))


def day(year: int, month: int, day_of_month: int) -> date | None:
    """Return a day, or None where the calendar has none."""
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None
