"""Schedules: published networks, PSPLIB, invariants, calendars, refusals."""

from __future__ import annotations

import csv
import datetime as dt
from itertools import combinations, permutations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import MethodError, cpm_pert, crashing, dependencies, rcpsp
from pilothouse.methods._calendar import calendar
from tests.methods.cases import REFERENCE, cases, close, published

PSPLIB = Path(__file__).resolve().parents[3] / "shared" / "data" / "schedule_psplib"
HARD = {"j30_j3013_2.sm"}


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


def level(text, seconds):
    project = rcpsp.read_file(text)
    result = rcpsp.analyse(project.tasks, project.capacity, links=project.links, seconds=seconds)
    if not result.infeasible:
        assert_feasible(project, result)
    return result


def assert_feasible(project, result):
    """Checked without the solver: links kept, nobody used twice."""
    for before, after, *rest in project.links:
        ends = result.finishes[before] if not rest else result.starts[before] + rest[1]
        assert result.starts[after] >= ends
    for name, limit in project.capacity.items():
        for at in set(result.starts.values()):
            running = [t for t in project.tasks if result.starts[t] <= at < result.finishes[t]]
            assert sum(project.tasks[t]["demand"][name] for t in running) <= limit
    assert result.makespan == max(result.finishes.values())


@published("rcpsp")
def test_psplib(case):
    hard = case["id"] in HARD
    result = level((REFERENCE / case["inputs"]["file"]).read_text(), 3 if hard else 30)
    if hard:
        best = case["expected"]["makespan"]
        close(result.bound <= best <= result.makespan <= best * 1.1, True, name="best known within the bounds")
        return
    got = {"infeasible": True} if result.infeasible else {"makespan": result.makespan}
    close(got, case["expected"], 0)
    assert result.proved
    assert not result.gap


@pytest.mark.scale
@pytest.mark.parametrize("kind", ["j30", "j60", "j120"])
def test_psplib_collections(kind):
    """Every best-known length of the collection on this machine, with a limit of 20 s each; gaps are printed."""
    if not PSPLIB.exists():
        pytest.skip("the PSPLIB collections are not here (shared/data/schedule_psplib)")
    with (PSPLIB / "best_known.csv").open(newline="") as stream:
        known = {row["instance"]: row for row in csv.DictReader(stream) if row["set"] == kind}
    proved = reached = 0
    for name, row in known.items():
        result = level((PSPLIB / kind / name).read_text(), 20)
        assert result.bound <= int(row["best_known"])
        assert result.makespan >= int(row["lower_bound"])
        proved, reached = proved + result.proved, reached + (result.makespan <= int(row["best_known"]))
        print(name, result.makespan, row["best_known"], f"gap {result.gap:.1%}")
    print(kind, f"{proved} proved, {reached} at the best known length, of {len(known)}")
    assert kind != "j30" or proved >= 0.95 * len(known)


# Against enumeration --------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_levelling_agrees_with_enumeration(data):
    """Two people, four tasks: every start up to the horizon tried."""
    count = data.draw(st.integers(2, 4))
    durations = data.draw(st.lists(st.integers(1, 3), min_size=count, max_size=count))
    demand = data.draw(st.lists(st.integers(1, 2), min_size=count, max_size=count))
    links = [pair for pair in combinations(range(count), 2) if data.draw(st.booleans())]
    tasks = {t: {"duration": d, "demand": {"dev": a}} for t, (d, a) in enumerate(zip(durations, demand, strict=True))}
    result = rcpsp.analyse(tasks, {"dev": 2}, links=links)
    horizon = sum(durations)

    def fits(starts):
        ordered = all(starts[a] + durations[a] <= starts[b] for a, b in links)
        loads = (
            sum(demand[t] for t in range(count) if starts[t] <= at < starts[t] + durations[t]) for at in range(horizon)
        )
        return ordered and all(load <= 2 for load in loads)

    best = min(
        max(start + durations[t] for t, start in enumerate(starts))
        for starts in product(range(horizon), repeat=count)
        if fits(starts)
    )
    assert (result.makespan, result.proved) == (best, True)


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
    assert days.work_before(dt.date(2026, 3, 10)) == 1.5


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


