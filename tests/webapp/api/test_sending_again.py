"""What is sent again under its key is answered as before, whatever became of it and of the registry since."""

import pytest

from domain.store.intake import unread
from domain.store.registries import lender_merges
from domain.store.registries.registry_changes import NewLender, add_alias, add_lender, remove_alias
from tests.webapp.api.filings import BODY, FULL, count


def test_the_same_key_and_body_get_the_same_answer(send, database):
    first, again = send(FULL), send(dict(reversed(FULL.items())))
    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert count(database) == 1


def test_another_body_under_the_same_key_is_a_conflict(send, database):
    send(BODY)
    response = send(BODY | {"narrative": "另一件事"})
    assert response.status_code == 409
    assert response.content_type == "application/problem+json"
    assert "receipt" not in response.json
    assert count(database) == 1


def merge_away(store):
    add_lender(store, NewLender("songlu_cf", "松鹭消费金融", "consumer_finance"), "moderator")
    lender_merges.merge(store, "chenxing_cf", "songlu_cf", "moderator", "一家")


REGISTRY_CHANGES = {
    "an alias was added": ("松鹭分期", lambda store: add_alias(store, "chenxing_cf", "松鹭分期", "moderator")),
    "its lender was added": (
        "松鹭分期", lambda store: add_lender(store, NewLender("songlu_loan", "松鹭分期", "platform"), "moderator"),
    ),
    "its alias was taken out": ("晨星消金", lambda store: remove_alias(store, "chenxing_cf", "晨星消金", "moderator")),
    "its lender was merged": ("晨星消费金融", merge_away),
    "the lender of its slug was merged": ("chenxing_cf", merge_away),
}  # fmt: skip


@pytest.mark.parametrize("what", REGISTRY_CHANGES)
@pytest.mark.parametrize("field", ["lender", "collector"])
def test_the_same_body_gets_the_same_answer_though_the_registry_changed(
    send, database, field, what, changes_are_seen_at_once
):
    name, change = REGISTRY_CHANGES[what]
    body = BODY | {"lender": "云岭银行"} | {field: name}
    first = send(body)
    change(database)
    for _ in range(2):
        again = send(body)
        assert (again.status_code, again.data) == (first.status_code, first.data)
        unread.read_what_waits(database)
    assert send(body | {field: "别的公司"}).status_code == 409
    assert count(database) == 1


def test_another_name_of_the_same_lender_is_another_body(send, database):
    assert send(BODY | {"lender": "晨星消费金融"}).status_code == 201
    assert send(BODY).status_code == 409
    assert count(database) == 1


def test_a_key_of_the_api_does_not_reach_a_form(send, filing_pages, database, monkeypatch):
    monkeypatch.setattr("domain.filings.drafts.secrets.token_urlsafe", lambda size: "k" * 24)
    send(BODY, "form:" + "k" * 24)
    send(BODY, "k" * 24)
    assert filing_pages.send().status_code == 200
    assert count(database) == 3


def test_the_same_filing_sent_again_after_a_withdrawal_files_nothing_new(send, database):
    filed = send(BODY).json
    send({"receipt": filed["receipt"]}, path="/api/v1/receipts/withdraw")
    assert send(BODY).json == filed
    assert count(database) == 1
