import json

import pytest

from domain.store.intake import complaints
from tests.webapp.api.filings import BODY, FULL, count, kept_as
from webapp import create_app


def test_a_filing_returns_id_and_receipt_of_what_is_in_the_store(send, database, app):
    response = send(FULL)
    assert response.status_code == 201
    assert set(response.json) == {"id", "receipt"}
    kept = kept_as(database, response)
    assert kept.lender.slug == "chenxing_cf"
    assert (kept.region, kept.occurred_on.isoformat(), kept.language) == ("440000", "2026-03-06", "zh-Hant")
    assert [script.text for script in kept.scripts] == FULL["scripts"]
    assert [(threat.tactic_code, threat.outcome) for threat in kept.threats] == [("visit_threatened", "not_happened")]
    assert "person@example.org" not in kept.contact_sealed
    key = app.extensions["doorstep"].keys.receipt
    assert complaints.by_receipt(database, key, response.json["receipt"]).id == kept.id


MORE = BODY | {
    "collector": "yunling_bank", "written_by": "colleague", "overdue": "to_90_days", "amount": "over_200000",
    "wants": ["apology", "apology"], "more_masks": ["没有人来"],
    "events": [{"occurred_on": "2026-03-06", "occurred_at": "7:05", "channel": "call", "contacted": ["employer"],
                "scripts": ["没有人来也要还"]}, {"about": "三月初，13800138000"}],
    "threats": [{"kind": "police", "outcome": "not_yet"}],
}  # fmt: skip


def test_the_optional_fields_are_kept_and_what_is_to_be_masked_is_masked_everywhere(send, database):
    kept = kept_as(database, send(MORE))
    assert (kept.written_by, kept.collector.slug, kept.overdue, kept.amount, kept.wants) == (
        "colleague", "yunling_bank", "to_90_days", "over_200000", ["apology"],
    )  # fmt: skip
    assert "没有人来" not in kept.public_text + kept.scripts[0].public_text
    assert (kept.events[0].occurred_at, kept.events[0].contacted) == ("07:05", ["employer"])
    assert "13800138000" not in kept.events[1].about_public
    assert [(threat.kind, threat.tactic_code) for threat in kept.threats] == [("police", "false_legal_threat")]


def test_a_relative_may_not_know_the_lender(send, database):
    body = {key: value for key, value in BODY.items() if key != "lender"}
    assert send(body | {"written_by": "relative"}).status_code == 201
    assert send(body | {"written_by": "borrower"}, "another").status_code == 400


def test_only_lender_something_told_and_consent_are_required(send):
    assert send({"lender": "x", "narrative": "y", "consent": "private"}, "a").status_code == 201
    assert send({"lender": "x", "tactics": ["insult_abuse"], "consent": "figures"}, "b").status_code == 201


def test_optional_fields_may_be_null(send):
    assert send(BODY | {"occurred_on": None, "region": None, "product": None, "contact": None}).status_code == 201


def test_a_key_that_can_t_be_made_is_said_as_honestly_as_a_store_that_is_down(send, client, settings):
    """On a disk that can only be read; the superuser, as whom tests may run, may write into any folder."""
    receipt = {"receipt": send(BODY).json["receipt"]}
    away = settings.keys_folder.rename(settings.data_dir / "away")
    settings.keys_folder.touch()
    assert client.post("/api/v1/receipts/withdraw", json=receipt).status_code == 503
    settings.keys_folder.unlink()
    away.rename(settings.keys_folder)
    assert client.post("/api/v1/receipts/withdraw", json=receipt).status_code == 200


@pytest.mark.parametrize("key", [None, "", " ", "x" * 201, "schlüssel".encode().decode("latin-1"), "two words"])
def test_without_a_usable_key_nothing_is_filed(send, database, key):
    response = send(BODY, key)
    assert response.status_code == 400
    assert "Idempotency-Key" in response.json["detail"]
    assert count(database) == 0


