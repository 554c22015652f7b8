"""Filing as people do it, in a browser, on a phone, in Chinese: with scripts and without, long form and short."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import evidence_files
from tests.journeys.conftest import Installation, make_installation, wait_for
from tests.journeys.pressing import go_on, press, send

STORY = (
    "从十一月二日开始，快圆钱包的催收每天打我三十多个电话，我的号码是13900001234。"
    "他们还打给我表姐，骂我不要脸，说明天派人上门。我在北苑小卖部上班，老板也接到了电话，院里的人都叫我小豆包。"
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def filing_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with the invented lenders, shared by the journeys of this file."""
    installation = make_installation(tmp_path_factory.mktemp("filing"))
    installation.doorstep("sample", "load")
    installation.start()
    yield installation
    installation.stop()


@pytest.fixture
def borrower(browser: Browser, filing_site: Installation) -> Iterator[Callable[..., Page]]:
    """Opens a page on a phone, in Chinese; a request to another host or an error of a script fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def come(scripts: bool = True, width: int = 390) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, locale="zh-CN", base_url=filing_site.address,
            java_script_enabled=scripts,
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(60_000)
        context.on("request", lambda request: wrong.append(request.url) if _is_foreign(request.url) else None)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        return context.new_page()

    def _is_foreign(address: str) -> bool:
        return not address.startswith((filing_site.address, "data:", "blob:"))

    yield come
    for context in contexts:
        context.close()
    assert wrong == []


def look(page: Page) -> None:
    """Fail on what axe-core finds against WCAG 2.2 AA, and on a page that has to be moved sideways."""
    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def fill_in_everything(page: Page, folder: Path, at_each: Callable[[Page], None]) -> None:
    """Fill in every page with everything that it asks, as far as the check."""
    page.goto("/complaints/new")
    at_each(page)
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
    (folder / "picture.jpg").write_bytes(evidence_files.jpeg())
    page.set_input_files("#files", folder / "picture.jpg")
    at_each(page)
    go_on(page)
    at_each(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_borrower_files_everything(filing_site, borrower, tmp_path, scripts):
    page, before = borrower(scripts), {"", newest(filing_site)}
    fill_in_everything(page, tmp_path, look if scripts else lambda page: None)
    texts = page.locator("[data-masking]")
    expect(texts.first).to_contain_text("［电话］")
    expect(texts.first).to_contain_text("小豆包")
    if scripts:
        select(page, "小豆包")
        page.locator("#mask-selection").click()
    else:
        expect(page.locator("#mask-selection")).to_be_hidden()
        page.fill("#more_masks", "小豆包")
        page.locator("button[name=go][value=stay]:visible", has_text="遮盖这些").click()
    expect(texts.first).not_to_contain_text("小豆包")
    expect(page.locator("main")).to_contain_text("图片（JPEG）")
    if scripts:
        look(page)
    receipt = send(page)
    assert re.fullmatch(r"(\w{4}\s*){7}", receipt)
    if scripts:
        look(page)

    filing_site.doorstep("staff", "publish", "--all-received")
    wait_for(lambda: newest(filing_site) not in before, 20)
    record = json.loads(filing_site.text(f"/api/v1/records/{newest(filing_site)}"))
    assert (record["collector"], record["overdue"], record["amount"]) == ("yunling_bank", "to_90_days", "to_20000")
    assert record["threats"][0]["outcome"] == "not_happened"
    assert [event["occurred_at"] for event in record["events"]] == ["21:05", None]
    for private in ("13900001234", "北苑小卖部", "小豆包", "lin@example.org"):
        assert private not in json.dumps(record, ensure_ascii=False)
    page.goto(f"/records/{record['id']}")
    expect(page.locator("main")).to_contain_text("31至90天")
    expect(page.locator("main")).to_contain_text("有人上门")


def select(page: Page, words: str) -> None:
    """Select words in the text as a finger does, and wait until the page has seen it."""
    page.evaluate(
        """words => {
            const texts = [...document.querySelector("[data-masking]").childNodes];
            const text = texts.find((one) => one.textContent.includes(words));
            const range = document.createRange();
            const at = text.textContent.indexOf(words);
            range.setStart(text, at);
            range.setEnd(text, at + words.length);
            getSelection().addRange(range);
        }""",
        words,
    )
    expect(page.locator("#mask-selection")).to_be_enabled()


def newest(installation: Installation) -> str:
    """Return the id of the newest published complaint, empty for none."""
    found = json.loads(installation.text("/api/v1/search?kind=complaint&sort=date_desc&size=1"))
    return found["results"][0]["id"] if found["results"] else ""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_relative_files_the_short_form(borrower, scripts):
    page = borrower(scripts)
    page.goto("/complaints/new")
    page.check("input[name=written_by][value=relative]")
    go_on(page)
    go_on(page)  # the lender is not known
    page.fill("#narrative", "他们打给我，说我弟弟欠钱不还，要我替他还。")
    page.select_option("#events-0-channel", "call")
    page.fill("#events-0-about", "上周三晚上")
    page.fill("#scripts-0-text", "叫你弟弟马上还钱，不然就到你们村里来。")
    if scripts:
        look(page)
    go_on(page)
    page.check("input[name=consent][value=figures]")
    go_on(page)
    go_on(page)
    expect(page.locator("main")).to_contain_text("第6页，共6页")
    expect(page.locator("main")).to_contain_text("借款人的亲属或朋友")
    if scripts:
        look(page)
    assert re.fullmatch(r"(\w{4}\s*){7}", send(page))


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
