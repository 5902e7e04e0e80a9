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
    >>> result.waits["docs"], result.chain
    (Wait(reason='link', by=('design',), resource=None), ('build', 'test'))

Source: R. Kolisch and A. Sprecher, EJOR 96, 1997 (PSPLIB); A. Pritsker, L. Watters and P. Wolfe, Management Science 16,
1969 (the problem); solved with CP-SAT of OR-Tools.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pilothouse.methods.scheduling.first_plan import Placed, Plan, first_plan, late, length, settled
from pilothouse.methods.scheduling.level_model import Model
from pilothouse.methods.scheduling.level_problem import Problem, baseline_of, read
from pilothouse.methods.scheduling.network import Link, Schedule, schedule
from pilothouse.methods.scheduling.psplib import Project
from pilothouse.methods.scheduling.psplib import read as read_file
from pilothouse.methods.scheduling.waiting import Wait, chain, waits
from pilothouse.methods.shared.checks import extra, number, whole
from pilothouse.methods.shared.method import MethodError

LEAST_WORKERS = 8
BEGIN = object()

__all__ = ["Project", "Result", "Wait", "analyse", "read_file"]


@dataclass(frozen=True)
class Result:
    """`proved` means no shorter plan exists that is as punctual; else `gap` is (makespan - bound) / makespan.

    `infeasible` (proved) leaves the rest None or empty. `unlimited` is the length of the plan if people were no limit,
    `moved` the total shift of starts against `baseline`, `peak` the largest use of each resource, `ways` which of its
    ways each task is done in, `late` the tasks that end after they are due and by how much (`punctual`: it cannot be
    less in all). `waits` says why each task begins when it does, `chain` which tasks make the plan so long.
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
    ways: dict[Any, int]
    late: dict[Any, int]
    punctual: bool
    waits: dict[Any, Wait]
    chain: tuple[Any, ...]


NONE = Result(None, {}, {}, False, None, None, False, None, None, {}, {}, {}, False, {}, ())


def analyse(
    tasks: Mapping[Any, Mapping[str, Any]],
    capacity: Mapping[Any, Any],
    *,
    links: Sequence[Any] = (),
    absences: Sequence[Any] = (),
    breaks: Mapping[Any, Sequence[Any]] | None = None,
    baseline: Mapping[Any, int] | None = None,
    known: Result | None = None,
    seconds: float = 10.0,
    workers: int = LEAST_WORKERS,
    seed: int = 0,
) -> Result:
    """Tasks with whole durations, demand by resource and predecessors; capacity by resource. A task may name several
    "ways" of {"duration", "demand"}, an "earliest" start and when it is "due": the least late plan is taken, and the
    shortest of those.

    `absences` are (resource, from, until, amount): what is not there for a while, so that nothing runs that needs it.
    `breaks` {resource: [(from, until)]} are when nobody of it works, so that what runs rests. With `baseline` starts,
    the plan of shortest length that moves them least is taken. `known` is a plan found before, to begin from. `seconds`
    limits the search, not the correctness.
    """
    problem = read(tasks, capacity, links, absences, breaks)
    number(seconds, field="seconds", above=0)
    promised = None if baseline is None else baseline_of(baseline, problem)
    times = _unlimited(problem)
    if times is None:
        return replace(NONE, proved=True, infeasible=True)
    seed = whole(seed, field="seed", least=0)
    first = _known(problem, known) or first_plan(problem, times, seed=seed)
    cp = extra("ortools.sat.python.cp_model")
    solver = _solver(cp, seconds, workers, seed)
    found = _search(cp, _shortened(problem, first), times, first, solver)
    if found.plan is None:
        return replace(NONE, proved=found.proved, infeasible=found.proved, bound=found.bound, unlimited=times.duration)
    plan = found.plan
    if promised is None:
        plan = settled(problem, plan)
    else:
        plan = _least_moved(cp, problem, plan, promised, _solver(cp, seconds, workers, seed))
    return _packed(problem, replace(found, plan=plan), times.duration, promised)


@dataclass(frozen=True)
class _Found:
    """`proved` without a plan: there is none. `punctual`: no plan is less late."""

    plan: Plan | None
    bound: int | None
    proved: bool
    punctual: bool = True


def _unlimited(problem: Problem) -> Schedule | None:
    """Times without limits; None when the links alone cannot be kept. What may not begin at once waits for BEGIN."""
    later = [Link(BEGIN, task, "SS", at) for task, at in problem.earliest.items() if at]
    try:
        return schedule({**problem.durations, BEGIN: 0}, [*problem.links, *later])
    except MethodError as refused:
        if refused.code == "impossible_loop":
            return None
        raise


def _known(problem: Problem, known: Result | None) -> Plan | None:
    if known is None or not known.starts or known.starts.keys() != problem.ways.keys():
        return None
    return {task: Placed(at, known.finishes[task], known.ways[task]) for task, at in known.starts.items()}


def _shortened(problem: Problem, first: Plan | None) -> Problem:
    """Nothing needs to end after a plan that is there already, unless a longer one were more punctual."""
    if first is None:
        return problem
    most = length(first) * 2 if late(problem, first) else length(first)
    return replace(problem, horizon=max(1, min(problem.horizon, most)))


def _search(cp: Any, problem: Problem, times: Schedule, first: Plan | None, solver: Any) -> _Found:
    """The least late, then the shortest of those, each beginning from the best plan so far."""
    made = Model(cp, problem)
    made.narrow(times)
    plan, punctual = first, True
    if problem.due:
        plan, punctual = _punctual(cp, made, first, solver)
        if plan is None:
            return _Found(None, None, punctual)
        made.model.add(sum(made.late) <= late(problem, plan))
    if plan is not None:
        made.begin_from(plan)
        made.model.add(made.end <= length(plan))
    made.model.minimize(made.end)
    status = solver.solve(made.model)
    if status == cp.INFEASIBLE:
        return _Found(None, None, True)
    bound = max(int(solver.best_objective_bound), made.least)
    if status not in (cp.OPTIMAL, cp.FEASIBLE):
        return _Found(plan, bound, plan is not None and bound == length(plan), punctual)
    plan = made.plan(solver)
    return _Found(plan, bound, status == cp.OPTIMAL or bound == length(plan), punctual)


def _punctual(cp: Any, made: Model, first: Plan | None, solver: Any) -> tuple[Plan | None, bool]:
    """The least late plan and whether that is proved; without a plan, whether it is proved that there is none."""
    if first is not None and not late(made.problem, first):
        return first, True
    if first is not None:
        made.begin_from(first)
    made.model.minimize(sum(made.late))
    solver.parameters.max_time_in_seconds /= 2
    status = solver.solve(made.model)
    if status not in (cp.OPTIMAL, cp.FEASIBLE):
        return first, status == cp.INFEASIBLE
    return made.plan(solver), status == cp.OPTIMAL


def _solver(cp: Any, seconds: float, workers: int, seed: int) -> Any:
    solver = cp.CpSolver()
    solver.parameters.max_time_in_seconds = float(seconds)
    # Fewer than eight workers leave out search strategies that are worth more than the threads they cost.
    solver.parameters.num_workers = max(LEAST_WORKERS, whole(workers, field="workers", least=1))
    solver.parameters.random_seed = seed
    return solver


def _least_moved(cp: Any, problem: Problem, plan: Plan, baseline: Mapping[Any, int], solver: Any) -> Plan:
    """Among plans of this length, the one nearest to what was promised."""
    made = Model(cp, problem)
    made.model.add(made.end <= length(plan))
    if made.late:
        made.model.add(sum(made.late) <= late(problem, plan))
    made.begin_from(plan)
    made.least_moved(baseline)
    return made.plan(solver) if solver.solve(made.model) in (cp.OPTIMAL, cp.FEASIBLE) else plan


def _packed(problem: Problem, found: _Found, unlimited: float, baseline: Mapping[Any, int] | None) -> Result:
    plan, bound = found.plan or {}, found.bound or 0
    makespan, why = length(plan), waits(problem, plan)
    return Result(
        makespan=makespan,
        starts={task: placed.start for task, placed in plan.items()},
        finishes={task: placed.end for task, placed in plan.items()},
        proved=found.proved,
        bound=bound,
        gap=(makespan - bound) / makespan if makespan else 0.0,
        infeasible=False,
        unlimited=unlimited,
        moved=None if baseline is None else sum(abs(plan[task].start - at) for task, at in baseline.items()),
        peak={name: _peak(problem, plan, name) for name in problem.capacity},
        ways={task: placed.way for task, placed in plan.items()},
        late={task: plan[task].end - due for task, due in problem.due.items() if plan[task].end > due},
        punctual=found.punctual,
        waits=why,
        chain=chain(plan, why),
    )


def _peak(problem: Problem, plan: Plan, name: Any) -> int:
    """Use only ever rises where a task begins."""
    used = [(problem.ways[task][placed.way].demand.get(name, 0), placed) for task, placed in plan.items()]
    spans = [(placed.start, placed.end, amount) for amount, placed in used if amount]
    return max((sum(amount for first, until, amount in spans if first <= at < until) for at, _, _ in spans), default=0)
