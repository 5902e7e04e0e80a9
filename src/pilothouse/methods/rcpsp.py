"""Resource levelling: the shortest plan that nobody has to be in two places for.

Question: when does each task run, given who is available, and when is everything done?
Not for: choosing what to build (nrp), or estimates that are guesses (forecast_mc).
Sample: none. Up to about 60 tasks the answer is usually proved best in seconds; beyond, `gap` says how far it may
be off.

    >>> tasks = {"design": {"duration": 3, "demand": {"ux": 1}}, "build": {"duration": 4, "demand": {"dev": 2}},
    ...          "test": {"duration": 2, "demand": {"dev": 1}, "pred": ["build"]},
    ...          "docs": {"duration": 3, "demand": {"ux": 1}, "pred": ["design"]}}
    >>> result = analyse(tasks, {"ux": 1, "dev": 2})
    >>> result.makespan, result.proved, result.starts["docs"] >= 3
    (6, True, True)

Source: R. Kolisch and A. Sprecher, EJOR 96, 1997 (PSPLIB); A. Pritsker, L. Watters and P. Wolfe, Management Science 16,
1969 (the problem); solved with CP-SAT of OR-Tools.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods._checks import extra, mapping, number, sequence, whole
from pilothouse.methods._first_plan import first_plan
from pilothouse.methods._keys import cells, key, table
from pilothouse.methods._method import MethodError
from pilothouse.methods._network import Link, Schedule, from_preds, read_links, schedule
from pilothouse.methods._psplib import Project
from pilothouse.methods._psplib import read as read_file

LEAST_WORKERS = 8
MOST = 1_000_000

__all__ = ["Project", "Result", "analyse", "read_file"]


@dataclass(frozen=True)
class Result:
    """`proved` means no shorter plan exists; else `gap` is (makespan - bound) / makespan.

    `infeasible` (proved) leaves the rest None or empty. `unlimited` is the length of the plan if people were no limit,
    `moved` the total shift of starts against `baseline`, `peak` the largest use of each resource.
    """

    makespan: int | None
    starts: dict[Any, int]
    finishes: dict[Any, int]
    proved: bool
    bound: int | None
    gap: float | None
    infeasible: bool
    unlimited: float | None
    moved: int | None
    peak: dict[Any, int]


@dataclass(frozen=True)
class _Problem:
    durations: dict[Any, int]
    demand: dict[Any, dict[Any, int]]
    capacity: dict[Any, int]
    links: list[Link]
    absences: list[tuple[Any, int, int, int]]
    horizon: int


def analyse(
    tasks: Mapping[Any, Mapping[str, Any]],
    capacity: Mapping[Any, Any],
    *,
    links: Sequence[Any] = (),
    absences: Sequence[Any] = (),
    baseline: Mapping[Any, int] | None = None,
    seconds: float = 10.0,
    workers: int = LEAST_WORKERS,
    seed: int = 0,
) -> Result:
    """Tasks with whole durations, demand by resource and predecessors; capacity by resource.

    `absences` are (resource, from, until, amount): what is not there for a while. With `baseline` starts, the plan of
    shortest length that moves them least is taken. `seconds` limits the search, not the correctness.
    """
    problem = _read(tasks, capacity, links, absences)
    number(seconds, field="seconds", above=0)
    promised = None if baseline is None else _baseline(baseline, problem)
    times = _unlimited(problem)
    if times is None:
        return Result(None, {}, {}, True, None, None, True, None, None, {})
    unlimited = times.duration
    cp = extra("ortools.sat.python.cp_model")
    model, starts, end = _model(cp, problem)
    _narrow(model, problem, starts, end, times, whole(seed, field="seed", least=0))
    model.minimize(end)
    solver = _solver(cp, seconds, workers, seed)
    status = solver.solve(model)
    if status == cp.INFEASIBLE:
        return Result(None, {}, {}, True, None, None, True, unlimited, None, {})
    if status not in (cp.OPTIMAL, cp.FEASIBLE):
        return Result(None, {}, {}, False, int(solver.best_objective_bound), None, False, unlimited, None, {})
    makespan, bound = int(solver.objective_value), int(solver.best_objective_bound)
    found = {task: int(solver.value(start)) for task, start in starts.items()}
    if promised is not None:
        found = _least_moved(cp, problem, makespan, found, promised, _solver(cp, seconds, workers, seed))
    return _packed(problem, makespan, bound, found, status == cp.OPTIMAL, unlimited, promised)


def _read(tasks: Any, capacity: Any, links: Sequence[Any], absences: Sequence[Any]) -> _Problem:
    rows = table(tasks, field="tasks", least_count=1)
    limits = {
        name: whole(one, field="capacity", row=name, least=0)
        for name, one in mapping(capacity, field="capacity", least_count=0).items()
    }
    durations = {
        task: whole(row.get("duration"), field="duration", row=task, least=0, most=MOST) for task, row in rows.items()
    }
    demand = {
        task: _demand(task, mapping(row.get("demand") or {}, field="demand", least_count=0), limits, durations[task])
        for task, row in rows.items()
    }
    tied = [*from_preds({task: row.get("pred") or () for task, row in rows.items()}), *read_links(links, rows)]
    for link in tied:
        whole(link.lag, field="links", row=link.after)
    away = [_absence(row, one, limits) for row, one in enumerate(sequence(absences, field="absences", least_count=0))]
    lags = sum(max(0, int(link.lag)) for link in tied)
    horizon = sum(durations.values()) + lags + max((until for _, _, until, _ in away), default=0)
    return _Problem(durations, demand, limits, tied, away, max(1, horizon))


def _baseline(given: Any, problem: _Problem) -> dict[Any, int]:
    starts = mapping(given, field="baseline", least_count=0).items()
    return {
        task: whole(at, field="baseline", row=task, least=0, most=MOST)
        for task, at in starts
        if task in problem.durations
    }


def _demand(task: Any, given: Mapping[Any, Any], limits: Mapping[Any, int], duration: int) -> dict[Any, int]:
    found = {}
    for name, amount in given.items():
        if name not in limits:
            raise MethodError("no_such_resource", field="demand", row=task, resource=name)
        found[name] = whole(amount, field="demand", row=task, least=0)
        if found[name] > limits[name] and duration:
            raise MethodError("demand_over_capacity", field="demand", row=task, resource=name, capacity=limits[name])
    return found


def _absence(row: int, given: Any, limits: Mapping[Any, int]) -> tuple[Any, int, int, int]:
    name, first, until, amount = cells(given, ("resource", "from", "until", "amount"), field="absences", row=row)
    if key(name, field="absences", row=row) not in limits:
        raise MethodError("no_such_resource", field="absences", row=row, resource=name)
    start = whole(first, field="absences", row=row, least=0)
    return (
        name,
        start,
        whole(until, field="absences", row=row, least=start),
        whole(amount, field="absences", row=row, least=0),
    )


def _unlimited(problem: _Problem) -> Schedule | None:
    """Times without limits; None when the links alone cannot be kept."""
    try:
        return schedule(problem.durations, problem.links)
    except MethodError as refused:
        if refused.code == "impossible_loop":
            return None
        raise


def _model(cp: Any, problem: _Problem) -> tuple[Any, dict[Any, Any], Any]:
    """Start variables, links between them, and one cumulative constraint a resource."""
    model = cp.CpModel()
    starts = {task: model.new_int_var(0, problem.horizon, "") for task in problem.durations}
    end = model.new_int_var(0, problem.horizon, "end")
    boxes = {task: model.new_fixed_size_interval_var(starts[task], d, "") for task, d in problem.durations.items()}
    for task, duration in problem.durations.items():
        model.add(starts[task] + duration <= end)
    for link in problem.links:
        model.add(starts[link.after] >= starts[link.before] + int(link.weight(problem.durations)))
    for name, limit in problem.capacity.items():
        users = [task for task, demand in problem.demand.items() if demand.get(name) and problem.durations[task]]
        away = [
            (first, until, amount) for who, first, until, amount in problem.absences if who == name and until > first
        ]
        fixed = [model.new_fixed_size_interval_var(first, until - first, "") for first, until, _ in away]
        amounts = [problem.demand[task][name] for task in users] + [min(amount, limit) for *_, amount in away]
        if users:
            model.add_cumulative([boxes[task] for task in users] + fixed, amounts, limit)
    return model, starts, end


def _narrow(model: Any, problem: _Problem, starts: dict[Any, Any], end: Any, times: Schedule, seed: int) -> None:
    """What is known beforehand: heads and tails of the network, the work to be done, and a first plan."""
    for task, start in starts.items():
        tail = int(times.duration - times.LS[task])
        model.add(start >= int(times.ES[task]))
        model.add(start + tail <= end)
    for name, limit in problem.capacity.items():
        work = sum(problem.durations[task] * demand.get(name, 0) for task, demand in problem.demand.items())
        if limit:
            model.add(end >= -(-work // limit))
    known = (problem.durations, problem.demand, problem.capacity, problem.links, times, problem.horizon)
    plan = None if problem.absences else first_plan(*known, seed=seed)
    if plan is not None:
        model.add(end <= max(plan[task] + duration for task, duration in problem.durations.items()))
        for task, start in starts.items():
            model.add_hint(start, plan[task])


def _solver(cp: Any, seconds: float, workers: int, seed: int) -> Any:
    solver = cp.CpSolver()
    solver.parameters.max_time_in_seconds = float(seconds)
    # Fewer than eight workers leave out search strategies that are worth more than the threads they cost.
    solver.parameters.num_workers = max(LEAST_WORKERS, whole(workers, field="workers", least=1))
    solver.parameters.random_seed = whole(seed, field="seed", least=0)
    return solver


def _least_moved(
    cp: Any, problem: _Problem, makespan: int, found: dict[Any, int], baseline: Mapping[Any, int], solver: Any
) -> dict[Any, int]:
    """Among plans of this length, the one nearest to what was promised."""
    model, starts, end = _model(cp, problem)
    model.add(end <= makespan)
    shifts = []
    for task, start in starts.items():
        model.add_hint(start, found[task])
        if task in baseline:
            shift = model.new_int_var(0, problem.horizon + abs(baseline[task]), "")
            model.add_abs_equality(shift, start - baseline[task])
            shifts.append(shift)
    model.minimize(sum(shifts))
    status = solver.solve(model)
    return (
        {task: int(solver.value(start)) for task, start in starts.items()}
        if status in (cp.OPTIMAL, cp.FEASIBLE)
        else found
    )


def _packed(
    problem: _Problem,
    makespan: int,
    bound: int,
    starts: dict[Any, int],
    proved: bool,
    unlimited: float,
    baseline: Mapping[Any, int] | None,
) -> Result:
    moved = None if baseline is None else sum(abs(starts[task] - at) for task, at in baseline.items())
    return Result(
        makespan=makespan,
        starts=starts,
        finishes={task: starts[task] + duration for task, duration in problem.durations.items()},
        proved=proved,
        bound=bound,
        gap=(makespan - bound) / makespan if makespan else 0.0,
        infeasible=False,
        unlimited=unlimited,
        moved=moved,
        peak={name: _peak(problem, starts, name) for name in problem.capacity},
    )


def _peak(problem: _Problem, starts: Mapping[Any, int], name: Any) -> int:
    """Use only ever rises where a task begins."""
    spans = [
        (starts[task], starts[task] + problem.durations[task], demand[name])
        for task, demand in problem.demand.items()
        if demand.get(name)
    ]
    return max((sum(amount for first, until, amount in spans if first <= at < until) for at, _, _ in spans), default=0)
