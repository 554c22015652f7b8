"""The options that sources of each kind know; a module of its own, so that a form can check them without Scrapy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cssselect import HTMLTranslator, SelectorError

COMMON = frozenset({"max_pages", "delay_seconds", "hosts"})
COMMON_NUMBERS = frozenset({"max_pages", "delay_seconds"})


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


def check_options(kind: str, options: Mapping[str, Any], invalid: Callable[[str], Exception]) -> None:
    """Raise what `invalid` makes of a reason where an option can't be used."""
    known = KIND_OPTIONS[kind]
    if unknown := set(options) - known.all_names - INTERNAL:
        raise invalid(
            f"kind {kind} has no option {', '.join(sorted(unknown))}; it has {', '.join(sorted(known.all_names))}"
        )
    for name in (known.numbers | COMMON_NUMBERS) & set(options):
        value = options[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise invalid(f"option {name} must be a number")
    hosts = options.get("hosts", [])
    if not isinstance(hosts, list) or not all(isinstance(host, str) for host in hosts):
        raise invalid("option hosts must be a list of host names")
    for name in known.selectors & set(options):
        try:
            HTMLTranslator().css_to_xpath(str(options[name]))
        except SelectorError as error:
            raise invalid(f"option {name} is no CSS selector: {error}") from error
