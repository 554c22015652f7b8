"""The day on which a page says it was published, as a day in China; no day is better than a guessed one."""

import itertools
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from htmldate import find_date
from lxml import html

from crawler.extraction.structured import meta, text_value
from crawler.extraction.told_days import (
    OF_THE_REPUBLIC,
    ToldDay,
    day,
    day_of_byline,
    day_of_the_republic,
    number_of,
)
from crawler.extraction.trees import lines_of, text_of
from domain.settings import SITE_TIME_ZONE

META_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "date_published", "pubdate", "publishdate",
    "publish-date", "publish_date", "publishtime", "publish_time", "apub:time", "dc.date.issued", "dcterms.issued",
    "dc.date", "dcterms.date", "dcterms.created", "weibo:article:create_at", "parsely-pub-date", "sailthru.date",
    "bytedance:published_time", "date",
)  # fmt: skip
# The places where a byline stands, by how they are called.
DATED = re.compile(
    r"(?:^|[\s_-])(?:date|time|pub\w*|info|meta|byline|source|entry-?date|posted|author\w*|time-?source)", re.I
)
BESIDE = re.compile(r"comment|repl[yi]|review|related|recommend|rank|hot|side|foot|list|pinglun|tuijian", re.IGNORECASE)
# For days that are told in full, which seldom stand where they say nothing: whole names only.
BESIDE_BY_NAME = re.compile(
    r"(?:^|[\s_-])(?:comments?|repl(?:y|ies)|related|recommend\w*|pinglun|tuijian|sidebar|footer|foot)(?:$|[\s_-])",
    re.I,
)
CHINESE_OR_DIGITS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)\s*日?"
)
CHINESE_NUMERALS = re.compile(
    r"(?P<year>[二一][〇零○Ｏ一二三四五六七八九]{3})年"
    r"(?P<month>[一二三四五六七八九十]{1,3})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ENGLISH = re.compile(
    r"\b(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+"
    r"(?P<year>(?:19|20)\d{2})\b|\b(?P<day2>\d{1,2})\s+(?P<month2>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"\.?\s+(?P<year2>(?:19|20)\d{2})\b",
    re.IGNORECASE,
)
# What is said of another event or of a later change: 更新于, 截至2026年11月2日
NOT_PUBLISHED = re.compile(r"更新|修改|编辑于|截至|截止|updated|modified|备案|copyright|©", re.IGNORECASE)
# /2026/1103/, /20261103/, /202611/t20261103_81.html
IN_PATH = re.compile(
    r"/[tpc]?(?P<year>20\d{2})[/-]?(?P<month>0[1-9]|1[0-2])[/-]?(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.-]|\Z)"
)
LONGEST_BYLINE = 120
# A line that is a byline by what it says: 发布时间：2026-9-12 8:30 点击：1024; but not 2025年3月1日，他…
BYLINE = re.compile(
    r"(?:(?:https?://)?[a-z\d-]+(?:\.[a-z\d-]+)+/?\s|(?:发布|发表|刊发|上传|录入)?(?:时间|日期|于)?[:：]?|(?:来源|作者)[:：][^，。；]{1,16}|[^，。；:：\d]{1,12})?\s*"
    r"(?P<day>(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
    r"|[二一][〇零○Ｏ一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    r"|(?:中[华華])?民[国國]\s*(?:1\d\d|[一二三四五六七八九十百〇零]{3,6})年(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日)"
    r"(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?(?:[\s|·()（）【】《/]+[^，。；！？]{0,40})?",
    re.IGNORECASE,
)
# 发表于:2005-07-31 12:30 below a text of a blog, 报纸网 |发布: 2021-1-29 13:18|点击: 313 above one of a paper
SAID = re.compile(
    r"(?:发[表布帖]|刊发|上传)(?:时间|日期|于)?\s*[:：]?\s*(?P<day>(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2})"
)
HEADINGS = ("h1", "h2", "h3")
SENTENCE = re.compile(r"[。！？]|[.!?](?:\s|\Z)")
# Today's day, which some sites show above all, stands with its weekday.
WEEKDAY = re.compile(r"星期|周[一二三四五六日]|礼拜")
LONGEST_LINE_OF_A_BYLINE, LONGEST_BEFORE_A_TEXT, LINES_OF_A_BYLINE = 60, 60, 3
FULL_WIDTH = {0xFF10 + digit: ord("0") + digit for digit in range(10)}
NOTHING: Mapping[str, Any] = MappingProxyType({})
EARLIEST = date(1995, 1, 1)


