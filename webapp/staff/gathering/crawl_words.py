"""The words for what a run of the crawler counts and for why it did not take something (docs/pipelines.md)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

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
NOT_PUBLIC = _l("an address that is not public")
REFUSED: dict[str, Any] = {
    # The site or the page doesn't want it.
    "robots": _l("robots.txt forbids it"),
    "robots_unreachable": _l("robots.txt could not be read"),
    "robots_delay": _l("robots.txt asks for long waits between pages"),
    "noindex": _l("the page asks not to be indexed"),
    "deleted": _l("deleted by its writer or the site"),
    # What came is nothing to keep.
    "not_an_article": _l("no article on the page"),
    "no_entries": _l("no entries in it"),
    "no_narrative": _l("without a narrative"),
    "not_a_feed": _l("no feed or sitemap"),
    "not_a_page": _l("data for programs (JSON, a feed, a sitemap) and no page"),
    "binary": _l("not a text"),
    "empty": _l("an empty page"),
    "too_large": _l("too large"),
    "cut_off": _l("broke off before its end"),
    "malformed_gzip": _l("damaged compression"),
    "wrong_compression": _l("not compressed in the way that the site says"),
    "malformed_json": _l("damaged JSON"),
    "malformed_xml": _l("damaged XML"),
    "xml_entities": _l("XML that unfolds without end"),
    "parser_time": _l("took too long to read"),
    "parser_memory": _l("took too much memory to read"),
    "parser_failed": _l("could not be taken apart"),
    "ends_the_crawler": _l("ended three crawlers, given up"),
    # It could not be had.
    "timeout": _l("no answer in time"),
    "name_not_found": _l("the site’s name is not known"),
    "connection_refused": _l("the site takes no connection"),
    "connection_failed": _l("the connection failed"),
    "certificate_expired": _l("the site’s certificate has expired"),
    "certificate_not_yet_valid": _l("the site’s certificate is not valid yet"),
    "certificate_of_another_host": _l("the site’s certificate is that of another site"),
    "certificate_untrusted": _l("nobody we trust vouches for the site’s certificate"),
    "redirect": _l("a redirect to no page"),
    "too_many_redirects": _l("too many redirects"),
    "too_deep": _l("nested too deeply"),
    "too_many_lists": _l("beyond the number of lists that a run may read (max_lists)"),
    "repeats": _l("leads on and on to the same entries"),
    "over_budget": _l("the day’s requests to this site are used up"),
    "ignored": _l("left out by a setting"),
    "over_limit": _l("left out, for the run had its fill"),
    # It must not be asked for.
    "foreign_site": _l("on another site"),
    "port": _l("a port other than 80 and 443"),
    "scheme": _l("neither http nor https"),
    "userinfo": _l("an address with a user name in it"),
    "malformed_address": _l("no valid address"),
    "proxy": _l("through a proxy"),
    "unguarded": _l("through a connection that checks nothing"),
    "numeric_host": _l("a number in place of a name"),
    "local_name": _l("a name of a private network"),
    **dict.fromkeys(
        ("private_address", "loopback_address", "link_local_address", "multicast_address", "mapped_address",
         "nat64_address", "6to4_address", "special_address", "own_address"),
        NOT_PUBLIC,
    ),
    # The run came to its end.
    "stopped": _l("the run was stopped"),
    "frontier_unavailable": _l("our queue of pages could not be reached"),
}  # fmt: skip


def refusal_words(reason: str) -> str:
    """Return why something was not taken; a status that the site answered with is named."""
    if reason.startswith("http_"):
        return str(_("the site answered %(status)s", status=reason.removeprefix("http_")))
    return str(REFUSED.get(reason, reason))


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
