"""The site on a real store, and a visitor in front of it."""

import csv
import html
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import sqlalchemy
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from domain.filings.filing import file_complaint
from domain.settings import SITE_TIME_ZONE, Settings
from domain.store import Database
from domain.store.gathering import articles, sources
from domain.store.gathering.articles import Page
from domain.store.gathering.sources import SourceEntry
from domain.store.intake import complaints
from domain.store.intake.complaints import Filing
from indexer.rebuild import rebuild
from indexer.sync import sync
from webapp import create_app
from webapp.forms.steps import STEPS
from webapp.shell.services import Services


class WholeAnswers(FlaskClient):
    """Takes each answer to its end, as a browser does, so that what the site does after it is done."""

    def open(self, *arguments: Any, buffered: bool = True, **named: Any) -> TestResponse:
        """Send a request."""
        return super().open(*arguments, buffered=buffered, **named)


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates as they were compiled for the site of an earlier test: to compile them took a seventh of a test."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def prepared_registry(prepared_sqlite: Path) -> Any:
    """What a process knows of the lenders of a prepared store: to read it took a third of a test's first page."""
    services = Services(Settings(data_dir=prepared_sqlite.parent, database_url="", elasticsearch_url=""))
    known = services._registry()
    services.database.dispose()
    return known


@pytest.fixture
def app(
    settings: Settings, database: Database, compiled_templates: FileSystemBytecodeCache, prepared_registry: Any
) -> Iterator[Flask]:
    """The site over an empty SQLite store, in a process that read the lenders once; there is no index yet.

    The first request asks whether the lenders are still those, as each does some seconds after the last one that asked.
    """
    app = create_app(settings)
    app.testing, app.test_client_class = True, WholeAnswers
    app.jinja_env.bytecode_cache = compiled_templates
    services: Services = app.extensions["doorstep"]
    services._opened["registry"] = prepared_registry
    yield app
    if "database" in services._opened:
        services._opened["database"].dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser, without a language of its own."""
    return app.test_client()


STORY = "催收每天打二十几个电话，我的号码是13800138000。"
# What is filled in unless a test says otherwise: all that is required, and no more.
FILLED = {
    "written_by": "borrower", "lender": "晨星消费金融", "narrative": STORY, "tactics": ["excessive_call_frequency"],
    "consent": "publish",
}  # fmt: skip


@pytest.fixture
def changes_are_seen_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks at the registry anew in each request."""
    monkeypatch.setattr("webapp.shell.services.REGISTRY_CHECK_SECONDS", 0.0)


class FilingPages:
    """The pages of filing as a browser without JavaScript fills them in: `page` is the one that it shows."""

    def __init__(self, client: FlaskClient, start: str = "/complaints/new", **request: Any) -> None:
        self.client, self.request = client, request
        self.response = client.get(start, **request)

    @property
    def page(self) -> str:
        """The text of the page, entities resolved."""
        return html.unescape(self.response.get_data(as_text=True))

    @property
    def step(self) -> str:
        """The name of the page."""
        return str(self.fields().get("page", ""))

    @property
    def address(self) -> str:
        """The address that the form is sent to."""
        return str(self._form().get("action"))

    def fields(self) -> MultiDict[str, str]:
        """What the browser would send of the page as it stands."""
        return MultiDict([(name, value) for name, value in self._form().form_values() if name != "files"])

    def send_form(self, go: str = "on", **changes: Any) -> TestResponse:
        """Press a button with some fields filled in differently; do not follow where it leads."""
        fields = self.fields()
        for name, value in changes.items():
            fields.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
        fields["go"] = go
        return self.client.post(self.address, data=fields, **self.request)

    def press(self, go: str = "on", **changes: Any) -> TestResponse:
        """Press a button and follow where it leads; `events__0__day` is the field events-0-day."""
        self.response = self.send_form(go, **changes)
        self.follow()
        return self.response

    def follow(self) -> None:
        """Go where the answer points."""
        while self.response.status_code == 303:
            self.open(self.response.headers["Location"])

    def open(self, address: str) -> TestResponse:
        """Open an address as a link does."""
        self.response = self.client.get(address, **self.request)
        return self.response

    def go_to(self, step: str, **changes: Any) -> TestResponse:
        """Fill in page by page until this one is shown, or one is refused."""
        answers = FILLED | changes
        while self.step != step:
            names = {name for name in answers if name.replace("__0__", "-0-") in STEPS[self.step].fields}
            names -= {"lender"} if self.step == "writer" else set()
            before = self.step
            self.press(**{name: answers[name] for name in names})
            if self.step == before:
                break
        return self.response

    def send(self, **changes: Any) -> TestResponse:
        """File a complaint the whole way; return the answer to the last page, or to the one that was refused."""
        self.go_to("check", **changes)
        return self.press("send") if self.step == "check" and self.response.status_code == 200 else self.response

    def _form(self) -> Any:
        document = lxml.html.fromstring(self.response.get_data(as_text=True))
        return document.get_element_by_id("filing")


