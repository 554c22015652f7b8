"""How people come to work here: the first admin from the command line, then whom the admin invites."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Installation, make_installation
from tests.journeys.pressing import press

PASSWORD = "四个 不相干 的 词语 zusammen"


def take_invitation(page: Page, path: str) -> tuple[str, list[str]]:
    """Choose a password, put the key into an app, write the codes down; return the key and the codes."""
    page.goto(path)
    secret = re.sub(r"\s", "", page.locator(".enrolment-key").inner_text())
    expect(page.locator("img.enrolment-code")).to_be_visible()
    assert page.evaluate("document.querySelector('img.enrolment-code').naturalWidth") > 100
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.fill("#code", pyotp.TOTP(secret).now())
    press(page.locator("main form button"))
    codes = page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="已经存好").click()
    expect(page.locator("h1")).to_have_text("今天")
    return secret, codes


def sign_in(page: Page, name: str, code: str, password: str = PASSWORD) -> None:
    """Fill in the page for signing in."""
    page.goto("/staff")
    expect(page.locator("h1")).to_have_text("登录")
    page.fill("#name", name)
    page.fill("#password", password)
    page.fill("#code", code)
    press(page.locator("main form button").first)


def next_code(secret: str) -> str:
    """Return the code after the present one: that one was used a moment ago, and each works once."""
    return pyotp.TOTP(secret).at(int(time.time()) + 30)


@pytest.fixture
def colleague(browser: Browser, visitor: BrowserContext, installation: Installation) -> Iterator[BrowserContext]:
    """Another person's browser on a desk, with or without scripts as the visitor's."""
    context = browser.new_context(
        viewport={"width": 1200, "height": 900}, locale="zh-CN", base_url=installation.address,
        java_script_enabled="ELASTICSEARCH_URL" not in installation.environment,
    )  # fmt: skip
    context.set_default_timeout(60_000)
    yield context
    context.close()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.elasticsearch
@pytest.mark.postgresql
@pytest.mark.parametrize("installation", ["postgresql and elasticsearch"], indirect=True)
def test_the_first_admin_signs_in_and_invites_a_moderator(
    installation: Installation, visitor: BrowserContext, colleague: BrowserContext
) -> None:
    printed = installation.doorstep("staff", "add", "Lin", "--role", "admin", "--site", installation.address).stdout
    admin = visitor.new_page()
    secret, codes = take_invitation(admin, urlsplit(printed.split()[0]).path)
    press(admin.get_by_role("button", name="退出登录"))
    expect(admin.locator("h1")).to_have_text("登录")

    sign_in(admin, "lin", next_code(secret), "not the password at all")
    expect(admin.locator(".govuk-error-summary")).to_contain_text("不对")
    sign_in(admin, "lin", next_code(secret))
    expect(admin.locator("h1")).to_have_text("今天")

    admin.get_by_role("link", name="账号", exact=True).first.click()
    admin.fill("#name", "mei")
    admin.check("#role-moderator")
    press(admin.get_by_role("button", name="生成邀请"))
    address = admin.locator(".one-time-address").inner_text()

    moderator = colleague.new_page()
    mei_secret, _ = take_invitation(moderator, urlsplit(address).path)
    assert moderator.request.get(installation.address + urlsplit(address).path).status == 404
    press(moderator.get_by_role("button", name="退出登录"))
    sign_in(moderator, "mei", next_code(mei_secret))
    expect(moderator.locator("h1")).to_have_text("今天")
    expect(moderator.locator(".staff-bar")).to_contain_text("审核员")
    expect(moderator.get_by_role("link", name="账号", exact=True)).to_have_count(0)
    answer = moderator.goto("/staff/accounts")
    assert answer is not None
    assert answer.status == 403

    admin.goto("/staff/accounts")
    admin.locator("#accounts summary").nth(1).click()
    press(admin.locator("form[action='/staff/accounts/mei/state'] button"))
    moderator.goto("/staff")
    expect(moderator.locator("h1")).to_have_text("登录")

    press(admin.get_by_role("button", name="退出登录"))
    sign_in(admin, "lin", codes[0].lower())
    expect(admin.locator("h1")).to_have_text("今天")
    assert installation.doorstep("audit", "verify").returncode == 0


@pytest.mark.browser
@pytest.mark.slow
def test_a_passkey_signs_in_without_password_and_code(tmp_path: Path, browser: Browser) -> None:
    installation = make_installation(tmp_path)
    installation.start()
    # A key belongs to a name and not to a number: 127.0.0.1 has no keys, localhost has.
    site = installation.address.replace("127.0.0.1", "localhost")
    context = browser.new_context(locale="zh-CN", base_url=site)
    try:
        page = context.new_page()
        devices = context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
        printed = installation.doorstep("staff", "add", "lin", "--role", "admin", "--site", site).stdout
        take_invitation(page, urlsplit(printed.split()[0]).path)
        page.goto("/staff/account")
        page.fill("#key_name", "我的手机")
        page.fill("#present_for_key", "wrong")
        page.get_by_role("button", name="添加安全密钥").click()
        expect(page.locator("[data-keys] [role=status]")).to_contain_text("不是您现在的密码")
        page.fill("#present_for_key", PASSWORD)
        page.get_by_role("button", name="添加安全密钥").click()
        expect(page.locator(".staff-cards")).to_contain_text("我的手机")
        press(page.get_by_role("button", name="退出登录"))

        page.goto("/staff/accounts")
        page.get_by_role("button", name="使用安全密钥").click()
        expect(page.locator("h1")).to_have_text("账号")
        press(page.get_by_role("button", name="退出登录"))

        devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
        page.get_by_role("button", name="使用安全密钥").click()
        expect(page.locator("[data-keys] [role=status]")).to_contain_text("没有响应")
        devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
        page.get_by_role("button", name="使用安全密钥").click()
        expect(page.locator("h1")).to_have_text("今天")
        page.goto("/staff/account")
        press(page.get_by_role("button", name="去掉"))
        press(page.get_by_role("button", name="退出登录"))
        page.get_by_role("button", name="使用安全密钥").click()
        expect(page.locator("[data-keys] [role=status]")).to_contain_text("不能登录")
    finally:
        context.close()
        installation.stop()
