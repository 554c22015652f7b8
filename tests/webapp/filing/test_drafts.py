"""What becomes of a draft: two tabs, a stale token, two hours, another browser, a full disk."""

import os
import time

import pytest

from domain.filings.drafts import SECONDS_TO_KEEP
from domain.store.intake import unread
from tests.webapp.conftest import STORY, FilingPages
from tests.webapp.filing.kept import WHOLE, count, only_complaint

LATER = "后来他们又打给了我的姐姐。"


@pytest.fixture
def folder(settings):
    return settings.drafts_folder


@pytest.fixture
def let_time_pass(folder):
    """Make every draft as old as one that has lain for two hours."""

    def pass_by():
        then = time.time() - SECONDS_TO_KEEP - 1
        for path in folder.glob("*/answers"):
            os.utime(path, (then, then))

    return pass_by


def test_nothing_is_kept_before_the_first_page_is_sent_on(filing_pages, folder):
    assert not folder.exists()
    filing_pages.go_to("story")
    assert len(list(folder.iterdir())) == 1


def test_what_is_typed_is_nowhere_to_be_read_and_nowhere_after_it_is_sent(filing_pages, settings, receipt_of):
    filing_pages.go_to("check", contact="lin@example.org", narrative="只在草稿里的话13800138000")
    kept = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file())
    for words in ("只在草稿里的话", "13800138000", "lin@example.org"):
        assert words.encode() not in kept
    receipt_of(filing_pages.press("send"))
    assert list(settings.drafts_folder.iterdir()) == []


def test_the_page_itself_holds_other_pages_words_sealed_only(filing_pages):
    filing_pages.go_to("place", narrative="别的页面上写的话")
    assert "别的页面上写的话" not in filing_pages.page
    assert filing_pages.fields()["carried"]


def test_two_tabs_are_two_drafts(filing_pages, client, database, receipt_of):
    other = FilingPages(client)
    filing_pages.go_to("place", narrative="第一件")
    other.go_to("place", narrative="第二件")
    receipt_of(filing_pages.send(region="110000"))
    receipt_of(other.send(region="310000"))
    unread.read_what_waits(database)
    kept = {complaint.narrative: complaint.region for complaint in all_complaints(database)}
    assert kept == {"第一件": "110000", "第二件": "310000"}


def all_complaints(database):
    from sqlalchemy import select

    from domain.models import Complaint

    with database.reading() as session:
        return session.scalars(select(Complaint)).all()


def test_the_same_draft_in_two_tabs_keeps_what_both_typed(filing_pages, client, receipt_of, database):
    filing_pages.go_to("place")
    other = FilingPages(client, filing_pages.address)
    filing_pages.press(region="110000")
    other.open(other.address.replace("/place", "/story"))
    other.press(narrative=LATER)
    filing_pages.open(filing_pages.address)
    receipt_of(filing_pages.send(narrative=LATER))
    kept = only_complaint(database)
    assert (kept.region, kept.narrative) == ("110000", LATER)


@pytest.mark.parametrize("token", ["", "rubbish", None])
def test_a_stale_token_gives_the_text_back_and_a_fresh_one(filing_pages, database, token, receipt_of):
    filing_pages.go_to("story")
    filing_pages.press(csrf_token=token if token is not None else [], narrative=LATER)
    assert (filing_pages.response.status_code, filing_pages.step) == (400, "story")
    assert "您写的内容都还在" in filing_pages.page
    assert LATER in filing_pages.page
    receipt_of(filing_pages.send(narrative=LATER))
    assert only_complaint(database).narrative == LATER


def test_a_stale_token_sends_nothing(filing_pages, database):
    filing_pages.go_to("check")
    filing_pages.press("send", csrf_token="rubbish")
    assert (filing_pages.response.status_code, filing_pages.step) == (400, "check")
    assert count(database) == 0


@pytest.mark.parametrize(
    "step", ["lender", "story", "events", "tactics", "threats", "place", "consent", "evidence", "check"]
)
def test_a_form_open_for_hours_still_sends_with_everything_typed_before(
    filing_pages, database, receipt_of, let_time_pass, step
):
    filing_pages.go_to(step, **WHOLE)
    let_time_pass()
    receipt_of(filing_pages.send(**WHOLE))
    kept = only_complaint(database)
    assert (kept.narrative, kept.region, kept.consent, len(kept.events), len(kept.threats)) == (
        STORY, "440300", "figures", 1, 1,
    )  # fmt: skip


