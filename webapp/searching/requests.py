"""Parameters as read → SearchRequest, and what an engine refused → the parameter at fault. Pure."""

from dataclasses import replace
from typing import Any

from indexer.errors import InvalidQuery
from indexer.request import FACETS, SearchRequest
from webapp.searching.parameters import SORT_ALIASES, BadParameter, Values

# Which parameter is at fault for each code of InvalidQuery that a value within its own rule can still meet.
_AT_FAULT = {
    "too_long": ("search_term", "too_long"),
    "too_complex": ("search_term", "too_complex"),
    "too_broad": ("search_term", "too_broad"),
    "too_deep": ("frm", "out_of_range"),
    "cursor": ("search_after", "cursor"),
}
_PLAIN = ("search_term", "field", "date_received_min", "date_received_max", "size", "frm", "search_after")


def search_request(values: Values) -> SearchRequest:
    """Make the request that these values (see webapp.searching.parameters) ask for."""
    plain = {name: values[name] for name in _PLAIN if name in values}
    sort = str(values.get("sort", "relevance"))
    return SearchRequest(
        filters={facet: values[facet] for facet in FACETS if values.get(facet)},
        excluded={facet: values[f"not_{facet}"] for facet in FACETS if values.get(f"not_{facet}")},
        sort=SORT_ALIASES.get(sort, sort),
        **plain,
    )


def narrowed(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Return the request with one facet held to one value."""
    return replace(request, filters=request.filters | {facet: (value,)})


def at_fault(error: InvalidQuery) -> BadParameter:
    """Name the parameter behind what the index refused."""
    if error.code == "filter":
        return BadParameter(error.value, "too_many")
    name, reason = _AT_FAULT.get(error.code, ("search_term", "too_complex"))
    return BadParameter(name, reason, error.value)


def totals_by_kind(request: SearchRequest, facets: dict[str, Any], total: int) -> dict[str, int]:
    """Return how many of the results are complaints and how many articles; the facet counts past its own filter."""
    chosen = request.filters.get("kind", ("complaint", "article"))
    counts = {value.value: value.count for value in facets.get("kind", ())}
    return {
        kind: counts.get(kind, 0) if kind in chosen and kind not in request.excluded.get("kind", ()) else 0
        for kind in ("complaint", "article")
    }
