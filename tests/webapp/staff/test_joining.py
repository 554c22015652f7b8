import re

import pyotp
import pytest
from argon2 import extract_parameters

from domain.accounts import passwords, signing_in
from domain.store.database import now
from domain.store.staff import accounts
from tests.webapp.staff.conftest import PASSWORD, token_of


@pytest.fixture
def invitation(app, database):
    """The address of an invitation and its secret."""
    keys, token = app.extensions["doorstep"].account_keys, signing_in.new_token()
    accounts.invite(database, keys, token, "Lin", "moderator", "test")
    return f"/staff/join/{token}", accounts.invitation(database, keys, token).secret


def send(client, address, secret, **changes):
    fields = {"password": PASSWORD, "again": PASSWORD, "code": pyotp.TOTP(secret).now(), "csrf_token": token_of(client)}
    return client.post(address, data=fields | changes)


def test_an_invitation_is_taken_with_a_password_and_a_code_of_the_app(client, invitation):
    address, secret = invitation
    page = client.get(address).get_data(as_text=True)
    shown = "".join(re.findall(r"<span>(\w{4})</span>", page))
    assert shown == secret
    assert client.get(f"{address}/code.svg").mimetype == "image/svg+xml"
    taken = send(client, address, secret)
    assert taken.status_code == 200
    assert len(set(re.findall(r"<code>(\w{4}-\w{4}-\w{4})</code>", taken.get_data(as_text=True)))) == 10
    assert client.get("/staff").status_code == 200


def test_an_invitation_works_once(client, app, invitation):
    address, secret = invitation
    send(client, address, secret)
    assert app.test_client().get(address).status_code == 404
    assert send(app.test_client(), address, secret).status_code == 404
    assert app.test_client().get(f"{address}/code.svg").status_code == 404


def test_the_code_of_joining_does_not_sign_in_again(client, app, invitation, database):
    address, secret = invitation
    code = pyotp.TOTP(secret).now()
    send(client, address, secret, code=code)
    other = app.test_client()
    fields = {"name": "lin", "password": PASSWORD, "code": code, "csrf_token": token_of(other)}
    assert other.post("/staff/sign-in", data=fields).status_code == 400


def test_an_invitation_is_over_after_three_days(client, invitation, monkeypatch):
    later = now() + accounts.INVITATION_LASTS
    monkeypatch.setattr(accounts, "now", lambda: later)
    assert client.get(invitation[0]).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "123456789012345"}, "password"),
        ({"password": "aaaaaaaabbbbbbbb"}, "password"),
        ({"password": "linlinlinlinlin"}, "password"),
        ({"password": "x" * 201}, "password"),
        ({"again": "something else here"}, "again"),
        ({"code": "000000"}, "code"),
        ({"code": "abc"}, "code"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_invitation_stays(client, invitation, changes, field):
    address, secret = invitation
    refused = send(client, address, secret, **changes)
    assert refused.status_code == 400
    assert f'id="{field}-error"' in refused.get_data(as_text=True)
    assert client.get(address).status_code == 200


def test_a_stale_token_gives_the_form_back(client, invitation):
    address, secret = invitation
    assert send(client, address, secret, csrf_token="").status_code == 400
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("correct horse battery", None),
        ("四五个互不相干的词语连起来", None),
        ("doorstep-lin", "like_name"),
        ("abcdefghijkl", "too_plain"),
        ("098765432109", "too_plain"),
        ("１２３４５６７８９０１２", "too_plain"),
    ],
)
def test_a_password_must_not_be_guessed_at_once(password, refusal):
    assert passwords.refusal_of(password, "lin") == refusal


def test_a_password_is_the_same_in_either_form_of_its_letters():
    kept = passwords.hash_password("caf\u00e9 au lait noir")
    assert kept.startswith("$argon2id$")
    assert passwords.fits(kept, "cafe\u0301 au lait noir")
    assert not passwords.fits(kept, "cafe au lait noir")


def test_where_there_is_no_account_a_password_is_compared_as_dearly_as_with_one():
    compared_with = passwords._NOBODYS
    as_kept = passwords.hash_password("correct horse battery staple")
    assert extract_parameters(compared_with) == extract_parameters(as_kept)
    assert not passwords.fits(None, "nobody has this password")
