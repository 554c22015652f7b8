"""Why a source can't be kept, in the reader's language: the words for each reason of `crawler.sources.invalid`."""

from typing import Any

from flask_babel import lazy_gettext as _l

from crawler.sources.invalid import ForbiddenAddress, InvalidSource
from webapp.staff.gathering.crawl_words import refusal_words

LABELS: dict[str, Any] = {
    "slug": _l("Short name"), "name": _l("Name"), "kind": _l("Kind"), "address": _l("Address"),
    "language": _l("Language"), "schedule": _l("Schedule"), "pace": _l("Seconds between requests"),
    "daily_pages": _l("Requests in 24 hours, at most"), "licence": _l("Note on the terms"),
    "contact": _l("Contact at the site"), "options": _l("Options of the kind, as YAML"),
}  # fmt: skip
INVALID: dict[str, Any] = {
    "taken": _l("There is a source of the short name %(slug)s already. Choose another one."),
    "no_slug": _l(
        "The short name takes lower-case letters, digits, - and _ only, 80 at most, the first a letter or digit."
    ),
    "long_name": _l("The name has more than %(most)s characters."),
    "unknown_language": _l("Choose one of the languages."),
    "unknown_kind": _l("Choose one of the kinds."),
    "no_address": _l("“%(given)s” is no valid address."),
    "no_web_address": _l("Give an address that begins with https:// or http://."),
    "long_address": _l("The address has %(given)s characters; %(most)s are allowed."),
    "forbidden_address": _l("The crawler may not ask %(given)s: %(why)s."),
    "no_number": _l("%(label)s: give a number from %(least)s to %(most)s."),
    "no_whole_number": _l("%(label)s: give a whole number from %(least)s to %(most)s."),
    "no_schedule": _l(
        "Give the schedule as hourly, daily, weekly, by hand or a number of hours from %(least)s to %(most)s."
    ),
    "too_often": _l("A source is read once in %(least)s hours at most. Give a larger number, or “by hand”."),
    "options_no_yaml": _l("The options can’t be read as YAML. Write one a line, such as max_pages: 200"),
    "options_no_mapping": _l("Write the options one a line, each with its name, such as max_pages: 200"),
    "unknown_option": _l("A source of this kind has no option %(options)s. It knows: %(known)s."),
    "option_no_number": _l("The option %(option)s must be a number from 0 to %(most)s."),
    "option_no_whole_number": _l("The option %(option)s must be a whole number from 0 to %(most)s."),
    "option_no_text": _l("The option %(option)s must be a text. Put it in quotes."),
    "hosts_no_list": _l("The option hosts must be a list of host names, such as [m.news.example]."),
    "option_no_selector": _l("The option %(option)s is no CSS selector: %(given)s"),
}
# Of a file only, which the command line reads: a form has these fields and no others.
OF_FILES = frozenset({"no_mapping", "unknown_field", "field_no_text"})


def invalid_words(refusal: InvalidSource) -> str:
    """Return what is wrong with a source, and what to do."""
    words = {**refusal.details, "label": str(LABELS.get(refusal.field, ""))}
    if isinstance(refusal, ForbiddenAddress):
        words["why"] = refusal_words(refusal.why)
    return str(INVALID[refusal.reason]) % words
