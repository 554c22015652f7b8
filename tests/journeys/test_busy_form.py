"""The form under load in a real browser: with scripts it works for its place, without them it waits."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Installation, make_installation, wait_for
from tests.journeys.pressing import go_on, press
from tests.journeys.test_filing_pages import look

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def busy_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Installation]]:
    """Makes a site to which every complaint is one too many, with so many seconds to wait."""
    made: dict[str, Installation] = {}

    def make(seconds: str) -> Installation:
        if seconds not in made:
            limits = {"PROOF_OF_WORK_ABOVE": "0", "PROOF_OF_WORK_SECONDS": seconds, "WEB_WORKERS": "1"}
            made[seconds] = make_installation(tmp_path_factory.mktemp(f"busy{seconds}"), **limits)
            made[seconds].start()
        return made[seconds]

    yield make
    for site in made.values():
        site.stop()


@pytest.fixture
def borrower(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page on a phone, in Chinese; an error of a script, or one that our policy stops, fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def come(site: Installation, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=site.address, java_script_enabled=scripts
        )
        contexts.append(context)
        context.set_default_timeout(60_000)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        page = context.new_page()
        page.on("console", lambda line: wrong.append(line.text) if "Content Security" in line.text else None)
        return page

    yield come
    for context in contexts:
        context.close()
    assert wrong == []


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


def send(page: Page) -> None:
    """Send the complaint; who is quicker than any person is asked once more, and then under load again."""
    as_far_as_the_check(page)
    press(page.locator("button[name=go][value=send]"))
    if page.locator("input[name=confirmed]").count() and page.locator("input[name=proof]").count() == 0:
        press(page.locator("button[name=go][value=send]"))


def test_a_browser_works_for_its_place_and_sends_by_itself(busy_site, borrower):
    page = borrower(busy_site("600"))  # the wait is longer than any test: only the sum leads to the receipt
    send(page)
    expect(page.locator(".receipt")).to_be_visible(timeout=60_000)


def test_where_the_sum_can_t_be_done_the_page_says_how_long_to_wait(busy_site, borrower):
    page = borrower(busy_site("600"))
    page.route("**/proof-worker.js", lambda route: route.abort())
    send(page)
    expect(page.locator("#proof-by-waiting")).to_contain_text("请等 600 秒")
    expect(page.locator("button[name=go][value=send]")).to_be_visible()
    look(page)


def test_without_scripts_a_moment_of_patience_is_enough(busy_site, borrower):
    page = borrower(busy_site("2"), scripts=False)
    send(page)
    expect(page.locator("h1")).to_have_text("还没有提交，请稍等片刻")
    wait_for(lambda: sent(page), 60)


def sent(page: Page) -> bool:
    """Press the button as a patient person does, now and then; tell whether the receipt is shown."""
    page.wait_for_timeout(1000)
    press(page.locator("button[name=go][value=send]"))
    return page.locator(".receipt").count() > 0
