"""SearchRequest → engine-neutral query. Pure; `engines` translate the nodes and nothing else.

Relevance is a short list of classes (`tiers`), and inside a class the newest comes first. It is not BM25, for three
reasons (docs/decisions/0004): BM25's numbers shift whenever a document is added, so no cursor over them can promise
neither to skip nor to repeat; they differ between engines and shards; and nobody can say to a lender's lawyer why one
complaint stands above another, while "the name is in its title" can be said.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from indexer import analysis
from indexer.cursors import Place, read_cursor
from indexer.documents import day_number
from indexer.errors import InvalidQuery
from indexer.mapping import DAY, LEAD, OFTEN
from indexer.nodes import AtLeast, Everything, Node, Not, Nothing, OneOf, Phrase, Prefix, Range, Term, either, every
from indexer.request import FACETS, MAX_SIZE, SORTS, SearchRequest
from indexer.search_terms import Both, Either, Leaf, Wanted, Without, leaves, parse, positive

FAMILIES = {"all": ("title", "name", "text"), "title": ("title",), "text": ("text",)}
HEADING = {"all": ("title", "name")}

DEEPEST = 10_000
MOST_VALUES = 500
# 微众银行 上门 催收 半夜: the first three parts decide the class; more would make a class for every combination.
WEIGHED_PARTS = 3
# Elasticsearch takes 1,024 clauses at the least: 12 parts of up to 8 keys in each class stay under it. A longer
# search is one for rare words; its few results are read whatever their order.
WEIGHED_LEAVES, WEIGHED_KEYS = 12, 8


@dataclass(frozen=True)
class Query:
    """What an engine runs. `match` is the term and the dates, `filters` one node for each facet that has a filter.

    `tiers` are the classes of relevance, best first; what is in none of them comes after the last. Inside a class the
    order is by sort number, `descending` or not; `after` is where the page before ended.
    """

    match: Node
    filters: dict[str, Node]
    tiers: tuple[Node, ...]
    sort: str
    after: Place | None
    size: int
    frm: int
    facets: tuple[str, ...]
    active: dict[str, tuple[str, ...]]

    @property
    def descending(self) -> bool:
        """Whether later records come first."""
        return self.sort != "date_asc"

    @property
    def whole(self) -> Node:
        """The match and every filter."""
        return every([self.match, *self.filters.values()])

    def for_facet(self, facet: str) -> Node:
        """The match and every filter but the facet's own."""
        return every([self.match, *(node for name, node in self.filters.items() if name != facet)])


def build_query(request: SearchRequest) -> Query:
    """Turn a request into a query. Raises InvalidQuery (see there for the codes)."""
    _check(request)
    wanted, term = _term(request)
    return Query(
        match=every([term, _dates(request)]), filters=_filters(request),
        tiers=_tiers(wanted, request.field) if wanted and request.sort == "relevance" else (),
        sort=request.sort, after=read_cursor(request.sort, request.search_after) if request.search_after else None,
        size=request.size, frm=request.frm, facets=tuple(dict.fromkeys(request.facets)),
        active={facet: tuple(values) for facet, values in request.filters.items()},
    )  # fmt: skip


def _check(request: SearchRequest) -> None:
    for code, value, allowed in (("sort", request.sort, SORTS), ("field", request.field, tuple(FAMILIES))):
        if value not in allowed:
            raise InvalidQuery(code, value)
    for facet in request.facets:
        if facet not in FACETS:
            raise InvalidQuery("facet", facet)
    if not 0 <= request.size <= MAX_SIZE:
        raise InvalidQuery("size", str(request.size))
    if request.frm < 0 or request.frm + request.size > DEEPEST or (request.frm and request.search_after):
        raise InvalidQuery("too_deep", str(request.frm))


def _term(request: SearchRequest) -> tuple[Wanted | None, Node]:
    if not request.search_term.strip():
        return None, Everything()
    wanted = parse(request.search_term)
    families = FAMILIES[request.field]
    return wanted, Nothing() if wanted is None else _compile(wanted, lambda leaf: leaf_in(families, leaf))


def _dates(request: SearchRequest) -> Node:
    first, last = request.date_received_min, request.date_received_max
    if first is None and last is None:
        return Everything()
    return Range(DAY, day_number(first) if first else None, day_number(last) if last else None)


