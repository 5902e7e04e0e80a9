"""Little's law: work in progress, throughput and cycle time hang together.

Question: with this much work open and this many items finished a week, how long does an item take?
Not for: a team whose open work is growing or shrinking: then the law does not hold, and `check` says so.
Sample: a period several times as long as a typical item, in which about as much came in as went out.

    >>> analyse(wip=12, throughput_per_week=3).cycle_time_weeks
    4.0
    >>> found = check([("a", 0, 4), ("b", 1, 3), ("c", 3, 8), ("d", 6, 10)], first=0, last=10)
    >>> found.wip, found.throughput, found.cycle_time, found.predicted
    (1.5, 0.4, 3.75, 3.75)

Source: J. Little, Operations Research 9, 1961; J. Little and S. Graves, "Little's law", in Building Intuition, 2008.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import number, sequence
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """The third of the three follows from the other two."""

    wip: float
    throughput_per_week: float
    cycle_time_weeks: float
    solved: str


@dataclass(frozen=True)
class Check:
    """Averages over the period as measured, and `predicted` = wip / throughput. `drift` is open work at the end over
    that at the start (None from nothing); `holds` when prediction and measurement agree within a tenth."""

    wip: float
    throughput: float
    cycle_time: float
    predicted: float
    open_first: int
    open_last: int
    drift: float | None
    holds: bool
    n: int


def analyse(
    *, wip: float | None = None, throughput_per_week: float | None = None, cycle_time_weeks: float | None = None
) -> Result:
    """Give two of the three."""
    given = {"wip": wip, "throughput_per_week": throughput_per_week, "cycle_time_weeks": cycle_time_weeks}
    left = [name for name, value in given.items() if value is None]
    if len(left) != 1:
        raise MethodError("leave_one_open", field=",".join(given), open=tuple(left))
    known = {name: number(value, field=name, above=0) for name, value in given.items() if value is not None}
    if left == ["wip"]:
        known["wip"] = known["throughput_per_week"] * known["cycle_time_weeks"]
    elif left == ["throughput_per_week"]:
        known["throughput_per_week"] = known["wip"] / known["cycle_time_weeks"]
    else:
        known["cycle_time_weeks"] = known["wip"] / known["throughput_per_week"]
    return Result(**known, solved=left[0])


def check(items: Iterable[Any], *, first: float, last: float) -> Check:
    """Items as (id, started, finished or None) on one scale of time; does the law hold between `first` and `last`?"""
    spans = [_span(row, item) for row, item in enumerate(sequence(items, field="items"))]
    if last <= first:
        raise MethodError("not_rising", field="last", value=last)
    inside = sum(max(0.0, min(end, last) - max(begin, first)) for begin, end in spans)
    finished = [end - begin for begin, end in spans if first < end <= last]
    if not finished:
        raise MethodError("nothing_finished", field="items")
    wip, throughput = inside / (last - first), len(finished) / (last - first)
    opened = [sum(begin <= at < end for begin, end in spans) for at in (first, last)]
    predicted, measured = wip / throughput, sum(finished) / len(finished)
    return Check(
        wip=wip,
        throughput=throughput,
        cycle_time=measured,
        predicted=predicted,
        open_first=opened[0],
        open_last=opened[1],
        drift=opened[1] / opened[0] if opened[0] else None,
        holds=abs(predicted - measured) <= 0.1 * max(predicted, measured),
        n=len(finished),
    )


def _span(row: int, item: Any) -> tuple[float, float]:
    _, begin, end = sequence(item, field="items", least_count=3)
    started = number(begin, field="started", row=row)
    return started, float("inf") if end is None else number(end, field="finished", row=row, least=started)
