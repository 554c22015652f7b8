"""The options that sources of each kind know; a module of its own, so that a form can check them without Scrapy."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cssselect import HTMLTranslator, SelectorError

from crawler.sources.invalid import InvalidSource

COMMON = frozenset({"max_pages", "delay_seconds", "hosts"})
# No end, .inf or .nan in YAML, is no number of pages and nothing that a store could keep.
MOST = 1_000_000_000
COMMON_NUMBERS = frozenset({"max_pages", "delay_seconds"})
FRACTIONS = frozenset({"delay_seconds"})


@dataclass(frozen=True)
class KindOptions:
    """The names of a kind's options, those among them that are numbers, and those that are CSS selectors."""

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    selectors: frozenset[str] = frozenset()

    @property
    def all_names(self) -> frozenset[str]:
        """Every option, the common ones too."""
        return COMMON | self.names | self.numbers | self.selectors


POST_SELECTORS = frozenset({"posts", "text", "author", "date", "threads"})
# Paths into an answer, such as `data.rows` or `history[].text`.
JSON_PATHS = frozenset(
    {"items", "id", "url", "title", "text", "date", "author", "institution", "status", "replies", "deleted", "next"}
)
KIND_OPTIONS: Mapping[str, KindOptions] = {
    "page": KindOptions(),
    "feed": KindOptions(),
    "sitemap": KindOptions(frozenset({"only"})),
    "listing": KindOptions(numbers=frozenset({"max_lists"}), selectors=frozenset({"items", "next"})),
    "forum": KindOptions(numbers=frozenset({"max_lists"}), selectors=POST_SELECTORS),
    "json": KindOptions(JSON_PATHS | {"next_parameter"}, numbers=frozenset({"max_lists"})),
    "cfpb": KindOptions(frozenset({"since"}), numbers=frozenset({"days_back", "max_lists"})),
}
# Set by the project on what the sample brought; never by people.
INTERNAL = frozenset({"sample"})


def check_options(slug: str, kind: str, options: Mapping[str, Any]) -> None:
    """Raise InvalidSource where an option of the source called `slug` can't be used."""
    known = KIND_OPTIONS[kind]
    if unknown := {str(name) for name in options} - known.all_names - INTERNAL:
        told = {"kind": kind, "options": ", ".join(sorted(unknown)), "known": ", ".join(sorted(known.all_names))}
        raise InvalidSource("unknown_option", "options", slug=slug, **told)
    for name in (known.numbers | COMMON_NUMBERS) & set(options):
        value = options[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < MOST:
            raise InvalidSource("option_no_number", "options", slug=slug, option=name, most=str(MOST))
    hosts = options.get("hosts", [])
    if not isinstance(hosts, list) or not all(isinstance(host, str) for host in hosts):
        raise InvalidSource("hosts_no_list", "options", slug=slug)
    for name in (known.names | known.selectors) & set(options):
        # Not a list or a mapping: a few lines of YAML that refer to each other would be written out as gigabytes.
        if not isinstance(options[name], str):
            raise InvalidSource("option_no_text", "options", slug=slug, option=name)
    for name in known.selectors & set(options):
        try:
            HTMLTranslator().css_to_xpath(options[name])
        except SelectorError as error:
            told = {"option": name, "given": options[name], "error": str(error)}
            raise InvalidSource("option_no_selector", "options", slug=slug, **told) from error


def check_whole(slug: str, options: Mapping[str, Any]) -> None:
    """Raise InvalidSource where somebody gives half a page, or half of anything else that is counted.

    Apart from `check_options`, for a source that was kept with one is still crawled, as if there were no fraction.
    """
    for name, value in options.items():
        if name not in FRACTIONS and isinstance(value, float) and not value.is_integer():
            raise InvalidSource("option_no_whole_number", "options", slug=slug, option=name, most=str(MOST))
