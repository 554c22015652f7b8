"""Query nodes → Elasticsearch's query language."""

from functools import singledispatch
from typing import Any

from indexer.nodes import All, AtLeast, Everything, Node, Not, Nothing, OneOf, Phrase, Prefix, Range, Term


@singledispatch
def translate(node: Node) -> dict[str, Any]:
    """Return the query of a node."""
    raise TypeError(node)


@translate.register
def _(node: Everything) -> dict[str, Any]:
    return {"match_all": {}}


@translate.register
def _(node: Nothing) -> dict[str, Any]:
    return {"match_none": {}}


@translate.register
def _(node: Term) -> dict[str, Any]:
    return {"term": {node.field: node.value}}


@translate.register
def _(node: OneOf) -> dict[str, Any]:
    return {"terms": {node.field: list(node.values)}}


@translate.register
def _(node: Phrase) -> dict[str, Any]:
    if not node.prefix:
        return {"match_phrase": {node.field: " ".join(node.values)}}
    # match_phrase_prefix looks at the first 50 words only that begin so; spans look at all, or say that it's too many.
    terms: list[dict[str, Any]] = [{"span_term": {node.field: value}} for value in node.values[:-1]]
    last = {"span_multi": {"match": {"prefix": {node.field: {"value": node.values[-1]}}}}}
    return {"span_near": {"clauses": [*terms, last], "slop": 0, "in_order": True}}


@translate.register
def _(node: Prefix) -> dict[str, Any]:
    return {"prefix": {node.field: {"value": node.value}}}


@translate.register
def _(node: Range) -> dict[str, Any]:
    ends = {"gte": node.low, "lte": node.high}
    return {"range": {node.field: {end: value for end, value in ends.items() if value is not None}}}


@translate.register
def _(node: Not) -> dict[str, Any]:
    return {"bool": {"must_not": [translate(node.part)]}}


@translate.register
def _(node: All) -> dict[str, Any]:
    wanted = [translate(part) for part in node.parts if not isinstance(part, Not)]
    refused = [translate(part.part) for part in node.parts if isinstance(part, Not)]
    return {"bool": {"filter": wanted, "must_not": refused}}


@translate.register
def _(node: AtLeast) -> dict[str, Any]:
    return {"bool": {"should": [translate(part) for part in node.parts], "minimum_should_match": node.times}}
