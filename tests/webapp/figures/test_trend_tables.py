from datetime import date

import pytest

from indexer.request import SearchRequest, TrendCell
from webapp.figures.trend_tables import last_months, trend_table

TODAY = date(2026, 11, 25)


def cell(month, kind="complaint", count=1, value=""):
    return TrendCell(month, kind, value, count)


def names(table):
    return [period.name for period in table.periods]


def test_months_without_records_are_zero_and_reach_to_the_running_one():
    table = trend_table([cell("2026-08", count=2), cell("2026-10", "article", 3)], SearchRequest(), "month", TODAY)
    assert names(table) == ["2026-08", "2026-09", "2026-10", "2026-11"]
    assert [(s.kind, s.counts) for s in table.series] == [("complaint", (2, 0, 0, 0)), ("article", (0, 0, 3, 0))]


def test_the_running_month_is_not_whole():
    table = trend_table([cell("2026-10")], SearchRequest(), "month", TODAY)
    assert [period.whole for period in table.periods] == [True, False]


def test_a_month_of_which_only_some_days_were_asked_for_is_not_whole():
    asked = SearchRequest(date_received_min=date(2026, 8, 2), date_received_max=date(2026, 9, 30))
    table = trend_table([cell("2026-08")], asked, "month", TODAY)
    assert [(period.name, period.whole) for period in table.periods] == [("2026-08", False), ("2026-09", True)]


def test_a_range_asked_for_begins_where_it_was_asked_for():
    asked = SearchRequest(date_received_min=date(2026, 9, 1))
    assert names(trend_table([cell("2026-11")], asked, "month", TODAY)) == ["2026-09", "2026-10", "2026-11"]


def test_a_range_from_the_year_one_begins_with_the_first_record():
    asked = SearchRequest(date_received_min=date(1, 1, 1))
    assert names(trend_table([cell("2026-10")], asked, "month", TODAY)) == ["2026-10", "2026-11"]


@pytest.mark.parametrize(
    ("interval", "expected"),
    [("quarter", [("2026-Q3", 5, False), ("2026-Q4", 4, False)]), ("year", [("2026", 9, False)])],
)
def test_months_are_added_up_to_quarters_and_years(interval, expected):
    cells = [cell("2026-08", count=5), cell("2026-10", count=3), cell("2026-11")]
    table = trend_table(cells, SearchRequest(), interval, TODAY)
    counts = table.of("complaint")[0].counts
    assert [(p.name, count, p.whole) for p, count in zip(table.periods, counts, strict=True)] == expected


def test_a_quarter_with_all_its_days_is_whole():
    asked = SearchRequest(date_received_min=date(2026, 7, 1))
    table = trend_table([cell("2026-08")], asked, "quarter", TODAY)
    assert [(period.name, period.first_month, period.whole) for period in table.periods] == [
        ("2026-Q3", "2026-07", True),
        ("2026-Q4", "2026-10", False),
    ]


def test_only_chosen_months_are_shown_and_excluded_ones_are_not():
    chosen = SearchRequest(filters={"month": ("2026-03", "2026-01")})
    assert names(trend_table([cell("2026-03")], chosen, "month", TODAY)) == ["2026-01", "2026-03"]
    without = SearchRequest(excluded={"month": ("2026-10",)})
    assert names(trend_table([cell("2026-09")], without, "month", TODAY)) == ["2026-09", "2026-11"]


def test_nothing_recorded_is_a_zero_for_both_kinds():
    table = trend_table([], SearchRequest(), "month", TODAY)
    assert [(s.kind, s.counts) for s in table.series] == [("complaint", (0,)), ("article", (0,))]


def test_under_a_lens_the_largest_comes_first_and_kinds_stay_apart():
    cells = [cell("2026-11", value="a"), cell("2026-11", count=2, value="b"), cell("2026-11", "article", 9, "a")]
    table = trend_table(cells, SearchRequest(), "month", TODAY, "lender")
    assert [(s.kind, s.value, s.total) for s in table.series] == [
        ("complaint", "b", 2), ("complaint", "a", 1), ("article", "a", 9),
    ]  # fmt: skip


def test_an_article_dated_ahead_is_not_lost():
    assert names(trend_table([cell("2027-01", "article")], SearchRequest(), "month", TODAY)) == ["2027-01"]


def test_the_last_months_are_counted_with_the_running_one():
    assert last_months(SearchRequest(), 24, TODAY).date_received_min == date(2024, 12, 1)
    dated = SearchRequest(date_received_max=date(2020, 1, 1))
    assert last_months(dated, 24, TODAY) == dated
