"""Critical path and PERT: how long does the plan take, what must not slip, and how likely is the date?

Question: which tasks decide the end of the project, and what is the chance of making the deadline?
Not for: plans where people are the bottleneck (rcpsp), or work without estimates (forecast_mc).
Sample: three estimates a task for PERT; the normal formula ignores that several paths merge, so read `simulate` too.

    >>> tasks = [{"id": "A", "pred": [], "o": 1, "m": 2, "p": 3}, {"id": "B", "pred": ["A"], "o": 2, "m": 3.5, "p": 8},
    ...          {"id": "C", "pred": ["A"], "duration": 1}]
    >>> result = analyse(tasks, deadline=7)
    >>> result.duration, result.critical, result.slack["C"], round(result.p_deadline, 4)
    (6.0, ('A', 'B'), 3.0, 0.8286)
    >>> free = {"holidays": ["2026-10-01", "2026-10-02"]}
    >>> analyse([{"id": "A", "duration": 3}], start="2026-10-01", calendar=free).dates["A"]
    (datetime.date(2026, 10, 5), datetime.date(2026, 10, 7))

Source: J. Kelley and M. Walker, 1959; D. Malcolm et al., Operations Research 7, 1959 (mean (o + 4m + p) / 6, variance
((p - o) / 6) squared). Worked network: F. Hillier and G. Lieberman, Introduction to Operations Research.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.scheduling.calendar import WorkCalendar, read_calendar
from pilothouse.methods.scheduling.network import TOUCH, Link, Schedule, from_preds, read_links, schedule, topological
from pilothouse.methods.shared.checks import number, sequence, whole
from pilothouse.methods.shared.keys import key
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """Times in work units; `dates` (first and last day of each task) when a start was given.

    `var_path` is the variance of the critical path (of the most uncertain one if there are several); `p_le(d)` the
    normal chance to finish within d.
    """

    duration: float
    critical: tuple[Any, ...]
    ES: dict[Any, float]
    EF: dict[Any, float]
    LS: dict[Any, float]
    LF: dict[Any, float]
    slack: dict[Any, float]
    free_float: dict[Any, float]
    mean: dict[Any, float]
    variance: dict[Any, float]
    var_path: float
    p_deadline: float | None
    dates: dict[Any, tuple[dt.date, dt.date]] | None

    def p_le(self, deadline: float) -> float:
        return p_within(self.duration, self.var_path, deadline)


@dataclass(frozen=True)
class Simulated:
    """`percentiles` of the duration; `criticality` is the share of trials in which a task was critical."""

    percentiles: dict[int, float]
    mean: float
    p_deadline: float | None
    criticality: dict[Any, float]
    trials: int


@dataclass(frozen=True)
class _Plan:
    estimates: dict[Any, tuple[float, float, float]]
    links: list[Link]

    @property
    def mean(self) -> dict[Any, float]:
        return {task: (o + 4 * m + p) / 6 for task, (o, m, p) in self.estimates.items()}

    @property
    def variance(self) -> dict[Any, float]:
        return {task: ((p - o) / 6) ** 2 for task, (o, _, p) in self.estimates.items()}


def analyse(
    tasks: Iterable[Any] | Mapping[Any, Any],
    *,
    links: Sequence[Any] = (),
    deadline: float | None = None,
    start: Any = None,
    calendar: WorkCalendar | Mapping[str, Any] | None = None,
) -> Result:
    """Tasks as rows {"id", "pred", "duration"} or with o, m, p estimates; `pred` holds ids or (id, kind, lag).

    `links` adds (before, after, kind, lag). Lags count in working time. `calendar` is a `WorkCalendar` or a mapping
    with "weekdays", "holidays", "workdays" and "half_days".
    """
    plan = read(tasks, links)
    topological(plan.estimates, plan.links)
    made = schedule(plan.mean, plan.links)
    var_path = _path_variance(plan, made)
    days = read_calendar(calendar, start)
    until = None if deadline is None else number(deadline, field="deadline")
    times = {key: value for key, value in vars(made).items() if key != "driving"}
    return Result(
        **times,
        mean=plan.mean,
        variance=plan.variance,
        var_path=var_path,
        p_deadline=None if until is None else p_within(made.duration, var_path, until),
        dates=None if days is None else dated(made, days),
    )


def read(tasks: Iterable[Any] | Mapping[Any, Any], links: Sequence[Any]) -> _Plan:
    """Estimates by task and all links."""
    rows = tasks.items() if isinstance(tasks, Mapping) else [(None, row) for row in sequence(tasks, field="tasks")]
    estimates: dict[Any, tuple[float, float, float]] = {}
    preds: dict[Any, Any] = {}
    for index, (name, row) in enumerate(rows):
        if not isinstance(row, Mapping):
            raise MethodError("not_a_row", field="tasks", row=index)
        task = key(name if name is not None else row.get("id"), field="tasks", row=index)
        if task is None or task in estimates:
            raise MethodError("no_id" if task is None else "repeated_id", field="tasks", row=index)
        estimates[task], preds[task] = _estimates(task, row), row.get("pred") or ()
    if not estimates:
        raise MethodError("too_few", field="tasks", n=0, least=1)
    return _Plan(estimates, [*from_preds(preds), *read_links(links, estimates)])


def _estimates(task: Any, row: Mapping[str, Any]) -> tuple[float, float, float]:
    if "duration" in row:
        length = number(row["duration"], field="duration", row=task, least=0)
        return length, length, length
    o, m, p = (number(row.get(name), field=name, row=task, least=0) for name in ("o", "m", "p"))
    if not o <= m <= p:
        raise MethodError("not_rising", field="m", row=task, value=(o, m, p))
    return o, m, p


def p_within(duration: float, variance: float, deadline: float) -> float:
    if variance == 0:
        return float(duration <= deadline + TOUCH)
    return 0.5 * math.erfc((duration - deadline) / math.sqrt(2 * variance))


def _path_variance(plan: _Plan, made: Schedule) -> float:
    """Largest variance along driving links from task to task without slack, ending at the end of the project."""
    critical = set(made.critical)
    variance, total = plan.variance, {task: plan.variance[task] for task in critical}
    before: dict[Any, list[Any]] = {}
    for link in made.driving:
        if link.before in critical and link.after in critical:
            before.setdefault(link.after, []).append(link.before)
    for task in topological(plan.estimates, plan.links):
        if task in before:
            total[task] = variance[task] + max(total[one] for one in before[task])
    return max((total[task] for task in critical if made.EF[task] >= made.duration - TOUCH), default=0.0)


def dated(made: Schedule, days: WorkCalendar) -> dict[Any, tuple[dt.date, dt.date]]:
    """First and last day of every task; a milestone falls on the day its predecessors end."""
    return {
        task: (days.starts_on(made.ES[task]), days.ends_on(made.EF[task]))
        if made.EF[task] > made.ES[task]
        else (days.ends_on(made.ES[task]),) * 2
        for task in made.ES
    }


def simulate(
    tasks: Iterable[Any] | Mapping[Any, Any],
    *,
    links: Sequence[Any] = (),
    deadline: float | None = None,
    trials: int = 10_000,
    seed: int = 0,
) -> Simulated:
    """Durations drawn from the beta distribution of the three estimates: what merging paths really do to the end."""
    import numpy as np

    plan = read(tasks, links)
    order = topological(plan.estimates, plan.links)
    count = whole(trials, field="trials", least=100, most=1_000_000)
    rng = np.random.default_rng(seed)
    drawn = {task: _draw(rng, *plan.estimates[task], count) for task in order}
    starts = {task: np.zeros(count) for task in order}
    into: dict[Any, list[Link]] = {}
    for link in plan.links:
        into.setdefault(link.after, []).append(link)
    for task in order:
        for link in into.get(task, ()):
            np.maximum(starts[task], starts[link.before] + link.weight(drawn), out=starts[task])
    end = np.max([starts[task] + drawn[task] for task in order], axis=0)
    ranks = {level: float(np.percentile(end, level)) for level in (5, 50, 85, 95)}
    return Simulated(
        percentiles=ranks,
        mean=float(end.mean()),
        p_deadline=None if deadline is None else float((end <= deadline).mean()),
        criticality=_criticality(plan, order, starts, drawn, end),
        trials=count,
    )


def _draw(rng: Any, o: float, m: float, p: float, count: int) -> Any:
    import numpy as np

    if p == o:
        return np.full(count, o)
    return o + (p - o) * rng.beta(1 + 4 * (m - o) / (p - o), 1 + 4 * (p - m) / (p - o), count)


def _criticality(plan: _Plan, order: list[Any], starts: Any, drawn: Any, end: Any) -> dict[Any, float]:
    """Latest starts of every trial, backwards."""
    import numpy as np

    latest = {task: end - drawn[task] for task in order}
    out: dict[Any, list[Link]] = {}
    for link in plan.links:
        out.setdefault(link.before, []).append(link)
    for task in reversed(order):
        for link in out.get(task, ()):
            np.minimum(latest[task], latest[link.after] - link.weight(drawn), out=latest[task])
    return {task: float((latest[task] - starts[task] <= 1e-9 * (1 + end)).mean()) for task in order}
