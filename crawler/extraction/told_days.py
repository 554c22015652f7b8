"""Days told otherwise than in full: from today on, without their year, or by the calendar of the Republic of China."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_COUNT = r"(?:\d{1,3}|[一二两兩三四五六七八九十]{1,3})"
_WORDS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ENGLISH = rf"\b(?:\d{{1,3}}|an|{'|'.join(_WORDS)})\s?"
_SOME = "半一二两兩三四五六七八九十几幾数數"
_BEFORE = r"[之以]?前"
_WEEK, _OF_WEEK = r"(?:[周週]|[个個]?(?:星期|[礼禮]拜))", "一二三四五六日"
_DAYS_OF_WEEK = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_CLOCK = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
# From today back, by days: what is told, and how many days ago that is, for each that it counts.
BY_DAYS = (
    (rf"[刚剛][刚剛]|(?:\d+|[{_SOME}]+)\s*[个個]?(?:秒[钟鐘]?|分[钟鐘]|小[时時]){_BEFORE}", 0),
    (rf"just now|{_ENGLISH}(?:s|sec|second|m|min|minute|h|hr|hour)s?\.? ago", 0),
    (r"大前天", 3), (r"前天", 2), (r"昨[天日晚夜]|\byesterday\b", 1), (r"今[天日早晨晚]|\btoday\b", 0),
    (rf"{_COUNT}\s*[天日]{_BEFORE}|{_ENGLISH}(?:d|days?) ago", 1),
)  # fmt: skip
# 上周三, last Tuesday, 周三 12:30: the days of a week that is named, or of the seven days before today.
BY_DAYS_OF_WEEK = (
    rf"(?:上{_WEEK}|[本这這]{_WEEK})[{_OF_WEEK}天](?!\d)|{_WEEK}[{_OF_WEEK}天](?=\s*{_CLOCK})"
    rf"|(?<!last )\b(?:{'|'.join(_DAYS_OF_WEEK)})day\b|\blast (?:{'|'.join(_DAYS_OF_WEEK)})day\b"
)
# 去年11月3日, 上月28日, 本月3日
OF_A_NAMED_TIME = r"(?:去年|今年)\s*\d{1,2}月\d{1,2}[日号號]|(?:上[个個]?月|[本这這][个個]?月)\s*\d{1,2}[日号號]"
# Any of several days: 1周前 and last week are any of seven, 2个月前 of thirty. A year ago is no day at all.
ABOUT_DAYS = (
    (rf"{_COUNT}\s*{_WEEK}{_BEFORE}|{_ENGLISH}(?:w|wks?|weeks?) ago|上{_WEEK}(?![{_OF_WEEK}天])|\blast week\b", 7),
    (rf"半[个個]月{_BEFORE}", 15),
)
ABOUT_MONTHS = (
    (rf"{_COUNT}\s*[个個]月{_BEFORE}|{_ENGLISH}(?:mo|months?) ago|上[个個]?月(?!\s*\d)|\blast month\b", 1),
    (rf"半年{_BEFORE}", 6),
)
_BY_DAYS, _ABOUT_DAYS, _ABOUT_MONTHS = (
    [(re.compile(pattern, re.IGNORECASE), number) for pattern, number in table]
    for table in (BY_DAYS, ABOUT_DAYS, ABOUT_MONTHS)
)
_BY_DAYS_OF_WEEK, _OF_A_NAMED_TIME = (
    re.compile(pattern, re.IGNORECASE) for pattern in (BY_DAYS_OF_WEEK, OF_A_NAMED_TIME)
)
_TOLD = "|".join(
    [pattern for pattern, _ in BY_DAYS] + [OF_A_NAMED_TIME, BY_DAYS_OF_WEEK]
    + [pattern for pattern, _ in (*ABOUT_DAYS, *ABOUT_MONTHS)]
)  # fmt: skip
# A byline that is told so, alone or among what else bylines say: 来源：某报 3天前 阅读 12; but not 他昨天又来了.
BYLINE = re.compile(
    rf"(?P<head>[^，。；！？]{{0,40}}[\s:：|·•])?(?:(?P<told>{_TOLD})"
    r"|(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号號]"
    r"|(?P<month2>\d{2})[-/](?P<day2>\d{2})(?=\s+\d{1,2}:\d{2})"
    r"|(?P<republic>1\d\d)[-/.](?P<month3>\d{2})[-/.](?P<day3>\d{2})"
    rf")(?:\s*{_CLOCK})?(?P<tail>[\s|·•(（/][^，。；！？]{{0,40}})?",
    re.IGNORECASE,
)
# What stands beside the day of a byline that has no name: a separator, a number of readers, a word of bylines.
OF_A_BYLINE = re.compile(
    r"[|·•/（(]|\d|来源|來源|作者|记者|記者|编辑|編輯|阅读|閱讀|浏览|瀏覽|发布|發布|發佈|发表|\bby\b|views?|read", re.I
)
LONGEST_NAME, LONGEST_CLOCK = 12, 6
_NUMERALS = "〇零○Ｏ一二三四五六七八九十百"
OF_THE_REPUBLIC = re.compile(
    rf"民[国國]\s*(?P<year>\d{{1,3}}|[{_NUMERALS}]{{1,6}})\s*[年/.-]\s*(?P<month>\d{{1,2}}|[{_NUMERALS}]{{1,3}})\s*[月/.-]"
    rf"\s*(?P<day>\d{{1,2}}|[{_NUMERALS}]{{1,3}})(?!\d)"
)
# The first year of the Republic is 1912.
BEFORE_THE_REPUBLIC = 1911
DIGITS = {character: number for number, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0}


@dataclass(frozen=True)
class ToldDay:
    """A day that is told otherwise than in full; not `is_exact` where it may as well be one of several around it."""

    day: date
    is_exact: bool = True


def day_told(text: str, today: date) -> ToldDay | None:
    """Return the day that is told from today: 3 天前, 昨天 12:30, 上周三, 2 days ago, 2个月前; exact ones first."""
    for pattern, days in _BY_DAYS:
        if found := pattern.search(text):
            return ToldDay(today - timedelta(days=days * _number_in(found[0]) if days == 1 else days))
    for pattern, read in ((_OF_A_NAMED_TIME, _of_a_named_time), (_BY_DAYS_OF_WEEK, _of_a_week)):
        if (found := pattern.search(text)) and (told := read(found[0], today)) and told <= today:
            return ToldDay(told)
    for pattern, days in _ABOUT_DAYS:
        if found := pattern.search(text):
            return ToldDay(today - timedelta(days=days * (_number_in(found[0]) if days == 7 else 1)), is_exact=False)
    for pattern, months in _ABOUT_MONTHS:
        if found := pattern.search(text):
            ago = months * (_number_in(found[0]) if months == 1 else 1)
            return ToldDay(_months_before(today, ago), is_exact=False)
    return None


def day_of_byline(line: str, today: date, *, is_named: bool = True) -> ToldDay | None:
    """Return the day of a line that is a byline by what it says: 某报 昨天 12:30, 11月3日, 11-03 10:20, 115/11/03.

    A day without its year is one of this year, or none: who writes so means the year that goes on. A line that does not
    stand where bylines do by the name of the place (`is_named` false) has to say no more than bylines do.
    """
    found = BYLINE.fullmatch(line.strip())
    if found is None or not (is_named or _says_no_more(found)):
        return None
    if found["told"]:
        return day_told(line.strip()[found.start("told") : found.end("told") + LONGEST_CLOCK], today)
    if found["republic"]:
        told = day(BEFORE_THE_REPUBLIC + int(found["republic"]), int(found["month3"]), int(found["day3"]))
    else:
        told = day(today.year, int(found["month"] or found["month2"]), int(found["day"] or found["day2"]))
        told = told if told is not None and told <= today else None
    return ToldDay(told) if told else None


def _says_no_more(byline: re.Match[str]) -> bool:
    """Tell whether a line is a name at most beside its day: 某报 昨天 12:30, 3天前 · 某报; not 今天 催收又来了."""
    head, tail = (byline["head"] or "").strip(), (byline["tail"] or "").strip()
    return (len(head) <= LONGEST_NAME or OF_A_BYLINE.search(head) is not None) and (
        not tail or OF_A_BYLINE.search(byline["tail"]) is not None
    )


def _number_in(text: str) -> int:
    """Return the number in 3天前, 十二天前, two days ago."""
    if found := re.search(r"\d+", text):
        return int(found[0])
    if found := re.search(r"[一二两兩三四五六七八九十]+(?=\s*(?:[天日周週个個星礼禮]))", text):
        return number_of(found[0].replace("两", "二").replace("兩", "二"))
    word = text.split()[0].lower()
    return max(1, _WORDS.index(word)) if word in _WORDS else 1


def _of_a_named_time(text: str, today: date) -> date | None:
    *_, last = numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(numbers) == 2:
        return day(today.year - text.startswith("去年"), numbers[0], last)
    first = today.replace(day=1) if text[0] != "上" else (today.replace(day=1) - timedelta(days=1))
    return day(first.year, first.month, last)


def _of_a_week(text: str, today: date) -> date | None:
    english = next((at for at, name in enumerate(_DAYS_OF_WEEK) if name in text.lower()), None)
    named = _OF_WEEK.index(text[-1].replace("天", "日")) if english is None else english
    monday = today - timedelta(days=today.weekday())
    if text[0] in "上本这這":
        return monday + timedelta(days=named - (7 if text[0] == "上" else 0))
    back = (today.weekday() - named) % 7
    return today - timedelta(days=back or (7 if text.lower().startswith("last") else 0))


def _months_before(today: date, months: int) -> date:
    """Return the same day so many months before, or the last one of a shorter month."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return next(told for of_month in range(today.day, 0, -1) if (told := day(year, month + 1, of_month)))


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
