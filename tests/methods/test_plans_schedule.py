"""Schedules: published networks, invariants, calendars, refusals."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import MethodError, cpm_pert, crashing, dependencies, rcpsp
from pilothouse.methods.scheduling.calendar import calendar
from tests.methods.cases import cases, close, published

# Published ------------------------------------------------------------------------------------------------------


@published("cpm_pert")
def test_reliable_construction(case):
    expected = dict(case["expected"])
    result = cpm_pert.analyse(**case["inputs"], deadline=47)
    close(result.p_le(47), expected.pop("P_le_47"), case["tolerance"], "P_le_47")
    close(result, expected, case["tolerance"])
    assert result.p_deadline == result.p_le(47)


def test_milwaukee_paper():
    """Heizer and Render: 15 weeks over A-C-E-G-H, variance 3.11, P(T <= 16) = .7157 as printed with z rounded."""
    rows = [("A", "", 1, 2, 3), ("B", "", 2, 3, 4), ("C", "A", 1, 2, 3), ("D", "AB", 2, 4, 6), ("E", "C", 1, 4, 7)]
    rows += [("F", "C", 1, 2, 9), ("G", "DE", 3, 4, 11), ("H", "FG", 1, 2, 3)]
    tasks = [{"id": key, "pred": list(pred), "o": o, "m": m, "p": p} for key, pred, o, m, p in rows]
    result = cpm_pert.analyse(tasks)
    assert (result.duration, result.critical) == (15, ("A", "C", "E", "G", "H"))
    assert result.var_path == pytest.approx(3.11, abs=0.005)
    assert result.p_le(16) == pytest.approx(0.7157, abs=0.002)


@published("dependencies")
def test_four_kinds_of_link(case):
    close(dependencies.analyse(**case["inputs"]), case["expected"], 0)


@published("crashing")
def test_crashing_reliable_construction(case):
    network = cases("cpm_pert")[0]["inputs"]["tasks"]
    result = crashing.analyse(**case["inputs"], pred={task["id"]: task["pred"] for task in network})
    close(result.min_total_cost, case["expected"]["min_total_cost_k"], 0, "min_total_cost_k")
    close(result.extra, case["expected"]["extra_k"], 0, "extra_k")
    assert (result.crash, result.duration) == ({"F": 2, "J": 2}, 40)


# Against enumeration --------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_critical_path_is_the_longest_path(data):
    count = data.draw(st.integers(1, 7))
    durations = {t: data.draw(st.integers(0, 9)) for t in range(count)}
    links = [pair for pair in combinations(range(count), 2) if data.draw(st.booleans())]
    result = dependencies.analyse(durations, links)

    def longest(task):
        return durations[task] + max((longest(b) for a, b in links if a == task), default=0)

    assert result.duration == max(map(longest, durations))
    assert all(result.slack[t] >= 0 for t in durations)
    assert all(result.free_float[t] <= result.slack[t] for t in durations)
    assert any(result.EF[t] == result.duration for t in result.critical)


def test_loops_of_lags_may_be_kept_or_not():
    """B starts within 3 of A: fine; C then cannot be 5 later and yet within 3."""
    window = [["A", "B", "SS", 1], ["B", "A", "SS", -3]]
    assert dependencies.analyse({"A": 2, "B": 2}, window).ES == {"A": 0, "B": 1}
    with pytest.raises(MethodError) as refused:
        dependencies.analyse({"A": 2, "B": 2}, [["A", "B", "SS", 5], ["B", "A", "SS", -3]])
    assert refused.value.code == "impossible_loop"
    assert set(refused.value.details["path"]) == {"A", "B"}


def test_a_cycle_is_named():
    with pytest.raises(MethodError) as refused:
        cpm_pert.analyse([{"id": k, "pred": [p], "duration": 1} for k, p in ("AC", "BA", "CB", "DA")])
    assert refused.value.code == "cycle"
    path = refused.value.details["path"]
    assert path[0] == path[-1]
    assert set(path) == {"A", "B", "C"}
    assert dependencies.loops([("A", "B"), ("B", "A"), ("B", "C"), ("C", "C")]) == (("A", "B"), ("C",))


def test_simulation_is_seeded_and_sees_the_merge():
    tasks = [{"id": k, "o": 1, "m": 5, "p": 9} for k in "ABCD"] + [{"id": "end", "pred": list("ABCD"), "duration": 0}]
    one, two = (cpm_pert.simulate(tasks, deadline=5, seed=3) for _ in range(2))
    assert one == two
    assert one.mean > cpm_pert.analyse(tasks).duration + 0.5
    assert sum(one.criticality[k] for k in "ABCD") == pytest.approx(1, abs=1e-9)


# Calendars ------------------------------------------------------------------------------------------------------


def test_dates_skip_weekends_holidays_and_use_made_up_days():
    """National Day 2026: off from 1 to 7 October, Saturday 10 October worked."""
    golden = {"holidays": [f"2026-10-{day:02d}" for day in range(1, 8)], "workdays": ["2026-10-10"]}
    tasks = [
        {"id": "A", "duration": 2},
        {"id": "B", "duration": 4, "pred": ["A"]},
        {"id": "C", "duration": 0, "pred": ["B"]},
    ]
    dates = cpm_pert.analyse(tasks, start="2026-09-29", calendar=golden).dates
    assert dates["A"] == (dt.date(2026, 9, 29), dt.date(2026, 9, 30))
    assert dates["B"] == (dt.date(2026, 10, 8), dt.date(2026, 10, 12))
    assert dates["C"] == (dt.date(2026, 10, 12),) * 2


def test_half_days_and_lags_in_working_time():
    friday = "2026-03-06"
    days = calendar(friday, half_days=["2026-03-09"])
    tasks = [{"id": "A", "duration": 1.5}, {"id": "B", "duration": 1, "pred": [("A", "FS", 1)]}]
    dates = cpm_pert.analyse(tasks, start=friday, calendar=days).dates
    assert dates["A"] == (dt.date(2026, 3, 6), dt.date(2026, 3, 9))
    assert dates["B"] == (dt.date(2026, 3, 11), dt.date(2026, 3, 11))


# Crashing and levelling rules -----------------------------------------------------------------------------------


def test_crashing_costs_rise_as_the_deadline_falls():
    inputs = {
        k: {"normal": 6, "crash": 2, "cost_n": 10, "cost_c": 10 + 4 * r} for k, r in (("A", 3), ("B", 5), ("C", 1))
    }
    pred = {"B": ["A"], "C": ["A"]}
    extras = [crashing.analyse(inputs, deadline=d, pred=pred).extra for d in range(4, 13)]
    assert extras == sorted(extras, reverse=True)
    assert extras[-1] == 0
    with pytest.raises(MethodError) as refused:
        crashing.analyse(inputs, deadline=3, pred=pred)
    assert (refused.value.code, refused.value.details["shortest"]) == ("deadline_impossible", 4)


@pytest.mark.parametrize(
    ("call", "code", "field", "row"),
    [
        (lambda: cpm_pert.analyse([]), "too_few", "tasks", None),
        (lambda: cpm_pert.analyse([{"id": "A", "o": 3, "m": 2, "p": 4}]), "not_rising", "m", "A"),
        (lambda: cpm_pert.analyse([{"id": "A", "duration": -1}]), "too_small", "duration", "A"),
        (lambda: cpm_pert.analyse([{"id": "A", "duration": 1}] * 2), "repeated_id", "tasks", 1),
        (lambda: cpm_pert.analyse([{"id": "A", "duration": 1, "pred": ["Z"]}]), "no_such_task", "pred", 0),
        (lambda: cpm_pert.analyse([{"id": "A", "o": 1, "m": 2}]), "not_a_number", "p", "A"),
        (
            lambda: cpm_pert.analyse([{"id": "A", "duration": 1}], start="2026-01-01", calendar={"weekdays": []}),
            "no_working_day",
            "weekdays",
            None,
        ),
        (lambda: dependencies.analyse({"A": 1}, [["A", "B"]]), "no_such_task", "links", 0),
        (lambda: dependencies.analyse({"A": 1, "B": 1}, [["A", "B", "XX"]]), "not_one_of", "links", 0),
        (lambda: rcpsp.analyse({"A": {"duration": 1.5}}, {}), "not_whole", "duration", "A"),
        (
            lambda: rcpsp.analyse({"A": {"duration": 1, "demand": {"dev": 3}}}, {"dev": 2}),
            "demand_over_capacity",
            "demand",
            "A",
        ),
        (
            lambda: rcpsp.analyse({"A": {"duration": 1, "demand": {"qa": 1}}}, {"dev": 2}),
            "no_such_resource",
            "demand",
            "A",
        ),
        (
            lambda: rcpsp.analyse({"A": {"duration": 1}}, {}, breaks={"qa": [(1, 2)]}),
            "no_such_resource",
            "breaks",
            "qa",
        ),
        (lambda: rcpsp.analyse({"A": {"duration": 1, "due": -1}}, {}), "too_small", "due", "A"),
        (lambda: rcpsp.read_file("PRECEDENCE RELATIONS: none"), "not_a_project_file", "text", None),
        (lambda: crashing.analyse({"A": {"normal": 2, "crash": 3}}, deadline=2), "too_large", "crash", "A"),
    ],
)
def test_refusals(call, code, field, row):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field, refused.value.row) == (code, field, row)