def _filters(request: SearchRequest) -> dict[str, Node]:
    filters: dict[str, list[Node]] = {}
    for chosen, excluded in ((request.filters, False), (request.excluded, True)):
        for facet, values in chosen.items():
            if facet not in FACETS or len(values) > MOST_VALUES:
                raise InvalidQuery("filter", facet)
            if values:
                node = OneOf(facet, tuple(sorted({analysis.printable(value) for value in values})))
                filters.setdefault(facet, []).append(Not(node) if excluded else node)
    return {facet: every(nodes) for facet, nodes in filters.items()}


def _compile(wanted: Wanted, compile_leaf: Callable[[Leaf], Node]) -> Node:
    if isinstance(wanted, Leaf):
        return compile_leaf(wanted)
    if isinstance(wanted, Without):
        return Not(_compile(wanted.part, compile_leaf))
    parts = [_compile(part, compile_leaf) for part in wanted.parts]
    return every(parts) if isinstance(wanted, Both) else either(parts)


def leaf_in(families: tuple[str, ...], leaf: Leaf) -> Node:
    """Look for a leaf in any of the families of fields (see mapping.FAMILIES)."""
    way, values = leaf_way(leaf)
    return either([_adjacent(f"{family}_{way}", values, leaf.prefix) for family in families])


def leaf_way(leaf: Leaf) -> tuple[str, tuple[str, ...]]:
    """Return by which of mapping.WAYS a leaf is looked for, and the tokens that stand for it there."""
    found = leaf.units
    if len(found) > 1 and all(analysis.is_single(unit) for unit in found):
        return "pair", tuple(analysis.pairs(found))
    if not leaf.exact and not leaf.prefix and all(analysis.is_word(unit) for unit in found):
        return "stem", tuple(analysis.stem(unit) for unit in found)
    return "unit", found


def _adjacent(field: str, values: tuple[str, ...], prefix: bool) -> Node:
    if len(values) > 1:  # a phrase of one token makes tantivy panic
        return Phrase(field, values, prefix)
    return Prefix(field, values[0]) if prefix else Term(field, values[0])


def leaf_keys(field: str, leaf: Leaf) -> Node:
    """Look for what a leaf is recognised by in LEAD or OFTEN, which have no positions."""
    whole = leaf.units[:-1] if leaf.prefix else leaf.units
    nodes: list[Node] = [Term(field, key) for key in list(dict.fromkeys(analysis.keys(whole)))[:WEIGHED_KEYS]]
    return every([*nodes, Prefix(field, leaf.units[-1])] if leaf.prefix else nodes)


def _tiers(wanted: Wanted, field: str) -> tuple[Node, ...]:
    """Order the classes: how many parts the title or the lender's names have, then how many the text has often, then
    how many its head has. For alternatives (甲 OR 乙) also: how many are there at all, before often and head."""
    known = positive(wanted)
    if known is None or field == "title" or sum(1 for _ in leaves(known)) > WEIGHED_LEAVES:
        return ()
    parts = known.parts if isinstance(known, Both | Either) else (known,)
    levels: list[tuple[int, Callable[[Leaf], Node]]] = []
    if field in HEADING:
        levels.append((1, lambda leaf: leaf_in(HEADING[field], leaf)))
    if isinstance(known, Either):
        levels.append((2, lambda leaf: leaf_in(FAMILIES[field], leaf)))
    levels += [(1, lambda leaf: leaf_keys(OFTEN, leaf)), (1, lambda leaf: leaf_keys(LEAD, leaf))]
    return tuple(
        _at_least(times, [_compile(part, compile_leaf) for part in parts[:WEIGHED_PARTS]])
        for least, compile_leaf in levels
        for times in range(min(len(parts), WEIGHED_PARTS), least - 1, -1)
    )


def _at_least(times: int, parts: list[Node]) -> Node:
    if times == len(parts):
        return every(parts)
    return either(parts) if times == 1 else AtLeast(times, tuple(parts))


def trends_query(request: SearchRequest, lens: str) -> Query:
    """Turn a request into the query whose matches are counted by month. Raises InvalidQuery, `lens` among others."""
    if lens and lens not in FACETS:
        raise InvalidQuery("lens", lens)
    return build_query(replace(request, sort="date_desc", size=0, frm=0, search_after="", facets=()))
