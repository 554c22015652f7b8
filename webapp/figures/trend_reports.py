"""Trends as asked for: the cells from the index, made into a table, into rows to take away, into panels to look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from domain.publishing.exporting import LICENCE
from domain.settings import SITE_TIME_ZONE
from domain.store.database import now
from indexer.request import SearchRequest
from webapp.api.meta import COUNTS
from webapp.figures.trend_tables import TrendTable, trend_table
from webapp.searching.parameters import Values
from webapp.searching.requests import narrowed, search_request
from webapp.searching.vocabularies import canonical_label
from webapp.shell.services import services

# Each value of the lens costs a question to the index; the eleventh lender is seldom what a chart shows.
MOST_SUB_VALUES = 10
COLUMNS = (
    "period", "month", "whole", "kind", "lens", "value", "name", "sub_lens", "sub_value", "sub_name", "count",
    "counts", "licence",
)  # fmt: skip


@dataclass(frozen=True)
class TrendReport:
    """A trend: `table` under its lens, `overall` without, `inside` the tables of the largest values under the sub-lens.

    `left_out` is how many values of the lens have no table inside.
    """

    request: SearchRequest
    lens: str
    sub_lens: str
    interval: str
    table: TrendTable
    overall: TrendTable
    inside: dict[str, TrendTable]
    left_out: int
    today: date


def today() -> date:
    """Return the day in China."""
    return now().astimezone(SITE_TIME_ZONE).date()


def trend_report(values: Values, asked: SearchRequest | None = None) -> TrendReport:
    """Count. `asked` stands in for the request of the values where a page narrows it. Raises as Engine.trends."""
    asked = asked or search_request(values)
    lens = values.get("lens", "overview")
    lens = "" if lens == "overview" else str(lens)
    interval, sub_lens = str(values.get("trend_interval", "month")), str(values.get("sub_lens", ""))
    overall = _table(asked, "", interval)
    table = _table(asked, lens, interval) if lens else overall
    largest = _largest(table) if sub_lens else []
    inside = {value: _table(narrowed(asked, lens, value), sub_lens, interval) for value in largest[:MOST_SUB_VALUES]}
    return TrendReport(
        asked, lens, sub_lens, interval, table, overall, inside, max(0, len(largest) - MOST_SUB_VALUES), today()
    )


def trend_rows(report: TrendReport) -> Iterator[dict[str, Any]]:
    """Yield one row for each period, kind and value, zeros too; under a sub-lens for each of its values that counts.

    There zeros are left out: ten lenders by 29 tactics by 24 months are mostly zeros.
    """
    if not report.sub_lens:
        yield from _rows(report.table, report.lens)
    for value, table in report.inside.items():
        outer = {"lens": report.lens, "value": value, "name": canonical_label(report.lens, value)}
        for row in filter(itemgetter("count"), _rows(table, report.sub_lens)):
            yield row | outer | {"sub_lens": row["lens"], "sub_value": row["value"], "sub_name": row["name"]}


def trend_document(report: TrendReport, meta: dict[str, Any]) -> dict[str, Any]:
    """Return a trend in the envelope of the API. `totals` count each record once, whatever the lens."""
    totals = {kind: report.overall.total(kind) for kind in ("complaint", "article")}
    left_out = ("counts", "licence", *(() if report.sub_lens else ("sub_lens", "sub_value", "sub_name")))
    rows = ({name: part for name, part in row.items() if name not in left_out} for row in trend_rows(report))
    return {
        "results": list(rows),
        "total": sum(totals.values()),
        "totals": totals,
        "next": None,
        "facets": {},
        "lens": report.lens or "overview",
        "sub_lens": report.sub_lens or None,
        "sub_lens_left_out": report.left_out,
        "trend_interval": report.interval,
        "today": report.today.isoformat(),
        "_meta": meta,
    }


def _table(asked: SearchRequest, lens: str, interval: str) -> TrendTable:
    return trend_table(services().engine.trends(asked, lens), asked, interval, today(), lens)


def _largest(table: TrendTable) -> list[str]:
    # Complaints stand first in a table: the values with most of them lead, those only in articles follow.
    return list(dict.fromkeys(series.value for series in table.series))


def _rows(table: TrendTable, lens: str) -> Iterator[dict[str, Any]]:
    for series in table.series:
        name = canonical_label(lens, series.value) if lens else ""
        for period, count in zip(table.periods, series.counts, strict=True):
            yield {
                "period": period.name, "month": period.first_month, "whole": period.whole, "kind": series.kind,
                "lens": lens or "overview", "value": series.value, "name": name, "sub_lens": None, "sub_value": None,
                "sub_name": None, "count": count, "counts": COUNTS[series.kind], "licence": LICENCE,
            }  # fmt: skip
