"""The form under load: a complaint waits a moment, and nobody stays outside."""

import itertools

import pytest

from tests.webapp.conftest import STORY, FilingPages
from tests.webapp.filing.kept import count, only_complaint
from webapp.filing import limits, proof_of_work
from webapp.filing.proof_of_work import DIFFICULTY, has_zero_bits

EARLY = "还差一点时间"


@pytest.fixture
def busy(settings, monkeypatch):
    """Every complaint is one too many."""
    monkeypatch.setattr(settings, "proof_of_work_above", 0)


@pytest.fixture
def later(monkeypatch):
    """Lets time pass, for the challenges alone."""
    began = proof_of_work.time.time()

    def pass_by(seconds):
        monkeypatch.setattr(proof_of_work, "time", type("Clock", (), {"time": lambda: began + seconds}))

    return pass_by


def test_without_load_nothing_is_asked(filing_pages, receipt_of):
    receipt_of(filing_pages.send())


@pytest.mark.usefixtures("busy")
def test_who_waits_is_let_in_and_nothing_typed_is_lost(filing_pages, database, receipt_of, later):
    response = filing_pages.send(more_masks="小卖部")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "30")
    assert "请等 30 秒" in filing_pages.page
    assert EARLY not in filing_pages.page
    assert count(database) == 0
    challenge = filing_pages.fields()["proof"]
    later(5)
    filing_pages.press("send")
    assert EARLY in filing_pages.page
    assert filing_pages.fields()["proof"] == challenge, "what was waited counts"
    assert count(database) == 0
    later(90)
    receipt_of(filing_pages.press("send"))
    assert only_complaint(database).narrative == STORY


@pytest.mark.usefixtures("busy")
def test_a_browser_that_does_the_sum_need_not_wait(filing_pages, database, receipt_of):
    filing_pages.send()
    challenge = filing_pages.fields()["proof"]
    proof = next(answer for number in itertools.count() if has_zero_bits(answer := f"{challenge}{number}", DIFFICULTY))
    receipt = receipt_of(filing_pages.press("send", proof=proof))
    assert count(database) == 1
    assert receipt


@pytest.mark.usefixtures("busy")
def test_a_draft_that_is_gone_meanwhile_is_sent_all_the_same(client, filing_pages, database, receipt_of, later):
    filing_pages.send()
    client.delete_cookie("draft")
    later(90)
    receipt_of(filing_pages.press("send"))
    assert only_complaint(database).narrative == STORY


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("proof", ["", ":", "nonsense", "1.a.b:", "\x00", "é:1", "9" * 5000])
def test_what_is_no_proof_is_answered_with_a_challenge(filing_pages, database, proof):
    filing_pages.go_to("check")
    filing_pages.press("send", proof=proof)
    assert filing_pages.response.status_code == 429
    assert "请等 30 秒" in filing_pages.page
    assert count(database) == 0


def test_where_many_came_from_one_place_a_person_waits_and_is_not_turned_away(
    client, monkeypatch, receipt_of, later, database
):
    monkeypatch.setattr("webapp.filing.complaints.QUICKEST_SECONDS", 0.0)
    monkeypatch.setattr(limits.Pace, "take", lambda pace, source: False)
    pages = FilingPages(client, environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert pages.send().status_code == 429
    later(90)
    receipt_of(pages.press("send"))
    assert count(database) == 1
