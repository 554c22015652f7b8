"""Searching Elasticsearch: one request with its facets, and how to read the answer."""

from collections.abc import Iterator
from typing import Any

from indexer.cursors import Place
from indexer.engines.answers import answer, facet_values
from indexer.engines.elasticsearch.translate import translate
from indexer.mapping import SORT_NUMBER, VERSION
from indexer.nodes import every
from indexer.queries import Query
from indexer.request import SearchResult, TrendCell

# A terms aggregation is exact only when it may return every value (search.max_buckets is 65,536).
ALL_VALUES = 60_000
CELLS_AT_ONCE = 5_000


def search_body(question: Query) -> dict[str, Any]:
    """Return the request for a page with total and facets.

    Filters stand in `post_filter`, so that each facet can be counted without its own.
    """
    body: dict[str, Any] = {
        "query": _scored(question),
        "post_filter": translate(every(list(question.filters.values()))),
        "aggs": {facet: _facet(question, facet) for facet in question.facets},
        "sort": _sort(question),
        "size": question.size + 1 if question.size else 0,
        "from": question.frm,
        "track_total_hits": True,
        "docvalue_fields": [VERSION],
    }
    if question.after:
        number = question.after.number
        body["search_after"] = (
            [len(question.tiers) - question.after.tier, number] if question.sort == "relevance" else [number]
        )
    return body


def read_answer(question: Query, response: Any) -> SearchResult:
    """Return the answer that a response gives."""
    found = [
        (Place(_tier(question, hit["sort"]), hit["sort"][-1]), hit["_id"], hit["fields"][VERSION][0])
        for hit in response["hits"]["hits"]
    ]
    facets = {
        facet: facet_values(
            facet,
            {bucket["key"]: bucket["doc_count"] for bucket in response["aggregations"][facet]["values"]["buckets"]},
            question.active.get(facet, ()),
        )
        for facet in question.facets
    }
    return answer(question, found, response["hits"]["total"]["value"], facets)


def trends_body(question: Query, lens: str, after: dict[str, Any] | None) -> dict[str, Any]:
    """Return the request for a page of cells (a composite aggregation, which has no limit on their number)."""
    fields = {"month": "month", "kind": "kind"} | ({"value": lens} if lens else {})
    composite: dict[str, Any] = {
        "size": CELLS_AT_ONCE,
        "sources": [{name: {"terms": {"field": field}}} for name, field in fields.items()],
    }
    if after:
        composite["after"] = after
    return {
        "query": translate(question.whole), "size": 0, "track_total_hits": False,
        "aggs": {"cells": {"composite": composite}},
    }  # fmt: skip


def read_cells(response: Any) -> Iterator[TrendCell]:
    """Yield the cells of a response to `trends_body`."""
    for bucket in response["aggregations"]["cells"]["buckets"]:
        key = bucket["key"]
        yield TrendCell(key["month"], key["kind"], key.get("value", ""), bucket["doc_count"])


def _scored(question: Query) -> dict[str, Any]:
    """Give each class of relevance a score of its own: whole numbers, which a float holds exactly."""
    match = translate(question.match)
    if not question.tiers:
        return {"bool": {"filter": [match]}}
    classes = [
        {"constant_score": {"filter": translate(tier), "boost": len(question.tiers) - place}}
        for place, tier in enumerate(question.tiers)
    ]
    return {"bool": {"filter": [match], "should": [{"dis_max": {"queries": classes}}], "minimum_should_match": 0}}


def _sort(question: Query) -> list[dict[str, str]]:
    number = {SORT_NUMBER: "desc" if question.descending else "asc"}
    return [{"_score": "desc"}, number] if question.sort == "relevance" else [number]


def _tier(question: Query, sort: list[Any]) -> int:
    return len(question.tiers) - round(sort[0]) if question.sort == "relevance" else 0


def _facet(question: Query, facet: str) -> dict[str, Any]:
    others = every([node for name, node in question.filters.items() if name != facet])
    return {
        "filter": translate(others),
        "aggs": {"values": {"terms": {"field": facet, "size": ALL_VALUES}}},
    }
