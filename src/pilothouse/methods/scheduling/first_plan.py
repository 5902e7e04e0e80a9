"""Plans for levelling without a solver: tasks placed one by one where people are free."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Mapping
from heapq import heappop, heappush
from typing import Any, NamedTuple

from pilothouse.methods.scheduling.level_problem import Problem, Way, run
from pilothouse.methods.scheduling.network import Link, Schedule, topological

TRIES = 60
SECONDS = 1.0  # after which no further plan is tried


class Placed(NamedTuple):
    """Where a task stands, and which of its ways it is done in."""

    start: int
    end: int
    way: int


Plan = dict[Any, Placed]


def first_plan(problem: Problem, times: Schedule, *, seed: int) -> Plan | None:
    """The least late, then the shortest of some dozens of plans, the most urgent task first, a little shuffled.

    None when links only allow a start within some time (maximal lags): then placing one by one may fail.
    """
    if not placeable(problem):
        return None
    topological(problem.ways, problem.links)
    urgency = urgent(problem, times)
    rng = random.Random(seed)  # noqa: S311 (a search, not a secret)
    best: Plan | None = None
    least: tuple[int, int] | None = None
    begun = time.monotonic()
    for attempt in range(TRIES):
        plan = place(problem, {task: at + rng.random() * attempt for task, at in urgency.items()})
        worth = (late(problem, plan), length(plan))
        if least is None or worth < least:
            best, least = plan, worth
        if time.monotonic() - begun > SECONDS:
            break
    return best


def placeable(problem: Problem) -> bool:
    durations = problem.durations
    plain = not problem.breaks and all(len(ways) == 1 for ways in problem.ways.values())
    return all(link.weight(durations) >= 0 and (plain or link.kind in ("FS", "SS")) for link in problem.links)


def urgent(problem: Problem, times: Schedule) -> dict[Any, float]:
    """When each must be done: by what is due behind it, else by the end of all."""
    if not problem.due:
        return dict(times.LF)
    last = max(problem.due.values())
    found = {task: min(problem.due.get(task, last + times.LF[task]), last + times.LF[task]) for task in problem.ways}
    behind: dict[Any, list[Any]] = {}
    for link in problem.links:
        behind.setdefault(link.before, []).append(link.after)
    durations = problem.durations
    for task in reversed(topological(problem.ways, problem.links)):
        found[task] = min([found[task], *(found[after] - durations[after] for after in behind.get(task, ()))])
    return found


def late(problem: Problem, plan: Mapping[Any, Placed]) -> int:
    return sum(max(0, plan[task].end - due) for task, due in problem.due.items())


def length(plan: Mapping[Any, Placed]) -> int:
    return max(placed.end for placed in plan.values())


def place(problem: Problem, urgency: Mapping[Any, float]) -> Plan:
    """Serial generation: of the tasks whose predecessors stand, the most urgent takes the first gap that fits."""
    board = Board(problem)
    waiting = {task: len(links) for task, links in board.into.items()}
    tasks = list(problem.ways)
    turn = {task: (urgency[task], str(task), place) for place, task in enumerate(tasks)}
    ready = sorted(turn[task] for task, count in waiting.items() if not count)
    while ready:
        task = tasks[heappop(ready)[2]]
        board.put(task, range(len(problem.ways[task])))
        for after in board.behind[task]:
            waiting[after] -= 1
            if not waiting[after]:
                heappush(ready, turn[after])
    return board.plan


def settled(problem: Problem, plan: Plan) -> Plan:
    """The same plan with every task as early as the tasks before it leave room: nothing ends later than it did."""
    if not placeable(problem):
        return plan
    order = {task: place for place, task in enumerate(topological(problem.ways, problem.links))}
    board = Board(problem)
    for task in sorted(plan, key=lambda one: (plan[one].start, order[one])):
        board.put(task, [plan[task].way])
    return board.plan


class Board:
    """What is free of each resource, step by step, while tasks are put down."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.plan: Plan = {}
        self.free = {name: [limit] * (2 * problem.horizon + 1) for name, limit in problem.capacity.items()}
        for name, first, until, amount in problem.absences:
            for step in range(first, until):
                self.free[name][step] -= amount
        self.into: dict[Any, list[Link]] = {task: [] for task in problem.ways}
        self.behind: dict[Any, list[Any]] = {task: [] for task in problem.ways}
        for link in problem.links:
            self.into[link.after].append(link)
            self.behind[link.before].append(link.after)

    def put(self, task: Any, ways: Iterable[int]) -> None:
        """In the way that ends first."""
        at = max([self.problem.earliest.get(task, 0), *(self.after(link) for link in self.into[task])])
        found = [Placed(*self.fit(self.problem.ways[task][way], at), way) for way in ways]
        best = min(found, key=lambda one: (one.end, one.start, one.way))
        for name, amount in self.problem.ways[task][best.way].demand.items():
            row = self.free[name]
            for step in range(best.start, best.end):
                row[step] -= amount
        self.plan[task] = best

    def after(self, link: Link) -> int:
        before = self.plan[link.before]
        if link.kind == "FS":
            return before.end + int(link.lag)
        return before.start + int(link.weight(self.problem.durations))

    def fit(self, way: Way, at: int) -> tuple[int, int]:
        breaks = self.problem.breaks_of(way)
        needs = [(self.free[name], amount) for name, amount in way.demand.items() if amount]
        while True:
            start, end = run(at, way.duration, breaks)
            taken = next(
                (step for row, amount in needs for step in range(end - 1, start - 1, -1) if row[step] < amount), None
            )
            if taken is None:
                return start, end
            at = taken + 1
