"""The read API: searches, trends, registers and records for programs. Names as in the CFPB's complaint API."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for

from domain.publishing import exporting
from domain.store.registries import registry
from indexer.errors import InvalidQuery
from webapp.api import documents as api_documents
from webapp.api.meta import meta
from webapp.api.openapi import openapi_document
from webapp.api.problems import problem
from webapp.figures.trend_reports import trend_document, trend_report
from webapp.published.lenders import counts_by_lender
from webapp.published.records import public_record
from webapp.searching.parameters import SEARCH, SUGGEST, TRENDS, BadParameter, Parameter, Values, read_strictly
from webapp.searching.requests import at_fault, search_request
from webapp.searching.suggestions import suggested_lenders, suggested_tactics, tactic_names
from webapp.searching.vocabularies import known
from webapp.shell.routes import takes
from webapp.shell.services import services

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
@takes(*(parameter.name for parameter in SEARCH))
def search() -> Response:
    """Find records: the envelope with results, totals, facets and the cursor of the next page."""
    return answer(api_documents.search_document(search_request(given(SEARCH))))


@blueprint.get("/trends")
@takes(*(parameter.name for parameter in TRENDS))
def trends() -> Response:
    """Count records by period, under a lens if asked."""
    return answer(trend_document(trend_report(given(TRENDS)), meta()))


@blueprint.get("/suggest")
@takes(*(parameter.name for parameter in SUGGEST))
def suggest() -> Response:
    """Suggest lenders and tactics; needs no index."""
    values = given(SUGGEST)
    typed, size = str(values.get("q") or values.get("text") or ""), int(values.get("size", 8))
    if not typed.strip():
        raise BadParameter("q", "missing")
    tactics = [{"type": "tactic", **tactic_names(tactic)} for tactic in suggested_tactics(typed, size)]
    return answer(api_documents.listing([*suggested_lenders(typed, size), *tactics]))


@blueprint.get("/lenders")
def lenders() -> Response:
    """Give the register, with how much is published about each lender (null while the index can't be asked)."""
    given(())
    counts = counts_by_lender()
    rows = [api_documents.lender_row(lender, counts) for lender in registry.lenders(services().database)]
    return answer(api_documents.listing(rows))


@blueprint.get("/lenders/<slug>")
def lender(slug: str) -> Response:
    """Give one lender of the register."""
    given(())
    found = registry.lender(services().database, slug)
    if found is None:
        return problem(404, "No lender has this slug; /api/v1/lenders lists them, /api/v1/suggest finds them by name.")
    if found.shown is not found:
        return redirect(url_for("api.lender", slug=found.shown.slug), 302)  # type: ignore[return-value]
    pointing = registry.products_of(services().database, slug)
    return answer(api_documents.lender_document(found, pointing, counts_by_lender()) | {"_meta": meta()})


@blueprint.get("/tactics")
def tactics() -> Response:
    """Give the taxonomy."""
    given(())
    return answer(api_documents.listing(api_documents.tactic_row(tactic) for tactic in services().tactics))


@blueprint.get("/records/<record_id>")
def record(record_id: str) -> Response:
    """Give one public record; a copy leads to its original."""
    given(())
    found = public_record(record_id)
    if found is None:
        return problem(404, "There is no public record with this id. It may have been withdrawn.")
    if found.id != record_id:
        return redirect(url_for("api.record", record_id=found.id), 302)  # type: ignore[return-value]
    return answer(exporting.record_document(found) | {"_meta": meta()})


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe this API."""
    given(())
    return answer(openapi_document())


@blueprint.errorhandler(BadParameter)
def bad_parameter(error: BadParameter) -> Response:
    """Name the parameter that can't be read."""
    return problem(400, str(error), title="A parameter can't be read", parameter=error.name)


@blueprint.errorhandler(InvalidQuery)
def invalid_query(error: InvalidQuery) -> Response:
    """Name the parameter that no search can answer."""
    return bad_parameter(at_fault(error))


def given(table: Iterable[Parameter]) -> Values:
    """Read the parameters of this request. Raises BadParameter."""
    return read_strictly(table, request.args, known)


def answer(document: dict[str, Any]) -> Response:
    """Answer with a JSON document; asked again with its ETag, an unchanged one is not sent twice."""
    response = jsonify(document)
    response.add_etag()
    response.make_conditional(request)
    return response