def test_absences_and_the_plan_that_moves_least():
    tasks = {k: {"duration": 2, "demand": {"dev": 1}} for k in "ABC"}
    assert rcpsp.analyse(tasks, {"dev": 1}).makespan == 6
    away = rcpsp.analyse(tasks, {"dev": 1}, absences=[("dev", 1, 3, 1)])
    assert away.makespan == 9
    promised = {"A": 4, "B": 0, "C": 2}
    kept = rcpsp.analyse(tasks, {"dev": 1}, baseline=promised)
    assert (kept.starts, kept.moved) == (promised, 0)


def person(*names):
    """One way for each person, who takes as long as given."""
    return [{"duration": days, "demand": {name: 1}} for name, days in names]


def test_work_rests_in_breaks_and_goes_to_who_ends_it_first():
    tasks = {"A": {"duration": 4, "demand": {"lin": 1}}, "B": {"ways": person(("lin", 2), ("ada", 3)), "pred": ["A"]}}
    found = rcpsp.analyse(tasks, {"lin": 1, "ada": 1}, breaks={"lin": [(1, 3), (6, 9)], "ada": [(7, 8)]})
    assert (found.finishes, found.proved) == ({"A": 6, "B": 10}, True)
    assert (found.ways["B"], found.starts["B"]) == (1, 6)
    alone = rcpsp.analyse(tasks, {"lin": 1, "ada": 0}, breaks={"lin": [(1, 3), (6, 9)]})
    assert (alone.starts["B"], alone.finishes["B"], alone.waits["B"].reason) == (9, 11, "away")


def test_the_least_late_plan_is_taken_and_says_what_each_task_waits_for():
    tasks = {key: {"duration": 3, "demand": {"dev": 1}} for key in "ABC"}
    tasks["C"] |= {"due": 2}
    tasks["B"] |= {"due": 6, "earliest": 4}
    found = rcpsp.analyse(tasks, {"dev": 1})
    assert (found.late, found.punctual, found.makespan) == ({"C": 1, "B": 1}, True, 10)
    assert found.waits["B"].reason == "earliest"
    assert (found.waits["A"].reason, found.waits["A"].by, found.chain) == ("busy", ("B",), ("B", "A"))
    again = rcpsp.analyse(tasks, {"dev": 1}, known=found)
    assert (again.makespan, again.late) == (found.makespan, found.late)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_breaks_and_ways_agree_with_enumeration(data):
    """Two people of their own pace and days off, three tasks: every order and every choice of people tried."""
    paces = [data.draw(st.lists(st.integers(1, 4), min_size=2, max_size=2)) for _ in range(3)]
    rests = {name: [(a := data.draw(st.integers(0, 6)), a + data.draw(st.integers(0, 3)))] for name in ("lin", "ada")}
    pred = [pair for pair in combinations(range(3), 2) if data.draw(st.booleans())]
    tasks = {t: {"ways": person(("lin", a), ("ada", b))} for t, (a, b) in enumerate(paces)}
    found = rcpsp.analyse(tasks, {"lin": 1, "ada": 1}, links=pred, breaks=rests)

    def ends(order, who):
        at, done = {"lin": 0, "ada": 0}, {}
        for t in order:
            if any(before not in done for before, after in pred if after == t):
                return None
            name = ("lin", "ada")[who[t]]
            step, left = max([at[name], *(done[before] for before, after in pred if after == t)]), paces[t][who[t]]
            while left:
                left, step = left - (not rests[name][0][0] <= step < rests[name][0][1]), step + 1
            at[name] = done[t] = step
        return max(done.values())

    tried = (ends(order, who) for order in permutations(range(3)) for who in product((0, 1), repeat=3))
    assert (found.makespan, found.proved) == (min(one for one in tried if one is not None), True)
    for t, end in found.finishes.items():
        assert end - found.starts[t] >= paces[t][found.ways[t]]


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