@pytest.fixture
def filing_pages(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FilingPages:
    """The first page of filing. Tests fill in quicker than people do, and are not asked whether they are people."""
    monkeypatch.setattr("webapp.filing.complaints.QUICKEST_SECONDS", 0.0)
    return FilingPages(client)


@pytest.fixture
def receipt_of(client: FlaskClient) -> Callable[[TestResponse], str]:
    """Reads the receipt from the page that shows it."""

    def read(response: TestResponse) -> str:
        assert response.status_code == 200, response.get_data(as_text=True)
        shown = re.search(r'<p class="receipt"[^>]*>(.*?)</p>', response.get_data(as_text=True), re.S)
        assert shown is not None
        return "-".join(re.findall(r"<span>(\w+)</span>", shown.group(1)))

    return read


class Site:
    """A site with published records and an index: what readers meet."""

    def __init__(self, client: FlaskClient, database: Database, services: Services) -> None:
        self.client, self.database, self.services = client, database, services
        self.receipts: dict[str, str] = {}
        sources.save_source(database, SourceEntry("paper", "晨报", "page", "https://paper.invalid/"))

    def complaint(self, text: str = "催收说已经到我家门口。", *, day: str = "2026-11-20", **changes: Any) -> str:
        """File a complaint received on a day in China, publish it unless told not to; return its id."""
        publish = changes.pop("publish", True)
        fields = {"lender": "chenxing_cf", "tactics": ("visit_threatened",), "consent": "publish"} | changes
        received = datetime.combine(date.fromisoformat(day), time(12), SITE_TIME_ZONE)
        filing = Filing(narrative=text, **fields)
        filed = file_complaint(self.database, self.services.reader, self.services.keys, filing, received_at=received)
        self.receipts[filed.id] = filed.receipt
        if publish:
            complaints.publish(self.database, filed.id, "test")
        return filed.id

    def article(
        self, text: str, *, title: str | None = "云岭银行回应", day: str | None = "2026-10-02", **changes: Any
    ) -> str:
        """Store an article as the crawler does; return its id."""
        address = changes.pop("address", f"https://paper.invalid/{zlib.crc32(text.encode())}")
        reading = changes.pop("reading", None) or self.services.reader.read(text, kind="article")
        page = Page(
            source="paper", url=address, canonical_url=address, title=title, reading=reading,
            published_on=date.fromisoformat(day) if day else None,
            fetched_at=datetime(2026, 11, 1, 4, tzinfo=UTC), site_name="晨报",
        )  # fmt: skip
        return articles.save_article(self.database, page).id

    def index(self) -> None:
        """Bring the index up to date."""
        if not self.services.engine.is_ready():
            rebuild(self.database, self.services.engine)
        sync(self.database, self.services.engine)

    def withdraw(self, complaint_id: str) -> None:
        """Take a complaint back with its receipt."""
        complaints.withdraw(self.database, self.services.keys.receipt, self.receipts[complaint_id])

    def page(self, address: str, status: int = 200) -> str:
        """Return the text of a page, entities resolved."""
        response = self.client.get(address)
        assert response.status_code == status, response.get_data(as_text=True)
        return html.unescape(response.get_data(as_text=True))

    def json(self, address: str, status: int = 200) -> Any:
        """Return a JSON answer."""
        response = self.client.get(address)
        assert response.status_code == status, response.get_data(as_text=True)
        return json.loads(response.get_data(as_text=True))

    def csv(self, address: str) -> list[dict[str, str]]:
        """Return the rows of a CSV file."""
        response = self.client.get(address)
        assert response.status_code == 200, response.get_data(as_text=True)
        return list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"))))


@pytest.fixture
def site(client: FlaskClient, app: Flask, database: Database) -> Site:
    """An empty site; a test fills it and indexes what it filled in."""
    return Site(client, database, app.extensions["doorstep"])


@pytest.fixture
def count_queries(database: Database, app: Flask) -> Callable[[Callable[[], object]], int]:
    """Counts the statements that the site sends to the store while something is done."""

    def count(do: Callable[[], object]) -> int:
        statements: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            statements.append(statement)

        store = app.extensions["doorstep"].database.engine
        sqlalchemy.event.listen(store, "before_cursor_execute", note)
        do()
        sqlalchemy.event.remove(store, "before_cursor_execute", note)
        return len(statements)

    return count
