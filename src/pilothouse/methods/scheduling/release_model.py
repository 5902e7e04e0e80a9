"""The release problem as a mixed integer programme, solved by HiGHS through scipy.

One 0/1 variable an item and release: "in by this release". Precedence is then a comparison of two variables, and what a
release carries is the difference of two neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.scheduling.release_problem import Problem
from pilothouse.methods.shared.method import MethodError

OPTIMAL, LIMIT, INFEASIBLE = 0, 1, 2


@dataclass(frozen=True)
class Solved:
    """The release of each item that is in, the value, and the bound no plan can pass."""

    plan: dict[Any, int]
    won: tuple[Any, ...]
    value: float
    bound: float
    proved: bool


class Model:
    """Rows of the programme, gathered once and solved with different items forced in or plans ruled out."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.steps = len(problem.releases)
        self.place = {key: index * self.steps for index, key in enumerate(problem.items)}
        start = len(problem.items) * self.steps
        self.bundle = {key: start + index * self.steps for index, key in enumerate(problem.bundles)}
        self.size = start + len(problem.bundles) * self.steps
        self.rows: list[int] = []
        self.columns: list[int] = []
        self.cells: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self._ties()
        self.capacity_rows = self._capacities()

    def add(self, cells: Iterable[tuple[int, float]], low: float, high: float) -> int:
        row = len(self.low)
        for column, value in cells:
            self.rows.append(row)
            self.columns.append(column)
            self.cells.append(value)
        self.low.append(low)
        self.high.append(high)
        return row

    def _ties(self) -> None:
        """What is in stays in; prerequisites no later; couplings together; exclusions apart; bundles complete."""
        inf = float("inf")
        for base in (*self.place.values(), *self.bundle.values()):
            for step in range(1, self.steps):
                self.add([(base + step, 1), (base + step - 1, -1)], 0, inf)
        for before, after in self.problem.precedence:
            for step in range(self.steps):
                self.add([(self.place[before] + step, 1), (self.place[after] + step, -1)], 0, inf)
        for a, b in self.problem.couplings:
            for step in range(self.steps):
                self.add([(self.place[a] + step, 1), (self.place[b] + step, -1)], 0, 0)
        for a, b in self.problem.exclusions:
            self.add([(self.place[a] + self.steps - 1, 1), (self.place[b] + self.steps - 1, 1)], 0, 1)
        for key, (_, wanted) in self.problem.bundles.items():
            for item in wanted:
                for step in range(self.steps):
                    self.add([(self.place[item] + step, 1), (self.bundle[key] + step, -1)], 0, inf)

    def _capacities(self) -> dict[tuple[int, Any], int]:
        found = {}
        for step, limits in enumerate(self.problem.capacity):
            for skill in self.problem.skills:
                cells = []
                for key, base in self.place.items():
                    effort = self.problem.effort_of(key, skill)
                    if effort:
                        cells += [(base + step, effort)] + [(base + step - 1, -effort)] * (step > 0)
                if cells:
                    found[step, skill] = self.add(cells, -float("inf"), limits[skill])
        return found

    def bounds(self, forced: Iterable[Any] = ()) -> tuple[Any, Any]:
        """0 before an item may go in, 1 from when it must be in."""
        import numpy as np

        low, high = np.zeros(self.size), np.ones(self.size)
        must = set(forced)
        for key, item in self.problem.items.items():
            base = self.place[key]
            high[base : base + item.first] = 0
            if item.must or key in must:
                low[base + item.last : base + self.steps] = 1
        return low, high

    def gains(self) -> Any:
        """Value of each variable: being in one release earlier is worth the difference of the weights."""
        import numpy as np

        weights = (*self.problem.weights, 0.0)
        found = np.zeros(self.size)
        worth = [(self.place[key], item.value, item.last) for key, item in self.problem.items.items()]
        worth += [(self.bundle[key], value, self.steps - 1) for key, (value, _) in self.problem.bundles.items()]
        for base, value, last in worth:
            for step in range(last + 1):
                following = weights[step + 1] if step < last else 0.0
                found[base + step] = value * (weights[step] - following)
        return found

    def _late(self) -> list[tuple[int, int]]:
        """After its deadline an item cannot come in any more."""
        return [
            (self.place[key] + step, self.place[key] + item.last)
            for key, item in self.problem.items.items()
            for step in range(item.last + 1, self.steps)
        ]

    def solve(
        self, *, seconds: float, gap: float = 0.0, forced: Iterable[Any] = (), apart: Iterable[Iterable[Any]] = ()
    ) -> Solved | None:
        """The best plan, None when there is none. `apart` lists choices of items that must not come out again."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        forced = list(forced)
        kept = len(self.rows), len(self.low)
        for late, last in self._late():
            self.add([(late, 1), (last, -1)], 0, 0)
        for choice in map(set, apart):
            cells = [(base + self.steps - 1, -1.0 if key in choice else 1.0) for key, base in self.place.items()]
            self.add(cells, 1 - len(choice), float("inf"))
        matrix = csr_array((self.cells, (self.rows, self.columns)), shape=(len(self.low), self.size))
        limits = LinearConstraint(matrix, self.low, self.high) if self.low else ()
        low, high = self.bounds(forced)
        whole = np.concatenate([np.ones(len(self.place) * self.steps), np.zeros(len(self.bundle) * self.steps)])
        found = milp(
            -self.gains(),
            constraints=limits,
            bounds=Bounds(low, high),
            integrality=whole,
            options={"mip_rel_gap": gap, "time_limit": seconds},
        )
        self._forget(*kept)
        if found.status == INFEASIBLE:
            return None
        if found.x is None:
            raise MethodError("no_plan_in_time", field="seconds", value=seconds)
        return self._read(found, set(forced))

    def _forget(self, cells: int, rows: int) -> None:
        del self.rows[cells:], self.columns[cells:], self.cells[cells:], self.low[rows:], self.high[rows:]

    def _read(self, found: Any, forced: set[Any]) -> Solved:
        """Whole numbers out of the solver's, without items that came along for nothing."""
        import numpy as np

        x = np.round(found.x).astype(int)
        plan = {}
        for key, base in self.place.items():
            steps = np.flatnonzero(x[base : base + self.steps])
            if len(steps):
                plan[key] = int(steps[0])
        won = self.won(plan)
        plan = _pruned(self.problem, plan, won, forced)
        value = self.value(plan, won)
        bound = -found.mip_dual_bound if found.mip_dual_bound is not None else value
        return Solved(plan, tuple(won), value, max(bound, value), found.status == OPTIMAL)

    def won(self, plan: Mapping[Any, int]) -> dict[Any, int]:
        """Bundles that are complete, and when."""
        return {
            key: max((plan[item] for item in wanted), default=0)
            for key, (_, wanted) in self.problem.bundles.items()
            if all(item in plan for item in wanted)
        }

    def value(self, plan: Mapping[Any, int], won: Mapping[Any, int]) -> float:
        weights = self.problem.weights
        return sum(self.problem.items[key].value * weights[step] for key, step in plan.items()) + sum(
            self.problem.bundles[key][0] * weights[step] for key, step in won.items()
        )

    def shortage(self, seconds: float) -> dict[tuple[Any, Any], float] | None:
        """What the must-haves lack, by release and skill; None when more capacity would not help either."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        slack = list(self.capacity_rows)
        rows = self.rows + [self.capacity_rows[key] for key in slack]
        columns = self.columns + [self.size + index for index in range(len(slack))]
        cells = self.cells + [-1.0] * len(slack)
        size = self.size + len(slack)
        matrix = csr_array((cells, (rows, columns)), shape=(len(self.low), size))
        low, high = self.bounds()
        found = milp(
            np.concatenate([np.zeros(self.size), np.ones(len(slack))]),
            constraints=LinearConstraint(matrix, self.low, self.high),
            bounds=Bounds(
                np.concatenate([low, np.zeros(len(slack))]), np.concatenate([high, np.full(len(slack), np.inf)])
            ),
            integrality=np.concatenate([np.ones(self.size), np.zeros(len(slack))]),
            options={"time_limit": seconds},
        )
        if found.x is None:
            return None
        names = self.problem.releases
        return {
            (names[step], skill): float(x)
            for (step, skill), x in zip(slack, found.x[self.size :], strict=True)
            if x > 1e-6
        }


def _pruned(problem: Problem, plan: dict[Any, int], won: Mapping[Any, int], forced: set[Any]) -> dict[Any, int]:
    """Without items that bring nothing, are not asked for and support nothing that is in."""
    kept = dict(plan)
    asked = forced | {item for key in won for item in problem.bundles[key][1]}
    needed: dict[Any, list[Any]] = {}
    for before, after in problem.precedence:
        needed.setdefault(before, []).append(after)
    for a, b in problem.couplings:
        needed.setdefault(a, []).append(b)
        needed.setdefault(b, []).append(a)
    idle = [key for key in plan if not problem.items[key].value and not problem.items[key].must and key not in asked]
    while dropped := [key for key in idle if key in kept and not any(one in kept for one in needed.get(key, ()))]:
        for key in dropped:
            del kept[key]
    return kept
