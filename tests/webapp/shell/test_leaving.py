import re
import threading
import time

import pytest

from domain.filings.drafts import Draft, new_browser_key
from tests.webapp.conftest import FilingPages


def leave(pages: FilingPages):
    """Press the button as a browser without scripts does."""
    form = re.search(r'<form method="post" action="/leave".*?</form>', pages.page, re.S).group(0)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    return pages.client.post("/leave", data=fields)


def test_leaving_throws_the_draft_away_and_goes_to_a_page_without_our_name(filing_pages, settings):
    filing_pages.go_to("consent")
    response = leave(filing_pages)
    assert (response.status_code, response.headers["Location"]) == (303, "/calendar")
    assert list(settings.drafts_folder.iterdir()) == []
    page = filing_pages.open("/calendar").get_data(as_text=True)
    assert not re.search(r"催收|投诉|Doorstep|doorstep|/complaints", page)
    assert "http" not in page.replace("http-equiv", "")


def test_leaving_while_files_are_on_their_way_leaves_nothing_of_them(filing_pages, app, settings):
    filing_pages.go_to("evidence")
    draft_id, drafts = filing_pages.address.split("/")[3], app.extensions["doorstep"].drafts
    with drafts.held(draft_id):  # as by the request that brings the files
        leaving = threading.Thread(target=leave, args=(filing_pages,))
        leaving.start()
        while list(settings.drafts_folder.iterdir()):
            time.sleep(0.01)
        drafts.save(draft_id, new_browser_key(), Draft({"narrative": "他们来过"}))
    leaving.join(10)
    assert list(settings.drafts_folder.iterdir()) == []


def test_the_browser_keeps_no_key(filing_pages, client):
    filing_pages.go_to("consent")
    leave(filing_pages)
    assert "draft" not in {cookie.key for cookie in client._cookies.values()}


def test_going_back_after_leaving_shows_the_calendar_and_not_that_there_was_a_draft(filing_pages):
    filing_pages.go_to("consent")
    address = filing_pages.address
    leave(filing_pages)
    response = filing_pages.open(address)
    assert (response.status_code, response.headers["Location"]) == (302, "/calendar")


def test_who_comes_back_can_begin_again(filing_pages, receipt_of):
    filing_pages.go_to("consent")
    leave(filing_pages)
    filing_pages.open("/complaints/new")
    receipt_of(filing_pages.send())


@pytest.mark.parametrize("draft", ["", "x", "../../keys", "\0", "A" * 22, "A" * 100_000])
def test_leaving_works_from_every_page_whatever_is_sent(client, settings, draft):
    assert client.post("/leave", data={"draft": draft}).status_code == 303
    assert settings.keys_folder.exists() or not settings.data_dir.joinpath("keys").exists()


@pytest.mark.parametrize("path", ["/complaints/new", "/receipt"])
def test_every_page_that_tells_of_a_complaint_has_the_way_out(client, path):
    page = client.get(path).get_data(as_text=True)
    assert 'action="/leave"' in page
    assert "/static/leave.js" in page


def test_the_calendar_shows_this_month_in_the_readers_language(client):
    assert client.get("/calendar").get_data(as_text=True).count("<tr>") >= 5
    assert '<th scope="col">Mo</th>' in client.get("/calendar?lang=en").get_data(as_text=True)
