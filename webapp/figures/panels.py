"""Panels of a chart: one for each kind, or under a lens one for each of its largest values, all held to one scale."""

from dataclasses import dataclass

from webapp.figures.charts import BarChart, bar_chart
from webapp.figures.trend_tables import Period, Series, TrendTable

# Eight panels of 60 px are what a desk shows at once, and two thumbs of scrolling on a phone.
MOST_PANELS = 8
SMALL = 44.0


@dataclass(frozen=True)
class Panel:
    """One drawing: its series, where the bars stand, and its finding: the period with most, None where all are zero."""

    series: Series
    chart: BarChart
    peak: Period | None
    peak_count: int


@dataclass(frozen=True)
class PanelGroup:
    """The panels of one kind, and how many values of the lens have none."""

    kind: str
    panels: list[Panel]
    left_out: int
    total: int


def panel_groups(table: TrendTable, is_small: bool = False) -> list[PanelGroup]:
    """Return the panels of complaints, then those of articles."""
    return [_group(table, kind, is_small) for kind in ("complaint", "article")]


def _group(table: TrendTable, kind: str, is_small: bool) -> PanelGroup:
    series = table.of(kind)
    top = max((count for line in series for count in line.counts), default=0)
    panels = [_panel(table.periods, line, top, is_small) for line in series[:MOST_PANELS]]
    return PanelGroup(kind, panels, max(0, len(series) - MOST_PANELS), table.total(kind))


def _panel(periods: tuple[Period, ...], series: Series, top: int, is_small: bool) -> Panel:
    names, whole = [period.name for period in periods], [period.whole for period in periods]
    chart = bar_chart(names, series.counts, whole, SMALL if is_small else 160.0, top)
    best = max(series.counts, default=0)
    return Panel(series, chart, periods[series.counts.index(best)] if best else None, best)