def published_on(
    tree: html.HtmlElement,
    data: dict[str, Any],
    url: str,
    today: date,
    marked: Mapping[str, Any] = NOTHING,
) -> tuple[date | None, str]:
    """Return the day of publication in Asia/Shanghai and where it was found, or None.

    In order: JSON-LD (`data`), meta elements, microdata (`marked`), a `time` element, the byline, the address, and last
    htmldate on what it can read from the head. A day after tomorrow is not believed.
    """
    for origin, found in _candidates(tree, data, url, today, marked):
        if found is not None and EARLIEST <= found <= today + timedelta(days=1):
            return found, origin
    return None, ""


def day_of(text: str) -> date | None:
    """Return the day in China of an instant or day as machines write it: ISO 8601, RFC 2822, Unix seconds."""
    text = text.strip()
    if re.fullmatch(r"\d{10}(?:\d{3})?", text):
        return datetime.fromtimestamp(int(text[:10]), UTC).astimezone(SITE_TIME_ZONE).date()
    try:
        instant = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))
    except ValueError:
        try:
            instant = parsedate_to_datetime(text)
        except ValueError:
            return day_in(text)
    if instant.tzinfo is None:
        return instant.date()
    try:
        return instant.astimezone(SITE_TIME_ZONE).date()
    except OverflowError:
        return None


def day_in(text: str) -> date | None:
    """Return the first whole date in a text: 2026年11月2日, 二〇二六年十一月二日, 2026-11-02, November 2, 2026."""
    text = text.translate(FULL_WIDTH)
    if found := OF_THE_REPUBLIC.search(text):
        return day_of_the_republic(found[0])
    if found := CHINESE_OR_DIGITS.search(text):
        return day(int(found["year"]), int(found["month"]), int(found["day"]))
    if found := CHINESE_NUMERALS.search(text):
        return day(number_of(found["year"]), number_of(found["month"]), number_of(found["day"]))
    if found := ENGLISH.search(text):
        month = (found["month"] or found["month2"]).lower()[:3]
        year, of_month = int(found["year"] or found["year2"]), int(found["day"] or found["day2"])
        return day(year, ENGLISH_MONTHS.index(month) + 1, of_month)
    return None


def _candidates(
    tree: html.HtmlElement, data: dict[str, Any], url: str, today: date, marked: Mapping[str, Any]
) -> Iterator[tuple[str, date | None]]:
    yield "json-ld", day_of(text_value(data.get("datePublished")))
    yield "meta", day_of(meta(tree, *META_NAMES))
    yield "microdata", day_of(str(marked.get("datePublished", "")))
    about: list[ToldDay] = []
    for origin, told in itertools.chain(_from_time_elements(tree, today), _from_bylines(tree, today)):
        if told.is_exact:
            yield origin, told.day
        else:
            about.append(told)
    if found := IN_PATH.search(urlsplit(url).path):
        yield "address", day(int(found["year"]), int(found["month"]), int(found["day"]))
    above = _from_lines_above_the_text(tree, today)
    yield "line", above.day if above and above.is_exact else None
    yield "said", _from_lines_that_say_so(tree)
    yield "head", _from_markup(tree)
    # Days that are told as 1周前 or 2个月前 stand for several: better than none, and last.
    for told in (*about, *([above] if above else [])):
        yield "about", told.day


