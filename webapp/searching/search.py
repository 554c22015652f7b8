"""Searching: the box, what narrows it, the results; and a page that helps where there are none."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext

from indexer.errors import InvalidQuery, SearchUnavailable
from indexer.request import SearchRequest, SearchResult
from webapp.figures import exports
from webapp.home import present_index
from webapp.searching.addresses import address, fresh
from webapp.searching.cards import Card, cards, found_records
from webapp.searching.parameters import DEEPEST, EXPORT, SEARCH, BadParameter, Parameter, Values, read_kindly
from webapp.searching.requests import at_fault, search_request, totals_by_kind
from webapp.searching.search_form import Facet, chips, facets
from webapp.searching.suggestions import suggested_tactics
from webapp.searching.vocabularies import known
from webapp.shell.routes import takes
from webapp.shell.services import services

blueprint = Blueprint("search", __name__)

# `page` only numbers the page for the reader: where it begins says `search_after` or, on the way back, `frm`.
PAGE = (*SEARCH, Parameter("page", "Number of the page.", {"type": "integer", "minimum": 1, "maximum": 1_000_000}))
PAGE_SIZE = 20
# Each costs a search that only counts; nobody reads more ways out than these.
MOST_WAYS_OUT = 6


@dataclass(frozen=True)
class Found:
    """A page of results with everything that stands around it."""

    values: Values
    cards: list[Card]
    total: int
    totals: dict[str, int]
    facets: list[Facet]
    page: int
    next: str
    previous: str
    vanished: int


@dataclass(frozen=True)
class WayOut:
    """What an empty search would find with one thing taken out of it."""

    text: str
    address: str
    count: int


@blueprint.get("/search")
@takes(*(parameter.name for parameter in PAGE))
def search() -> str | Response:
    """Show what a search finds."""
    values, wrong = read_kindly(PAGE, request.args, known)
    try:
        found = None if wrong else find(values)
    except InvalidQuery as error:
        found, wrong = None, [at_fault(error)]
    except SearchUnavailable:
        return make_response(render_template("search/unavailable.html", **around(values)), 503, {"Retry-After": "60"})
    return make_response(
        render_template("search/search.html", found=found, **around(values, wrong)), 400 if wrong else 200
    )


@blueprint.get("/search.csv")
@takes(*(parameter.name for parameter in EXPORT))
def search_csv() -> Response:
    """Give a whole search away as CSV."""
    return exports.search_export(request.args, "csv")


@blueprint.get("/search.json")
@takes(*(parameter.name for parameter in EXPORT))
def search_json() -> Response:
    """Give a whole search away as JSON."""
    return exports.search_export(request.args, "json")


def around(values: Values, wrong: list[BadParameter] | None = None) -> dict[str, Any]:
    """Return what the page shows whether anything was found or not."""
    return {
        "values": values,
        "asked": request.args,
        "wrong": {problem.name: problem for problem in wrong or ()},
        "chips": chips(values),
        "named": named_things(values.get("search_term", "")),
        "status": present_index(),
        "export_limit": exports.LIMIT,
        "ways_out": WaysOut(values),
    }


def find(values: Values) -> Found:
    """Search. Raises InvalidQuery and SearchUnavailable."""
    asked = replace(search_request(values), size=PAGE_SIZE)
    result = services().engine.search(asked)
    shown = found_records(hit.id for hit in result.hits)
    return Found(
        values=values,
        cards=cards(shown, asked.search_term),
        total=result.total,
        totals=totals_by_kind(asked, result.facets, result.total),
        facets=facets(values, result.facets),
        page=values.get("page", 1 + asked.frm // PAGE_SIZE),
        vanished=len(result.hits) - len(shown),
        **steps(values, asked, result),
    )


def steps(values: Values, asked: SearchRequest, result: SearchResult) -> dict[str, str]:
    """Return the addresses of the pages before and after.

    Forward goes by cursor, which neither skips nor repeats a record while others come in, however deep; back goes by
    number, since a cursor leads one way only.
    """
    page = values.get("page", 1 + asked.frm // PAGE_SIZE)
    following = fresh(values, search_after=result.next, page=page + 1)
    skipped = min((page - 2) * PAGE_SIZE, DEEPEST - PAGE_SIZE)
    before = fresh(values, frm=skipped, page=1 + skipped // PAGE_SIZE) if skipped > 0 else fresh(values)
    return {
        "next": address("/search", following) if result.next else "",
        "previous": address("/search", before) if page > 1 else "",
    }


class WaysOut:
    """The ways out of an empty result, counted only when the template asks."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def __call__(self) -> list[WayOut]:
        """Return what each part of the search hides, the most useful first; parts that would not help are not there."""
        active = chips(self._values)
        ways = [self._way(chip.text, chip.without) for chip in active[:MOST_WAYS_OUT]]
        helping = sorted((way for way in ways if way.count), key=lambda way: -way.count)
        if helping or len(active) < 2:
            return helping
        words_alone = {"search_term": self._values.get("search_term", "")}
        everything = self._way(gettext("all of these conditions"), words_alone)
        return [everything] if everything.count else []

    def _way(self, text: str, values: Values) -> WayOut:
        asked = replace(search_request(values), size=0, facets=())
        return WayOut(text, address("/search", values), services().engine.search(asked).total)


def named_things(search_term: str) -> dict[str, Any]:
    """Return the lenders and tactics whose names are what was typed, to lead to their pages."""
    typed = search_term.strip()
    if not typed:
        return {"lenders": [], "tactics": []}
    suggested = services().reader.suggest_lenders(typed, 3)
    return {"lenders": [found.slug for found in suggested], "tactics": suggested_tactics(typed, 3)}
