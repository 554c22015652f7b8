"""A moderator's evening: twenty complaints by keyboard, a lender's reply, a dispute, and the same without scripts."""

import json
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from domain.lenders import load_registry
from domain.store import Database, registry
from tests.conftest import SAMPLE_LENDERS
from tests.journeys.conftest import Installation, make_installation, wait_for

PASSWORD = "vier Wörter 不相干 zusammen"
LETTER, REASON = "请问是哪一天打来的？", "您说的是利息，不是催收方式，所以不发布。"
REPLY = "我们核实了通话记录，已经停止外包。"
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def newcomer(tmp_path) -> Iterator[Installation]:
    """A running installation on SQLite and the embedded engine, whose registry knows the invented lenders."""
    installation = make_installation(tmp_path)
    database = Database(f"sqlite:///{tmp_path / 'data' / 'doorstep.sqlite3'}")
    registry.load_lenders(database, load_registry(SAMPLE_LENDERS))
    database.dispose()
    installation.start()
    yield installation
    installation.stop()


def file(installation: Installation, narrative: str, **changes: object) -> dict[str, str]:
    """File a complaint through the API; return id and receipt."""
    body = {"lender": "晨星消费金融", "narrative": narrative, "tactics": ["visit_threatened"], "consent": "publish"}
    request = urllib.request.Request(  # noqa: S310
        installation.address + "/api/v1/complaints",
        data=json.dumps(body | changes).encode(),
        headers={"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        return dict(json.load(answer))


@contextmanager
def colleague(
    installation: Installation, browser: Browser, name: str, role: str, *more: str, language: str = "zh-CN",
    scripts: bool = True, width: int = 1280,
) -> Iterator[Page]:  # fmt: skip
    """Give somebody an account on the command line; they join in a browser of their own, on whose page they work."""
    invited = installation.doorstep("staff", "add", name, "--role", role, "--site", installation.address, *more)
    context = browser.new_context(
        base_url=installation.address, locale=language, java_script_enabled=scripts,
        viewport={"width": width, "height": 900},
    )  # fmt: skip
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(invited.stdout.split()[0])
    key = page.locator(".enrolment-key").inner_text().replace(" ", "").replace("\n", "")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.fill("#code", pyotp.TOTP(key).now())
    page.locator("main form button").click()
    expect(page.locator(".recovery-codes")).to_be_visible()
    yield page
    context.close()


def check_axe(page: Page) -> None:
    """Find nothing that keeps people out (WCAG 2.2 AA)."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.response["violations"] == [], found.generate_report()


def status_of(installation: Installation, receipt: str) -> dict[str, object]:
    request = urllib.request.Request(  # noqa: S310
        installation.address + "/api/v1/receipts", data=json.dumps({"receipt": receipt}).encode(),
        headers={"Content-Type": "application/json"},
    )  # fmt: skip
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        return dict(json.load(answer))


def total(installation: Installation) -> int:
    return int(json.loads(installation.text("/api/v1/search"))["total"])


def public_texts(installation: Installation) -> str:
    return (
        installation.text("/search.csv") + installation.text("/feed.atom") + installation.text("/data/complaints.jsonl")
    )


def key(page: Page, name: str) -> None:
    """Press a key once the page's keys work: its list of them is shown from then on."""
    expect(page.locator("[data-shortcuts]")).to_be_visible()
    page.keyboard.press(name)


def publish_by_keyboard(page: Page) -> None:
    """Press p, then Enter; the next complaint opens."""
    before = page.url
    key(page, "p")
    expect(page.locator("button[value=published]")).to_be_focused()
    key(page, "Enter")
    expect(page).not_to_have_url(before)


def test_twenty_are_cleared_by_keyboard(newcomer: Installation, browser: Browser) -> None:
    filed = {}
    for number in range(20):
        text = f"催收员第{number}次说明天上门，还打给了我的表姐阿花{number}。我的电话是1380013{number:04}。"
        made = file(newcomer, text)
        filed[made["id"]] = made["receipt"]
    with colleague(newcomer, browser, "lin", "moderator") as page:
        page.goto("/staff/queue")
        expect(page.locator(".queue > li")).to_have_count(20)
        expect(page.locator("main")).not_to_contain_text("13800130000")
        check_axe(page)
        key(page, "j")
        expect(page.locator(".queue > li h2 a").first).to_be_focused()
        key(page, "n")
        key(page, "Enter")
        expect(page.locator("#text")).to_be_visible()
        check_axe(page)

        # The first: a mask by selecting on the text, then it is published.
        first = page.url.rsplit("/", 1)[1].split("?")[0]
        page.locator("[data-masking]").first.evaluate(
            """element => {
              const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf("阿花");
                if (at >= 0) {
                  getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 2);
                  return;
                }
              }
            }"""
        )
        expect(page.locator("#mask-selection")).to_be_enabled()
        key(page, "m")
        expect(page.locator("#more_masks")).to_have_value("阿花")
        key(page, "Enter")
        expect(page.get_by_role("status")).to_contain_text("已遮盖")
        expect(page.locator("[data-masking]").first).to_contain_text("［隐去］")
        publish_by_keyboard(page)

        # The second: a question.
        second = page.url.rsplit("/", 1)[1].split("?")[0]
        key(page, "q")
        page.keyboard.type(LETTER)
        page.keyboard.press("Tab")
        key(page, "Enter")
        expect(page.get_by_role("status")).to_contain_text("问题已发出")

        # The third: not published, with a reason.
        third = page.url.rsplit("/", 1)[1].split("?")[0]
        key(page, "r")
        key(page, "Space")
        rejecting = page.locator("details[data-key=r]")
        expect(rejecting.locator("textarea")).to_have_value(
            "我们发布的是关于催收方式的投诉，在您的内容里没有看到这一点。"
        )
        page.keyboard.press("Tab")
        page.keyboard.press("Control+a")
        page.keyboard.type(REASON)
        page.keyboard.press("Tab")
        key(page, "Enter")
        expect(page.get_by_role("status")).to_contain_text("不发布")

        for _ in range(17):
            publish_by_keyboard(page)
        expect(page.locator("main")).to_contain_text("这里没有等待的投诉")

    assert len({first, second, third}) == 3
    wait_for(lambda: total(newcomer) == 18, 10)
    asked, refused = status_of(newcomer, filed[second]), status_of(newcomer, filed[third])
    assert (asked["status"], refused["status"]) == ("held", "rejected")
    assert LETTER in str(asked["messages"])
    assert REASON in str(refused["messages"])
    texts = public_texts(newcomer)
    assert "13800130000" not in texts
    assert newcomer.doorstep("audit", "verify").returncode == 0

    context = browser.new_context(base_url=newcomer.address, locale="zh-CN")
    borrower = context.new_page()
    for receipt, words in ((filed[second], LETTER), (filed[third], REASON)):
        borrower.goto("/receipt")
        borrower.fill("#receipt", receipt)
        borrower.locator("main button[value=look]").click()
        expect(borrower.locator(".letters")).to_contain_text(words)
    context.close()


def test_a_lender_replies_and_a_dispute_takes_a_record_down_and_brings_it_back(
    newcomer: Installation, browser: Browser
) -> None:
    made = file(newcomer, "催收员说已经到我家门口，让我下楼。")
    path = f"/records/{made['id']}"
    newcomer.doorstep("staff", "publish", made["id"])
    wait_for(lambda: total(newcomer) == 1, 10)
    with (
        colleague(newcomer, browser, "gao", "admin") as admin,
        colleague(newcomer, browser, "feng", "representative", "--lender", "chenxing_cf") as feng,
    ):
        feng.goto("/staff/records")
        check_axe(feng)
        feng.locator(".queue a").first.click()
        expect(feng.locator("main")).to_contain_text("到我家门口")
        expect(feng.locator("#text")).to_have_count(0)
        admin.goto("/staff/representatives")
        check_axe(admin)
        admin.fill("#how-feng", "回拨官网电话核实")
        admin.get_by_role("button", name="记下已核实").click()
        expect(admin.locator("main")).to_contain_text("回拨官网电话核实")
        feng.reload()
        feng.fill("#text", REPLY)
        feng.get_by_role("button", name="提交回应").click()
        expect(feng.locator("main")).to_contain_text("等待审核")
        check_axe(feng)
        assert REPLY not in newcomer.text(path)
        admin.goto("/staff/replies")
        check_axe(admin)
        admin.get_by_role("button", name="发布这条回应").click()
        assert REPLY in newcomer.text(path)
        assert REPLY in str(json.loads(newcomer.text(f"/api/v1{path}"))["replies"])

        visitor = browser.new_context(base_url=newcomer.address, locale="zh-CN", viewport={"width": 390, "height": 844})
        page = visitor.new_page()
        page.goto(path)
        page.get_by_role("link", name="对这条记录提出异议").click()
        check_axe(page)
        page.check("#reason-untrue")
        page.fill("#words", "这不是我们的人。")
        page.get_by_role("button", name="提交异议").click()
        expect(page.locator("h1")).to_contain_text("您的异议已收到")

        admin.goto("/staff/disputes")
        check_axe(admin)
        admin.locator(".queue a").first.click()
        check_axe(admin)
        section = admin.locator("main section").first
        section.locator("textarea").fill("正在核实，先撤下。")
        section.get_by_role("button", name="撤下").click()
        wait_for(lambda: total(newcomer) == 0, 5)
        assert "到我家门口" not in public_texts(newcomer)
        assert page.goto(path).status == 410
        check_axe(page)
        page.goto("/removals")
        check_axe(page)
        expect(page.locator(".removals")).to_contain_text("已撤下")
        expect(page.locator("main")).not_to_contain_text("到我家门口")

        admin.goto(f"/staff/disputes{path}")
        admin.locator("#note-none").fill("核实后恢复。")
        admin.get_by_role("button", name="恢复").click()
        wait_for(lambda: total(newcomer) == 1, 5)
        assert REPLY in newcomer.text(path)
        page.goto("/removals")
        expect(page.locator(".removals > li")).to_have_count(2)
        assert newcomer.doorstep("index", "check").returncode == 0
        visitor.close()


def test_everything_works_without_scripts(newcomer: Installation, browser: Browser) -> None:
    made = file(newcomer, "阿花是我表姐。催收员打给了她。我很难过。", scripts=["明天带人上门"])
    other = file(newcomer, "催收员说已经到我家门口。")
    with colleague(newcomer, browser, "lin", "moderator", scripts=False, width=390) as page:
        page.goto(f"/staff/queue/{made['id']}")
        page.fill("#more_masks", "阿花")
        page.locator(".mask-form summary").click()
        page.check("#sentence-3")
        page.locator("#mask-now").click()
        expect(page.locator("[data-masking]").first).not_to_contain_text("阿花")
        expect(page.locator("[data-masking]").first).not_to_contain_text("难过")
        page.locator("details[data-key=t] > summary").click()
        page.select_option("#code-new", "social_circle_contact")
        page.fill("#passage-of-new", "催收员打给了她")
        page.get_by_role("button", name="添加标签").click()
        expect(page.locator(".evidence")).to_contain_text("催收员打给了她")
        page.locator("details[data-key=r] > summary").click()
        page.check("#rejected-insult")
        page.fill("#words-rejected", REASON)
        page.get_by_role("button", name="决定不发布").click()
        expect(page.locator("h1")).to_contain_text("晨星")
        assert other["id"] in page.url
        page.get_by_role("button", name="发布", exact=True).click()
        expect(page.locator("main")).to_contain_text("这里没有等待的投诉")
    assert status_of(newcomer, other["receipt"])["status"] == "published"


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", "待审"), ("zh-TW", "待審"), ("en-GB", "Queue")], ids=["zh-Hans", "zh-Hant", "en"]
)
def test_the_pages_speak_three_languages_and_fit_a_phone(
    newcomer: Installation, browser: Browser, language: str, words: str
) -> None:
    made = file(newcomer, "我的电话是13800138000，他们说明天上门。", scripts=["明天带人上门，后果自负"])
    file(newcomer, "我的电话是13800138000，他们说明天来上门。", scripts=["明天带人上门，后果自负"])
    with colleague(newcomer, browser, "lin", "admin", language=language, width=390) as page:
        for address in (
            "/staff/queue", f"/staff/queue/{made['id']}", "/staff/replies", "/staff/disputes",
            f"/staff/disputes/records/{made['id']}", "/staff/representatives", "/removals",
        ):  # fmt: skip
            page.goto(address)
            check_axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        page.goto("/staff/queue")
        expect(page.locator("h1")).to_contain_text(words)
