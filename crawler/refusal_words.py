"""Why something was not taken, in words: the command line says them as they stand, the site in every language."""

from collections.abc import Mapping


def _l(words: str) -> str:
    """Mark words for the site's catalogues: `ops/translations` looks for this name."""
    return words


NOT_PUBLIC = _l("an address that is not public")
REFUSED: Mapping[str, str] = {
    # The site or the page doesn't want it.
    "robots": _l("robots.txt forbids it"),
    "robots_unreachable": _l("robots.txt could not be read"),
    "robots_delay": _l("robots.txt asks for long waits between pages"),
    "noindex": _l("the page asks not to be indexed"),
    "deleted": _l("deleted by its writer or the site"),
    # What came is nothing to keep.
    "not_an_article": _l("no article on the page"),
    "login_wall": _l("the page shows nothing before one signs in, pays or proves to be human"),
    "front_page": _l("a front page, or the beginnings of other pages, and no article (kind listing reads it)"),
    "thread": _l("a thread of several writers and no article (kind forum reads it)"),
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
ANSWERED = _l("the site answered %(status)s")


def refusal_words(reason: str) -> str:
    """Return why something was not taken, in English; a status that the site answered with is named."""
    status = status_of(reason)
    return ANSWERED % {"status": status} if status else REFUSED.get(reason, reason)


def status_of(reason: str) -> str:
    """Return the status that a site answered with, where that is the reason, or nothing."""
    return reason.removeprefix("http_") if reason.startswith("http_") else ""
