import html
import re

import pytest

from domain.store import complaints


def text_of(response):
    return html.unescape(response.get_data(as_text=True))


@pytest.fixture
def receipt(filing_pages, receipt_of):
    return receipt_of(filing_pages.send())


@pytest.fixture
def use(client):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/receipt").get_data(as_text=True)).group(1)

    def send(receipt, step="look", **changes):
        return client.post("/receipt", data={"csrf_token": token, "receipt": receipt, "step": step} | changes)

    return send


def complaint_of(receipt, database, app):
    return complaints.by_receipt(database, app.extensions["doorstep"].keys.receipt, receipt)


def test_a_receipt_shows_the_status_in_plain_words(use, receipt):
    page = text_of(use(receipt))
    assert "已经保存，等待审核" in page
    assert "晨星消费金融" in page
    assert "13800138000" not in page


@pytest.mark.parametrize("write", [str.lower, lambda r: r.replace("-", " "), lambda r: f" {r.replace('-', '')}\n"])
def test_case_spaces_and_hyphens_do_not_matter(use, receipt, write):
    assert use(write(receipt)).status_code == 200


def test_a_published_complaint_is_said_to_be_published(use, receipt, database, app):
    complaints.publish(database, complaint_of(receipt, database, app).id, "test")
    assert "已经发布" in text_of(use(receipt))


def test_withdrawing_asks_first(use, receipt, database, app):
    page = text_of(use(receipt, "ask"))
    assert "要撤回这件投诉吗" in page
    assert complaint_of(receipt, database, app).status == "received"


def test_a_withdrawn_complaint_has_no_words_left(use, receipt, database, app):
    complaint_id = complaint_of(receipt, database, app).id
    assert "投诉已撤回" in text_of(use(receipt, "withdraw"))
    from domain.store import records

    left = records.get(database, complaint_id)
    assert (left.status, left.narrative, left.public_text, left.lender) == ("withdrawn", "", "", None)


def test_a_wrong_receipt_and_a_withdrawn_one_look_alike(use, receipt):
    use(receipt, "withdraw")
    wrong = "0000-0000-0000-0000-0000-0000-0000"
    for step in ("look", "ask", "withdraw"):
        answers = [use(typed, step) for typed in (receipt, wrong)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert text_of(answers[0]).replace(receipt, "R") == text_of(answers[1]).replace(wrong, "R")


@pytest.mark.parametrize("typed", ["", " ", "短", "x" * 100_000, "\0", "'; DROP TABLE complaint; --", "<b>"])
def test_what_can_be_no_receipt_is_unknown(use, receipt, typed):
    response = use(typed)
    assert response.status_code == 404
    assert "<b>" not in response.get_data(as_text=True)


def test_a_stale_token_gives_the_receipt_back_and_withdraws_nothing(use, receipt, database, app):
    response = use(receipt, "withdraw", csrf_token="rubbish")
    assert response.status_code == 400
    assert receipt in text_of(response)
    assert complaint_of(receipt, database, app).status == "received"


def test_a_receipt_is_never_stored_by_a_browser(use, receipt):
    assert use(receipt).headers["Cache-Control"] == "no-store"


def test_a_receipt_in_the_address_is_not_read(client, receipt):
    assert "等待审核" not in text_of(client.get(f"/receipt?receipt={receipt}"))
