"""Answers that can't be kept: each is named on its page, and what was typed comes back."""

import re
from datetime import datetime, timedelta

import pytest

from domain.settings import SITE_TIME_ZONE
from tests.webapp.filing.kept import count, text
from webapp.forms.parts import LONGEST_NARRATIVE

REFUSED = {
    "nobody writes": ("writer", {"written_by": ""}, "请选择您是谁"),
    "a writer that there is not": ("writer", {"written_by": "robot"}, "请选择您是谁"),
    "no lender": ("lender", {"lender": " "}, "请写机构或应用的名字"),
    "a lender as long as a page": ("lender", {"lender": "长" * 201}, "太长了"),
    "NUL in the lender": ("lender", {"lender": "晨星\0"}, "无法保存的字符"),
    "a product as long as a story": ("loan", {"product": "贷" * 61}, "太长了"),
    "a band that there is not": ("loan", {"amount": "12345"}, "请选择"),
    "a narrative that is too long": ("story", {"narrative": "长" * (LONGEST_NARRATIVE + 1)}, "20001"),
    "NUL in the narrative": ("story", {"narrative": "他说\0"}, "无法保存的字符"),
    "a narrative given twice": ("story", {"narrative": ["一", "二"]}, "出现了两次"),
    "a day that there is not": ("events", {"events__0__year": "2026", "events__0__month": "2", "events__0__day": "30"},
                                "没有这一天"),
    "half a day": ("events", {"events__0__year": "2026", "events__0__month": "2"}, "没有这一天"),
    "words for a day": ("events", {"events__0__year": "去年", "events__0__month": "二"}, "没有这一天"),
    "a day long ago": ("events", {"events__0__year": "1026", "events__0__month": "1", "events__0__day": "1"}, "太久远"),
    "a year with too many digits": ("events", {"events__0__year": "9" * 5000}, "没有这一天"),
    "no time of day": ("events", {"events__0__time": "半夜"}, "时间写得不对"),
    "a way that there is not": ("events", {"events__0__channel": "fax"}, "请选择"),
    "a day given twice": ("events", {"events__0__day": ["1", "2"]}, "出现了两次"),
    "a message that is too long": ("words", {"scripts__0__text": "长" * 5001}, "太长了"),
    "nothing told": ("tactics", {"narrative": "  ", "tactics": []}, "请至少勾选一项"),
    "a tactic that there is not": ("tactics", {"tactics": ["rudeness"]}, "手段列表里没有"),
    "an announcement without an outcome": ("threats", {"threats__0__kind": "visit"}, "请选择后来有没有发生"),
    "an outcome of nothing": ("threats", {"threats__0__outcome": "unknown"}, "请选择对方扬言要做什么"),
    "a region that there is not": ("place", {"region": "999999"}, "地区不在名单里"),
    "a wish that there is not": ("place", {"wants": ["revenge"]}, "请选择"),
    "no consent": ("consent", {"consent": ""}, "请选择可以发布什么"),
    "a consent that there is not": ("consent", {"consent": "all"}, "请选择可以发布什么"),
    "a consent given twice": ("consent", {"consent": ["publish", "private"]}, "出现了两次"),
    "a contact that is too long": ("consent", {"contact": "长" * 301}, "太长了"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_named_on_its_page_and_what_was_typed_comes_back(filing_pages, database, case):
    step, changes, sentence = REFUSED[case]
    response = filing_pages.go_to("check", **changes)
    assert (response.status_code, filing_pages.step) == (400, step)
    assert sentence in filing_pages.page
    links = re.findall(
        r'<a href="#([\w-]+)"', re.search(r"error-summary__list.*?</ul>", filing_pages.page, re.S).group(0)
    )
    assert links
    assert all(f'id="{target}"' in filing_pages.page for target in links)
    fields = filing_pages.fields()
    for name, value in changes.items():
        if isinstance(value, str) and value.strip() and "\0" not in value and name.replace("__", "-") in fields:
            assert value in fields.getlist(name.replace("__", "-")) or name in CHOSEN
    assert count(database) == 0


# A radio button or an option can't show a value that is none of its own.
CHOSEN = {"written_by", "amount", "events__0__channel", "region", "consent"}


def test_tomorrow_is_refused_and_today_in_china_is_not(filing_pages):
    today = datetime.now(SITE_TIME_ZONE).date()

    def parts(day):
        return {"events__0__year": str(day.year), "events__0__month": str(day.month), "events__0__day": str(day.day)}

    filing_pages.go_to("events")
    filing_pages.press(**parts(today + timedelta(days=1)))
    assert "还没有到" in filing_pages.page
    filing_pages.press(**parts(today))
    assert filing_pages.step == "words"


def test_a_relative_must_say_what_happened_and_a_borrower_must_name_the_lender(filing_pages):
    assert "请写您收到了什么" in text(filing_pages.go_to("consent", written_by="relative", narrative=" "))
    filing_pages.open("/complaints/new")
    assert "请写机构或应用的名字" in text(filing_pages.go_to("loan", lender=" "))
