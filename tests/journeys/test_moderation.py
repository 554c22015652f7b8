"""A team’s evening: the first admin, twenty by keyboard, a reply, a dispute. Then the same without scripts."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.colleagues import (
    EVERYWHERE,
    desk,
    file,
    invite,
    know_invented_lenders,
    sign_in_anew,
    status_of,
    take_invitation,
    where_readers_find,
    within_five_seconds,
)
from tests.journeys.conftest import Installation, wait_for
from tests.journeys.pressing import press

LETTER, REASON = "请问是哪一天打来的？", "您说的是利息，不是催收方式，所以不发布。"
REPLY = "我们核实了通话记录，已经停止外包。"
DISPUTED = "催收员说已经到我家门口，让我下楼。"
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


def key(page: Page, name: str) -> None:
    """Press a key once the page's keys work: its list of them is shown from then on."""
    expect(page.locator("[data-shortcuts]")).to_be_visible()
    page.keyboard.press(name)


def id_of(page: Page) -> str:
    return page.url.rsplit("/", 1)[1].split("?")[0]


def by_keyboard(page: Page) -> tuple[str, str, str]:
    """Mask on the text and publish, ask, reject with a reason, publish the rest; return the ids of the first three."""
    page.goto("/staff/queue")
    expect(page.locator(".queue > li")).to_have_count(20)
    expect(page.locator("main")).not_to_contain_text("13800130000")
    key(page, "j")
    expect(page.locator(".queue > li h2 a").first).to_be_focused()
    key(page, "n")
    key(page, "Enter")
    expect(page.locator("#text")).to_be_visible()
    masked = id_of(page)
    select_on_the_text(page, "阿花")
    key(page, "m")
    expect(page.locator("#more_masks")).to_have_value("阿花")
    key(page, "Enter")
    expect(page.get_by_role("status")).to_contain_text("已遮盖")
    expect(page.locator("[data-masking]").first).to_contain_text("［隐去］")
    publish_by_keyboard(page)

    asked = id_of(page)
    key(page, "q")
    page.keyboard.type(LETTER)
    page.keyboard.press("Tab")
    key(page, "Enter")
    expect(page.get_by_role("status")).to_contain_text("问题已发出")

    rejected = id_of(page)
    reject_by_keyboard(page)
    for _ in range(17):
        publish_by_keyboard(page)
    expect(page.locator("main")).to_contain_text("这里没有等待的投诉")
    return masked, asked, rejected


def publish_by_keyboard(page: Page) -> None:
    """Press p, then Enter; the next complaint opens."""
    before = page.url
    key(page, "p")
    expect(page.locator("button[value=published]")).to_be_focused()
    key(page, "Enter")
    expect(page).not_to_have_url(before)


