"""Bars as SVG, drawn on the server: where everything stands. templates/macros/charts.html writes the markup. Pure.

Across, everything is a percentage of the drawing's width, down it is pixels: so the same drawing fits a phone and a
desk without its letters shrinking, which a viewBox would do (18 px of 720 are 9 px on a phone).
"""

from collections.abc import Sequence
from dataclasses import dataclass

# Room at the left for the numbers of the scale: four digits of 14 px are 36 px, a tenth of a phone's 358.
LEFT = 11.0
# Room above for the number on the highest bar.
TOP = 24.0
# Labels such as 2026-11 are 56 px wide; of five, the last two touch on a phone, since the last one leans inwards.
MOST_LABELS = 4
# A bar as high as the drawing for one single complaint would look like an alarm.
LOWEST_CEILING = 4
# Numbers on the bars up to this many; more would run into each other on a phone.
MOST_NUMBERS = 12


@dataclass(frozen=True)
class Bar:
    """One bar: `x` and `width` in percent, `y` and `height` in pixels; hatched when its period is not whole."""

    x: float
    width: float
    y: float
    height: float
    name: str
    count: int
    whole: bool
    shows_number: bool

    @property
    def middle(self) -> float:
        """Where a number over the bar is centred, in percent."""
        return round(self.x + self.width / 2, 3)


@dataclass(frozen=True)
class Mark:
    """A label at a place of a scale: percent for the time scale, pixels for the scale of counts."""

    at: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class BarChart:
    """One panel of bars over time with its two scales; `bottom` is the pixel row that the bars stand on."""

    bars: tuple[Bar, ...]
    scale: tuple[Mark, ...]
    labels: tuple[Mark, ...]
    bottom: float
    height: float


def bar_chart(
    names: Sequence[str], counts: Sequence[int], whole: Sequence[bool], tall: float = 160.0, top_count: int = 0
) -> BarChart:
    """Place one bar for each name. `top_count` holds several panels to one scale; `tall` is in pixels."""
    ceiling = nice_ceiling(max([top_count, *counts, LOWEST_CEILING]))
    bottom = TOP + tall
    slot = (100 - LEFT) / max(1, len(names))
    bars = tuple(
        Bar(
            x=round(LEFT + slot * (place + 0.12), 3), width=round(slot * 0.76, 3),
            y=round(bottom - tall * count / ceiling, 2), height=round(tall * count / ceiling, 2),
            name=name, count=count, whole=is_whole, shows_number=count > 0 and len(names) <= MOST_NUMBERS,
        )
        for place, (name, count, is_whole) in enumerate(zip(names, counts, whole, strict=True))
    )  # fmt: skip
    scale = tuple(Mark(round(bottom - tall * step / ceiling, 2), f"{step:,}") for step in steps(ceiling))
    return BarChart(bars, scale, _labels(bars), bottom, bottom + 28)


def nice_ceiling(count: int) -> int:
    """Return the least round number that is not below `count`, and that half of is whole too (1 aside)."""
    unit = 1
    while True:
        for times in (1, 2, 4, 5, 6, 8, 10):
            if times * unit >= count and (times * unit == 1 or times * unit % 2 == 0):
                return times * unit
        unit *= 10


def steps(ceiling: int) -> list[int]:
    """Return the counts that the scale names: nothing, half and all; no half of one complaint."""
    return [0, ceiling] if ceiling == 1 else [0, ceiling // 2, ceiling]


def _labels(bars: Sequence[Bar]) -> tuple[Mark, ...]:
    if not bars:
        return ()
    count = min(MOST_LABELS, len(bars))
    places = sorted({round(step * (len(bars) - 1) / max(1, count - 1)) for step in range(count)})
    return tuple(_label(bars, place) for place in places)


def _label(bars: Sequence[Bar], place: int) -> Mark:
    bar = bars[place]
    # The outermost labels stay inside the drawing: they lean inwards.
    if len(bars) > 2 and place == len(bars) - 1:
        return Mark(round(bar.x + bar.width, 3), bar.name, "end")
    if len(bars) > 2 and place == 0:
        return Mark(bar.x, bar.name, "start")
    return Mark(bar.middle, bar.name)
