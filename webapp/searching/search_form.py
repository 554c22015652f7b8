"""What the search page shows around its results: what is active, and where each facet leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from indexer.request import FACETS, FacetValue
from webapp.searching.addresses import adding, address, removing
from webapp.searching.parameters import Values
from webapp.searching.vocabularies import label
from webapp.shell.language import day

# As many as fit on a phone without scrolling past the results that they narrow; the others are one tap away.
SHOWN_AT_ONCE = 8


@dataclass(frozen=True)
class Chip:
    """Something that narrows the search: what it says, and the address of the search without it."""

    name: str
    text: str
    is_negative: bool
    remove: str
    without: Values


@dataclass(frozen=True)
class Choice:
    """A value of a facet: where choosing it (or unchoosing it) leads, and where leaving it out does."""

    value: str
    text: str
    count: int
    active: bool
    follow: str
    exclude: str


@dataclass(frozen=True)
class Facet:
    """A facet with its choices, the first ones `shown`, the others behind a fold."""

    name: str
    shown: list[Choice]
    folded: list[Choice]
    is_used: bool


def chips(values: Values, path: str = "/search") -> list[Chip]:
    """Return what is active, in the order of the facets, then the days."""
    found = []
    for facet in FACETS:
        for name in (facet, f"not_{facet}"):
            for value in values.get(name, ()):
                found.append(_chip(values, path, name, value, label(facet, value)))
    for name, text in (("date_received_min", gettext("from")), ("date_received_max", gettext("to"))):
        if name in values:
            found.append(_chip(values, path, name, "", f"{text} {day(values[name])}"))
    return found


def facets(values: Values, counted: Mapping[str, Iterable[FacetValue]], path: str = "/search") -> list[Facet]:
    """Return every facet that has a choice to offer."""
    made = []
    for name in FACETS:
        choices = [_choice(values, path, name, value) for value in counted.get(name, ())]
        if name == "month":
            choices.reverse()  # the newest first, which is the one that most people want
        active, others = [c for c in choices if c.active], [c for c in choices if not c.active]
        room = max(0, SHOWN_AT_ONCE - len(active))
        if choices:
            made.append(Facet(name, active + others[:room], others[room:], bool(active or values.get(f"not_{name}"))))
    return made


def _choice(values: Values, path: str, facet: str, value: FacetValue) -> Choice:
    follow = removing(values, facet, value.value) if value.active else adding(values, facet, value.value)
    return Choice(
        value.value, label(facet, value.value), value.count, value.active, address(path, follow),
        address(path, adding(removing(values, facet, value.value), f"not_{facet}", value.value)),
    )  # fmt: skip


def _chip(values: Values, path: str, name: str, value: str, text: str) -> Chip:
    without = removing(values, name, value)
    return Chip(name.removeprefix("not_"), text, name.startswith("not_"), address(path, without), without)
