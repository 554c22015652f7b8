"""Everything published, to take away: bulk files, what their columns mean, and on what terms."""

from flask import Blueprint, Response, abort, render_template

from domain.publishing import exporting
from domain.store import records
from webapp.figures import columns, exports
from webapp.figures.trend_reports import COLUMNS as TREND_COLUMNS
from webapp.shell.services import services

blueprint = Blueprint("data", __name__)

WHAT = ("complaints", "articles")
FORMS = ("csv", "jsonl")


@blueprint.get("/data")
def data() -> str:
    """Show what can be taken away."""
    return render_template(
        "data/data.html",
        counts=records.count_public(services().database),
        columns=[(name, columns.RECORDS[name]) for name in exporting.COLUMNS],
        trend_columns=[(name, columns.TRENDS[name]) for name in TREND_COLUMNS],
        limit=exports.LIMIT,
        licence_address=exporting.LICENCE_ADDRESS,
    )


@blueprint.get("/data/<what>.<form>")
def bulk(what: str, form: str) -> Response:
    """Send every published complaint or article; straight from the store, so that it needs no index."""
    if what not in WHAT or form not in FORMS:
        abort(404)
    return exports.download(exporting.published_lines(services().database, what, form), form, what)
