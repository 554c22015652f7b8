"""A source from its first trial to the day on which its pages change: as staff and readers see it."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.settings import Settings
from domain.store import Database
from domain.store.gathering import source_health
from domain.store.gathering.source_health import SourceHealth
from tests.crawler.crawling import ask, json_lines
from tests.journeys.conftest import Installation, make_installation, wait_for
from tests.journeys.test_staff_accounts import take_invitation


@pytest.fixture
def newsroom(tmp_path: Path, small_web: SimpleNamespace) -> Iterator[Installation]:
    """An installation whose crawler may reach the small web."""
    origins = ",".join(address.removeprefix("http://") for address in small_web.sites.values())
    installation = make_installation(tmp_path, CRAWLER_ALLOWED_ORIGINS=origins)
    installation.start()
    yield installation
    installation.stop()


@pytest.fixture
def store(newsroom: Installation) -> Iterator[Database]:
    """The store of the newsroom, read beside it: the command line takes seconds to tell the same."""
    settings = Settings(data_dir=Path(newsroom.environment["DATA_DIR"]))
    database = Database(settings.database_address)
    yield database
    database.dispose()


def last_run(store: Database, slug: str) -> SourceHealth | None:
    """Return how the source does, once its last run has ended in order."""
    [found] = [found for found in source_health.health(store) if found.source.slug == slug]
    return found if found.last and found.last.outcome == "finished" and not found.is_running else None


def read_now(desk: Page, store: Database) -> SourceHealth:
    """Press the button and wait for the end of the run."""
    earlier = last_run(store, "farm")
    before = earlier.last.pk if earlier and earlier.last else 0

    def is_over() -> bool:
        found = last_run(store, "farm")
        return bool(found and found.last and found.last.pk != before)

    desk.goto("/staff/sources")
    desk.get_by_role("button", name="立即读取").click()
    wait_for(is_over, 120)
    found = last_run(store, "farm")
    assert found is not None
    return found


def found_record(newsroom: Installation, title: str) -> str:
    """Return the address of the record with this title, once search has it."""
    query = urlencode({"search_term": title, "kind": "article"})

    def ids() -> list[str]:
        results = json.loads(newsroom.text(f"/api/v1/search?{query}"))["results"]
        return [f"/records/{row['id']}" for row in results if row["title"] == title]

    wait_for(lambda: bool(ids()))
    return ids()[0]


@pytest.mark.browser
@pytest.mark.slow
def test_staff_add_a_source_try_it_read_it_and_see_its_pages_change_and_go(
    browser: Browser, newsroom: Installation, store: Database, small_web: SimpleNamespace
) -> None:
    # The farm asks for no delay: a paper with one of a fifth of a second would take the journey half a minute.
    truth = {day: _truth(small_web, day) for day in (1, 2)}
    changed = next(r for r in truth[2] if r["expect"] == "changed")
    gone = next(r for r in truth[1] if r["path"] in {x["path"] for x in truth[2] if x["expect"] == "gone"})
    _begin_day(small_web, 1)
    context = browser.new_context(viewport={"width": 1200, "height": 900}, locale="zh-CN", base_url=newsroom.address)
    context.set_default_timeout(60_000)
    desk = context.new_page()
    printed = newsroom.doorstep("staff", "add", "Lin", "--role", "admin", "--site", newsroom.address).stdout
    take_invitation(desk, urlsplit(printed.split()[0]).path)

    desk.goto("/staff/sources")
    desk.get_by_role("button", name="添加来源").or_(desk.get_by_role("link", name="添加来源")).click()
    desk.fill("#slug", "farm")
    desk.fill("#name", "某站")
    desk.select_option("#kind", "sitemap")
    desk.fill("#address", small_web.sites["farm"] + "/sitemap.xml")
    desk.get_by_role("button", name="试读").click()
    expect(desk.locator("#trial h3")).to_have_count(3)
    desk.get_by_role("button", name="保存来源").click()
    expect(desk.locator("#farm h2")).to_contain_text("某站")

    first = read_now(desk, store)
    assert first.new >= 5  # the others are copies
    reader = context.new_page()
    record, lost = (found_record(newsroom, page["plain_title"]) for page in (changed, gone))
    reader.goto(record)
    expect(reader.locator(".source-link").first).to_have_attribute("href", changed["url"])
    expect(reader.locator(".archived-copy")).to_contain_text("SHA-256")

    _begin_day(small_web, 2)
    second = read_now(desk, store)
    assert (second.changed, second.gone) == (1, 1)
    reader.goto(record)
    expect(reader.locator("#versions")).to_be_visible()
    expect(reader.locator(".difference ins")).to_contain_text("更新")
    assert reader.goto(lost).status == 410
    expect(reader.locator("h1")).to_have_text("该页面已从来源处消失")
    context.close()


def _truth(web: SimpleNamespace, day: int) -> list[dict[str, Any]]:
    _begin_day(web, day)
    return json_lines(ask(f"{web.control}/__urls__?site=farm"))


def _begin_day(web: SimpleNamespace, day: int) -> None:
    ask(f"{web.control}/__day__?n={day}", b"")
