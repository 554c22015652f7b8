"""The way back, once: answer a question, add evidence, report that nobody came, and withdraw until nothing is left."""

import json
import urllib.request
import uuid
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests import evidence_files as files
from tests.journeys.conftest import Installation, wait_for
from tests.journeys.pressing import press

STORY = "云岭银行的催收员说十一月二十日带人上门，让我等着。我在家等了一天。"
LETTER = "请问他们说的是哪一天？"
ANSWER = "是十一月二十日晚上九点。"


def file_by_api(installation: Installation) -> dict[str, str]:
    """File a complaint with an announced visit; return id and receipt."""
    body = {
        "lender": "云岭银行", "narrative": STORY,
        "tactics": ["visit_threatened"], "consent": "publish", "region": "440000",
        "threats": [{"tactic": "visit_threatened", "announced_for": "2026-11-20", "outcome": "not_yet"}],
    }  # fmt: skip
    request = urllib.request.Request(  # noqa: S310
        installation.address + "/api/v1/complaints",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        return dict(json.load(answer))


def enter(page: Page, receipt: str) -> None:
    """Type the receipt as it was written down."""
    page.goto("/receipt")
    page.fill("#receipt", receipt.lower().replace("-", " ").replace("0", "o"))
    press(page.locator("main button[value=look]"))
    expect(page.locator("h1")).to_contain_text("您的投诉")


def go_to(page: Page, step: str) -> None:
    """Open one of the pages of the receipt."""
    press(page.locator(f".ways-on button[value={step}]"))


def check_axe(page: Page) -> None:
    """Find nothing that keeps people out (WCAG 2.2 AA)."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.response["violations"] == [], found.generate_report()


def exported(installation: Installation) -> str:
    return installation.doorstep("export", "complaints", "--format", "jsonl", "--out", "-").stdout


def evidence_on_disk(installation: Installation) -> list[Path]:
    return list((Path(installation.environment["DATA_DIR"]) / "evidence").glob("*"))


@pytest.mark.browser
@pytest.mark.slow
def test_a_borrower_comes_back_with_the_receipt(
    installation: Installation, visitor: BrowserContext, tmp_path: Path
) -> None:
    page, filed = visitor.new_page(), file_by_api(installation)
    receipt, path = filed["receipt"], f"/records/{filed['id']}"

    installation.doorstep("staff", "ask", filed["id"], LETTER)
    enter(page, receipt)
    expect(page.locator(".letters")).to_contain_text(LETTER)
    page.fill("#words", ANSWER)
    press(page.get_by_role("button", name="寄出"))
    expect(page.get_by_role("status")).to_contain_text("信已寄出")
    assert ANSWER in installation.doorstep("staff", "letters", filed["id"]).stdout

    (tmp_path / "photo.jpg").write_bytes(files.jpeg())
    (tmp_path / "call.amr").write_bytes(files.amr())
    (tmp_path / "page.svg").write_text("<svg onload='alert(1)'/>")
    go_to(page, "evidence")
    page.set_input_files("#added", [tmp_path / name for name in ("photo.jpg", "call.amr", "page.svg")])
    page.get_by_role("button", name="添加文件").click()
    expect(page.get_by_role("status")).to_contain_text("已添加 2 个文件")
    expect(page.locator(".govuk-error-summary")).to_contain_text("SVG")
    assert len(evidence_on_disk(installation)) == 4
    press(page.get_by_role("button", name="返回您的投诉"))

    installation.doorstep("staff", "publish", filed["id"])
    installation.doorstep("staff", "release", filed["id"], "1")
    wait_for(lambda: json.loads(installation.text("/api/v1/search"))["total"] == 1, 10)
    assert filed["id"] in exported(installation)
    page.goto(path)
    expect(page.locator("img[src$='/evidence/1']")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("evidence/2")

    enter(page, receipt)
    go_to(page, "outcomes")
    page.get_by_role("button", name="没有发生").click()
    expect(page.get_by_role("status")).to_contain_text("今天的日期")
    page.goto(path)
    expect(page.locator(".facts")).to_contain_text("没有发生")

    enter(page, receipt)
    go_to(page, "ask")
    page.locator("button[value=withdraw]").click()
    expect(page.locator("h1")).to_contain_text("已撤回")
    assert evidence_on_disk(installation) == []
    wait_for(lambda: json.loads(installation.text("/api/v1/search"))["total"] == 0, 5)
    for gone in (path, f"{path}/evidence/1", f"/api/v1{path}"):
        assert page.request.get(gone).status == 404
    assert STORY[:20] not in installation.text("/search.csv")
    assert filed["id"] not in exported(installation)
    page.goto("/receipt")
    page.fill("#receipt", receipt)
    press(page.locator("main button[value=look]"))
    expect(page.locator(".govuk-error-summary")).to_be_visible()


# The pages are the same over either store.
@pytest.mark.parametrize("installation", ["sqlite and the embedded engine"], indirect=True)
@pytest.mark.browser
@pytest.mark.slow
def test_no_page_of_the_receipt_keeps_anybody_out(installation: Installation, browser, tmp_path: Path) -> None:
    filed = file_by_api(installation)
    installation.doorstep("staff", "ask", filed["id"], LETTER)
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=installation.address)
    page = context.new_page()
    page.goto("/receipt")
    check_axe(page)
    page.fill("#receipt", "0000")
    press(page.locator("main button[value=look]"))
    check_axe(page)
    enter(page, filed["receipt"])
    check_axe(page)
    assert filed["receipt"] not in page.url
    for step in ("evidence", "outcomes", "correct", "consent", "ask"):
        enter(page, filed["receipt"])
        go_to(page, step)
        expect(page.locator("main form[action^='/receipt']").first).to_be_visible()
        check_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    enter(page, filed["receipt"])
    press(page.get_by_role("button", name="寄出"))
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    check_axe(page)
    go_to(page, "correct")
    page.fill("#narrative", "没有人来，我的电话是13800138000。")
    press(page.locator("button[value=check]"))
    expect(page.locator(".masked")).to_contain_text("电话")
    check_axe(page)
    context.close()
