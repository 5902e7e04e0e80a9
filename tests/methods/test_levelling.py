"""Levelling: PSPLIB, people of their own pace and days off, due days, and everything against enumeration."""

from __future__ import annotations

import csv
from itertools import combinations, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import rcpsp
from tests.datasets import dataset
from tests.methods.cases import REFERENCE, close, published

HARD = {"j30_j3013_2.sm"}


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
    collections = dataset("schedule_psplib")
    with (collections / "best_known.csv").open(newline="") as stream:
        known = {row["instance"]: row for row in csv.DictReader(stream) if row["set"] == kind}
    proved = reached = 0
    for name, row in known.items():
        result = level((collections / kind / name).read_text(), 20)
        assert result.bound <= int(row["best_known"])
        assert result.makespan >= int(row["lower_bound"])
        proved, reached = proved + result.proved, reached + (result.makespan <= int(row["best_known"]))
        print(name, result.makespan, row["best_known"], f"gap {result.gap:.1%}")
    print(kind, f"{proved} proved, {reached} at the best known length, of {len(known)}")
    assert kind != "j30" or proved >= 0.95 * len(known)


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
