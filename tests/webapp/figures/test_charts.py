import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.figures.charts import LEFT, TOP, bar_chart, nice_ceiling, steps


@given(st.integers(1, 10**9))
def test_the_scale_holds_every_count_and_names_whole_numbers(count):
    ceiling = nice_ceiling(count)
    assert count <= ceiling <= max(4, count * 2)
    assert all(step == int(step) for step in steps(ceiling))


@given(st.lists(st.integers(0, 5000), max_size=120))
def test_bars_stand_on_the_ground_inside_the_drawing_and_do_not_touch(counts):
    chart = bar_chart([str(n) for n in range(len(counts))], counts, [True] * len(counts))
    for bar, count in zip(chart.bars, counts, strict=True):
        assert bar.y >= TOP - 0.01
        assert bar.y + bar.height == pytest.approx(chart.bottom, abs=0.02)
        assert (bar.height > 0) == (count > 0) or count < 50
        assert bar.x >= LEFT
        assert bar.x + bar.width <= 100
    for bar, following in zip(chart.bars, chart.bars[1:], strict=False):
        assert bar.x + bar.width <= following.x + 0.01


def test_panels_held_to_one_scale_can_be_compared():
    small, large = bar_chart(["a"], [5], [True], top_count=10), bar_chart(["a"], [10], [True], top_count=10)
    assert large.bars[0].height == 2 * small.bars[0].height


def test_one_single_record_is_no_bar_as_high_as_the_drawing():
    assert bar_chart(["a"], [1], [True], tall=160).bars[0].height == 40


def test_few_labels_fit_a_phone_and_the_outermost_lean_inwards():
    labels = bar_chart([f"2026-{n}" for n in range(24)], [1] * 24, [True] * 24).labels
    assert len(labels) == 4
    assert (labels[0].anchor, labels[-1].anchor) == ("start", "end")


def test_no_months_make_no_bars():
    assert bar_chart([], [], []).labels == ()
