"""The words for what a run of the crawler counts and for why it did not take something (docs/pipelines.md)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from crawler.refusal_words import ANSWERED, REFUSED, status_of
from webapp.filing.previews import MASKS, OTHER
from webapp.shell.language import day

COUNTED: dict[str, Any] = {
    "requests": _l("requests"),
    "fetched": _l("pages read"),
    "found": _l("articles and posts met"),
    "items": _l("articles and posts read"),
    "lists": _l("lists"),
    "listed": _l("links on lists"),
    "threads": _l("threads"),
    "passed_over": _l("links passed over"),
    "copy": _l("copies that name their original"),
    "further_page": _l("further pages of stories"),
    "incomplete": _l("stories with a page missing"),
    "not_modified": _l("unchanged, not sent again"),
    "asked_again": _l("asked again because the site was busy"),
    "visited_before": _l("read by the run that broke off"),
    "taken_elsewhere": _l("read for another source of the run"),
    "over_limit": _l("left out, for the run had its fill"),
    "with_gaps": _l("with lost characters"),
    "gone": _l("gone at the source"),
    "archive_full": _l("not archived, for the archive is full"),
    "source_unread": _l("the source’s own address could not be read"),
    "errors": _l("errors of our own"),
}

KINDS: dict[str, Any] = {
    "feed": _l("feed (RSS, Atom, JSON Feed)"),
    "sitemap": _l("sitemap"),
    "listing": _l("list pages"),
    "forum": _l("forum"),
    "json": _l("JSON API"),
    "page": _l("a single page"),
    "cfpb": _l("the CFPB’s complaint database"),
}


def refusal_words(reason: str) -> str:
    """Return why something was not taken, in the reader's language."""
    if status := status_of(reason):
        return str(_(ANSWERED, status=status))
    return str(_(REFUSED[reason])) if reason in REFUSED else reason


def refusals(counted: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Return why something was not taken, each reason once in its words, with the names of it and how often."""
    told: dict[str, tuple[list[str], int]] = {}
    for reason, number in counted.items():
        names, before = told.get(refusal_words(reason), ([], 0))
        told[refusal_words(reason)] = ([*names, reason], before + number)
    return [(words, ", ".join(names), number) for words, (names, number) in told.items()]


def mask_name(kind: str) -> str:
    """Return what a kind of private data is called."""
    return str(MASKS.get(kind, OTHER)[0])


def init_app(app: Flask) -> None:
    """Give the templates the filters for these words."""
    app.jinja_env.filters["refusals"] = refusals
    app.jinja_env.filters |= {"counted_words": lambda name: COUNTED.get(name, name), "mask_name": mask_name}
    app.jinja_env.filters["written_day"] = lambda text: day(date.fromisoformat(text))
    app.jinja_env.filters["source_kind"] = lambda kind: KINDS.get(kind, kind)
