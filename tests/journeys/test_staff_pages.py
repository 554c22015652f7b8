"""Every page of the back office, and what it leads the public to, in three languages on a phone: nobody is kept out."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.lenders import load_registry
from domain.moderation import moderating, settling
from domain.reading import Reader
from domain.safekeeping.sealing import load_keys
from domain.settings import Settings
from domain.store import Database
from domain.store.gathering import articles, sources
from domain.store.gathering.articles import Page as GatheredPage
from domain.store.gathering.sources import SourceEntry
from domain.store.intake import complaints, unread
from domain.store.moderating import article_masks, replies
from domain.store.moderating.removals import Settlement
from domain.store.registries import lender_merges
from domain.store.staff import accounts, representatives
from tests.conftest import SAMPLE_LENDERS
from tests.journeys.colleagues import check_axe, desk, file, know_invented_lenders, settings_of, take_invitation
from tests.journeys.conftest import Installation, make_installation

LANGUAGES = {"zh-CN": ("zh-Hans", "待审"), "zh-TW": ("zh-Hant", "待審"), "en-GB": ("en", "Queue")}
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


@dataclass
class Office:
    """A running installation with something on every page, who is signed in ({role: cookies}), and what is there."""

    installation: Installation
    ids: dict[str, str] = field(default_factory=dict)
    articles: list[str] = field(default_factory=list)
    cookies: dict[str, object] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Office]:
    made = Office(make_installation(tmp_path_factory.mktemp("office")))
    know_invented_lenders(made.installation)
    made.installation.start()
    try:
        for name, role, more in (("gao", "admin", ()), ("feng", "representative", ("--lender", "chenxing_cf"))):
            site = ("--site", made.installation.address)
            printed = made.installation.doorstep("staff", "add", name, "--role", role, *site, *more)
            with desk(made.installation, browser) as page:
                take_invitation(page, printed.stdout.split()[0])
                made.cookies[role] = page.context.storage_state()
        fill(made)
        made.pages = addresses(made)
        yield made
    finally:
        made.installation.stop()


def fill(office: Office) -> None:
    """Put something on every page: complaints in several states, replies, disputes, decisions, a merge."""
    given = Settings(**settings_of(office.installation))
    database, keys = Database(given.database_address), load_keys(given)
    reader = Reader([*load_registry(), *load_registry(SAMPLE_LENDERS)])
    texts = {
        "waiting": "我叫云朵朵，电话是13800138000，他们说明天上门。", "published": "催收员说已经到我家门口，让我下楼。",
        "down": "他们骂我，还打给了我的同事。", "held": "Collectors call my employer every day.",
    }  # fmt: skip
    for name, text in texts.items():
        made = file(office.installation, text, scripts=["明天带人上门，后果自负"])
        office.ids[name] = made["id"]
    office.ids["again"] = file(office.installation, texts["waiting"] + "又来了。", lender="没有登记的公司")["id"]
    unread.read_what_waits(database)
    moderating.decide(database, keys, office.ids["held"], None, "asked", "", "请问是哪一天？", "staff:gao")
    account = accounts.account(database, "feng")
    representatives.verify(database, "feng", "回拨官网电话核实，与对方的法务部通话。", "staff:gao")
    for name in ("published", "down"):
        complaints.publish(database, office.ids[name], "staff:gao")
        for _ in range(2):
            replies.add(
                database, reader.read, account.pk, account.lender_pk, office.ids[name], "我们已经停止外包催收。"
            )
    first, second = replies.waiting(database)[:2]
    replies.decide(database, first.id, 1, "published", "", "staff:gao")
    replies.decide(database, second.id, 1, "rejected", "请不要谈论客户本人。", "staff:gao")
    dispute_id = settling.dispute(database, keys, office.ids["down"], "private_data", "里面写了我的名字。", "line: x")
    settling.dispute(database, keys, office.ids["published"], "untrue", "这不是我们的人。" * 20, "")
    settled = Settlement("taken_down", "private_data", "有人能被认出来，先撤下。", dispute_id, 1)
    settling.settle(database, reader, office.ids["down"], settled, "staff:gao")
    lender_merges.merge(database, "yunling_bank", "chenxing_cf", "staff:gao", "同一家公司")
    sources.save_source(database, SourceEntry("paper", "晨报", "page", "https://paper.invalid/"))
    office.articles.append(masked_article(database, reader))
    database.dispose()


def masked_article(database: Database, reader: Reader) -> str:
    """Gather an article twice, mask words in it and have it disputed; return its id."""
    text = "晨星消费金融的催收员上周到枣树下那家店找胖头老三，说明天上门。"
    for more in ("后来没有人来。", "后来有人来过。"):
        page = GatheredPage(
            "paper", "https://paper.invalid/1", "https://paper.invalid/1", "胖头老三被催收",
            replace(reader.read(text + more, kind="article"), relevant=True), date(2026, 7, 22),
            datetime(2026, 7, 23, tzinfo=UTC), details={"replies": ["枣树下那家店的事我们在核实。"]},
        )  # fmt: skip
        article_id = articles.save_article(database, page).id
    article_masks.hide_words(database, article_id, 2, ["胖头老三"], "private_data", "staff:gao")
    return article_id


def addresses(office: Office) -> dict[str, list[str]]:
    """Return every page of the back office by who opens it, and the pages that it leads the public to."""
    routes = json.loads(office.installation.doorstep("routes", "--json").stdout)
    pages: dict[str, list[str]] = {"admin": [], "representative": []}
    for row in routes:
        if row["route"].startswith("/staff") and "GET" in row["methods"] and not leads_to_no_page(row["route"]):
            role = "admin" if "admin" in row["roles"] else "representative"
            pages[role] += filled(office, row["route"])
    down, published = office.ids["down"], office.ids["published"]
    pages["nobody"] = ["/staff/sign-in", "/removals", f"/records/{published}", f"/records/{published}/dispute"]
    pages["nobody"] += [f"/records/{down}", *(f"/records/{one}" for one in office.articles)]
    return pages


def leads_to_no_page(route: str) -> bool:
    """Tell whether a route is a file, or a page for whoever is not signed in."""
    return "evidence" in route or "/join/" in route or route == "/staff/sign-in"


def filled(office: Office, route: str) -> list[str]:
    """Return addresses under a route; a page of one complaint is opened for several."""
    if "<complaint_id>" in route and "records" in route:
        return [route.replace("<complaint_id>", office.ids["published"])]
    if subject := re.search(r"<(complaint_id|record_id|article_id)>", route):
        found = {"complaint_id": [*office.ids.values()], "article_id": office.articles}
        ids = found.get(subject.group(1), [*office.ids.values(), *office.articles])
        return [route.replace(subject.group(), one) for one in ids]
    slug = "paper" if "sources" in route else "chenxing_cf"
    return [route.replace("<slug>", slug)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_keeps_nobody_out_and_fits_a_phone(office: Office, browser: Browser, language: str) -> None:
    tag, words = LANGUAGES[language]
    for role, paths in office.pages.items():
        more: dict[str, object] = {"storage_state": office.cookies[role]} if role in office.cookies else {}
        with desk(
            office.installation, browser, locale=language, viewport={"width": 390, "height": 844}, **more
        ) as page:
            for path in paths:
                look(page, path, tag)
            if role == "admin":
                page.goto("/staff/queue")
                expect(page.locator("h1")).to_contain_text(words)


def look(page: Page, path: str, tag: str) -> None:
    """Open a page: it is there, in its language, as wide as the screen, and axe finds nothing."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status in (200, 410), path
    assert page.locator("html").get_attribute("lang") == tag
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    check_axe(page)
