"""The site on a real store, and a visitor in front of it."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from domain.settings import Settings
from domain.store import Database
from webapp import create_app
from webapp.services import Services


@pytest.fixture
def app(settings: Settings, database: Database) -> Iterator[Flask]:
    """The site over an empty SQLite store; there is no index yet."""
    app = create_app(settings)
    app.testing = True
    yield app
    services: Services = app.extensions["doorstep"]
    if "database" in services._opened:
        services._opened["database"].dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser, without a language of its own."""
    return app.test_client()


class FilingPage:
    """The form /complaints/new as a browser without JavaScript fills it in."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        page = client.get("/complaints/new").get_data(as_text=True)
        self.fields = hidden_fields(page) | {
            "lender": "晨星消费金融",
            "narrative": "催收每天打二十几个电话，我的号码是13800138000。",
            "tactics": ["excessive_call_frequency"],
            "consent": "publish",
        }

    def send(self, step: str = "send", **changes: object) -> TestResponse:
        """Press a button, with some fields typed differently."""
        return self.client.post("/complaints/new", data=self.fields | changes | {"step": step})


@pytest.fixture
def filing_page(client: FlaskClient) -> FilingPage:
    """The form, filled in with all that is required."""
    return FilingPage(client)


@pytest.fixture
def receipt_of(client: FlaskClient) -> Callable[[TestResponse], str]:
    """Reads the receipt from the page that shows it."""

    def read(response: TestResponse) -> str:
        assert response.status_code == 200, response.get_data(as_text=True)
        shown = re.search(r'<p class="receipt"[^>]*>(.*?)</p>', response.get_data(as_text=True), re.S)
        assert shown is not None
        return "-".join(re.findall(r"<span>(\w+)</span>", shown.group(1)))

    return read


def hidden_fields(page: str) -> dict[str, str]:
    """Return {name: value} of the hidden inputs of a page."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
