"""Who has to wait: sources that file too often, and everybody a little while the site is under load."""

import itertools
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from domain.settings import Settings
from domain.store import Database
from webapp import create_app
from webapp.filing import limits, proof_of_work
from webapp.filing.proof_of_work import DIFFICULTY, SECONDS_TO_WAIT_INSTEAD, Challenges, Load, has_zero_bits

BODY = {"lender": "晨星消费金融", "narrative": "催收每天打二十几个电话。", "tactics": [], "consent": "publish"}
Visit = Callable[..., FlaskClient]


@pytest.fixture
def visit(settings: Settings, database: Database) -> Visit:
    """Makes a visitor of a site with other limits."""

    def make(**changed: Any) -> FlaskClient:
        return create_app(settings.model_copy(update=changed)).test_client()

    return make


def file(visitor: FlaskClient, source: str = "127.0.0.1", **headers: str) -> TestResponse:
    return visitor.post(
        "/api/v1/complaints", json=BODY, headers={"Idempotency-Key": str(uuid.uuid4()), **headers},
        environ_overrides={"REMOTE_ADDR": source},
    )  # fmt: skip


def solved(challenge: str) -> str:
    return next(answer for number in itertools.count() if has_zero_bits(answer := f"{challenge}:{number}", DIFFICULTY))


def test_a_source_that_files_too_often_is_asked_to_wait(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILINGS_AT_ONCE", 3.0)
    site = visit()
    assert [file(site, "203.0.113.9").status_code for _ in range(4)] == [201, 201, 201, 429]
    refusal = file(site, "203.0.113.9")
    assert refusal.headers["Retry-After"] == "30"
    assert refusal.content_type == "application/problem+json"
    assert "receipt" not in refusal.get_data(as_text=True)
    assert file(site, "203.0.113.10").status_code == 201


def test_what_comes_through_a_proxy_that_is_not_named_is_never_slowed(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILINGS_AT_ONCE", 1.0)
    site = visit()
    assert {file(site).status_code for _ in range(5)} == {201}


def test_behind_a_named_proxy_the_visitor_is_the_one_that_it_names(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILINGS_AT_ONCE", 1.0)
    site = visit(trusted_proxies=1)
    first, second = {"X-Forwarded-For": "203.0.113.9"}, {"X-Forwarded-For": "203.0.113.10"}
    assert [file(site, **who).status_code for who in (first, first, second)] == [201, 429, 201]


def test_nothing_is_asked_of_anybody_while_there_is_no_load(visit: Visit) -> None:
    assert file(visit()).status_code == 201


def test_under_load_a_complaint_costs_a_proof_of_work(visit: Visit) -> None:
    site = visit(proof_of_work_above=0)
    refusal = file(site)
    assert refusal.status_code == 429
    assert refusal.json is not None
    asked = refusal.json["proof_of_work"]
    assert asked["zero_bits"] == DIFFICULTY
    assert file(site, **{"Proof-Of-Work": asked["challenge"] + ":nothing"}).status_code == 429
    answer = solved(asked["challenge"])
    assert file(site, **{"Proof-Of-Work": answer}).status_code == 201
    assert file(site, **{"Proof-Of-Work": answer}).status_code == 429, "each proof is good for one complaint"


def test_who_has_no_script_waits_instead(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    challenges = Challenges(b"key")
    challenge = challenges.new()
    assert not challenges.is_met(challenge + ":")
    now = proof_of_work.time.time()
    monkeypatch.setattr(proof_of_work.time, "time", lambda: now + SECONDS_TO_WAIT_INSTEAD + 1)
    assert challenges.is_met(challenge + ":")


@pytest.mark.parametrize("answer", ["", ":", "x:1", "1.a.b:1", "99999999999.salt.sig:", "\ud800:1", "٣.a.b:1"])
def test_what_is_no_challenge_of_ours_is_not_met(answer: str) -> None:
    assert not Challenges(b"key").is_met(answer)


def test_an_old_challenge_is_worth_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    challenges = Challenges(b"key")
    answer = solved(challenges.new())
    now = proof_of_work.time.time()
    monkeypatch.setattr(proof_of_work.time, "time", lambda: now + proof_of_work.SECONDS_GOOD_FOR + 5)
    assert not challenges.is_met(answer)


def test_another_process_with_the_same_key_takes_the_challenge() -> None:
    assert Challenges(b"key").is_met(solved(Challenges(b"key").new()))
    assert not Challenges(b"another").is_met(solved(Challenges(b"key").new()))


def test_load_counts_only_what_is_being_kept_now() -> None:
    load = Load()
    with load.one_more(), load.one_more():
        assert load.is_above(2)
    assert not load.is_above(1)
