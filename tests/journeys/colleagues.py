"""People who work in the back office of a running installation, each in a browser of their own; and who files there."""

import json
import re
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlsplit

import pyotp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from domain.lenders import load_registry
from domain.settings import Settings
from domain.store import Database
from domain.store.registries import registry
from tests.conftest import SAMPLE_LENDERS
from tests.journeys.conftest import Installation, wait_for
from tests.journeys.pressing import press

PASSWORD = "vier Wörter 不相干 zusammen"


def know_invented_lenders(installation: Installation) -> None:
    """Put the invented lenders into the registry of an installation, before it is started or after."""
    database = Database(Settings(**settings_of(installation)).database_address)
    registry.load_lenders(database, load_registry(SAMPLE_LENDERS))
    database.dispose()


def settings_of(installation: Installation) -> dict[str, str]:
    names = ("DATA_DIR", "DATABASE_URL")
    return {name.lower(): installation.environment[name] for name in names if name in installation.environment}


def post_json(installation: Installation, path: str, body: dict[str, object], **headers: str) -> dict[str, object]:
    """Send JSON and return what is answered."""
    request = urllib.request.Request(  # noqa: S310
        installation.address + path,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"} | headers,
    )
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        return dict(json.load(answer))


def file(installation: Installation, narrative: str, **changes: object) -> dict[str, str]:
    """File a complaint through the API; return id and receipt."""
    body = {"lender": "晨星消费金融", "narrative": narrative, "tactics": ["visit_threatened"], "consent": "publish"}
    made = post_json(installation, "/api/v1/complaints", body | changes, **{"Idempotency-Key": uuid.uuid4().hex})
    return {name: str(value) for name, value in made.items()}


def status_of(installation: Installation, receipt: str) -> dict[str, object]:
    """Return how a complaint stands, as its receipt tells."""
    return post_json(installation, "/api/v1/receipts", {"receipt": receipt})


@contextmanager
def desk(installation: Installation, browser: Browser, **more: object) -> Iterator[Page]:
    """Open a browser that knows nobody yet."""
    context = browser.new_context(
        **{"base_url": installation.address, "locale": "zh-CN", "viewport": {"width": 1280, "height": 900}} | more
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def take_invitation(page: Page, address: str) -> str:
    """Choose a password and try the app; return the app's secret."""
    page.goto(urlsplit(address).path)
    secret = re.sub(r"\s", "", page.locator(".enrolment-key").inner_text())
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.fill("#code", pyotp.TOTP(secret).now())
    press(page.locator("main form button"))
    expect(page.locator(".recovery-codes")).to_be_visible()
    return secret


def sign_in_anew(page: Page, name: str, secret: str) -> None:
    """Sign out, and in again with the password and the next code of the app: each works once."""
    page.goto("/staff")
    press(page.locator("form[action='/staff/sign-out'] button"))
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.fill("#code", pyotp.TOTP(secret).at(int(time.time()) + 30))
    press(page.locator("main form button").first)
    expect(page.locator("h1")).to_have_text("今天")


def invite(admin: Page, name: str, role: str, lender: str = "") -> str:
    """Invite somebody on the page of accounts; return the one-time address."""
    admin.goto("/staff/accounts")
    admin.fill("#name", name)
    admin.check(f"#role-{role}")
    if lender:
        admin.fill("#lender", lender)
    press(admin.get_by_role("button", name="生成邀请"))
    return admin.locator(".one-time-address").inner_text()


def check_axe(page: Page) -> None:
    """Find nothing that keeps people out (WCAG 2.2 AA). Its own script runs where the page's may not."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.response["violations"] == [], f"{page.url}\n{found.generate_report()}"


def within_five_seconds(holds) -> None:  # type: ignore[no-untyped-def]
    """Wait until something holds; fail when that takes more than five seconds of a machine that is otherwise idle."""
    wait_for(holds, 5)


def where_readers_find(installation: Installation, words: str, path: str) -> set[str]:
    """Return where readers get these words of a record of the lender now: by search, in feeds and in files."""
    asked = f"search_term={quote(words)}"
    places = {
        "csv": f"/search.csv?{asked}", "bulk csv": "/data/complaints.csv", "bulk jsonl": "/data/complaints.jsonl",
        "feed": "/feed.atom", "feed of the lender": "/lenders/chenxing_cf/feed.atom",
        "feed of the tactic": "/tactics/visit_threatened/feed.atom", "lender": "/lenders/chenxing_cf",
    }  # fmt: skip
    found = {name for name, place in places.items() if words in installation.text(place)}
    # The page of a search repeats the words that were asked for: there the link to the record tells.
    found |= {"page of search"} if path in installation.text(f"/search?{asked}") else set()
    return found | ({"index"} if json.loads(installation.text(f"/api/v1/search?{asked}"))["total"] else set())


EVERYWHERE = {
    "csv", "feed", "feed of the lender", "feed of the tactic", "lender", "bulk csv", "bulk jsonl",
    "page of search", "index",
}  # fmt: skip