REFUSED = {
    "an unknown field": ({"foo": 1}, "foo", "unknown_field"),
    "no lender": ({"lender": None}, "lender", "missing"),
    "a blank lender": ({"lender": "   "}, "lender", "missing"),
    "a lender that is a number": ({"lender": 7}, "lender", "not_text"),
    "a lender that is too long": ({"lender": "x" * 201}, "lender", "too_long"),
    "a consent that there is not": ({"consent": "PUBLISH"}, "consent", "unknown_choice"),
    "no consent": ({"consent": None}, "consent", "missing"),
    "nothing told": ({"narrative": "", "tactics": []}, "narrative", "nothing_told"),
    "a narrative that is too long": ({"narrative": "长" * 20_001}, "narrative", "too_long"),
    "a lone surrogate": ({"narrative": "\ud800"}, "narrative", "unreadable_characters"),
    "NUL": ({"narrative": "a\0b"}, "narrative", "unreadable_characters"),
    "NUL in a script": ({"scripts": ["a\0b"]}, "scripts.0", "unreadable_characters"),
    "a tactic that there is not": ({"tactics": ["nope"]}, "tactics.0", "unknown_tactic"),
    "a tactic that is a list": ({"tactics": [["nope"]]}, "tactics.0", "unknown_tactic"),
    "tactics that are a word": ({"tactics": "insult_abuse"}, "tactics", "wrong_type"),
    "a thousand tactics": ({"tactics": ["insult_abuse"] * 1000}, "tactics", "too_many"),
    "a day that there is not": ({"occurred_on": "2026-02-30"}, "occurred_on", "not_a_day"),
    "a day as a number": ({"occurred_on": 20260230}, "occurred_on", "not_a_day"),
    "a day in another form": ({"occurred_on": "06/03/2026"}, "occurred_on", "not_a_day"),
    "an instant for a day": ({"occurred_on": "2026-03-06T00:00:00Z"}, "occurred_on", "not_a_day"),
    "a day to come": ({"occurred_on": "2099-01-01"}, "occurred_on", "in_the_future"),
    "a region that there is not": ({"region": "000000"}, "region", "unknown_region"),
    "a region as a number": ({"region": 440000}, "region", "unknown_region"),
    "a blank script": ({"scripts": [" "]}, "scripts.0", "missing"),
    "too many scripts": ({"scripts": ["x"] * 21}, "scripts", "too_many"),
    "a threat without an outcome": ({"threats": [{"tactic": "visit_threatened"}]}, "threats.0.outcome", "missing"),
    "a threat with an unknown outcome": (
        {"threats": [{"tactic": "visit_threatened", "outcome": "maybe"}]}, "threats.0.outcome", "unknown_choice",
    ),
    "a threat with an unknown field": (
        {"threats": [{"tactic": "visit_threatened", "outcome": "unknown", "by": "x"}]}, "threats.0.by", "unknown_field",
    ),
    "a threat for a day in another age": (
        {"threats": [{"tactic": "visit_threatened", "outcome": "unknown", "announced_for": "9999-01-01"}]},
        "threats.0.announced_for", "not_a_day",
    ),
    "an event without anything in it": ({"events": [{}]}, "events.0", "nothing_in_it"),
    "an event at no time of day": ({"events": [{"occurred_at": "25:00"}]}, "events.0.occurred_at", "not_a_time"),
    "an event by a way that there is not": ({"events": [{"channel": "fax"}]}, "events.0.channel", "unknown_choice"),
    "an event tomorrow": ({"events": [{"occurred_on": "2099-01-01"}]}, "events.0.occurred_on", "in_the_future"),
    "somebody contacted whom there is not": (
        {"events": [{"contacted": ["dog"]}]}, "events.0.contacted.0", "unknown_choice",
    ),
    "an event's NUL": ({"events": [{"about": "a\0"}]}, "events.0.about", "unreadable_characters"),
    "too many events": ({"events": [{"channel": "call"}] * 21}, "events", "too_many"),
    "a threat of nothing": ({"threats": [{"outcome": "unknown"}]}, "threats.0", "missing"),
    "a threat of a kind that there is not": (
        {"threats": [{"kind": "war", "outcome": "unknown"}]}, "threats.0.kind", "unknown_choice",
    ),
    "a band that there is not": ({"amount": "12345"}, "amount", "unknown_choice"),
    "days overdue as a number": ({"overdue": 12}, "overdue", "unknown_choice"),
    "a wish that there is not": ({"wants": ["revenge"]}, "wants.0", "unknown_choice"),
    "a writer that there is not": ({"written_by": "robot"}, "written_by", "unknown_choice"),
    "a collector that is too long": ({"collector": "x" * 201}, "collector", "too_long"),
    "a blank mask": ({"more_masks": [" "]}, "more_masks.0", "missing"),
    "a lender of which nothing can be seen": ({"lender": "\u200b\ufe0f"}, "lender", "missing"),
    "a story of which nothing can be seen": ({"narrative": "\u3164 \x01", "tactics": []}, "narrative", "nothing_told"),
    "a thousand masks": ({"more_masks": ["x"] * 1000}, "more_masks", "too_many"),
    "a language that there is not": ({"language": "fr"}, "language", "unknown_choice"),
    "a contact that is too long": ({"contact": "x" * 301}, "contact", "too_long"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_named_in_a_problem_document(send, database, case):
    changes, field, code = REFUSED[case]
    response = send(BODY | changes)
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert {(error["field"], error["code"]) for error in response.json["errors"]} == {(field, code)}
    assert field in response.json["detail"]
    assert count(database) == 0


def test_every_refused_field_is_named_at_once(send):
    response = send({"lender": "", "consent": "x", "region": "1", "extra": 1})
    assert {error["field"] for error in response.json["errors"]} == {"lender", "consent", "region", "extra"}


NO_BODIES = {
    b"": 400, b"{": 400, b"[]": 400, b"null": 400, b'"text"': 400, b"\xff\xfe": 400, b"[" * 100_000: 400,
    b'{"lender": "a", "lender": "b"}': 400, b'{"lender": NaN}': 400, b'{"lender": 1' + b"0" * 5000 + b"}": 400,
    b'{"\\ud800": 1}': 400, b'{"' + b"n" * 900_000 + b'": 1}': 400,
}  # fmt: skip
# 80,000 members that there are not, and the same with the last one given twice.
MANY = b",".join(b'"%05d":0' % number for number in range(80_000))
NO_BODIES |= {b"{" + MANY + b"}": 400, b"{" + MANY + b',"79999":0}': 400, b'{"threats": [{' + MANY + b"}]}": 400}


@pytest.mark.parametrize("body", NO_BODIES, ids=lambda body: repr(body[:30]))
def test_a_body_that_can_not_be_read_is_a_clear_4xx(client, database, body):
    response = client.post(
        "/api/v1/complaints", data=body, content_type="application/json", headers={"Idempotency-Key": "k"}
    )
    assert response.status_code == NO_BODIES[body]
    assert response.content_type == "application/problem+json"
    assert len(response.data) < 2_000
    assert count(database) == 0


@pytest.mark.parametrize("body", [b"{" + MANY + b"}", b"{" + MANY + b',"79999":0}'], ids=["once", "the last one twice"])
def test_members_beyond_number_are_refused_before_anybody_looks_through_them(client, body):
    headers = {"Idempotency-Key": "k"}
    response = client.post("/api/v1/complaints", data=body, content_type="application/json", headers=headers)
    assert "100 is the most" in response.json["detail"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_content_type_is_refused(client, content_type):
    response = client.post(
        "/api/v1/complaints", data=json.dumps(BODY), content_type=content_type, headers={"Idempotency-Key": "k"}
    )
    assert response.status_code == 415


def test_a_megabyte_is_refused(send, database):
    response = send(BODY | {"narrative": "a" * 1_100_000})
    assert response.status_code == 413
    assert response.content_type == "application/problem+json"
    assert count(database) == 0


def test_a_get_is_refused_with_the_method_that_works(client):
    response = client.get("/api/v1/complaints")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]
    assert response.content_type == "application/problem+json"


def test_a_receipt_shows_status_and_messages_and_withdraws(send):
    filed = send(BODY).json
    receipt = {"receipt": filed["receipt"].lower().replace("-", " ")}
    assert send(receipt, path="/api/v1/receipts").json == {"id": filed["id"], "status": "received", "messages": []}
    assert send(receipt, path="/api/v1/receipts/withdraw").status_code == 200
    assert send(receipt, path="/api/v1/receipts/withdraw").status_code == 404
    gone, wrong = (send(r, path="/api/v1/receipts") for r in (receipt, {"receipt": "0000-0000"}))
    assert (gone.status_code, gone.data) == (wrong.status_code, wrong.data)
    assert gone.status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/receipts", "/api/v1/receipts/withdraw"])
@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 400), ({"receipt": ""}, 400), ({"receipt": 7}, 400), ({"receipt": "x", "also": 1}, 400), ([], 400),
     ({"receipt": "x", "\ud800": 1}, 400), ({"receipt": "\ud800"}, 404), ({"receipt": "x" * 100_000}, 404),
     ({"receipt": "\0"}, 404)],
)  # fmt: skip
def test_what_can_be_no_receipt_is_a_clear_4xx(send, path, body, status):
    response = send(body, path=path)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"


