"""Buttons of a form that lead to another page: each waits for that page, which a crowded machine shows late."""

from playwright.sync_api import Locator, Page, expect


def press(button: Locator) -> None:
    """Press a button and wait until the page that it leads to is there."""
    with button.page.expect_navigation(wait_until="domcontentloaded", timeout=60_000):
        button.click()


def go_on(page: Page) -> None:
    """Press “next page” and wait for another address."""
    before = page.url
    press(page.locator("button[name=go][value=on]:visible"))
    expect(page).not_to_have_url(before)


def send(page: Page) -> str:
    """Submit the complaint and return the receipt; whoever is quicker than any person is asked once more."""
    press(page.locator("button[name=go][value=send]"))
    if page.locator(".receipt").count() == 0:
        press(page.locator("button[name=go][value=send]"))
    return page.locator(".receipt").inner_text()
