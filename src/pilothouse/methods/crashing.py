"""Crashing: what does it cost to finish earlier, and which tasks should be sped up?

Question: what is the cheapest way to meet the deadline by paying for shorter tasks?
Not for: tasks that more people cannot shorten; check the crash durations with those who do the work.
Sample: none; costs are taken to grow evenly between normal and crash duration.

    >>> tasks = {"A": {"normal": 5, "crash": 3, "cost_n": 100, "cost_c": 180, "pred": []},
    ...          "B": {"normal": 4, "crash": 3, "cost_n": 80, "cost_c": 100, "pred": ["A"]}}
    >>> result = analyse(tasks, deadline=7)
    >>> result.extra, result.min_total_cost, result.crash
    (60.0, 240.0, {'A': 1.0, 'B': 1.0})

Source: D. Fulkerson, Management Science 7, 1961; F. Hillier and G. Lieberman, Introduction to Operations Research.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.scheduling.network import Link, from_preds, read_links, schedule, topological
from pilothouse.methods.shared.checks import number
from pilothouse.methods.shared.keys import table
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """`crash` says by how much each task is shortened (only those that are);

    `shortest` is what money can buy at most.
    """

    min_total_cost: float
    extra: float
    crash: dict[Any, float]
    duration: float
    normal_duration: float
    normal_cost: float
    shortest: float


@dataclass(frozen=True)
class _Task:
    normal: float
    crash: float
    cost: float
    rate: float


def analyse(
    tasks: Mapping[Any, Mapping[str, Any]],
    *,
    deadline: float,
    pred: Mapping[Any, Sequence[Any]] | None = None,
    links: Sequence[Any] = (),
    whole_units: bool = True,
) -> Result:
    """Tasks with normal and crash durations and their costs; predecessors in each task, or in `pred`, or as `links`.

    `whole_units` shortens by whole weeks (or days); else by any amount. Refuses a deadline that no money can buy.
    """
    rows = table(tasks, field="tasks", least_count=1)
    read = {task: _read(task, row) for task, row in rows.items()}
    preds = {task: (pred or {}).get(task, row.get("pred") or ()) for task, row in rows.items()}
    network = [*from_preds(preds), *read_links(links, read)]
    topological(read, network)
    deadline = number(deadline, field="deadline", least=0)
    shortest = schedule({task: one.crash for task, one in read.items()}, network).duration
    if deadline < shortest - 1e-9:
        raise MethodError("deadline_impossible", field="deadline", value=deadline, shortest=shortest)
    cut = _cheapest(read, network, deadline, whole_units)
    normal = {task: one.normal for task, one in read.items()}
    extra = sum(read[task].rate * amount for task, amount in cut.items())
    cost = sum(one.cost for one in read.values())
    return Result(
        min_total_cost=cost + extra,
        extra=extra,
        crash={task: amount for task, amount in cut.items() if amount},
        duration=schedule({task: normal[task] - cut[task] for task in read}, network).duration,
        normal_duration=schedule(normal, network).duration,
        normal_cost=cost,
        shortest=shortest,
    )


def _read(task: Any, row: Mapping[str, Any]) -> _Task:
    normal = number(row.get("normal"), field="normal", row=task, least=0)
    crash = number(row.get("crash", normal), field="crash", row=task, least=0, most=normal)
    cost = number(row.get("cost_n", 0), field="cost_n", row=task)
    if "cost_c" in row and normal > crash:
        rate = (number(row["cost_c"], field="cost_c", row=task) - cost) / (normal - crash)
    else:
        rate = number(row.get("per_week", 0), field="per_week", row=task)
    return _Task(normal, crash, cost, rate)


def _cheapest(
    tasks: Mapping[Any, _Task], links: Sequence[Link], deadline: float, whole_units: bool
) -> dict[Any, float]:
    """Starts and cuts as a (mixed integer) linear programme."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    names = list(tasks)
    place, n = {task: index for index, task in enumerate(names)}, len(tasks)
    cells, low = [], []
    for row, link in enumerate(links):
        cells += [(row, place[link.after], 1.0), (row, place[link.before], -1.0)]
        cells += [(row, n + place[link.before], 1.0)] * (link.kind in ("FS", "FF"))
        cells += [(row, n + place[link.after], -1.0)] * (link.kind in ("FF", "SF"))
        low.append(link.weight({task: one.normal for task, one in tasks.items()}))
    for row, task in enumerate(names, len(links)):
        cells += [(row, place[task], -1.0), (row, n + place[task], 1.0)]
        low.append(tasks[task].normal - deadline)
    rows, columns, values = zip(*cells, strict=True)
    matrix = coo_array((values, (rows, columns)), shape=(len(low), 2 * n)).tocsr()
    limits = [np.inf] * n + [tasks[task].normal - tasks[task].crash for task in names]
    found = milp(
        [0.0] * n + [tasks[task].rate for task in names],
        constraints=LinearConstraint(matrix, np.array(low) - 1e-9, np.inf),
        bounds=Bounds(0, limits),
        integrality=[0] * n + [int(whole_units)] * n,
        options={"mip_rel_gap": 0},
    )
    if found.x is None:
        raise MethodError("deadline_impossible", field="deadline", value=deadline, shortest=None)
    return {task: round(float(found.x[n + place[task]]), 9) for task in names}