def _from_time_elements(tree: html.HtmlElement, today: date) -> Iterator[tuple[str, ToldDay]]:
    for element in tree.iter("time"):
        text = element.text_content()[:LONGEST_BYLINE]
        found = day_of(element.get("datetime") or "") or day_in(text)
        told = ToldDay(found) if found else day_of_byline(text.translate(FULL_WIDTH), today)
        if told and not _is_beside(element, BESIDE_BY_NAME if found else BESIDE):
            yield "time", told


def _from_bylines(tree: html.HtmlElement, today: date) -> Iterator[tuple[str, ToldDay]]:
    for element in tree.iter("div", "span", "p", "em", "li", "td", "address", "i", "b", "font", "section"):
        if not DATED.search(f"{element.get('class', '')} {element.get('id', '')}"):
            continue
        for line in lines_of(element)[:3]:
            if len(line) > LONGEST_BYLINE or NOT_PUBLISHED.search(line):
                continue
            found = day_in(line)
            told = ToldDay(found) if found else day_of_byline(line.translate(FULL_WIDTH), today)
            if told and not _is_beside(element, BESIDE_BY_NAME if found else BESIDE):
                yield "byline", told


def _is_beside(element: html.HtmlElement, names: re.Pattern[str]) -> bool:
    """Tell whether something stands among comments or other stories, at the foot, or above all: theirs is another day.

    What holds the title of the page too is the whole of it, however it is called.
    """
    for above in (element, *element.iterancestors()):
        called = above.tag in ("aside", "footer", "nav", "header")
        if called or names.search(f"{above.get('class', '')} {above.get('id', '')}"):
            return next(above.iter(*(HEADINGS if above.tag == "header" else ("h1",))), None) is None
    return False


def _from_lines_above_the_text(tree: html.HtmlElement, today: date) -> ToldDay | None:
    """Return the day of the last byline before the first paragraph; old templates give it no name.

    One that is told from today only right under the title: further on it is the text that says 昨天.
    """
    body, found, below = tree.find("body"), None, LINES_OF_A_BYLINE
    headings = {text_of(element) for element in tree.iter("h1")}
    for line in lines_of(body) if body is not None else ():
        below += 1
        if line in headings:
            found, below = None, 0  # what stands above the title is not the article's
        if len(line) > LONGEST_BEFORE_A_TEXT and SENTENCE.search(line):
            break
        if len(line) > LONGEST_LINE_OF_A_BYLINE or NOT_PUBLISHED.search(line):
            continue
        plain = line.translate(FULL_WIDTH)
        if said := BYLINE.fullmatch(plain):
            told = None if WEEKDAY.search(line) else day_in(said["day"])
            found = ToldDay(told) if told else found
        elif 0 < below <= LINES_OF_A_BYLINE:
            found = day_of_byline(plain, today, is_named=False) or found
    return found


def _from_lines_that_say_so(tree: html.HtmlElement) -> date | None:
    """Return the one day on which lines of the page, wherever they stand, say that something was published."""
    body = tree.find("body")
    lines = [line.translate(FULL_WIDTH) for line in lines_of(body)] if body is not None else []
    said = [found["day"] for line in lines if len(line) <= LONGEST_BYLINE for found in SAID.finditer(line)]
    days = {day_in(day) for day in said}
    return days.pop() if len(days) == 1 else None  # several are those of replies, or of other articles


def _from_markup(tree: html.HtmlElement) -> date | None:
    # Of the head alone: in the body it takes the day of a change, a day of the text, or a year from the foot.
    head = tree.find("head")
    if head is None:
        return None
    page = f"<html>{html.tostring(head, encoding='unicode', with_tail=False)}<body></body></html>"
    found = find_date(page, extensive_search=False, original_date=True)
    return date.fromisoformat(found) if found else None
