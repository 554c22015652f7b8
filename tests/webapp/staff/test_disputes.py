"""Disputes: anyone may send one, moderators decide, the log says why, and everything can be turned back."""

import html
import re

import pytest

from domain.moderation.settling import quotes
from domain.store import records
from domain.store.moderating import disputes, removals
from tests.webapp.staff.conftest import token_of

FILLED = {"reason": "private_data", "words": "里面写了我的名字。", "contact": "canary@example.invalid"}


@pytest.fixture
def send(client):
    """Sends a dispute as a visitor does."""

    def do(record_id, **changes):
        fields = {"csrf_token": token_of(client)} | FILLED | changes
        return client.post(f"/records/{record_id}/dispute", data=fields)

    return do


@pytest.fixture
def settle(staff):
    """Decides on a record as a moderator does."""
    lin = staff("moderator", name="lin")

    def do(record_id, action, note="经核实，里面有隐私。", **fields):
        return lin.post(
            f"/staff/disputes/records/{record_id}", action=action, reason="private_data", note=note, **fields
        )

    do.who = lin
    return do


def found(site, query="search_term=门口"):
    site.index()
    return [row["id"] for row in site.json(f"/api/v1/search?{query}")["results"]]


def everywhere(site, record_id):
    """Return all that readers can get of a record."""
    site.index()
    addresses = [
        f"/records/{record_id}", f"/api/v1/records/{record_id}", "/api/v1/search", "/search", "/search.csv",
        "/search.json", "/data/complaints.csv", "/data/complaints.jsonl", "/data/articles.csv", "/data/articles.jsonl",
        "/feed.atom",
        "/lenders/chenxing_cf/feed.atom", "/tactics/visit_threatened/feed.atom", "/lenders/chenxing_cf",
        "/tactics/visit_threatened", "/",
    ]  # fmt: skip
    return {address: site.client.get(address).get_data(as_text=True) for address in addresses}


def test_anyone_disputes_a_record_without_an_account(site, send, settle):
    complaint_id = site.complaint()
    assert f"/records/{complaint_id}/dispute" in site.page(f"/records/{complaint_id}")
    answer = send(complaint_id)
    assert answer.status_code == 200
    kept = disputes.waiting(site.database)[0]
    assert kept.id in answer.get_data(as_text=True)
    assert "里面写了我的名字" not in kept.words_sealed
    shown = html.unescape(settle.who.get(f"/staff/disputes/records/{complaint_id}").get_data(as_text=True))
    assert "里面写了我的名字" in shown
    assert "canary@example.invalid" in shown


def test_words_and_contact_are_nowhere_in_the_store_in_the_open(site, send, settings):
    send(site.complaint())
    kept = b"".join(path.read_bytes() for path in settings.data_dir.glob("doorstep.sqlite3*"))
    assert b"canary@example.invalid" not in kept
    assert "里面写了我的名字".encode() not in kept


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"reason": ""}, 400), ({"words": " "}, 400), ({"words": "长" * 4001}, 400), ({"contact": "x" * 201}, 400),
     ({"csrf_token": "stale"}, 400), ({"website": "https://spam.invalid"}, 429)],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_is_kept(site, send, changes, status):
    complaint_id = site.complaint()
    answer = send(complaint_id, **changes)
    assert answer.status_code == status
    if "contact" not in changes:
        assert "canary@example.invalid" in answer.get_data(as_text=True)
    assert disputes.waiting(site.database) == []


def test_what_is_not_public_can_not_be_disputed_and_looks_like_what_is_not_there(site, send, client):
    hidden = site.complaint(publish=False)
    for record_id in (hidden, "c000000000000", "x"):
        assert client.get(f"/records/{record_id}/dispute").status_code == 404
        assert send(record_id).status_code == 404


def test_one_source_sends_three_and_then_waits(site, send):
    complaint_id = site.complaint()
    assert [send(complaint_id).status_code for _ in range(4)] == [200, 200, 200, 429]


