"""People who work here, each in a browser of their own."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from domain.accounts import codes, passwords, signing_in
from domain.store import Database
from domain.store.database import now
from domain.store.staff import accounts

PASSWORD = "vier Wörter 不相干 zusammen"
PASSWORD_HASH = passwords.hash_password(PASSWORD)


@dataclass
class Colleague:
    """Somebody with an account, and their browser."""

    app: Flask
    name: str
    role: str
    secret: str
    recovery_codes: list[str]
    client: FlaskClient
    steps_ahead: int = field(default=0)

    def code(self) -> str:
        """Return a code that was not used yet (the app's clock may run one step ahead)."""
        return pyotp.TOTP(self.secret).at(now().timestamp() + 30)

    def sign_in(self, client: FlaskClient | None = None, **changes: str) -> TestResponse:
        """Sign in on the page, with something typed differently."""
        client = client or self.client
        fields = {"name": self.name, "password": PASSWORD, "code": self.code(), "csrf_token": token_of(client)}
        return client.post("/staff/sign-in", data=fields | changes)

    def enter(self) -> "Colleague":
        """Begin a session without the page, as signing in does."""
        services = self.app.extensions["doorstep"]
        with self.app.test_request_context():
            from webapp.staff.guard import limits

            kept = limits()
        account = accounts.account(services.database, self.name)
        token = signing_in.begin_session(services.database, services.account_keys, account.pk, self.name, kept)
        self.client.set_cookie("staff", token)
        return self

    def post(self, address: str, /, **fields: object) -> TestResponse:
        """Send a form of the back office with a good token."""
        return self.client.post(address, data={"csrf_token": token_of(self.client)} | fields)

    def get(self, address: str) -> TestResponse:
        """Open a page."""
        return self.client.get(address)


def token_of(client: FlaskClient) -> str:
    """Return a form token of this browser's session."""
    page = client.get("/receipt").get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


@pytest.fixture
def colleague(app: Flask, database: Database) -> Callable[..., Colleague]:
    """Makes somebody of a role, with password and app, not signed in."""

    def make(name: str = "lin", role: str = "moderator", lender: str = "") -> Colleague:
        keys = app.extensions["doorstep"].account_keys
        token = signing_in.new_token()
        if role == "representative":
            lender = lender or "chenxing_cf"
        accounts.invite(database, keys, token, name, role, "test", lender)
        invited = accounts.invitation(database, keys, token)
        assert invited is not None
        made = accounts.accept(database, keys, token, PASSWORD_HASH, 0)
        assert made is not None
        return Colleague(app, name, role, invited.secret, made, app.test_client())

    return make


@pytest.fixture
def staff(colleague: Callable[..., Colleague]) -> Callable[[str], Colleague]:
    """Makes somebody of a role who is signed in."""

    def make(role: str = "moderator", name: str | None = None, lender: str = "") -> Colleague:
        return colleague(name or role, role, lender).enter()

    return make


__all__ = ["PASSWORD", "Colleague", "codes", "token_of"]
