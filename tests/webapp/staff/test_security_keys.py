"""What is refused of security keys; that they work is walked with a real browser in tests/journeys."""

import hashlib
import json

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

from domain.store.staff import accounts, security_keys
from domain.store.staff.staff_sessions import SignedIn
from tests.webapp.staff.conftest import PASSWORD, token_of
from webapp.staff.people import security_keys as module

CREDENTIAL = b"credential 1"
PRESENT, VERIFIED = 1, 4


class SoftKey:
    """A key in software, which signs whatever it is told to sign."""

    def __init__(self, database, name):
        self._key = ec.generate_private_key(ec.SECP256R1())
        numbers = self._key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        account = accounts.account(database, name)
        who = SignedIn(0, account.pk, account.name, account.role, None, "")
        kept = bytes_to_base64url(CREDENTIAL), bytes_to_base64url(cbor2.dumps(public))
        security_keys.add(database, who, "soft", *kept, 0)

    def answer(self, challenge, flags=PRESENT | VERIFIED, origin="http://localhost", site="localhost", count=1):
        client = {"type": "webauthn.get", "challenge": challenge, "origin": origin, "crossOrigin": False}
        data = json.dumps(client).encode()
        authenticator = hashlib.sha256(site.encode()).digest() + bytes([flags]) + count.to_bytes(4, "big")
        signature = self._key.sign(authenticator + hashlib.sha256(data).digest(), ec.ECDSA(hashes.SHA256()))
        identity = bytes_to_base64url(CREDENTIAL)
        return {
            "id": identity, "rawId": identity, "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": bytes_to_base64url(data), "signature": bytes_to_base64url(signature),
                "authenticatorData": bytes_to_base64url(authenticator), "userHandle": None,
            },
        }  # fmt: skip


def begin(client):
    answer = client.post("/staff/sign-in/key/begin", data={"csrf_token": token_of(client)})
    assert answer.status_code == 200
    assert answer.json["userVerification"] == "required"
    return answer.json["challenge"]


def finish(client, credential):
    headers = {"X-CSRFToken": token_of(client)}
    return client.post("/staff/sign-in/key", json={"credential": credential, "next": "/staff/account"}, headers=headers)


@pytest.fixture
def soft(colleague, database):
    """Somebody with a key, and the key."""
    lin = colleague()
    return lin, SoftKey(database, "lin")


def test_a_key_opens_once_with_each_challenge(soft):
    lin, key = soft
    credential = key.answer(begin(lin.client))
    cookie = lin.client.get_cookie("session").value
    answer = finish(lin.client, credential)
    assert (answer.status_code, answer.json) == (200, {"location": "/staff/account"})
    assert lin.get("/staff").status_code == 200
    again = lin.app.test_client()
    again.set_cookie("session", cookie)  # somebody who kept cookie and answer
    assert finish(again, credential).status_code == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"flags": PRESENT},  # nobody proved to the key that it is theirs
        {"origin": "https://elsewhere.invalid"},
        {"site": "elsewhere.invalid"},
    ],
)
def test_an_answer_without_proof_or_for_another_site_is_refused(soft, changes):
    lin, key = soft
    assert finish(lin.client, key.answer(begin(lin.client), **changes)).status_code == 400
    assert lin.get("/staff").status_code == 302


def test_an_answer_to_another_challenge_is_refused(soft):
    lin, key = soft
    begin(lin.client)
    assert finish(lin.client, key.answer(bytes_to_base64url(bytes(64)))).status_code == 400


def test_without_a_challenge_nothing_is_looked_at(soft):
    lin, key = soft
    assert finish(lin.client, key.answer(bytes_to_base64url(bytes(64)))).status_code == 400


def test_a_challenge_is_over_after_five_minutes(soft, monkeypatch):
    lin, key = soft
    credential = key.answer(begin(lin.client))
    monkeypatch.setattr(module, "CHALLENGE_MS", -1)
    assert finish(lin.client, credential).status_code == 400


def test_the_key_of_a_deactivated_account_opens_nothing(soft, database):
    lin, key = soft
    accounts.deactivate(database, "lin", "test")
    assert finish(lin.client, key.answer(begin(lin.client))).status_code == 400


@pytest.mark.parametrize("credential", [None, "text", [], {}, {"id": "\0"}, {"id": 5, "response": []}])
def test_absurd_answers_are_refused_calmly(soft, credential):
    lin, _ = soft
    begin(lin.client)
    assert finish(lin.client, credential).status_code == 400


def test_a_key_is_added_only_with_the_present_password(staff):
    lin = staff()
    refused = lin.post("/staff/account/keys/begin", present_for_key="guess")
    assert refused.status_code == 400
    assert "error" in refused.json
    allowed = lin.post("/staff/account/keys/begin", present_for_key=PASSWORD)
    assert allowed.json["authenticatorSelection"]["userVerification"] == "required"
    headers = {"X-CSRFToken": token_of(lin.client)}
    for credential in ({}, {"id": "x"}, None):
        lin.post("/staff/account/keys/begin", present_for_key=PASSWORD)
        assert (
            lin.client.post("/staff/account/keys", json={"credential": credential}, headers=headers).status_code == 400
        )


def test_nobody_takes_away_the_key_of_somebody_else(soft, staff, database):
    lin, _ = soft
    account = accounts.account(database, "lin")
    (key,) = security_keys.keys_of(database, account.pk)
    staff("admin").post(f"/staff/account/keys/{key.pk}/remove")
    assert security_keys.keys_of(database, account.pk) != []
    lin.enter().post(f"/staff/account/keys/{key.pk}/remove")
    assert security_keys.keys_of(database, account.pk) == []