def reject_by_keyboard(page: Page) -> None:
    """Choose a reason, and write the words that the borrower reads in the place of those it brings."""
    key(page, "r")
    key(page, "Space")
    expect(page.locator("details[data-key=r] textarea")).to_have_value(
        "我们发布的是关于催收方式的投诉，在您的内容里没有看到这一点。"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type(REASON)
    page.keyboard.press("Tab")
    key(page, "Enter")
    expect(page.get_by_role("status")).to_contain_text("不发布")


def select_on_the_text(page: Page, words: str) -> None:
    page.locator("[data-masking]").first.evaluate(
        """(element, words) => {
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at >= 0) {
              getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
              return;
            }
          }
        }""",
        words,
    )
    expect(page.locator("#mask-selection")).to_be_enabled()


def read_letters(page: Page, filed: dict[str, str], *letters: tuple[str, str]) -> None:
    """Read with the receipts what moderators wrote."""
    for complaint_id, words in letters:
        page.goto("/receipt")
        page.fill("#receipt", filed[complaint_id])
        press(page.locator("main button[value=look]"))
        expect(page.locator(".letters")).to_contain_text(words)


def reply_and_publish(admin: Page, feng: Page, visitor: Page, path: str) -> None:
    """Verify a representative, who replies; publish the reply, which stands beside the record."""
    feng.goto("/staff/records")
    feng.locator(f".queue a[href='/staff{path}']").click()
    expect(feng.locator("main")).to_contain_text("到我家门口")
    expect(feng.locator("#text")).to_have_count(0)
    admin.goto("/staff/representatives")
    admin.fill("#how-feng", "回拨官网电话核实")
    admin.get_by_role("button", name="记下已核实").click()
    expect(admin.locator("main")).to_contain_text("回拨官网电话核实")
    feng.reload()
    feng.fill("#text", REPLY)
    feng.get_by_role("button", name="提交回应").click()
    expect(feng.locator("main")).to_contain_text("等待审核")
    visitor.goto(path)
    expect(visitor.locator("main")).not_to_contain_text(REPLY)
    admin.goto("/staff/replies")
    press(admin.get_by_role("button", name="发布这条回应"))
    visitor.goto(path)
    expect(visitor.locator("main")).to_contain_text(REPLY)


def dispute_and_restore(site: Installation, admin: Page, visitor: Page, path: str) -> None:
    """Dispute a record; it is taken down, stands in the public log, and comes back as it was, each within 5 s."""
    words = "到我家门口"
    wait_for(lambda: where_readers_find(site, words, path) == EVERYWHERE, 10)
    before = record_of(site, path)
    visitor.goto(path)
    visitor.get_by_role("link", name="对这条记录提出异议").click()
    visitor.check("#reason-untrue")
    visitor.fill("#words", "这不是我们的人。")
    visitor.get_by_role("button", name="提交异议").click()
    expect(visitor.locator("h1")).to_contain_text("您的异议已收到")
    admin.goto("/staff/disputes")
    admin.locator(".queue a").first.click()
    section = admin.locator("main section").first
    expect(section).to_contain_text("这不是我们的人")
    section.locator("textarea").fill("正在核实，先撤下。")
    section.get_by_role("button", name="撤下").click()
    within_five_seconds(lambda: where_readers_find(site, words, path) == set())
    assert visitor.goto(path).status == 410
    expect(visitor.locator("main")).to_contain_text("正在核实，先撤下。")
    visitor.goto("/removals")
    expect(visitor.locator(".removals")).to_contain_text("已撤下")
    expect(visitor.locator("main")).not_to_contain_text(words)

    admin.goto(f"/staff/disputes{path}")
    admin.locator("#note-none").fill("核实后恢复。")
    admin.get_by_role("button", name="恢复").click()
    within_five_seconds(lambda: where_readers_find(site, words, path) == EVERYWHERE)
    assert record_of(site, path) == before
    visitor.goto("/removals")
    expect(visitor.locator(".removals > li")).to_have_count(2)


def correct_and_undo(site: Installation, moderator: Page, path: str) -> None:
    """Mask words of a published record and lift the mask again: readers have each within five seconds."""
    before = record_of(site, path)
    moderator.goto(f"/staff/queue/{path.rsplit('/', 1)[1]}")
    moderator.fill("#more_masks", "让我下楼")
    moderator.locator("#mask-now").click()
    expect(moderator.locator("[data-masking]").first).not_to_contain_text("让我下楼")
    within_five_seconds(lambda: where_readers_find(site, "让我下楼", path) == set())
    assert "让我下楼" not in str(record_of(site, path))
    moderator.locator("#masks summary").click()
    moderator.locator(".mask-list button").first.click()
    expect(moderator.locator("[data-masking]").first).to_contain_text("让我下楼")
    within_five_seconds(lambda: where_readers_find(site, "让我下楼", path) == EVERYWHERE)
    assert record_of(site, path) == before


def record_of(site: Installation, path: str) -> dict[str, object]:
    return {name: value for name, value in json.loads(site.text(f"/api/v1{path}")).items() if name != "_meta"}


@pytest.mark.parametrize("installation", ["sqlite and the embedded engine"], indirect=True)
def test_an_evening_by_keyboard(installation: Installation, browser: Browser) -> None:
    know_invented_lenders(installation)
    filed = {}
    for number in range(20):
        text = f"催收员第{number}次说明天上门，还打给了我的表姐阿花{number}。我的电话是1380013{number:04}。"
        made = file(installation, text)
        filed[made["id"]] = made["receipt"]
    printed = installation.doorstep("staff", "add", "gao", "--role", "admin", "--site", installation.address).stdout
    with desk(installation, browser) as admin, desk(installation, browser) as lin, desk(installation, browser) as feng:
        sign_in_anew(admin, "gao", take_invitation(admin, printed.split()[0]))
        sign_in_anew(lin, "lin", take_invitation(lin, invite(admin, "lin", "moderator")))
        masked, asked, rejected = by_keyboard(lin)
        assert len({masked, asked, rejected}) == 3
        statuses = {one: status_of(installation, filed[one])["status"] for one in (masked, asked, rejected)}
        assert statuses == {masked: "published", asked: "held", rejected: "rejected"}
        wait_for(lambda: json.loads(installation.text("/api/v1/search"))["total"] == 18, 10)
        texts = installation.text("/search.csv") + installation.text("/feed.atom")
        assert "1380013" not in texts + installation.text("/data/complaints.jsonl")

        made = file(installation, DISPUTED)
        path = f"/records/{made['id']}"
        installation.doorstep("staff", "publish", made["id"])
        take_invitation(feng, invite(admin, "feng", "representative", "晨星消费金融"))
        with desk(installation, browser, viewport={"width": 390, "height": 844}) as visitor:
            read_letters(visitor, filed, (asked, LETTER), (rejected, REASON))
            reply_and_publish(admin, feng, visitor, path)
            dispute_and_restore(installation, admin, visitor, path)
        admin.goto("/staff")
        expect(admin.locator("main")).to_contain_text("lin 20")
    assert installation.doorstep("index", "check").returncode == 0
    assert installation.doorstep("audit", "verify").returncode == 0


def on_pages_alone(page: Page, ids: list[str]) -> None:
    """Mask words and a sentence, tag, ask, reject with a reason and publish, with links and buttons alone."""
    page.goto(f"/staff/queue/{ids[0]}")
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
    page.locator("details[data-key=q] > summary").click()
    page.fill("#words-asked", LETTER)
    press(page.get_by_role("button", name="发出问题"))
    page.goto(f"/staff/queue/{ids[1]}")
    page.locator("details[data-key=r] > summary").click()
    page.check("#rejected-insult")
    page.fill("#words-rejected", REASON)
    press(page.get_by_role("button", name="决定不发布"))
    assert ids[2] in page.url
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.locator("main")).to_contain_text("这里没有等待的投诉")