def test_a_complaint_taken_down_is_gone_everywhere_and_a_restore_brings_it_back_as_it_was(site, send, settle):
    complaint_id = site.complaint("晨星消费金融的人说已经到我家门口。")
    send(complaint_id)
    before, row = everywhere(site, complaint_id), records.get(site.database, complaint_id)
    dispute = disputes.waiting(site.database)[0]
    settle(complaint_id, "taken_down", dispute=dispute.id, version=dispute.version)
    during = everywhere(site, complaint_id)
    assert [address for address, text in during.items() if "到我家门口" in text] == []
    assert site.client.get(f"/records/{complaint_id}").status_code == 410
    assert site.client.get(f"/api/v1/records/{complaint_id}").status_code == 404
    assert disputes.waiting(site.database) == []
    settle(complaint_id, "restored", note="弄错了，不是同一个人。")
    after, back = everywhere(site, complaint_id), records.get(site.database, complaint_id)
    for address in ("/search.csv", "/data/complaints.csv", "/data/complaints.jsonl", "/api/v1/search"):
        assert without_clock(after[address]) == without_clock(before[address])
    assert (back.status, back.published_at, back.public_text) == (row.status, row.published_at, row.public_text)
    assert found(site) == [complaint_id]


def without_clock(text):
    return re.sub(r'"(last_indexed|made_at|updated)": ?"[^"]*"', "", text)


def test_an_article_taken_down_stays_down_when_it_is_gathered_again(site, settle):
    text = "催收员说已经到小区门口，晨星消费金融回应。"
    article_id = site.article(text, address="https://paper.invalid/1")
    settle(article_id, "taken_down")
    assert [address for address, shown in everywhere(site, article_id).items() if "到小区门口" in shown] == []
    assert site.article(text + "又补了一句。", address="https://paper.invalid/1") == article_id
    assert site.client.get(f"/records/{article_id}").status_code == 410
    settle(article_id, "restored")
    assert "到小区门口" in site.page(f"/records/{article_id}")


def test_each_decision_stands_in_the_public_log_and_never_the_text(site, send, settle):
    complaint_id = site.complaint()
    send(complaint_id)
    dispute = disputes.waiting(site.database)[0]
    settle(complaint_id, "kept", note="没有发现隐私。", dispute=dispute.id, version=1)
    settle(complaint_id, "taken_down", note="后来收到了证明。电话13911112222。")
    settle(complaint_id, "restored", note="证明有误。")
    shown = site.page("/removals?lang=en")
    assert [action for action in ("kept as it is", "taken down", "restored") if action in shown] == [
        "kept as it is", "taken down", "restored"
    ]  # fmt: skip
    assert complaint_id in shown
    for hidden in ("13911112222", "到我家门口", "里面写了我的名字", "lin"):
        assert hidden not in shown.replace("link", "").replace("line", "").replace("Online", "")


def test_the_note_repeats_nothing_of_the_record(site, settle):
    complaint_id = site.complaint("催收员说已经到我家门口，让我马上下楼给钱。")
    answer = settle(complaint_id, "taken_down", note="写了“已经到我家门口，让我马上下楼”，不属实。")
    assert answer.status_code == 400
    assert removals.log(site.database, 5) == []
    assert quotes("The collector said that he would come to my office at nine in the morning.",
                  "the collector said that he would come to my office at nine in the morning")  # fmt: skip
    assert not quotes("The collector is named.", "The collector said that he would come.")


@pytest.mark.parametrize(
    ("action", "fields", "status"),
    [("restored", {}, 409), ("taken_down", {"note": " "}, 400), ("erased", {}, 400), ("kept", {"dispute": "d0"}, 409)],
)
def test_what_can_not_be_decided_is_refused(site, settle, action, fields, status):
    assert settle(site.complaint(), action, **fields).status_code == status
    assert removals.log(site.database, 5) == []


def test_of_two_moderators_on_one_dispute_the_second_is_told(site, send, settle):
    complaint_id = site.complaint()
    send(complaint_id)
    dispute = disputes.waiting(site.database)[0]
    settle(complaint_id, "kept", dispute=dispute.id, version=1)
    assert settle(complaint_id, "taken_down", dispute=dispute.id, version=1).status_code == 409
    assert records.get(site.database, complaint_id).status == "published"


def test_what_was_taken_down_is_not_published_by_another_door(site, settle):
    complaint_id = site.complaint()
    settle(complaint_id, "taken_down")
    version = records.get(site.database, complaint_id).version
    answer = settle.who.post(f"/staff/queue/{complaint_id}/decision", version=version, decision="published")
    assert answer.status_code == 409
    assert site.client.get(f"/records/{complaint_id}").status_code == 410


def test_a_withdrawn_record_can_not_be_restored(site, settle):
    complaint_id = site.complaint()
    settle(complaint_id, "taken_down")
    site.withdraw(complaint_id)
    assert settle(complaint_id, "restored").status_code == 404
    assert site.client.get(f"/records/{complaint_id}").status_code == 404
