"""The OpenAPI document of the API, written from the very table that requests are read by."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from domain.models import ASSERTIONS
from domain.publishing.exporting import LICENCE, LICENCE_ADDRESS
from webapp.api.openapi_filing import PROBLEM, TEXT, filing_paths, filing_schemas
from webapp.searching.parameters import SEARCH, SUGGEST, TRENDS, Parameter

MAYBE_TEXT: dict[str, Any] = {"type": ["string", "null"]}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
FLAG: dict[str, Any] = {"type": "boolean"}
KIND: dict[str, Any] = {"type": "string", "enum": ["complaint", "article"]}


@lru_cache(maxsize=1)
def openapi_document() -> dict[str, Any]:
    """Return the document, OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Doorstep",
            "version": "1",
            "description": "Published complaints about debt collection, and public articles on it. The two are counted "
            "apart: a tactic in an article is a mention and never a complaint.",
            "license": {"name": LICENCE, "url": LICENCE_ADDRESS},
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {**_reading_paths(), **filing_paths()},
        "components": {"schemas": _schemas()},
    }


def _reading_paths() -> dict[str, Any]:
    slug, record_id = _in_path("slug"), _in_path("record_id")
    return {
        "/search": _get("Find records", SEARCH, "Search"),
        "/trends": _get("Count records by period", TRENDS, "Trends"),
        "/suggest": _get("Suggest lenders and tactics by name", SUGGEST, "Listing"),
        "/lenders": _get("The register of lenders", (), "Listing"),
        "/lenders/{slug}": _get("One lender", (), "Lender", slug),
        "/tactics": _get("The taxonomy of tactics", (), "Listing"),
        "/records/{record_id}": _get("One public record", (), "Record", record_id),
        "/openapi.json": _get("This document", (), "Any"),
    }


def _get(summary: str, table: Iterable[Parameter], schema: str, *in_path: dict[str, Any]) -> dict[str, Any]:
    responses: dict[str, Any] = {
        "200": {"description": "Found", "content": _json(schema)},
        "400": {"description": "A parameter can't be read; `parameter` names it", "content": PROBLEM},
        "503": {"description": "The store or the index can't be reached", "content": PROBLEM},
    }
    if in_path:
        responses["404"] = {"description": "Unknown, or not public", "content": PROBLEM}
    return {"get": {"summary": summary, "parameters": [*in_path, *map(_parameter, table)], "responses": responses}}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(parameter.schema)
    if parameter.repeated:
        schema = {"type": "array", "items": schema}
    described = {"name": parameter.name, "in": "query", "description": parameter.about, "schema": schema}
    return described | ({"style": "form", "explode": True} if parameter.repeated else {})


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": TEXT}


def _json(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _schemas() -> dict[str, Any]:
    named = _object(slug=TEXT, name=TEXT)
    tag = _object(code=TEXT, assertion={"type": "string", "enum": list(ASSERTIONS)}, counted=FLAG)
    result = _object(
        id=TEXT, kind=KIND, title=TEXT, snippet=TEXT, snippet_matches=_list(_list(COUNT)), lenders=_list(named),
        tactics=_list(tag), date={"type": "string", "format": "date"}, source=TEXT, source_url=MAYBE_TEXT,
    )  # fmt: skip
    envelope = {"total": COUNT, "next": MAYBE_TEXT, "_meta": {"$ref": "#/components/schemas/Meta"}}
    facet = {"type": "object", "additionalProperties": _list(_object(value=TEXT, name=TEXT, count=COUNT, active=FLAG))}
    totals = _object(complaint=COUNT, article=COUNT)
    row = _object(period=TEXT, month=TEXT, whole=FLAG, kind=KIND, lens=TEXT, value=TEXT, name=TEXT, count=COUNT)
    return {
        "Search": _object(results=_list(result), totals=totals, facets=facet, **envelope),
        "Trends": _object(results=_list(row), totals=totals, facets=facet, **envelope),
        "Listing": _object(results=_list({"type": "object"}), facets=facet, **envelope),
        "Lender": _object(slug=TEXT, name=TEXT, aliases=_list({"type": "object"}), _meta=envelope["_meta"]),
        "Record": _object(
            id=TEXT,
            kind=KIND,
            title=TEXT,
            tactics=_list(tag),
            _meta=envelope["_meta"],
            replies=_list(_object(lender=TEXT, lender_name=TEXT, written_on=TEXT, text=TEXT)),
        ),
        "Meta": _object(licence=TEXT, last_indexed=MAYBE_TEXT, stale=FLAG),
        **filing_schemas(),
        "Problem": _object(type=TEXT, title=TEXT, status=COUNT, detail=TEXT, parameter=TEXT),
        "Any": {"type": "object"},
    }
