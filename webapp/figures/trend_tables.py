"""Cells of a trend → a table without holes: every period, zeros too, complaints and articles apart. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from indexer.request import SearchRequest, TrendCell

KINDS = ("complaint", "article")
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
# A range that was asked for is shown from its first day on, even where nothing is recorded, for as long as ten years;
# a longer one (0001-01-01) begins where the records do.
LONGEST_EMPTY_HEAD = 120


@dataclass(frozen=True)
class Period:
    """A month, quarter or year: `name` is 2026-11, 2026-Q4 or 2026. `whole` is False while days of it are missing."""

    name: str
    first_month: str
    whole: bool


@dataclass(frozen=True)
class Series:
    """The counts of one kind under one value of the lens (empty: all of them), one for each period."""

    kind: str
    value: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """The sum over the periods."""
        return sum(self.counts)


@dataclass(frozen=True)
class TrendTable:
    """Periods and series of one trend, complaints first, in each kind the largest first."""

    periods: tuple[Period, ...]
    series: tuple[Series, ...]

    def of(self, kind: str) -> list[Series]:
        """Return the series of one kind."""
        return [series for series in self.series if series.kind == kind]

    def total(self, kind: str) -> int:
        """Sum up one kind; under a lens a record with two values is in it twice."""
        return sum(series.total for series in self.of(kind))


def trend_table(
    cells: Iterable[TrendCell], request: SearchRequest, interval: str, today: date, lens: str = ""
) -> TrendTable:
    """Fill the table of a trend. `today` is the day in China: the period that it lies in is not whole yet.

    Without a lens both kinds have their series, all zeros if need be; under a lens each value that has records does.
    """
    counts: dict[tuple[str, str], dict[str, int]] = {} if lens else {(kind, ""): {} for kind in KINDS}
    months = set()
    for cell in cells:
        months.add(cell.month)
        found, name = counts.setdefault((cell.kind, cell.value), {}), period_name(cell.month, interval)
        found[name] = found.get(name, 0) + cell.count
    periods = _periods(_months(months, request, today), request, interval, today)
    series = [
        Series(kind, value, tuple(found.get(period.name, 0) for period in periods))
        for (kind, value), found in counts.items()
    ]
    return TrendTable(periods, tuple(sorted(series, key=_order)))


def last_months(request: SearchRequest, months: int, today: date) -> SearchRequest:
    """Hold a request without dates to the running month and those before it, `months` in all."""
    if request.date_received_min or request.date_received_max or request.filters.get("month"):
        return request
    return replace(request, date_received_min=_first_day(_shifted(f"{today:%Y-%m}", 1 - months)))


def period_name(month: str, interval: str) -> str:
    """Return the period that a month (2026-11) lies in: itself, 2026-Q4 or 2026."""
    if interval == "month":
        return month
    return month[:4] if interval == "year" else f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def _order(series: Series) -> tuple[int, int, str]:
    return KINDS.index(series.kind), -series.total, series.value


def _periods(months: list[str], request: SearchRequest, interval: str, today: date) -> tuple[Period, ...]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for month in months:
        grouped[period_name(month, interval)].append(month)
    return tuple(
        Period(
            name,
            inside[0],
            len(inside) == MONTHS_IN[interval] and all(_is_whole(month, request, today) for month in inside),
        )
        for name, inside in grouped.items()
    )


def _months(found: set[str], request: SearchRequest, today: date) -> list[str]:
    chosen, excluded = request.filters.get("month"), request.excluded.get("month", ())
    months = sorted(chosen) if chosen else _range(found, request, f"{today:%Y-%m}")
    return [month for month in months if month not in excluded]


def _range(found: set[str], request: SearchRequest, running: str) -> list[str]:
    """From the first day asked for, or the first record, to the last day asked for, or today."""
    asked_last = f"{request.date_received_max:%Y-%m}" if request.date_received_max else running
    last = max([min(asked_last, running), *found])
    first = min([last, *found])
    if request.date_received_min:
        asked = request.date_received_min.isoformat()[:7]
        first = asked if _distance(asked, last) <= LONGEST_EMPTY_HEAD else first
    return [_shifted(first, step) for step in range(_distance(first, last) + 1)]


def _is_whole(month: str, request: SearchRequest, today: date) -> bool:
    first, last = _first_day(month), _first_day(_shifted(month, 1)) - timedelta(days=1)
    begins, ends = request.date_received_min or first, request.date_received_max or last
    return last < today and begins <= first and ends >= last


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _shifted(month: str, by: int) -> str:
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _distance(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])
