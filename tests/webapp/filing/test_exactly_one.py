"""Exactly one complaint for one filing, whoever presses the button and however often."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.store.registries.registry_changes import add_alias, remove_alias
from tests.webapp.conftest import STORY
from tests.webapp.filing.kept import count, only_complaint


def test_a_double_click_and_a_reload_file_one_complaint_with_one_receipt(filing_pages, database, receipt_of):
    filing_pages.go_to("check")
    assert len({receipt_of(filing_pages.send_form("send")) for _ in range(3)}) == 1
    assert count(database) == 1


def test_whose_receipt_was_lost_on_the_way_is_told_how_to_get_it_and_gets_it(filing_pages, database, receipt_of):
    filing_pages.go_to("check")
    check_page, address = filing_pages.response, filing_pages.address
    lost = receipt_of(filing_pages.send_form("send"))
    assert filing_pages.open(address).status_code == 410  # the browser's "back"
    assert "浏览器里按“前进”" in filing_pages.page
    filing_pages.response = check_page  # "forward", "reload": the browser sends the same form once more
    assert receipt_of(filing_pages.send_form("send")) == lost
    assert count(database) == 1


def test_eight_clicks_at_once_file_one_complaint(filing_pages, database, receipt_of, app):
    filing_pages.go_to("check")
    fields, address = filing_pages.fields(), filing_pages.address
    fields["go"] = "send"
    cookies = [(cookie.key, cookie.value) for cookie in filing_pages.client._cookies.values()]

    def click(_):
        client = app.test_client()
        for name, value in cookies:
            client.set_cookie(name, value)
        return client.post(address, data=fields)

    with ThreadPoolExecutor(8) as pool:
        responses = list(pool.map(click, range(8)))
    assert len({receipt_of(response) for response in responses}) == 1
    assert count(database) == 1


def test_two_drafts_with_the_same_words_are_two_complaints(filing_pages, database, receipt_of):
    first = receipt_of(filing_pages.send())
    filing_pages.open("/complaints/new")
    assert receipt_of(filing_pages.send()) != first
    assert count(database) == 2


@pytest.mark.parametrize("name", ["松鹭分期", "晨星消金"])
def test_a_form_sent_again_after_the_registry_changed_gets_its_first_receipt(
    filing_pages, database, receipt_of, name, changes_are_seen_at_once
):
    filing_pages.go_to("check", lender=name)
    first = receipt_of(filing_pages.send_form("send"))
    if name == "松鹭分期":
        add_alias(database, "chenxing_cf", name, "moderator")
    else:  # from now on the page for the lender would ask which one is meant
        remove_alias(database, "chenxing_cf", name, "moderator")
    assert receipt_of(filing_pages.send_form("send")) == first
    assert count(database) == 1


def test_a_choice_between_lenders_is_a_part_of_what_was_sent(
    filing_pages, database, receipt_of, changes_are_seen_at_once
):
    filing_pages.go_to("loan", lender="晨星消費")
    filing_pages.press(lender_choice="chenxing_cf")
    filing_pages.go_to("check")
    first = receipt_of(filing_pages.send_form("send"))
    add_alias(database, "yunling_bank", "晨星消費", "moderator")
    assert receipt_of(filing_pages.send_form("send")) == first
    assert only_complaint(database).lender.slug == "chenxing_cf"


def test_the_same_form_with_other_words_is_not_taken_for_the_first(filing_pages, database, receipt_of):
    filing_pages.go_to("check")
    old_page = filing_pages.response
    filing_pages.press("send")
    filing_pages.response = old_page
    filing_pages.press("send", more_masks="打")
    assert filing_pages.response.status_code == 409
    assert "已经提交过一次" in filing_pages.page
    assert count(database) == 1
    receipt_of(filing_pages.press("send"))
    assert count(database) == 2


def test_what_is_sent_too_quickly_is_asked_once_more_and_loses_nothing(filing_pages, database, monkeypatch, receipt_of):
    monkeypatch.setattr("webapp.filing.complaints.QUICKEST_SECONDS", 60.0)
    filing_pages.send()
    assert filing_pages.step == "check"
    assert "请再按一次" in filing_pages.page
    assert count(database) == 0
    receipt_of(filing_pages.press("send"))
    assert only_complaint(database).narrative == STORY


@pytest.mark.parametrize("page", ["writer", "check"])
def test_a_field_that_nobody_sees_asks_once_more_too(filing_pages, database, receipt_of, page):
    filing_pages.go_to(page)
    filing_pages.press(website="http://spam.invalid", **({"written_by": "borrower"} if page == "writer" else {}))
    filing_pages.send()
    assert "请再按一次" in filing_pages.page
    assert count(database) == 0
    receipt_of(filing_pages.press("send"))
