"""Searches and trends to take away: whole or not at all, never cut in silence."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from flask import Response, json, make_response, render_template, request
from werkzeug.datastructures import MultiDict

from domain.publishing import exporting
from domain.publishing.published import Record
from domain.publishing.spreadsheets import csv_lines
from domain.settings import SITE_TIME_ZONE
from domain.store import Database, records
from domain.store.database import now
from indexer.errors import InvalidQuery
from indexer.request import MAX_SIZE, SearchRequest
from webapp.api.meta import meta
from webapp.api.problems import problem
from webapp.searching.addresses import address
from webapp.searching.parameters import EXPORT, BadParameter, read_kindly
from webapp.searching.requests import at_fault, search_request
from webapp.searching.vocabularies import known
from webapp.shell.services import services

# A search of more rows than this is a study of the whole: the bulk files are made for it, and a spreadsheet on an old
# machine still opens this many.
LIMIT = 10_000
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "jsonl": "application/jsonl"}
BATCH = 200


class TooMany(Exception):
    """The search finds more than one export holds; `total` says how many."""

    def __init__(self, total: int) -> None:
        super().__init__(f"{total} results")
        self.total = total


def search_export(given: MultiDict[str, str], form: str) -> Response:
    """Answer with all that a search finds as `csv` or `json`, or refuse with the way to the bulk files."""
    values, wrong = read_kindly(EXPORT, given, known)
    try:
        if wrong:
            raise wrong[0]
        ids = found_ids(search_request(values))
    except InvalidQuery as error:
        return refusal(400, str(at_fault(error)))
    except BadParameter as error:
        return refusal(400, str(error), parameter=error.name)
    except TooMany as error:
        return too_many(error.total)
    rows = public_records(services().database, ids)
    if form == "csv":
        return download(exporting.record_lines(rows), "csv", "search")
    found = meta() | {"search": address("/search", values), "total": len(ids)}
    return download(exporting.json_document(found, rows), "json", "search")


def found_ids(asked: SearchRequest) -> list[str]:
    """Return the ids of all that is found. Raises TooMany, and SearchUnavailable before anything was sent.

    All ids come first, and only then the first row: an index that dies half-way must not end a file early.
    """
    ids: list[str] = []
    asked = replace(asked, size=MAX_SIZE, facets=())
    while True:
        page = services().engine.search(asked)
        if page.total > LIMIT:
            raise TooMany(page.total)
        ids += [hit.id for hit in page.hits]
        if not page.next:
            return ids
        asked = replace(asked, search_after=page.next)


def public_records(database: Database, ids: Iterable[str]) -> Iterator[Record]:
    """Yield the records that are public at this moment, in order, a batch in memory at a time."""
    waiting = iter(ids)
    while batch := list(islice(waiting, BATCH)):
        loaded = records.load(database, batch)
        yield from (loaded[i] for i in batch if i in loaded and records.is_public(loaded[i]))


def rows_export(columns: tuple[str, ...], rows: Iterable[dict[str, Any]], name: str) -> Response:
    """Answer with a table as CSV."""
    return download(csv_lines(columns, rows), "csv", name)


def download(lines: Iterable[str], form: str, name: str) -> Response:
    """Answer with a file, sent as it is made, under a name with the day in China."""
    response = Response((line.encode("utf-8", "replace") for line in lines), content_type=TYPES[form])
    day = f"{now().astimezone(SITE_TIME_ZONE):%Y%m%d}"
    response.headers["Content-Disposition"] = f'attachment; filename="doorstep-{name}-{day}.{form}"'
    response.headers.add("Link", f'<{exporting.LICENCE_ADDRESS}>; rel="license"')
    response.headers.add("Link", '</data>; rel="describedby"')
    return response


def too_many(total: int) -> Response:
    """Refuse an export that would be cut, with the way to the bulk files."""
    detail = f"This search finds {total} records; one export holds {LIMIT}. Narrow it, or take everything from /data."
    return refusal(422, detail, total=total, limit=LIMIT, bulk="/data")


def refusal(status: int, detail: str, **members: Any) -> Response:
    """Refuse as a page for a browser, as a problem document for a program."""
    if "text/html" not in request.headers.get("Accept", ""):
        return problem(status, detail, **members)
    page = render_template("search/export_refused.html", detail=detail, **members)
    return make_response(page, status)


def json_answer(document: dict[str, Any], name: str) -> Response:
    """Answer with a JSON document as a file."""
    return download([json.dumps(document, ensure_ascii=False)], "json", name)
