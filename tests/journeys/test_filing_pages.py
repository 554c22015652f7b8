"""Filing as people do it, in a browser, on a phone, in Chinese: with scripts and without, long form and short."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Installation, wait_for
from tests.journeys.filing_pages import fill_in_everything, look
from tests.journeys.pressing import go_on, send

pytestmark = [pytest.mark.browser, pytest.mark.slow]


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
