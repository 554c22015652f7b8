"""What each column of an export means, as /data and docs/data-dictionary.md say it."""

from typing import Any

from flask_babel import lazy_gettext as _l

RECORDS: dict[str, Any] = {
    "id": _l("The record’s own id; it stays the same."),
    "kind": _l("complaint or article. The two are never one count."),
    "date": _l("The day that it is counted under, in China, YYYY-MM-DD."),
    "date_means": _l(
        "What that day is: received (complaint), published (article), fetched (article that names no day)."
    ),
    "title": _l("An article’s title; for a complaint its lenders and tactics."),
    "lenders": _l("Slugs of the lenders that it is about."),
    "lender_names": _l("Their names, in simplified Chinese."),
    "tactics": _l("Codes of the tactics that it stands under: a complaint’s counted ones, an article’s mentions."),
    "tactic_names": _l("Their names, in simplified Chinese."),
    "counted_tactics": _l("Codes that enter a count of complaints; always empty for an article."),
    "assertions": _l("Each tactic with how it is asserted, such as visit_threatened:collector_threat."),
    "passages": _l("The words that the tags rest on."),
    "text": _l("A complaint’s words, private data masked; empty where only the figures may be used, and for articles."),
    "scripts": _l("The collector’s messages that the borrower handed in, private data masked."),
    "threats": _l("What the collector announced: tactic, day, what became of it, and its kind."),
    "product": _l("The product that the borrower named."),
    "region": _l("GB/T 2260 code of the region that the borrower named."),
    "occurred_on": _l("The day on which it happened, as the borrower says."),
    "source": _l("Slug of where it comes from; doorstep for a complaint."),
    "source_name": _l("Name of where it comes from."),
    "source_url": _l("The article’s own address."),
    "copies": _l("Addresses of pages with the same text, which are not counted."),
    "fetched_on": _l("The day on which the article was gathered."),
    "language": _l("zh-Hans, zh-Hant or en."),
    "is_sample": _l("true for an invented record of the sample."),
    "page": _l("Its page on this site."),
    "licence": _l("On what terms it may be used."),
    "written_by": _l("Who wrote the complaint: borrower, relative, colleague or employer."),
    "collector": _l("Slug of the collector’s firm that the borrower named, if our register has it."),
    "overdue": _l("How long the loan was overdue, as a band of days."),
    "amount": _l("How much was overdue, as a band in yuan (to_5000, to_20000 and so on)."),
    "wants": _l("What the writer wants, by code."),
    "events": _l(
        "What happened one by one: day, time, about when, channel, who was contacted. "
        "Time and words only where the text may be published."
    ),
    "replies": _l("What a lender replied, read by a moderator before: lender, name, day, words."),
}
TRENDS: dict[str, Any] = {
    "period": _l("Month (2026-11), quarter (2026-Q4) or year (2026), in China."),
    "month": _l("First month of the period."),
    "whole": _l("false while days of the period are still to come or outside the days chosen."),
    "kind": _l("complaint or article. The two are never one count."),
    "lens": _l("What the count is divided by; overview for nothing."),
    "value": _l("The slug or code that this row counts."),
    "name": _l("Its name, in simplified Chinese."),
    "sub_lens": _l("What the count is divided by once more."),
    "sub_value": _l("The slug or code under that."),
    "sub_name": _l("Its name, in simplified Chinese."),
    "count": _l("How many records; 0 where there are none."),
    "counts": _l("What is counted, in words."),
    "licence": _l("On what terms it may be used."),
}
