"""Fills in the form's pages in a browser as a borrower does who has something to say to every question."""

from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import evidence_files
from tests.journeys.pressing import go_on, press

STORY = (
    "从十一月二日开始，快圆钱包的催收每天打我三十多个电话，我的号码是13900001234。"
    "他们还打给我表姐，骂我不要脸，说明天派人上门。我在北苑小卖部上班，老板也接到了电话，院里的人都叫我小豆包。"
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AtEach = Callable[[Page], None]


def look(page: Page) -> None:
    """Fail on what axe-core finds against WCAG 2.2 AA, and on a page that has to be moved sideways."""
    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def fill_in_everything(page: Page, folder: Path, at_each: AtEach) -> None:
    """Fill in every page with everything that it asks, as far as the check."""
    page.goto("/complaints/new")
    at_each(page)
    for part in (_who_and_what_debt, _what_happened, _what_was_threatened_and_is_wanted):
        part(page, at_each)
    (folder / "picture.jpg").write_bytes(evidence_files.jpeg())
    page.set_input_files("#files", folder / "picture.jpg")
    at_each(page)
    go_on(page)
    at_each(page)


def _who_and_what_debt(page: Page, at_each: AtEach) -> None:
    page.check("input[name=written_by][value=borrower]")
    go_on(page)
    at_each(page)
    page.fill("#lender", "快圆钱包")
    page.fill("#collector", "云岭银行")
    go_on(page)
    expect(page.locator("main")).to_contain_text("快圆钱包是晨星消费金融的品牌")
    at_each(page)
    page.fill("#product", "现金贷")
    page.check("input[name=overdue][value=to_90_days]")
    page.check("input[name=amount][value=to_20000]")
    go_on(page)
    at_each(page)


def _what_happened(page: Page, at_each: AtEach) -> None:
    page.fill("#narrative", STORY)
    go_on(page)
    for name, value in {"year": "2026", "month": "11", "day": "2", "time": "21:05"}.items():
        page.fill(f"#events-0-{name}", value)
    page.select_option("#events-0-channel", "call")
    page.check("input[name=events-0-contacted][value=relative]")
    press(page.locator("button[value=add-events]"))
    page.fill("#events-1-about", "十一月上旬，多半在晚上")
    at_each(page)
    go_on(page)
    page.fill("#scripts-0-text", "外访人员已到您所在小区门口，联系电话13900001234，请家中留人。")
    page.select_option("#scripts-0-event", "1")
    at_each(page)
    go_on(page)


def _what_was_threatened_and_is_wanted(page: Page, at_each: AtEach) -> None:
    expect(page.locator("input[name=tactics][value=insult_abuse]")).to_be_checked()
    page.check("input[name=tactics][value=visit_threatened]")
    at_each(page)
    go_on(page)
    page.check("input[name=threats-0-kind][value=visit]")
    page.fill("#threats-0-year", "2026")
    page.fill("#threats-0-month", "11")
    page.fill("#threats-0-day", "3")
    page.check("input[name=threats-0-outcome][value=not_happened]")
    at_each(page)
    go_on(page)
    page.select_option("#region", "440300")
    page.check("input[name=wants][value=stop_harassment]")
    at_each(page)
    go_on(page)
    page.check("input[name=consent][value=publish]")
    page.fill("#contact", "lin@example.org")
    at_each(page)
    go_on(page)
