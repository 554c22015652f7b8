"""The whole way, once: file, publish, find by lender and by tactic in both scripts, see the trend, export, withdraw."""

import csv
import io
import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Installation, wait_for
from tests.journeys.pressing import go_on, press, send
from tests.measuring import crowding

STORY = "晨星消费金融的催收员发短信说已经到我家门口了，让我马上下楼。我的电话是13900001234。我等到半夜，没有人来。"


def file_a_complaint(page: Page) -> str:
    """File the story as a borrower does; return the receipt."""
    page.goto("/")
    page.get_by_role("link", name="我要投诉").first.click()
    page.check("input[name=written_by][value=borrower]")
    go_on(page)
    page.fill("#lender", "晨星消费金融")
    press(page.locator("button[name=go][value=on]:visible"))
    if page.locator("input[name=lender_choice]").count():  # where the register does not have it, others may be meant
        page.check("input[name=lender_choice][value='-']")
        go_on(page)
    expect(page).to_have_url(re.compile("/loan$"))
    go_on(page)
    page.fill("#narrative", STORY)
    for _ in range(3):
        go_on(page)
    page.check("input[name=tactics][value=visit_threatened]")
    for _ in range(2):
        go_on(page)
    page.select_option("#region", "440000")
    go_on(page)
    page.check("input[name=consent][value=publish]")
    for _ in range(2):
        go_on(page)
    expect(page.locator(".their-words")).to_contain_text("［电话］")
    expect(page.locator(".their-words")).not_to_contain_text("13900001234")
    return send(page)


def finds(installation: Installation, query: str) -> bool:
    return json.loads(installation.text(f"/api/v1/search?{query}"))["total"] == 1


@pytest.mark.browser
@pytest.mark.slow
def test_a_complaint_goes_the_whole_way(installation: Installation, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    receipt = file_a_complaint(page)
    assert re.fullmatch(r"(\w{4}\s*){7}", receipt)
    assert json.loads(installation.text("/api/v1/search"))["total"] == 0

    installation.doorstep("staff", "publish", "--all-received")
    wait_for(lambda: finds(installation, "search_term=" + quote("门口")), 10)

    for words in ("家门口", "家門口", "晨星消費金融"):
        page.goto("/search?search_term=" + quote(words))
        expect(page.locator("main")).to_contain_text("到我家门口了")
    page.goto("/search?tactic=visit_threatened")
    expect(page.locator("main")).to_contain_text("到我家门口了")
    page.goto("/search?tactic=visit_actual")
    expect(page.locator("main")).not_to_contain_text("到我家门口了")

    page.goto("/tactics/visit_threatened")
    expect(page.locator("main")).to_contain_text("到我家门口了")
    page.goto("/search?search_term=" + quote("家门口"))
    page.locator("main a[href^='/records/c']").first.click()
    expect(page.locator("main")).to_contain_text("扬言")
    expect(page.locator("main")).not_to_contain_text("13900001234")

    page.goto("/trends?lens=tactic")
    expect(page.locator("main svg").first).to_be_visible()
    expect(page.locator("main table").first).to_contain_text("威胁上门")

    rows = list(csv.DictReader(io.StringIO(installation.text("/search.csv?tactic=visit_threatened"))))
    assert [row["kind"] for row in rows] == ["complaint"]
    assert "13900001234" not in str(rows)

    withdraw(page, receipt)
    wait_for(lambda: json.loads(installation.text("/api/v1/search"))["total"] == 0, 5)
    assert installation.doorstep("index", "check", check=False).returncode == 0


def withdraw(page: Page, receipt: str) -> None:
    """Withdraw with the receipt, typed as it was written down."""
    page.goto("/receipt")
    page.fill("input[name=receipt]", receipt.lower())
    press(page.locator("main form button").first)
    expect(page.locator("main")).to_contain_text("已经发布")
    press(page.locator("button[name=step][value=ask]"))
    press(page.locator("button[name=step][value=withdraw]"))
    expect(page.locator("main")).not_to_contain_text("到我家门口了")


@pytest.mark.slow
def test_serve_starts_again_with_everything_and_stops_within_five_seconds(installation: Installation) -> None:
    loaded = int(installation.doorstep("sample", "load").stdout.split()[1])  # Loaded 33 sample records.
    wait_for(lambda: json.loads(installation.text("/api/v1/search"))["total"] == loaded)
    assert installation.stop() < 5 * crowding()
    installation.start()
    assert json.loads(installation.text("/api/v1/search"))["total"] == loaded
    assert "样例" in installation.text("/") or "示例" in installation.text("/")
    installation.doorstep("sample", "remove")
    wait_for(lambda: json.loads(installation.text("/api/v1/search"))["total"] == 0, 10)
