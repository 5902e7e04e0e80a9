"""Why each task of a levelled plan begins when it does, and the chain of tasks that makes the plan as long as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.scheduling.first_plan import Placed, Plan
from pilothouse.methods.scheduling.level_problem import Problem, run
from pilothouse.methods.scheduling.network import Link

NOTHING, LINK, BUSY, AWAY, EARLIEST = "nothing", "link", "busy", "away", "earliest"


@dataclass(frozen=True)
class Wait:
    """`reason`: "nothing" (it begins at once, or could begin earlier), "link" (it waits for tasks `by`), "busy"
    (`resource` is taken by the tasks `by`), "away" (nobody of `resource` is there), "earliest" (it may not yet)."""

    reason: str = NOTHING
    by: tuple[Any, ...] = ()
    resource: Any = None


def waits(problem: Problem, plan: Plan) -> dict[Any, Wait]:
    into: dict[Any, list[Link]] = {task: [] for task in problem.ways}
    for link in problem.links:
        into[link.after].append(link)
    users: dict[Any, list[tuple[Any, int]]] = {name: [] for name in problem.capacity}
    for task, placed in plan.items():
        for name, amount in problem.ways[task][placed.way].demand.items():
            if amount and placed.end > placed.start:
                users[name].append((task, amount))
    return {task: _wait(problem, plan, task, into[task], users) for task in problem.ways}


def _wait(
    problem: Problem, plan: Plan, task: Any, into: list[Link], users: Mapping[Any, list[tuple[Any, int]]]
) -> Wait:
    placed = plan[task]
    if not placed.start:
        return Wait()
    by = tuple(link.before for link in into if _bound(plan, link) == placed.start)
    if by:
        return Wait(LINK, by)
    if problem.earliest.get(task) == placed.start:
        return Wait(EARLIEST)
    return _held(problem, plan, task, users)


def _bound(plan: Plan, link: Link) -> int:
    """The earliest start that a link allows."""
    before, after = plan[link.before], plan[link.after]
    at = (before.end if link.kind in ("FS", "FF") else before.start) + int(link.lag)
    return at - (after.end - after.start) if link.kind in ("FF", "SF") else at


def _held(problem: Problem, plan: Plan, task: Any, users: Mapping[Any, list[tuple[Any, int]]]) -> Wait:
    """What is in the way of beginning one step earlier."""
    placed = plan[task]
    way = problem.ways[task][placed.way]
    start, end = run(placed.start - 1, way.duration, problem.breaks_of(way))
    if start == placed.start:
        resting = [name for name in way.demand if any(a < start <= b for a, b in problem.breaks.get(name, ()))]
        return Wait(AWAY, (), resting[0] if resting else None)
    for name, amount in way.demand.items():
        for step in range(start, end) if amount else ():
            by = [(one, much) for one, much in users[name] if one != task and plan[one].start <= step < plan[one].end]
            gone = sum(much for who, a, b, much in problem.absences if who == name and a <= step < b)
            if amount + gone + sum(much for _, much in by) > problem.capacity[name]:
                return Wait(BUSY, tuple(one for one, _ in by), name) if by else Wait(AWAY, (), name)
    return Wait()


def chain(plan: Mapping[Any, Placed], waiting: Mapping[Any, Wait]) -> tuple[Any, ...]:
    """From its first task to the last one to end, each begun as soon as the one before it let it."""
    walk = [max(plan, key=lambda task: (plan[task].end, plan[task].start))]
    while by := [task for task in waiting[walk[-1]].by if task not in walk]:
        walk.append(max(by, key=lambda task: plan[task].end))
    return tuple(reversed(walk))
