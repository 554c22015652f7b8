"""Query nodes → tantivy queries."""

import re
from functools import singledispatch

from tantivy import FieldType, Occur, Query

from indexer.engines.embedded.schema import schema
from indexer.nodes import All, AtLeast, Everything, Node, Not, Nothing, OneOf, Phrase, Prefix, Range, Term


@singledispatch
def translate(node: Node) -> Query:
    """Return the tantivy query of a node."""
    raise TypeError(node)


@translate.register
def _(node: Everything) -> Query:
    return Query.all_query()


@translate.register
def _(node: Nothing) -> Query:
    return Query.empty_query()


@translate.register
def _(node: Term) -> Query:
    return Query.term_query(schema(), node.field, node.value, index_option="basic")


@translate.register
def _(node: OneOf) -> Query:
    return Query.term_set_query(schema(), node.field, list(node.values))


@translate.register
def _(node: Phrase) -> Query:
    if not node.prefix:
        return Query.phrase_query(schema(), node.field, list(node.values))
    # The plain prefix phrase looks at the first 50 words only that begin so; this one looks at all.
    patterns = [re.escape(value) for value in node.values[:-1]]
    return Query.regex_phrase_query(schema(), node.field, [*patterns, re.escape(node.values[-1]) + ".*"])


@translate.register
def _(node: Prefix) -> Query:
    return Query.regex_query(schema(), node.field, re.escape(node.value) + ".*")


@translate.register
def _(node: Range) -> Query:
    return Query.range_query(schema(), node.field, FieldType.Unsigned, node.low, node.high)


@translate.register
def _(node: Not) -> Query:
    # A query of nothing but refusals finds nothing in tantivy: the rest has to be asked for.
    return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, translate(node.part))])


@translate.register
def _(node: All) -> Query:
    clauses = [
        (Occur.MustNot, translate(part.part)) if isinstance(part, Not) else (Occur.Must, translate(part))
        for part in node.parts
    ]
    if all(isinstance(part, Not) for part in node.parts):
        clauses.append((Occur.Must, Query.all_query()))
    return Query.boolean_query(clauses)


@translate.register
def _(node: AtLeast) -> Query:
    return Query.boolean_query([(Occur.Should, translate(part)) for part in node.parts], node.times)
