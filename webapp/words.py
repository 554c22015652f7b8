"""What the site calls things that the store keeps as codes. One wording, so that pages and facets agree."""

from typing import Any

from flask_babel import lazy_gettext as _l

KINDS: dict[str, Any] = {"complaint": _l("Complaint"), "article": _l("Article")}
FACETS: dict[str, Any] = {
    "kind": _l("Complaint or article"),
    "lender": _l("Lender"),
    "tactic": _l("Tactic"),
    "assertion": _l("How it is said"),
    "month": _l("Month"),
    "region": _l("Region"),
    "source": _l("Source"),
}
# The word on a tag; the sentence says what it means.
ASSERTIONS: dict[str, Any] = {
    "first_hand_claim": _l("lived"),
    "collector_threat": _l("threatened"),
    "reported_claim": _l("reported"),
    "asserted_fact": _l("stated"),
    "rule_statement": _l("rule"),
    "advice": _l("advice"),
    "hypothetical": _l("supposed"),
    "opinion": _l("opinion"),
    "denial": _l("denied"),
    "context": _l("mentioned"),
}
ASSERTION_MEANINGS: dict[str, Any] = {
    "first_hand_claim": _l("The writer says that it happened to them."),
    "collector_threat": _l("The collector announced it; that is not to say that it happened."),
    "reported_claim": _l("Others are said to have met it: hearsay."),
    "asserted_fact": _l("The text states that it is done, and names nobody whom it happened to."),
    "rule_statement": _l("Says what is allowed or forbidden."),
    "advice": _l("Tells somebody what to do."),
    "hypothetical": _l("A risk, a condition or a possibility."),
    "opinion": _l("A judgement or general discontent."),
    "denial": _l("Says that it is not so."),
    "context": _l("Only names the subject."),
}
SPEAKERS: dict[str, Any] = {
    "borrower": _l("Ticked by the borrower"),
    "classifier": _l("Found by the program"),
    "moderator": _l("Decided by a moderator"),
}
OUTCOMES: dict[str, Any] = {
    "happened": _l("it happened"),
    "not_happened": _l("it did not happen"),
    "not_yet": _l("the day has not come yet"),
    "unknown": _l("the borrower does not know"),
}
WRITERS: dict[str, Any] = {
    "borrower": _l("The borrower"),
    "relative": _l("A relative or friend of the borrower"),
    "colleague": _l("A colleague of the borrower"),
    "employer": _l("The borrower’s employer"),
}
CHANNELS: dict[str, Any] = {
    "call": _l("Telephone call"),
    "sms": _l("Text message (SMS)"),
    "wechat": _l("WeChat or another messenger"),
    "visit": _l("Visit in person"),
    "letter": _l("Letter or e-mail"),
    "post_online": _l("Post online"),
    "other": _l("Another way"),
}
CONTACTED: dict[str, Any] = {
    "borrower": _l("the borrower"),
    "relative": _l("family"),
    "friend": _l("friends"),
    "colleague": _l("colleagues"),
    "employer": _l("the employer"),
    "neighbour": _l("neighbours, village or estate"),
    "other": _l("somebody else"),
}
THREAT_KINDS: dict[str, Any] = {
    "visit": _l("Somebody will come to the door"),
    "lawsuit": _l("A lawsuit, a court, seizure"),
    "police": _l("The police, an arrest"),
    "employer": _l("The employer will be told"),
    "contacts": _l("Family, friends or contacts will be told"),
    "other": _l("Something else"),
}
OVERDUE_BANDS: dict[str, Any] = {
    "not_overdue": _l("Not overdue, or nothing owed"),
    "to_30_days": _l("Up to 30 days"),
    "to_90_days": _l("31 to 90 days"),
    "to_180_days": _l("91 to 180 days"),
    "to_360_days": _l("181 to 360 days"),
    "over_360_days": _l("More than 360 days"),
}
AMOUNT_BANDS: dict[str, Any] = {
    "to_5000": _l("Up to 5,000 yuan"),
    "to_20000": _l("5,000 to 20,000 yuan"),
    "to_50000": _l("20,000 to 50,000 yuan"),
    "to_100000": _l("50,000 to 100,000 yuan"),
    "to_200000": _l("100,000 to 200,000 yuan"),
    "over_200000": _l("More than 200,000 yuan"),
}
WANTS: dict[str, Any] = {
    "stop_harassment": _l("That the harassment stops"),
    "leave_others_alone": _l("That family, friends and workplace are left alone"),
    "repayment_plan": _l("A repayment plan that can be kept"),
    "correct_amount": _l("That the amount is put right"),
    "fee_refund": _l("Fees or interest back"),
    "erase_data": _l("That my data is no longer used"),
    "written_answer": _l("An answer in writing"),
    "apology": _l("An apology"),
    "be_counted": _l("Nothing for me: it should be known and counted"),
}
# Neutral on purpose: what a rule says in general, never whether what is told here broke it.
LEGAL_STATUSES: dict[str, Any] = {
    "crime_or_offence": _l("If it is proved, laws on crimes or public order may apply."),
    "prohibited": _l("A rule forbids it."),
    "limited_by_rule": _l("Rules allow it within limits."),
    "permitted_with_conditions": _l("Rules allow it if their conditions are kept."),
    "unclear": _l("Depends on details that a text seldom gives."),
}
LENDER_TYPES: dict[str, Any] = {
    "bank_state": _l("State-owned commercial bank"),
    "bank_jointstock": _l("National joint-stock bank"),
    "bank_internet": _l("Private or internet bank"),
    "bank_city": _l("City commercial bank"),
    "consumer_finance": _l("Licensed consumer finance company"),
    "microloan": _l("Microloan company"),
    "platform": _l("Lending platform or loan facilitator"),
    "product": _l("Loan product or brand, not a legal person"),
    "auto_finance": _l("Car finance or leasing company"),
    "guarantee": _l("Financing guarantee company"),
    "collection_agency": _l("Collection agency"),
    "amc": _l("Asset management company that buys bad loans"),
    "group": _l("Holding group, mostly not the lender itself"),
    "us_lender": _l("Lender or servicer in the United States"),
    "us_collector": _l("Debt collector or debt buyer in the United States"),
}
LENDER_STATUSES: dict[str, Any] = {
    "active_assumed": _l("In business, as far as we know"),
    "run_off_unconfirmed": _l("Said to make no new loans; not confirmed"),
    "exited_lending_unconfirmed": _l("Said to have left lending; not confirmed"),
    "exited_lending": _l("Has left lending"),
    "ceased_or_winding_down": _l("Closed or being wound up"),
    "bankrupt_2020_from_memory": _l("Bankrupt in 2020, as far as we know"),
    "invented": _l("Invented, for the sample"),
    "unclear": _l("Not known"),
}
CONFIDENCES: dict[str, Any] = {
    "high": _l("Sure of this entry"),
    "medium": _l("Fairly sure of this entry"),
    "low": _l("Not sure of this entry; check it before you rely on it"),
}
BASES: dict[str, Any] = {
    "verified_secondary": _l("checked against secondary sources"),
    "partly": _l("checked in part"),
    "memory": _l("general knowledge, not yet checked against a source"),
    "invented": _l("invented"),
}
# Seen from the entry whose page it is: first what it is to the other, then what the other is to it.
RELATIONS: dict[str, Any] = {
    "operates": _l("Operated by, and the loan is legally made by"),
    "brand_of": _l("A brand or unit of"),
    "channel": _l("Offered inside; another institution lends"),
    "related": _l("Same group or regular partner"),
}
RELATIONS_BACK: dict[str, Any] = {
    "operates": _l("Operates the product"),
    "brand_of": _l("Has the brand or unit"),
    "channel": _l("Shows the loans of"),
    "related": _l("Same group or regular partner"),
}
ROLES: dict[str, Any] = {"subject": _l("the text is about it"), "background": _l("named in the background only")}
DAY_MEANINGS: dict[str, Any] = {
    "received": _l("received %(day)s"),
    "published": _l("published %(day)s"),
    "fetched": _l("gathered %(day)s; it names no day"),
}
SORTS: dict[str, Any] = {
    "relevance": _l("Best match first"),
    "date_desc": _l("Newest first"),
    "date_asc": _l("Oldest first"),
}
FIELDS: dict[str, Any] = {"all": _l("Everywhere"), "title": _l("In titles"), "text": _l("In texts")}
INTERVALS: dict[str, Any] = {"month": _l("By month"), "quarter": _l("By quarter"), "year": _l("By year")}
LENSES: dict[str, Any] = {
    "overview": _l("All together"),
    "lender": _l("By lender"),
    "tactic": _l("By tactic"),
    "region": _l("By region"),
    "source": _l("By source"),
    "assertion": _l("By how it is said"),
}
# What is wrong with a field of a form, by BadParameter.reason.
PROBLEMS: dict[str, Any] = {
    "not_a_date": _l("Give a day that exists, such as 2026-11-22."),
    "order": _l("The first day lies after the last one. Swap them or clear one."),
    "too_long": _l("That is too long to search for. Type the part that matters, up to 1,000 characters."),
    "too_complex": _l("That asks for too many things at once. Search for a part of it."),
    "too_broad": _l("Too many words begin like that. Type more of it before the star."),
    "cursor": _l("This page of results is no more. Start the search again."),
    "not_allowed": _l("We do not know this choice. It may be mistyped in the address."),
}


def problem_word(reason: str) -> Any:
    """Return what to do about a parameter that can't be read."""
    return PROBLEMS.get(reason, PROBLEMS["not_allowed"])


GONE_REASONS: dict[str, Any] = {
    "http_404": _l("The site answers that there is no such page any more."),
    "http_410": _l("The site answers that it took the page away for good."),
    "soft_404": _l("The site shows a notice instead of the text."),
    "noindex": _l("The site asks that the page not be found by searching."),
    "deleted": _l("The post was deleted where it stood."),
}
