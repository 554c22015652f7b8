"""What both engines shape alike: facet values and the page of hits."""

from collections.abc import Mapping, Sequence

from indexer.cursors import Place, write_cursor
from indexer.queries import Query
from indexer.request import FacetValue, Hit, SearchResult

# A facet's values come by count, months by time: 2026-11 stands after 2026-10 however many it has.
CHRONOLOGICAL = frozenset({"month"})


def facet_values(facet: str, counts: Mapping[str, int], active: Sequence[str]) -> list[FacetValue]:
    """Return the values of a facet; chosen ones are there even when they count nothing, so that they can be unset."""
    chosen = set(active)
    values = [FacetValue(value, counts.get(value, 0), value in chosen) for value in {*counts, *chosen}]
    if facet in CHRONOLOGICAL:
        return sorted(values, key=lambda value: value.value)
    return sorted(values, key=lambda value: (-value.count, value.value))


def answer(
    query: Query, found: Sequence[tuple[Place, str, int]], total: int, facets: dict[str, list[FacetValue]]
) -> SearchResult:
    """Make the answer of up to `size + 1` places found (with id and version); one more than fits means a next page."""
    hits = [
        Hit(
            id=record_id,
            version=version,
            cursor=write_cursor(query.sort, place),
            score=float(len(query.tiers) - place.tier) if query.sort == "relevance" else None,
        )
        for place, record_id, version in found[: query.size]
    ]
    has_more = len(found) > query.size and bool(hits)
    return SearchResult(hits, total, facets, hits[-1].cursor if has_more else "")
