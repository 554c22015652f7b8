"""What is put into a document, and what never is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.models import Complaint
from domain.store import records as store
from indexer.documents import article_document, complaint_document, document, sort_number


def made(records, record_id: str):
    return document(store.get(records.database, record_id), records.names())


def test_a_complaint_has_its_counted_tactics_and_its_lender(records):
    complaint = made(records, records.complaint("明天上门", tactics=("visit_threatened", "workplace_contact")))
    assert complaint.tactic == ("visit_threatened", "workplace_contact")
    assert complaint.assertion == ("collector_threat", "first_hand_claim")
    assert complaint.tactic_assertion == ("visit_threatened:collector_threat", "workplace_contact:first_hand_claim")
    assert (complaint.lender, complaint.kind, complaint.source) == (("chenxing_cf",), "complaint", "doorstep")
    assert "晨星 星消 消费 费金 金融" in complaint.name.pair


def test_an_article_has_what_it_speaks_of_and_not_what_it_denies_or_names(records):
    article = made(
        records,
        records.article(
            "题", "文", lenders=("webank",), background=("cmb",), published_on=date(2026, 3, 1),
            tactics=(
                ("visit_threatened", "reported_claim"), ("workplace_contact", "denial"), ("insult_abuse", "context"),
            ),
        ),
    )  # fmt: skip
    assert article.tactic == ("visit_threatened",)
    assert article.assertion == ("context", "denial", "reported_claim")
    assert (article.lender, article.day, article.month) == (("webank",), 20260301, "2026-03")


@pytest.mark.parametrize(("instant", "day", "month"), [
    (datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC), 20260331, "2026-03"),
    (datetime(2026, 3, 31, 16, 0, 0, tzinfo=UTC), 20260401, "2026-04"),
    (datetime(2025, 12, 31, 16, 0, 0, tzinfo=UTC), 20260101, "2026-01"),
])  # fmt: skip
def test_days_and_months_are_those_of_shanghai(instant, day, month, records):
    complaint = made(records, records.complaint("文", received_at=instant))
    article = made(records, records.article("题", "文", fetched_at=instant))
    assert (complaint.day, complaint.month) == (article.day, article.month) == (day, month)


def test_no_text_of_a_complaint_for_figures_is_in_its_document(records):
    complaint = made(records, records.complaint("隐秘的经历", consent="figures", scripts=("隐秘的短信",)))
    assert "隐秘" not in str(complaint.values())
    assert (complaint.text.unit, complaint.lead, complaint.often) == ("", "", "")


def test_nothing_sealed_or_typed_freely_is_in_a_document(records):
    complaint = records.complaint("公开的文字")
    records.change(
        Complaint,
        complaint,
        narrative="原文绝密",
        product="绝密产品",
        lender_text="绝密公司",
        contact_sealed="绝密联系",
    )
    assert "绝密" not in str(made(records, complaint).values())


def test_the_hash_changes_with_what_is_indexed_and_not_with_the_version(records):
    complaint = records.complaint("文字")
    first = made(records, complaint)
    records.change(Complaint, complaint, version=9)
    assert made(records, complaint).content_hash == first.content_hash
    records.change(Complaint, complaint, region="310000")
    assert made(records, complaint).content_hash != first.content_hash


def test_a_new_name_of_the_lender_makes_another_document(records):
    record = store.get(records.database, records.complaint("文字"))
    names = records.names()
    more = names | {"chenxing_cf": (*names["chenxing_cf"], "晨星小贷")}
    assert complaint_document(record, names).content_hash != complaint_document(record, more).content_hash


def test_a_document_of_an_article_is_made_by_the_same_door(records):
    article = store.get(records.database, records.article("题", "文"))
    assert document(article, {}) == article_document(article, {})


def test_sort_numbers_are_in_order_of_time_then_row_and_fit_64_bits():
    early, late = datetime(1900, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
    instants = [early, late - timedelta(seconds=1), late]
    numbers = [
        sort_number(instant, kind, row)
        for instant in instants
        for kind in ("complaint", "article")
        for row in (1, 2, (1 << 29) - 1)
    ]
    assert numbers == sorted(set(numbers))
    assert 0 < numbers[0] < numbers[-1] < 1 << 63


@pytest.mark.parametrize("instant", [datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)])
def test_a_date_out_of_all_reason_still_has_a_number(instant):
    assert 0 < sort_number(instant, "article", 1) < 1 << 63


@pytest.mark.parametrize("row", [0, -1, 1 << 29])
def test_a_row_that_does_not_fit_is_refused(row):
    with pytest.raises(ValueError, match="row"):
        sort_number(datetime(2026, 1, 1, tzinfo=UTC), "article", row)
