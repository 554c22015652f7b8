"""Which lender is meant."""

import pytest

from tests.webapp.filing.kept import only_complaint


def test_an_unsure_lender_is_asked_about_and_never_taken_silently(filing_pages, database, receipt_of):
    filing_pages.go_to("loan", lender="晨星消費")
    assert (filing_pages.response.status_code, filing_pages.step) == (400, "lender")
    assert 'value="chenxing_cf"' in filing_pages.page
    filing_pages.press(lender_choice="chenxing_cf")
    receipt_of(filing_pages.send(lender="晨星消費"))
    assert only_complaint(database).lender.slug == "chenxing_cf"


def test_a_lender_can_be_kept_as_typed(filing_pages, database, receipt_of):
    filing_pages.go_to("loan", lender="晨星消費")
    filing_pages.press(lender_choice="-")
    receipt_of(filing_pages.send())
    kept = only_complaint(database)
    assert (kept.lender, kept.lender_text) == (None, "晨星消費")


@pytest.mark.parametrize("changes", [{"lender": "云岭"}, {"lender_choice": "yunling_bank"}, {"lender_choice": "<b>"}])
def test_a_choice_for_another_name_or_that_was_not_offered_does_not_hold(filing_pages, changes):
    filing_pages.go_to("loan", lender="晨星消費")
    filing_pages.press(**({"lender_choice": "chenxing_cf"} | changes))
    assert (filing_pages.response.status_code, filing_pages.step) == (400, "lender")


def test_a_lender_that_nobody_knows_is_kept_as_it_was_typed(filing_pages, database, receipt_of):
    receipt_of(filing_pages.send(lender="Qwzx 9471"))
    assert only_complaint(database).lender_text == "Qwzx 9471"


def test_the_operator_behind_a_brand_is_explained(filing_pages):
    filing_pages.go_to("loan", lender="快圆钱包")
    assert "快圆钱包是晨星消费金融的品牌" in filing_pages.page
    filing_pages.go_to("check")
    assert "快圆钱包是晨星消费金融的品牌" in filing_pages.page
