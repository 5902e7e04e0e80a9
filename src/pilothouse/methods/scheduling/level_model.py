"""Levelling as a model of CP-SAT: when each task runs and in which way, so that nothing is needed twice."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from pilothouse.methods.scheduling.first_plan import Placed, Plan, length
from pilothouse.methods.scheduling.level_bound import least_length, teams
from pilothouse.methods.scheduling.level_problem import Breaks, Problem, merged, run
from pilothouse.methods.scheduling.network import Link, Schedule


class Option(NamedTuple):
    """A way begun within some spans of time, in which the rests on the way are as long."""

    way: int
    size: int
    begins: Breaks


class Model:
    """Start variables, links between them, and one cumulative constraint a resource."""

    def __init__(self, cp: Any, problem: Problem) -> None:
        self.cp, self.problem = cp, problem
        self.model = cp.CpModel()
        self.starts = {task: self.model.new_int_var(0, problem.horizon, "") for task in problem.ways}
        self.end = self.model.new_int_var(0, problem.horizon, "end")
        self.ends: dict[Any, Any] = {}
        self.taken: dict[Any, list[tuple[Any, Option]]] = {}
        self.use: dict[Any, list[tuple[Any, int]]] = {name: [] for name in problem.capacity}
        self.sizes = cache(self._sizes)
        for task in problem.ways:
            self._task(task)
        for link in problem.links:
            self._link(link)
        for name, limit in problem.capacity.items():
            self._resource(name, limit)
        for names in teams(problem):
            self._team(names)
        self.late: list[Any] = [self._late(task, due) for task, due in problem.due.items()]

    def options(self, task: Any) -> list[Option]:
        found = []
        for number, way in enumerate(self.problem.ways[task]):
            breaks = self.problem.breaks_of(way)
            sizes = self.sizes(way.duration, breaks) if breaks else {way.duration: ()}
            found += [Option(number, size, begins) for size, begins in sizes.items()]
        return found

    def _sizes(self, duration: int, breaks: Breaks) -> dict[int, Breaks]:
        """From start to end with the rests, and when one begins to take so long."""
        spans: dict[int, list[tuple[int, int]]] = {}
        for at in range(self.problem.horizon):
            start, end = run(at, duration, breaks)
            if start == at:
                spans.setdefault(end - start, []).append((at, at + 1))
        return {size: merged(ones) for size, ones in spans.items()}

    def _task(self, task: Any) -> None:
        model, start, options = self.model, self.starts[task], self.options(task)
        if len(options) == 1 and not options[0].begins:
            size = options[0].size
            box = model.new_fixed_size_interval_var(start, size, "")
            self.ends[task], self.taken[task] = start + size, []
            self._uses(task, options[0], box)
        else:
            self.ends[task] = model.new_int_var(0, self.problem.horizon, "")
            self.taken[task] = [(model.new_bool_var(""), one) for one in options]
            model.add_exactly_one(chosen for chosen, _ in self.taken[task])
            for chosen, one in self.taken[task]:
                self._option(task, chosen, one)
        model.add(self.ends[task] <= self.end)

    def _option(self, task: Any, chosen: Any, one: Option) -> None:
        model, start = self.model, self.starts[task]
        box = model.new_optional_fixed_size_interval_var(start, one.size, chosen, "")
        model.add(self.ends[task] == start + one.size).only_enforce_if(chosen)
        if one.begins:
            domain = self.cp.Domain.from_intervals([[first, until - 1] for first, until in one.begins])
            model.add_linear_expression_in_domain(start, domain).only_enforce_if(chosen)
        self._uses(task, one, box)

    def _uses(self, task: Any, one: Option, box: Any) -> None:
        for name, amount in self.problem.ways[task][one.way].demand.items():
            if amount and one.size:
                self.use[name].append((box, amount))

    def _link(self, link: Link) -> None:
        """Start or finish of the one against start or finish of the other."""
        before = (self.ends if link.kind in ("FS", "FF") else self.starts)[link.before]
        after = (self.ends if link.kind in ("FF", "SF") else self.starts)[link.after]
        self.model.add(after >= before + int(link.lag))

    def _resource(self, name: Any, limit: int) -> None:
        away = [one for one in self.problem.absences if one[0] == name and one[2] > one[1]]
        fixed = [self.model.new_fixed_size_interval_var(first, until - first, "") for _, first, until, _ in away]
        amounts = [amount for _, amount in self.use[name]] + [min(amount, limit) for *_, amount in away]
        if self.use[name]:
            self.model.add_cumulative([box for box, _ in self.use[name]] + fixed, amounts, limit)

    def _team(self, names: set[Any]) -> None:
        """Follows from the rest, and shows the solver early that a team has only so many hands."""
        boxes, amounts = [], []
        for task, ways in self.problem.ways.items():
            least = min(sum(a for name, a in way.demand.items() if name in names) for way in ways)
            if least and self.problem.durations[task]:
                size = self.model.new_int_var(0, self.problem.horizon, "")
                boxes.append(self.model.new_interval_var(self.starts[task], size, self.ends[task], ""))
                amounts.append(least)
        self.model.add_cumulative(boxes, amounts, sum(self.problem.capacity[name] for name in names))

    def _late(self, task: Any, due: int) -> Any:
        over = self.model.new_int_var(0, self.problem.horizon, "")
        self.model.add(over >= self.ends[task] - due)
        return over

    def narrow(self, times: Schedule) -> None:
        """What is known beforehand: heads and tails of the network, and the work to be done."""
        problem = self.problem
        for task, start in self.starts.items():
            tail = int(times.duration - times.LS[task])
            self.model.add(start >= int(times.ES[task]))
            self.model.add(start + tail <= self.end)
        self.least = max(least_length(problem), int(times.duration))
        self.model.add(self.end >= self.least)

    def begin_from(self, plan: Plan) -> None:
        self.model.clear_hints()
        for task, placed in plan.items():
            self.model.add_hint(self.starts[task], placed.start)
            size = placed.end - placed.start
            if self.taken[task]:
                self.model.add_hint(self.ends[task], placed.end)
            for chosen, one in self.taken[task]:
                self.model.add_hint(chosen, one.way == placed.way and one.size == size)
        self.model.add_hint(self.end, length(plan))

    def least_moved(self, baseline: Mapping[Any, int]) -> None:
        shifts = []
        for task, at in baseline.items():
            shift = self.model.new_int_var(0, self.problem.horizon + abs(at), "")
            self.model.add_abs_equality(shift, self.starts[task] - at)
            shifts.append(shift)
        self.model.minimize(sum(shifts))

    def plan(self, solver: Any) -> Plan:
        return {task: self._placed(solver, task) for task in self.problem.ways}

    def _placed(self, solver: Any, task: Any) -> Placed:
        way = next((one.way for chosen, one in self.taken[task] if solver.value(chosen)), 0)
        return Placed(int(solver.value(self.starts[task])), int(solver.value(self.ends[task])), way)
