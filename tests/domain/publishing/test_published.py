from datetime import UTC, date, datetime

import pytest

from domain.models import Article, Complaint, ComplaintScript, Lender, LenderMention, TacticMention
from domain.publishing import published

LENDER = Lender(slug="yunling_bank", name_zh_hans="云岭银行", name_zh_hant="雲嶺銀行", name_en="Yunling Bank")
OTHER = Lender(slug="chenxing_cf", name_zh_hans="晨星消费金融", name_zh_hant="晨星消費金融", name_en="Morning Star")


def mention(assertion, counted=False, start=None, end=None, quote="", code="visit_threatened"):
    return TacticMention(
        tactic_code=code, assertion=assertion, counted=counted, said_by="classifier", start=start, end=end,
        quote=quote, confidence=0.5, reason="pattern 上门",
    )  # fmt: skip


def complaint(**changes):
    fields = {
        "consent": "publish", "public_text": "催收说要上门", "product": "信用卡", "lender": LENDER,
        "received_at": datetime(2026, 11, 24, 16, 30, tzinfo=UTC), "scripts": [ComplaintScript(public_text="今晚上门")],
    }  # fmt: skip
    return Complaint(**fields | changes)


def article(**changes):
    fields = {"public_text": "上门", "fetched_at": datetime(2026, 11, 24, 16, 30, tzinfo=UTC), "title": "标题"}
    return Article(**fields | changes)


def test_the_day_of_a_complaint_is_the_day_in_china():
    assert published.day_of(complaint()) == date(2026, 11, 25)


def test_the_day_of_an_article_is_its_own_or_else_when_it_was_gathered():
    assert published.day_of(article(published_on=date(2026, 1, 2))) == date(2026, 1, 2)
    assert (published.day_of(article()), published.meaning_of_day(article())) == (date(2026, 11, 25), "fetched")


def test_consent_for_figures_shows_no_words_of_any_sort():
    hidden = complaint(consent="figures", tactic_mentions=[mention("first_hand_claim", True, 4, 6, "上门")])
    assert (published.text_of(hidden), published.scripts_of(hidden), published.product_of(hidden)) == ("", [], "")
    assert [(tag.passage, tag.reason) for tag in published.tags_of(hidden)] == [(None, "")]


@pytest.mark.parametrize(
    ("start", "end", "quote"), [(4, 6, "到家"), (4, 60, "上门"), (-2, 6, "上门"), (6, 4, "上门"), (90, 92, "")]
)
def test_a_passage_that_no_longer_stands_there_is_none(start, end, quote):
    assert published.passage_at(complaint(), start, end, quote) is None


def test_a_complaint_stands_under_what_counts_and_an_article_under_what_it_claims():
    mentions = [
        mention("first_hand_claim", counted=True), mention("denial", code="visit_actual"),
        mention("context", code="insult_abuse"), mention("reported_claim", code="debt_disclosure"),
    ]  # fmt: skip
    assert published.tactic_codes(complaint(tactic_mentions=mentions)) == ("visit_threatened",)
    assert published.tactic_codes(article(tactic_mentions=mentions)) == ("visit_threatened", "debt_disclosure")


def test_each_lender_is_named_once_and_a_subject_is_no_background():
    mentions = [LenderMention(lender=OTHER, role="background"), LenderMention(lender=OTHER, role="subject")]
    named = published.lenders_of(complaint(lender_mentions=mentions))
    assert [(one.lender.slug, one.role) for one in named] == [("yunling_bank", "subject"), ("chenxing_cf", "subject")]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://x", "", "//x", " https://x", "data:,"])
def test_only_addresses_of_the_web_are_given_away(address):
    assert published.source_address(article(url=address, canonical_url=address)) is None


def test_a_complaints_title_is_made_of_names_in_the_way_of_their_script():
    assert published.complaint_title(["晨星消费金融"], ["骂人", "扬言上门"]) == "晨星消费金融：骂人、扬言上门"
    assert published.complaint_title(["Yunling Bank"], ["Insults", "Threat"]) == "Yunling Bank: Insults, Threat"
