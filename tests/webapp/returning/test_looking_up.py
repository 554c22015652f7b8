"""Which receipts open a complaint, and that all others look alike."""

import io
import logging
import statistics
import time

import pytest

from domain.safekeeping.receipts import canonical_receipt
from tests import evidence_files as files
from tests.webapp.returning.desk import WRONG, Desk, complaint_of, text_of, without_token


@pytest.mark.parametrize("write", [str.lower, lambda r: r.replace("-", " "), lambda r: f" {r.replace('-', '')}\n"])
def test_case_spaces_and_hyphens_do_not_matter(use, receipt, write):
    assert use(write(receipt)).status_code == 200


@pytest.mark.parametrize("write", [
    lambda r: "".join(chr(ord(c) + 0xFEE0) for c in r),
    lambda r: r.replace("0", "o").replace("1", "l"),
    lambda r: r.replace("0", "O").replace("1", "I").lower(),
    lambda r: r.replace("-", "　"),
    lambda r: r.replace("-", "—"),
])  # fmt: skip
def test_a_receipt_copied_by_hand_still_opens(use, receipt, write):
    assert use(write(receipt)).status_code == 200


def test_a_v_that_was_written_down_as_a_u_still_opens():
    """Of the 32 letters a receipt has V and not U, and by hand they look the same."""
    assert canonical_receipt("7H2V-9QZV") == canonical_receipt("7h2u 9qzU") == "7H2V9QZV"


def test_a_wrong_receipt_and_a_withdrawn_one_look_alike(use, receipt):
    use(receipt, "withdraw")
    wrong = "0000-0000-0000-0000-0000-0000-0000"
    for step in ("look", "ask", "withdraw"):
        answers = [use(typed, step) for typed in (receipt, wrong)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert without_token(answers[0], receipt) == without_token(answers[1], wrong)


def test_every_step_answers_a_wrong_receipt_and_a_withdrawn_one_alike(desk, receipt):
    desk.send("", step="withdraw")
    for step, fields in (
        ("", {"step": "look"}), ("", {"step": "ask"}), ("", {"step": "withdraw"}), ("/letter", {"words": "x"}),
        ("/outcome", {"threat": "t1", "outcome": "happened"}), ("/consent", {"consent": "private"}),
        ("/correct", {"step": "edit"}), ("/correct", {"step": "check", "narrative": "x"}),
        ("/correct", {"step": "send", "narrative": "x"}), ("/evidence", {"files": (io.BytesIO(files.png()), "a")}),
    ):  # fmt: skip
        fields_again = fields | ({"files": (io.BytesIO(files.png()), "a")} if "files" in fields else {})
        withdrawn, wrong = desk.send(step, **fields), desk.send(step, receipt=WRONG, **fields_again)
        assert (withdrawn.status_code, wrong.status_code) == (404, 404), (step, fields)
        assert without_token(withdrawn, receipt) == without_token(wrong, WRONG)
        assert withdrawn.headers["Cache-Control"] == "no-store"


def test_a_wrong_receipt_and_a_withdrawn_one_take_the_same_time(desk):
    desk.send("", step="withdraw")
    taken = {desk.receipt: [], WRONG: []}
    for round_ in range(120):
        for typed in sorted(taken, reverse=round_ % 2 == 0):
            # The processor's time and not the clock's: other work on the machine is no part of the answer.
            began = time.thread_time()
            desk.send("", receipt=typed, step="look")
            taken[typed].append(time.thread_time() - began)
    withdrawn, wrong = (statistics.median(times[20:]) for times in taken.values())
    assert 0.85 < withdrawn / wrong < 1.18


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


@pytest.mark.parametrize("step", ["letter", "evidence", "outcome", "consent", "correct"])
def test_the_address_of_a_step_leads_back_to_the_question(client, step):
    response = client.get(f"/receipt/{step}?receipt=ABCD")
    assert (response.status_code, response.headers["Location"]) == (303, "/receipt")


def test_the_receipt_is_in_no_cookie_no_address_and_no_log(desk, receipt, caplog):
    with caplog.at_level(logging.DEBUG):
        for step in ("", "/letter", "/consent", "/correct"):
            answer = desk.send(step, words="x", key="k" * 20, consent="figures", step="edit")
            for typed in (receipt, receipt.replace("-", ""), receipt.lower()):
                assert typed not in str(answer.headers)
            assert "receipt=" not in answer.get_data(as_text=True)
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"
    assert receipt not in caplog.text


def test_a_field_given_twice_is_refused(desk):
    response = desk.client.post(
        "/receipt/consent",
        data={"csrf_token": desk.token, "receipt": desk.receipt, "consent": ["private", "publish"]},
    )
    assert response.status_code == 400


def test_after_leaving_no_form_that_was_sent_before_shows_the_complaint_again(client, desk):
    """A browser that is led back offers to send the form once more, and with it the receipt."""
    assert desk.send(step="look").status_code == 200
    client.post("/leave")
    for way in ("", "/letter", "/outcome", "/consent", "/evidence", "/correct"):
        answer = desk.send(way, step="look")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/calendar")
        assert desk.receipt not in text_of(answer)
    assert Desk(client, desk.receipt).send(step="look").status_code == 200
