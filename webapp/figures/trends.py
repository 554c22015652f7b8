"""Trends: complaints and articles by month, as a chart and as the table behind it."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from indexer.errors import InvalidQuery, SearchUnavailable
from webapp.api.meta import meta
from webapp.figures import exports
from webapp.figures.panels import panel_groups
from webapp.figures.trend_reports import COLUMNS, TrendReport, today, trend_document, trend_report, trend_rows
from webapp.figures.trend_tables import last_months
from webapp.home import present_index
from webapp.searching.addresses import address
from webapp.searching.parameters import TRENDS, BadParameter, Values, read_kindly
from webapp.searching.requests import at_fault, search_request
from webapp.searching.search_form import chips
from webapp.searching.vocabularies import known, label
from webapp.shell.routes import takes
from webapp.shell.services import services

blueprint = Blueprint("trends", __name__)

# What a page shows unasked. Two years show whether a month is like the same month of the year before.
MONTHS = 24
# What «all months» asks for; the range then begins with the first record.
FIRST_DAY = date(1970, 1, 1)
# Rows of the table under a lens; the file has all of them, and the page says so.
MOST_ROWS = 20
FIELDS = tuple(parameter.name for parameter in TRENDS)
CHOSEN_IN_FORM = ("lender", "tactic")


@blueprint.get("/trends")
@takes(*FIELDS)
def trends() -> Response:
    """Show how many, by month."""
    asked, wrong = read_kindly(TRENDS, request.args, known)
    values = with_dates(asked)
    try:
        report = None if wrong else trend_report(values)
    except InvalidQuery as error:
        report, wrong = None, [at_fault(error)]
    except SearchUnavailable:
        return make_response(render_template("search/unavailable.html", **around(values)), 503, {"Retry-After": "60"})
    shown = {"report": report, "groups": panel_groups(report.table, bool(report.lens)) if report else []}
    return make_response(
        render_template("trends/trends.html", **shown, **around(values, wrong, asked)), 400 if wrong else 200
    )


@blueprint.get("/trends.csv")
@takes(*FIELDS)
def trends_csv() -> Response:
    """Give the table of a trend away as CSV."""
    report = asked_report()
    # All rows first: their names come from the store, which a file on its way can't ask any more.
    return report if isinstance(report, Response) else exports.rows_export(COLUMNS, list(trend_rows(report)), "trends")


@blueprint.get("/trends.json")
@takes(*FIELDS)
def trends_json() -> Response:
    """Give the table of a trend away as JSON."""
    report = asked_report()
    return report if isinstance(report, Response) else exports.json_answer(trend_document(report, meta()), "trends")


def asked_report() -> TrendReport | Response:
    """Return the trend that an export asks for, or the refusal."""
    values, wrong = read_kindly(TRENDS, request.args, known)
    try:
        if wrong:
            raise wrong[0]
        return trend_report(values)
    except BadParameter as error:
        return exports.refusal(400, str(error), parameter=error.name)
    except InvalidQuery as error:
        return exports.refusal(400, str(at_fault(error)))


def with_dates(values: Values) -> Values:
    """Return the values with the first day that the page shows unasked, so that its links and files show the same."""
    first = last_months(search_request(values), MONTHS, today()).date_received_min
    return values | {"date_received_min": first} if first else values


def around(values: Values, wrong: list[BadParameter] | None = None, asked: Values | None = None) -> dict[str, Any]:
    """Return what stands around the chart. `asked` are the values without the days that the page adds by itself."""
    asked = values if asked is None else asked
    return {
        "values": values,
        # A filter with one value stands in its field, one with several is carried along.
        "carried": {name: value for name, value in values.items() if name not in CHOSEN_IN_FORM or len(value) > 1},
        "choices": choices(),
        "asked": request.args,
        "wrong": {problem.name: problem for problem in wrong or ()},
        "chips": chips(asked, "/trends"),
        "whole_time": address("/trends", asked | {"date_received_min": FIRST_DAY}) if asked != values else "",
        "status": present_index(),
        "most_rows": MOST_ROWS,
    }


def choices() -> dict[str, list[tuple[str, str]]]:
    """Return the lenders by name and the tactics in their order, for the fields of the form."""
    lenders = [(slug, label("lender", slug)) for slug in services().lender_names]
    tactics = [(code, label("tactic", code)) for code in known("tactic")]
    return {"lender": sorted(lenders, key=lambda choice: choice[1]), "tactic": tactics}
