"""What is published about one lender or one tactic: both kinds apart, their counts, months and latest records."""

from dataclasses import dataclass

from domain.store import records
from indexer.errors import SearchUnavailable
from indexer.request import FacetValue, SearchRequest, SearchResult
from webapp.figures.panels import PanelGroup, panel_groups
from webapp.figures.trend_reports import today
from webapp.figures.trend_tables import TrendTable, last_months, trend_table
from webapp.searching.cards import Card, card
from webapp.shell.services import services

LATEST = 5
MONTHS = 24


@dataclass(frozen=True)
class Side:
    """One kind of record: how many, how they divide by the other facet, and the latest of them."""

    kind: str
    total: int
    by_other: list[FacetValue]
    latest: list[Card]


@dataclass(frozen=True)
class Standing:
    """Complaints and articles, never added, and both by month."""

    sides: list[Side]
    table: TrendTable
    groups: list[PanelGroup]


def standing(facet: str, value: str, other: str) -> Standing | None:
    """Count what is published under `value` of `facet`, divided by `other`; None while the index can't be asked."""
    about = SearchRequest(filters={facet: (value,)}, sort="date_desc", size=LATEST, facets=(other,))
    try:
        found = {kind: services().engine.search(_of(about, kind)) for kind in ("complaint", "article")}
        recent = last_months(about, MONTHS, today())
        table = trend_table(services().engine.trends(recent, ""), recent, "month", today())
    except SearchUnavailable:
        return None
    loaded = records.load(services().database, [hit.id for result in found.values() for hit in result.hits])
    sides = [_side(kind, result, other, loaded) for kind, result in found.items()]
    return Standing(sides, table, panel_groups(table))


def _of(about: SearchRequest, kind: str) -> SearchRequest:
    return SearchRequest(
        filters=about.filters | {"kind": (kind,)}, sort=about.sort, size=about.size, facets=about.facets
    )


def _side(kind: str, result: SearchResult, other: str, loaded: dict[str, records.Record]) -> Side:
    shown = [loaded[hit.id] for hit in result.hits if hit.id in loaded and records.is_public(loaded[hit.id])]
    return Side(kind, result.total, result.facets.get(other, []), [card(record) for record in shown])