def test_a_form_open_for_hours_in_a_browser_that_lost_its_cookies_gives_everything_back(
    filing_pages, client, database, receipt_of
):
    filing_pages.go_to("consent", **WHOLE)
    for name in [cookie.key for cookie in client._cookies.values()]:
        client.delete_cookie(name)
    filing_pages.press(consent="publish")
    assert filing_pages.response.status_code == 400
    assert filing_pages.fields()["consent"] == "publish"
    receipt_of(filing_pages.send(**(WHOLE | {"consent": "publish"})))
    kept = only_complaint(database)
    assert (kept.narrative, kept.consent, kept.region) == (STORY, "publish", "440300")


@pytest.mark.parametrize("carried", ["", "rubbish", "gAAAAA", "é", "\0"])
def test_where_all_is_lost_what_the_page_itself_holds_is_given_back(filing_pages, folder, carried):
    filing_pages.go_to("story")
    let_go = filing_pages.address
    for path in folder.glob("*/answers"):
        path.unlink()
    filing_pages.press(carried=carried, narrative=LATER)
    assert filing_pages.response.status_code == 200
    assert filing_pages.address != let_go
    filing_pages.press("back")
    assert LATER in filing_pages.page


def test_after_two_hours_an_address_shows_nothing_and_says_why(filing_pages, let_time_pass):
    filing_pages.go_to("consent", narrative=LATER)
    address = filing_pages.address
    let_time_pass()
    filing_pages.open(address)
    assert filing_pages.response.status_code == 410
    assert "这里已经没有内容了" in filing_pages.page
    assert LATER not in filing_pages.page


def test_another_browser_with_the_address_sees_nothing(filing_pages, app):
    filing_pages.go_to("story")
    stranger = app.test_client()
    stranger.get("/complaints/new")
    stranger.post("/complaints/new", data={})
    assert stranger.get(filing_pages.address).status_code == 410


def test_another_browser_can_not_write_into_a_draft(filing_pages, app):
    filing_pages.go_to("story")
    stranger = FilingPages(app.test_client())
    stranger.press(written_by="borrower")
    fields = stranger.fields()
    fields["page"], fields["narrative"], fields["go"] = "story", "fremd", "on"
    stranger.client.post(filing_pages.address, data=fields)
    filing_pages.open(filing_pages.address)
    assert "fremd" not in filing_pages.page


def test_the_receipt_does_not_wait_until_the_draft_is_deleted_which_it_then_is(filing_pages, folder, client):
    filing_pages.go_to("check")
    fields = filing_pages.fields()
    fields["go"] = "send"
    with client.post(filing_pages.address, data=fields, buffered=False) as answer:
        assert answer.status_code == 200
        assert len(list(folder.iterdir())) == 1
    assert list(folder.iterdir()) == []


def test_a_reload_after_sending_shows_the_same_receipt_and_back_shows_nothing(filing_pages, receipt_of, database):
    filing_pages.go_to("check")
    address = filing_pages.address
    first, again = (receipt_of(filing_pages.send_form("send")) for _ in range(2))
    assert first == again
    assert filing_pages.open(address).status_code == 410
    assert count(database) == 1


def test_a_disk_that_is_full_gives_the_page_back_as_it_was_typed(filing_pages, monkeypatch):
    import errno
    from pathlib import Path

    filing_pages.go_to("story")

    def full(*_arguments):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(Path, "replace", full)
    filing_pages.press(narrative=LATER)
    assert (filing_pages.response.status_code, filing_pages.step) == (503, "story")
    assert "系统暂时存不下内容" in filing_pages.page
    assert LATER in filing_pages.page
    monkeypatch.undo()
    filing_pages.press()
    assert filing_pages.step == "events"


def test_the_browsers_key_is_bound_to_the_host_and_to_this_site(client, app):
    def cookie_of(base_url):
        pages = FilingPages(app.test_client(), base_url=base_url)
        response = pages.send_form(written_by="borrower")
        return next(value for value in response.headers.getlist("Set-Cookie") if "draft=" in value)

    encrypted, plain = cookie_of("https://doorstep.example"), cookie_of("http://localhost")
    assert encrypted.startswith("__Host-draft=")
    assert plain.startswith("draft=")
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in encrypted
    assert "Max-Age" not in encrypted + plain
    assert "Domain" not in encrypted


def test_a_form_sends_under_https(app, receipt_of, monkeypatch):
    monkeypatch.setattr("webapp.filing.complaints.QUICKEST_SECONDS", 0.0)
    receipt_of(FilingPages(app.test_client(), base_url="https://doorstep.example").send())


def test_old_drafts_are_swept_when_a_new_one_is_begun(filing_pages, folder, let_time_pass, app, monkeypatch):
    filing_pages.go_to("story")
    let_time_pass()
    monkeypatch.setattr("webapp.filing.drafts._swept_at", float("-inf"))
    FilingPages(app.test_client()).press(written_by="borrower")
    assert len(list(folder.iterdir())) == 1
