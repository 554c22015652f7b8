"""Searching a tantivy index: pages, totals, facets and trends."""

from typing import Any, cast

from tantivy import Order, Query, Searcher, SearchResult

from indexer.cursors import Place
from indexer.engines.answers import answer, facet_values
from indexer.engines.embedded.translate import translate
from indexer.mapping import SORT_NUMBER
from indexer.nodes import Node, Not, Range, every
from indexer.queries import Query as Question
from indexer.request import FacetValue, TrendCell
from indexer.request import SearchResult as Answer

# Terms aggregations are exact only when they may return every value; tantivy's own limit is 65,000 buckets.
ALL_VALUES = 60_000

_Found = tuple[Place, str, int]


def search(searcher: Searcher, question: Question) -> Answer:
    """Answer a question from one commit."""
    found = _page(searcher, question) if question.size else []
    return answer(question, found, count(searcher, question.whole), _facets(searcher, question))


def count(searcher: Searcher, node: Node) -> int:
    """Count the documents that match, exactly."""
    return counted(searcher.search(translate(node), limit=1, count=True))  # limit=0 makes tantivy panic


def counted(result: SearchResult) -> int:
    """Return how many documents a search matched (its type stubs leave that out)."""
    return cast(int, cast(Any, result).count)


def trends(searcher: Searcher, question: Question, lens: str) -> list[TrendCell]:
    """Count by month, kind and value of the lens, a year at a time: tantivy stops at 65,000 buckets."""
    months = [bucket["key"] for bucket in _terms(searcher, translate(question.whole), "month")]
    cells: list[TrendCell] = []
    for year in sorted({month[:4] for month in months}):
        first, last = int(year) * 10000, int(year) * 10000 + 1231
        node = every([question.whole, Range("day", first, last)])
        for month in _terms(searcher, translate(node), "month", "kind", *([lens] if lens else [])):
            for kind in month["kind"]["buckets"]:
                values = kind[lens]["buckets"] if lens else [{"key": "", "doc_count": kind["doc_count"]}]
                cells += [TrendCell(month["key"], kind["key"], value["key"], value["doc_count"]) for value in values]
    return sorted(cells, key=lambda cell: (cell.month, cell.kind, cell.value))


def _terms(searcher: Searcher, query: Query, field: str, *nested: str) -> list[dict[str, Any]]:
    name, aggregation = field, _aggregation(field, *nested)
    buckets: list[dict[str, Any]] = searcher.aggregate(query, {name: aggregation})[name]["buckets"]
    return buckets


def _aggregation(field: str, *nested: str) -> dict[str, Any]:
    aggregation: dict[str, Any] = {"terms": {"field": field, "size": ALL_VALUES, "segment_size": ALL_VALUES}}
    if nested:
        # `aggs`: under the name `aggregations`, which Elasticsearch knows too, tantivy leaves them out without a word.
        aggregation["aggs"] = {nested[0]: _aggregation(*nested)}
    return aggregation


def _facets(searcher: Searcher, question: Question) -> dict[str, list[FacetValue]]:
    return {
        facet: facet_values(
            facet,
            {bucket["key"]: bucket["doc_count"] for bucket in buckets},
            question.active.get(facet, ()),
        )
        for facet, buckets in _facet_buckets(searcher, question).items()
    }


def _facet_buckets(searcher: Searcher, question: Question) -> dict[str, list[dict[str, Any]]]:
    """Count the facets without a filter of their own in one go, each of the others without its own filter."""
    plain = [facet for facet in question.facets if facet not in question.filters]
    together = searcher.aggregate(translate(question.whole), {facet: _aggregation(facet) for facet in plain})
    return {
        facet: together[facet]["buckets"]
        if facet in plain
        else _terms(searcher, translate(question.for_facet(facet)), facet)
        for facet in question.facets
    }


def _page(searcher: Searcher, question: Question) -> list[_Found]:
    """Walk the classes of relevance, best first, until the page and one more are found."""
    found: list[_Found] = []
    skip = question.frm
    for tier, node in enumerate(_classes(question)):
        missing = question.size + 1 - len(found)
        if missing <= 0:
            break
        if question.after and tier < question.after.tier:
            continue
        if question.after and tier == question.after.tier:
            node = every([node, _beyond(question)])
        result = searcher.search(
            translate(node), limit=skip + missing, count=skip > 0, order_by_field=SORT_NUMBER,
            order=Order.Desc if question.descending else Order.Asc,
        )  # fmt: skip
        found += [_found(searcher, tier, number, address) for number, address in result.hits[skip:]]
        skip = max(0, skip - counted(result)) if skip else 0
    return found


def _classes(question: Question) -> list[Node]:
    """Return one node for each class: in this one and in none before it; the last is what is in none."""
    refused: list[Node] = []
    classes: list[Node] = []
    for tier in question.tiers:
        classes.append(every([question.whole, tier, *refused]))
        refused.append(Not(tier))
    return [*classes, every([question.whole, *refused])]


def _beyond(question: Question) -> Node:
    assert question.after is not None  # noqa: S101
    number = question.after.number
    return Range(SORT_NUMBER, None, max(0, number - 1)) if question.descending else Range(SORT_NUMBER, number + 1, None)


def _found(searcher: Searcher, tier: int, number: int, address: Any) -> _Found:
    kept: Any = searcher.doc(address)
    return Place(tier, number), kept.get_first("id"), kept.get_first("version")
