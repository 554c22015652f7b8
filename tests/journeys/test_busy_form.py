"""The form under load in a real browser: with scripts it works for its place, without them it waits."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Installation, make_installation, wait_for
from tests.journeys.test_filing_pages import go_on, look

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def busy_site(tmp_path: Path) -> Iterator[Callable[[str], Installation]]:
    """Makes a site to which every complaint is one too many."""
    made: list[Installation] = []

    def make(seconds: str) -> Installation:
        site = make_installation(tmp_path, PROOF_OF_WORK_ABOVE="0", PROOF_OF_WORK_SECONDS=seconds, WEB_WORKERS="1")
        site.start()
        made.append(site)
        return site

    yield make
    for site in made:
        site.stop()


def as_far_as_the_check(page: Page) -> None:
    page.goto("/complaints/new")
    page.check("input[name=written_by][value=relative]")
    go_on(page)
    go_on(page)
    page.fill("#narrative", "他们打给我，说我弟弟欠钱不还，要我替他还。")
    go_on(page)
    page.check("input[name=consent][value=figures]")
    go_on(page)
    go_on(page)


# With scripts the wait is longer than any test: only the sum leads to the receipt.
@pytest.mark.parametrize(("scripts", "seconds"), [(True, "600"), (False, "2")], ids=["with scripts", "without scripts"])
def test_a_complaint_gets_in_under_load(browser: Browser, busy_site, scripts: bool, seconds: str) -> None:
    site = busy_site(seconds)
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=site.address, java_script_enabled=scripts
    )
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
    as_far_as_the_check(page)
    page.locator("button[name=go][value=send]").click()
    if page.locator("input[name=confirmed]").count():
        page.locator("button[name=go][value=send]").click()
    if not scripts:
        expect(page.locator("h1")).to_have_text("还没有提交，请稍等片刻")
        wait_for(lambda: sent(page), 60)
    expect(page.locator(".receipt")).to_be_visible()
    if scripts:
        look(page)
    context.close()
    assert wrong == []


def sent(page: Page) -> bool:
    """Press the button as a patient person does, now and then; tell whether the receipt is shown."""
    page.wait_for_timeout(1000)
    page.locator("button[name=go][value=send]").click()
    return page.locator(".receipt").count() > 0
