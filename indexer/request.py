"""What a reader asks of the index, and what comes back: the same for both engines, the pages and the API."""

import dataclasses
from dataclasses import dataclass
from datetime import date

# The facets, in the order in which the page shows them. `month` is a month in Asia/Shanghai, written 2026-11.
FACETS = ("kind", "lender", "tactic", "assertion", "month", "region", "source")
SORTS = ("relevance", "date_desc", "date_asc")
MAX_SIZE = 100


@dataclass(frozen=True)
class SearchRequest:
    """A search. Values of one filter are alternatives (OR), filters are joined (AND), `excluded` ones are taken out.

    Keys of `filters` and `excluded` are names of FACETS. `field` is `all`, `title` or `text`. Dates are days in
    Asia/Shanghai, both ends included. `frm` skips results (up to 10,000 deep); `search_after` is the cursor `next` of
    the answer before, under the same sort, and goes as deep as one likes.
    """

    search_term: str = ""
    field: str = "all"
    filters: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    excluded: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    date_received_min: date | None = None
    date_received_max: date | None = None
    sort: str = "relevance"
    size: int = 20
    frm: int = 0
    search_after: str = ""
    facets: tuple[str, ...] = FACETS


@dataclass(frozen=True)
class Hit:
    """A record found: its id, the version of it that was indexed, and the cursor that leads past it."""

    id: str
    version: int
    cursor: str
    score: float | None


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: how many records have it with the facet's own filter left out, and if it is chosen."""

    value: str
    count: int
    active: bool


@dataclass(frozen=True)
class SearchResult:
    """The answer: `total` is exact, never an estimate; `next` is the cursor of the following page, empty at the end."""

    hits: list[Hit]
    total: int
    facets: dict[str, list[FacetValue]]
    next: str


@dataclass(frozen=True)
class TrendCell:
    """How many records of one kind fall into one month under one value of the lens (empty for the total)."""

    month: str
    kind: str
    value: str
    count: int