def test_the_api_needs_no_cookie_and_sets_none(send):
    response = send(BODY)
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


def test_a_filing_goes_the_whole_way_on_either_store(every_database, settings):
    address = every_database.engine.url.render_as_string(hide_password=False)
    app = create_app(settings.model_copy(update={"database_url": address}))
    client = app.test_client()
    body = FULL | {"narrative": "𠮷野家😀 他说\u2028“上门”\ufffe", "product": "’; DROP TABLE complaint; --"}
    filed = [client.post("/api/v1/complaints", json=body, headers={"Idempotency-Key": "k"}) for _ in range(2)]
    assert [answer.status_code for answer in filed] == [201, 201]
    assert filed[0].json == filed[1].json
    assert "𠮷野家😀" in kept_as(every_database, filed[0]).narrative
    conflict = client.post("/api/v1/complaints", json=BODY, headers={"Idempotency-Key": "k"})
    assert conflict.status_code == 409
    receipt = {"receipt": filed[0].json["receipt"]}
    assert client.post("/api/v1/receipts", json=receipt).json["status"] == "received"
    assert client.post("/api/v1/receipts/withdraw", json=receipt).status_code == 200
    assert client.post("/api/v1/receipts", json=receipt).status_code == 404
    assert client.get("/readyz").status_code == 200
    app.extensions["doorstep"].database.dispose()
