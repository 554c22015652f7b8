"""What is in the store once a complaint was filed by the form."""

from sqlalchemy import select

from domain.models import AuditEvent, OutboxRow
from domain.store.intake import complaints
from tests.webapp.conftest import STORY
from tests.webapp.filing.kept import WHOLE, count, locked_store, only_complaint


def test_a_filed_complaint_is_in_the_store_when_its_receipt_is_shown(filing_pages, database, receipt_of, app):
    receipt = receipt_of(filing_pages.send())
    complaint = only_complaint(database)
    key = app.extensions["doorstep"].keys.receipt
    assert complaints.by_receipt(database, key, receipt).id == complaint.id
    assert complaint.lender.slug == "chenxing_cf"
    assert [mention.tactic_code for mention in complaint.tactic_mentions if mention.said_by == "borrower"] == [
        "excessive_call_frequency"
    ]
    assert "13800138000" not in complaint.public_text
    assert count(database, OutboxRow) == 1


def test_everything_that_was_asked_is_kept(filing_pages, database, receipt_of):
    receipt_of(filing_pages.send(**WHOLE))
    kept = only_complaint(database)
    assert (kept.occurred_on.isoformat(), kept.region, kept.consent, kept.language) == (
        "2026-03-06", "440300", "figures", "zh-Hans",
    )  # fmt: skip
    assert (kept.collector.slug, kept.overdue, kept.amount) == ("yunling_bank", "to_90_days", "to_20000")
    assert kept.wants == ["apology", "erase_data"]
    (event,) = kept.events
    assert (event.occurred_at, event.channel, event.contacted) == ("09:05", "call", ["borrower", "relative"])
    (script,) = kept.scripts
    assert (script.event_number, "13900001234" in script.public_text) == (1, False)
    (threat,) = kept.threats
    assert (threat.kind, threat.announced_for.isoformat(), threat.outcome) == ("visit", "2026-12-01", "not_yet")
    assert "13800138000" not in kept.product
    assert "lin@example.org" not in kept.contact_sealed


def test_a_relative_has_a_short_form(filing_pages, database, receipt_of):
    filing_pages.go_to(
        "check", written_by="relative", lender="", narrative="他们打给我，说我弟弟欠钱。", events__0__channel="call",
        events__0__about="上周三晚上", scripts__0__text="叫你弟弟还钱",
    )  # fmt: skip
    assert "第6页，共6页" in filing_pages.page
    receipt_of(filing_pages.press("send"))
    kept = only_complaint(database)
    assert (kept.written_by, kept.lender, kept.lender_text) == ("relative", None, "")
    assert [(event.channel, event.about, event.contacted) for event in kept.events] == [
        ("call", "上周三晚上", ["relative"])
    ]
    assert [script.event_number for script in kept.scripts] == [1]


def test_only_what_is_asked_of_this_writer_is_kept(filing_pages, database, receipt_of):
    filing_pages.go_to("check", **WHOLE)
    filing_pages.open(filing_pages.address.replace("/check", "/writer") + "?then=check")
    filing_pages.press(written_by="colleague")
    receipt_of(filing_pages.press("send"))
    kept = only_complaint(database)
    assert (kept.written_by, kept.region, kept.wants, kept.threats, kept.overdue) == ("colleague", None, [], [], None)


def test_filing_works_while_there_is_no_index(filing_pages, settings, receipt_of):
    assert not (settings.data_dir / "index").exists()
    receipt_of(filing_pages.send())


def test_the_language_of_the_page_is_kept_with_the_complaint(filing_pages, client, database):
    client.set_cookie("language", "zh-Hant")
    filing_pages.send()
    assert only_complaint(database).language == "zh-Hant"


def test_the_audit_log_holds_no_word_of_the_complaint(filing_pages, database):
    filing_pages.send()
    with database.reading() as session:
        events = session.scalars(select(AuditEvent)).all()
    assert [(event.actor, event.action) for event in events if event.action.startswith("complaint")] == [
        ("borrower", "complaint.received")
    ]
    assert "催收" not in str([event.details for event in events])


def test_a_store_that_is_locked_gives_the_text_back_and_no_receipt(filing_pages, settings, database, receipt_of):
    filing_pages.go_to("check")
    with locked_store(settings):
        filing_pages.press("send")
    assert filing_pages.response.status_code == 503
    assert "什么都没有保存" in filing_pages.page
    assert STORY in filing_pages.page
    assert 'class="receipt"' not in filing_pages.page
    assert count(database) == 0
    receipt_of(filing_pages.press("send"))
    assert only_complaint(database).narrative == STORY
    assert only_complaint(database).tactic_mentions != []
