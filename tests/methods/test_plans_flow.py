"""Forecasts and flow: exact figures, invariants, refusals."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import MethodError, burn, cumulative_flow, cycle_time, flow, forecast_mc
from tests.methods.cases import close, published

# Published ------------------------------------------------------------------------------------------------------


@published("forecast_mc")
def test_small_forecast(case):
    expected = {int(week): chance for week, chance in case["expected"]["P_done_by_week"].items()}
    result = forecast_mc.analyse(**case["inputs"])
    close(result.P_done_by_week, expected, case["tolerance"], "P_done_by_week")
    close(forecast_mc.exact(**case["inputs"]), expected, {"abs": 1e-12}, "exact")
    assert result.weeks == {50: 3, 85: 3, 95: 4}


@published("flow")
def test_littles_law(case):
    close(flow.analyse(**case["inputs"]), case["expected"], 0)


# Forecast -------------------------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=8).filter(any), st.integers(1, 30), st.integers(0, 1000))
def test_trials_agree_with_the_exact_distribution(samples, backlog, seed):
    result = forecast_mc.analyse(samples, backlog, trials=20_000, seed=seed)
    truth = forecast_mc.exact(samples, backlog)
    last = max(truth)
    for week, chance in result.P_done_by_week.items():
        assert chance == pytest.approx(truth.get(week, truth[last] if week > last else 0), abs=0.02)
    chances = list(result.P_done_by_week.values())
    assert chances == sorted(chances)
    assert result == forecast_mc.analyse(samples, backlog, trials=20_000, seed=seed)


def test_growth_dates_and_horizon():
    steady = forecast_mc.analyse([2] * 6, 10, start="2026-03-02")
    assert (steady.weeks, steady.dates[85]) == ({50: 5, 85: 5, 95: 5}, dt.date(2026, 4, 5))
    grown = forecast_mc.analyse([2] * 6, 10, growth=(1, 2), seed=2)
    assert 5 <= grown.weeks[50] < grown.weeks[95] <= 10
    far = forecast_mc.analyse([0, 0, 0, 0, 1], 500, horizon=52)
    assert far.weeks[50] is None
    assert far.flags == ("not_done_by_horizon",)
    assert forecast_mc.analyse([1, 2], 3).flags == ("few_samples",)


# Flow -----------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), min_size=1, max_size=30))
def test_littles_law_holds_exactly_when_the_period_starts_and_ends_empty(spans):
    items = [(row, begin, begin + length) for row, (begin, length) in enumerate(spans)]
    last = max(end for *_, end in items)
    found = flow.check(items, first=-1, last=last)
    assert found.predicted == pytest.approx(found.cycle_time)
    assert found.holds


def test_a_growing_queue_breaks_the_law():
    items = [(n, n, None if n > 2 else n + 3) for n in range(20)]
    found = flow.check(items, first=2, last=20)
    assert not found.holds
    assert found.drift > 2


def rows(days):
    start = dt.date(2026, 3, 2)
    return [{"id": n, "started": start, "finished": start + dt.timedelta(days=d)} for n, d in enumerate(days)]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_percentiles_are_values_that_occurred(days):
    result = cycle_time.analyse(rows(days), as_of="2026-06-30")
    counted = sorted(d + 1 for d in days)
    assert list(result.percentiles.values()) == sorted(result.percentiles.values())
    for level, value in result.percentiles.items():
        assert value in counted
        assert sum(one <= value for one in counted) >= level / 100 * len(counted) - 1e-9
    assert sum(result.throughput.values()) == result.finished == len(days)


def test_ages_and_idle_weeks():
    items = [*rows([0, 0, 20]), {"id": "x", "started": "2026-03-20", "finished": None}, {"id": "y", "started": None}]
    result = cycle_time.analyse(items, as_of="2026-03-25")
    assert (result.open, result.not_started, result.ages["x"].days) == (1, 1, 6)
    assert result.ages["x"].beyond == 50
    assert result.throughput == {"2026-03-02": 2, "2026-03-09": 0, "2026-03-16": 1, "2026-03-23": 0}
    later = cycle_time.analyse(rows([5]), as_of="2026-03-04")
    assert (later.open, later.finished) == (1, 0)


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 20), st.sampled_from(["todo", "doing", "done"])),
        min_size=1,
        max_size=40,
    )
)
def test_cumulative_lines_never_fall_and_states_add_up(moves):
    start = dt.date(2026, 3, 2)
    dated = [(item, start + dt.timedelta(days=when), state) for item, when, state in moves]
    result = cumulative_flow.analyse(dated, states=["todo", "doing", "done"])
    for line in result.reached.values():
        assert list(line) == sorted(line)
    for place in range(len(result.days)):
        present = sum(counts[place] for counts in result.counts.values())
        assert present == len({item for item, when, _ in dated if when <= result.days[place]})
        assert result.reached["todo"][place] >= result.reached["doing"][place] >= result.reached["done"][place]
    assert result.reached["todo"][-1] == result.n


def test_burning_with_days_off_and_moving_scope():
    items = [{"points": 4, "done": "2026-03-03"}, {"points": 4, "done": "2026-03-04"}, {"points": 6}]
    items += [{"points": 2, "added": "2026-03-04"}, {"points": 3, "removed": "2026-03-03"}, {"points": None}]
    result = burn.analyse(items, start="2026-03-02", end="2026-03-13", as_of="2026-03-05")
    assert result.scope == (17, 14, 16, 16)
    assert result.remaining == (17, 10, 8, 8)
    assert (result.rate, result.added, result.removed, result.unestimated) == (2.0, 2, 3, 1)
    assert result.projected == dt.date(2026, 3, 11)
    assert result.ideal[4] == result.ideal[5] == result.ideal[6]
    assert result.ideal[-1] == 0
    nothing = burn.analyse([{"points": 3}], start="2026-03-02", end="2026-03-06", as_of="2026-03-03")
    assert nothing.projected is None


@pytest.mark.parametrize(
    ("call", "code", "field", "row"),
    [
        (lambda: forecast_mc.analyse([0, 0, 0], 5), "no_throughput", "samples", None),
        (lambda: forecast_mc.analyse([1, -1], 5), "too_small", "samples", 1),
        (lambda: forecast_mc.analyse([1], 0), "too_small", "backlog", None),
        (lambda: forecast_mc.analyse([1], 5, growth=(2, 1)), "not_rising", "growth", None),
        (lambda: flow.analyse(wip=3), "leave_one_open", "wip,throughput_per_week,cycle_time_weeks", None),
        (lambda: flow.check([("a", 5, 3)], first=0, last=9), "too_small", "finished", 0),
        (lambda: flow.check([("a", 5, None)], first=0, last=9), "nothing_finished", "items", None),
        (
            lambda: cycle_time.analyse([{"id": 7, "finished": "2026-01-01"}], as_of="2026-02-01"),
            "finished_before_start",
            "started",
            7,
        ),
        (lambda: cycle_time.analyse([{"id": 7, "started": "soon"}], as_of="2026-02-01"), "not_a_date", "started", 7),
        (
            lambda: cumulative_flow.analyse([("a", "2026-01-01", "lost")], states=["todo", "done"]),
            "no_such_state",
            "moves",
            0,
        ),
        (lambda: burn.analyse([{"points": -1}], start="2026-01-01", end="2026-01-02"), "too_small", "points", 0),
        (lambda: burn.analyse([{}], start="2026-01-02", end="2026-01-01"), "not_rising", "end", None),
    ],
)
def test_refusals(call, code, field, row):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field, refused.value.row) == (code, field, row)


def test_the_ladder_says_of_every_item_what_the_forecast_says_of_the_last():
    levels, samples = (50, 80, 95), [0, 2, 1, 3, 0, 2, 1, 4]
    found = forecast_mc.ladder(samples, 40, levels=levels, seed=1)
    for items in (1, 7, 40):
        alone = forecast_mc.analyse(samples, items, levels=levels, seed=2).weeks
        assert all(abs(found[level][items - 1] - alone[level]) <= 1 for level in levels)
        chances, week = forecast_mc.exact(samples, items), found[80][items - 1]
        assert chances[week] > 0.78
        assert chances.get(week - 1, 0) < 0.82
    assert forecast_mc.ladder([1], 3, levels=(50,), horizon=2) == {50: (1, 2, None)}
