"""The same page of one draft in two tabs: whoever sends last replaces nothing unseen."""

import pytest

from domain.store.intake import unread
from tests.webapp.conftest import STORY, FilingPages
from tests.webapp.filing.kept import WHOLE, count, only_complaint

FIRST, SECOND = "他们昨天打了四次电话。", "他们昨天还给我姐姐发了短信。"
SAID = "在另一个标签页里也提交过"


@pytest.fixture
def other(filing_pages, client):
    """Another tab with what the first shows; called once the first has come to the page."""

    def opened() -> FilingPages:
        tab = FilingPages(client)
        tab.open(filing_pages.address)
        return tab

    return opened


def test_both_texts_are_shown_and_none_is_replaced_before_the_person_says_so(filing_pages, other, client):
    filing_pages.go_to("story")
    tab = other()
    filing_pages.press(narrative=FIRST)
    tab.press(narrative=SECOND)
    assert (tab.response.status_code, tab.step) == (409, "story")
    assert SAID in tab.page
    assert tab.fields()["narrative"].strip() == SECOND
    assert f'<div class="their-words">{FIRST}</div>' in tab.page
    untouched = FilingPages(client)
    untouched.open(tab.address)
    assert untouched.fields()["narrative"].strip() == FIRST


def test_what_the_person_then_sends_is_kept(filing_pages, other, database, receipt_of):
    filing_pages.go_to("story")
    tab = other()
    filing_pages.press(narrative=FIRST)
    tab.press(narrative=SECOND)
    tab.press(narrative=FIRST + SECOND)
    assert tab.step == "events"
    receipt_of(tab.send(narrative=FIRST + SECOND))
    assert only_complaint(database).narrative == FIRST + SECOND


def test_a_tab_in_which_nothing_was_changed_replaces_nothing(filing_pages, other, client):
    filing_pages.go_to("events", **WHOLE)
    filing_pages.press("back")
    tab = other()
    filing_pages.press(narrative=FIRST)
    tab.press()
    assert tab.step == "events"
    tab.press("back")
    assert tab.fields()["narrative"].strip() == FIRST


def test_the_same_said_in_both_tabs_is_no_question(filing_pages, other):
    filing_pages.go_to("consent")
    tab = other()
    filing_pages.press(consent="figures", contact="")
    tab.press(consent="figures", contact="")
    assert tab.step == "evidence"


@pytest.mark.parametrize(
    ("step", "one", "two", "shown"),
    [
        ("events", {"events__0__channel": "call", "events__0__month": "9"}, {"events__0__channel": "visit"}, "9, 电话"),
        ("tactics", {"tactics": ["insult_abuse"]}, {"tactics": ["visit_threatened"]}, "骂"),
        ("place", {"region": "440300"}, {"region": "110000"}, "深圳"),
        ("threats", {"threats__0__kind": "visit"}, {"threats__0__kind": "police"}, "上门"),
    ],
)  # fmt: skip
def test_ticks_and_rows_of_the_other_tab_are_named_in_words(filing_pages, other, step, one, two, shown):
    filing_pages.go_to(step)
    tab = other()
    filing_pages.press("stay", **one)
    tab.press(**two)
    assert tab.response.status_code == 409
    notice = tab.page[tab.page.index('id="two-tabs"') : tab.page.index("<form id=")]
    assert shown in notice


def test_what_nobody_has_seen_as_it_would_be_published_is_not_sent(filing_pages, other, database, receipt_of):
    filing_pages.go_to("check", consent="publish")
    tab = FilingPages(filing_pages.client)
    tab.open(filing_pages.address.replace("/check", "/story"))
    tab.press(narrative=SECOND)
    filing_pages.press("send", more_masks="姐姐")
    assert filing_pages.response.status_code == 409
    assert count(database) == 0
    assert "还没有提交" in filing_pages.page
    assert SECOND.replace("姐姐", "") not in filing_pages.page
    assert filing_pages.fields()["more_masks"] == "姐姐"
    receipt_of(filing_pages.press("send"))
    unread.read_what_waits(database)
    assert only_complaint(database).narrative == SECOND


@pytest.mark.parametrize("go", ["send", "stay", "back"])
def test_a_check_from_which_another_tab_took_what_is_needed_leads_there(filing_pages, database, go):
    """It was an error of the server."""
    filing_pages.go_to("check")
    tab = FilingPages(filing_pages.client)
    tab.open(filing_pages.address.replace("/check", "/lender"))
    tab.press("stay", lender="")
    filing_pages.press(go, more_masks="姐姐")
    assert filing_pages.step == ("evidence" if go == "back" else "lender")
    assert count(database) == 0
    filing_pages.go_to("check")
    assert filing_pages.fields()["more_masks"] == "姐姐"


def test_a_page_without_the_field_is_taken_as_before(filing_pages, other):
    filing_pages.go_to("story")
    tab = other()
    filing_pages.press(narrative=FIRST)
    tab.press(narrative=STORY, shown=[])
    assert tab.step == "events"
