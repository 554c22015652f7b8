"""The browser's own buttons, a reload and the way out, in the midst of filing: nothing lost, nothing left behind."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import wait_for
from tests.journeys.filing_pages import STORY, look
from tests.journeys.pressing import go_on, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_way_back_leads_over_a_page_that_was_refused(borrower):
    """Of a page that comes as an answer a browser keeps nothing: it showed one of its own (ERR_CACHE_MISS)."""
    page = borrower()
    page.goto("/complaints/new")
    go_on(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.check("input[name=written_by][value=borrower]")
    go_on(page)
    go_on(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.fill("#lender", "晨星消费金融")
    go_on(page)
    page.go_back()
    expect(page.locator("#lender")).to_have_value("晨星消费金融")
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    page.go_back()
    page.go_back()
    expect(page.locator("input[name=written_by][value=borrower]")).to_be_checked()


def test_back_and_forth_with_the_browsers_own_buttons_and_a_reload_nothing_is_lost(borrower):
    page = borrower()
    page.goto("/complaints/new")
    page.check("input[name=written_by][value=borrower]")
    go_on(page)
    page.fill("#lender", "晨星消费金融")
    go_on(page)
    go_on(page)
    page.fill("#narrative", STORY)
    go_on(page)
    page.go_back()
    expect(page.locator("#narrative")).to_have_value(STORY)
    page.go_back()
    page.go_back()
    expect(page.locator("#lender")).to_have_value("晨星消费金融")
    page.go_forward()
    page.go_forward()
    page.reload()
    expect(page.locator("#narrative")).to_have_value(STORY)
    press(page.locator("button[name=go][value=back]"))
    press(page.locator("button[name=go][value=stay]", has_text="English"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    go_on(page)
    expect(page.locator("#narrative")).to_have_value(STORY)
    other = page.context.new_page()
    other.goto(page.url)
    page.fill("#narrative", "这个标签页里写的话。")
    go_on(page)
    other.fill("#narrative", "另一个标签页里写的话。")
    press(other.locator("button[name=go][value=on]:visible"))
    expect(other.locator("#two-tabs")).to_contain_text("这个标签页里写的话。")
    expect(other.locator("#narrative")).to_have_value("另一个标签页里写的话。")
    look(other)


def test_enter_in_a_field_goes_on_and_does_not_change_the_language(borrower):
    page = borrower()
    page.goto("/complaints/new")
    page.check("input[name=written_by][value=borrower]")
    go_on(page)
    page.fill("#lender", "晨星消费金融")
    page.press("#lender", "Enter")
    expect(page).to_have_url(re.compile("/loan$"))
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_leaving_quickly_leaves_nothing_on_the_screen_in_the_history_or_on_the_disk(filing_site, borrower, scripts):
    drafts = Path(filing_site.environment["DATA_DIR"]) / "drafts"
    before = set(drafts.iterdir()) if drafts.exists() else set()
    page = borrower(scripts)
    page.goto("/complaints/new")
    page.check("input[name=written_by][value=relative]")
    go_on(page)
    go_on(page)
    page.fill("#narrative", "只有我知道的事")
    go_on(page)
    page.locator(".leave-quickly button").click()
    page.wait_for_url("**/calendar")
    expect(page.locator("body")).not_to_contain_text("催收")
    wait_for(lambda: set(drafts.iterdir()) <= before, 5)
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("只有我知道的事")
    if scripts:
        expect(page.locator("table")).to_be_visible()


def test_escape_three_times_leaves_too(borrower):
    page = borrower(width=1280)
    page.goto("/receipt")
    expect(page.locator(".leave-quickly__keys")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("**/calendar")
    look(page)


def test_the_way_out_stays_in_sight_and_covers_no_part_of_a_line_or_of_what_is_tabbed_to(borrower):
    page = borrower()
    page.goto("/complaints/new")
    page.mouse.wheel(0, 500)
    page.wait_for_function("scrollY > 100")
    way_out = page.locator(".leave-quickly button").bounding_box()
    assert 0 <= way_out["y"] < 20
    beside = "([x, y]) => document.elementFromPoint(x, y).closest('.leave-quickly') !== null"
    for x in (20, 60, 200, 370):
        assert page.evaluate(beside, [x, way_out["y"] + way_out["height"] / 2])
    page.locator("footer a").last.focus()
    for _ in range(4):
        page.keyboard.press("Shift+Tab")
        focused = page.evaluate("document.activeElement.getBoundingClientRect().top")
        assert focused >= way_out["y"] + way_out["height"]