@pytest.mark.elasticsearch
@pytest.mark.postgresql
@pytest.mark.parametrize("installation", ["postgresql and elasticsearch"], indirect=True)
def test_an_evening_without_scripts(installation: Installation, browser: Browser) -> None:
    know_invented_lenders(installation)
    filed = {}
    for text in ("阿花是我表姐。催收员打给了她。我很难过。", "利息太高了。", DISPUTED):
        made = file(installation, text, scripts=["明天带人上门"])
        filed[made["id"]] = made["receipt"]
    asked, rejected, published = ids = list(filed)
    plain = {"java_script_enabled": False}
    printed = installation.doorstep("staff", "add", "gao", "--role", "admin", "--site", installation.address).stdout
    with (
        desk(installation, browser, **plain) as admin,
        desk(installation, browser, viewport={"width": 390, "height": 844}, **plain) as lin,
        desk(installation, browser, **plain) as feng,
        desk(installation, browser, viewport={"width": 390, "height": 844}, **plain) as visitor,
    ):
        sign_in_anew(admin, "gao", take_invitation(admin, printed.split()[0]))
        take_invitation(lin, invite(admin, "lin", "moderator"))
        on_pages_alone(lin, ids)
        read_letters(visitor, filed, (asked, LETTER), (rejected, REASON))
        take_invitation(feng, invite(admin, "feng", "representative", "晨星消费金融"))
        path = f"/records/{published}"
        reply_and_publish(admin, feng, visitor, path)
        dispute_and_restore(installation, admin, visitor, path)
        correct_and_undo(installation, lin, path)
        assert status_of(installation, filed[published])["status"] == "published"
    assert installation.doorstep("index", "check").returncode == 0
    assert installation.doorstep("audit", "verify").returncode == 0
