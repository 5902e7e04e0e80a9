"""What levelling is asked: tasks with the ways to do them, who there is and when, and what waits for what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pilothouse.methods.scheduling.network import Link, from_preds, read_links
from pilothouse.methods.shared.checks import mapping, sequence, whole
from pilothouse.methods.shared.keys import cells, key, table
from pilothouse.methods.shared.method import MethodError

MOST = 1_000_000
Breaks = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Way:
    """One way to do a task: how much work it is, and what it takes meanwhile."""

    duration: int
    demand: dict[Any, int]


@dataclass(frozen=True)
class Problem:
    """`absences` shrink a resource for a while; in its `breaks` nobody of it works, and what runs rests."""

    ways: dict[Any, tuple[Way, ...]]
    capacity: dict[Any, int]
    links: list[Link]
    absences: list[tuple[Any, int, int, int]] = field(default_factory=list)
    breaks: dict[Any, Breaks] = field(default_factory=dict)
    earliest: dict[Any, int] = field(default_factory=dict)
    due: dict[Any, int] = field(default_factory=dict)
    horizon: int = 1

    @property
    def durations(self) -> dict[Any, int]:
        """The shortest of each task."""
        return {task: min(way.duration for way in ways) for task, ways in self.ways.items()}

    def breaks_of(self, way: Way) -> Breaks:
        found = [self.breaks[name] for name, amount in way.demand.items() if amount and self.breaks.get(name)]
        return merged(one for breaks in found for one in breaks) if way.duration else ()


def merged(spans: Iterable[tuple[int, int]]) -> Breaks:
    """In order, those that touch as one."""
    found: list[tuple[int, int]] = []
    for first, until in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(until, found[-1][1]))
        elif until > first:
            found.append((first, until))
    return tuple(found)


def run(at: int, duration: int, breaks: Breaks) -> tuple[int, int]:
    """Start and end of so much work that begins at `at` at the earliest and rests in the breaks."""
    start = here = at
    left = duration
    for first, until in breaks if duration else ():
        if until <= here:
            continue
        if here + left <= first:
            break
        if first <= here:
            start = until
        left -= max(0, first - here)
        here = until
    return start, here + left


def read(tasks: Any, capacity: Any, links: Sequence[Any], absences: Sequence[Any], breaks: Any) -> Problem:
    rows = table(tasks, field="tasks", least_count=1)
    limits = {
        name: whole(one, field="capacity", row=name, least=0)
        for name, one in mapping(capacity, field="capacity", least_count=0).items()
    }
    ways = {task: _ways(task, row, limits) for task, row in rows.items()}
    tied = [*from_preds({task: row.get("pred") or () for task, row in rows.items()}), *read_links(links, rows)]
    for link in tied:
        whole(link.lag, field="links", row=link.after)
    away = [_absence(row, one, limits) for row, one in enumerate(sequence(absences, field="absences", least_count=0))]
    rests = _breaks(breaks, limits)
    times = {name: _times(rows, name) for name in ("earliest", "due")}
    lags = sum(max(0, int(link.lag)) for link in tied)
    stops = [until for _, _, until, _ in away] + [one[-1][1] for one in rests.values()] + [*times["earliest"].values()]
    horizon = sum(max(way.duration for way in one) for one in ways.values()) + lags
    horizon += max(stops, default=0) + sum(until - first for one in rests.values() for first, until in one)
    return Problem(ways, limits, tied, away, rests, times["earliest"], times["due"], max(1, horizon))


def _ways(task: Any, row: Mapping[str, Any], limits: Mapping[Any, int]) -> tuple[Way, ...]:
    """`ways` in a row, else the row is the only one. A way that would take more than there is falls away, unless none
    is left."""
    given = sequence(row["ways"], field="ways") if row.get("ways") else [row]
    found, refused = [], None
    for one in given:
        try:
            found.append(_way(task, mapping(one, field="ways", least_count=0), limits))
        except MethodError as error:
            if error.code != "demand_over_capacity":
                raise
            refused = error
    if refused and not found:
        raise refused
    return tuple(found)


def _way(task: Any, row: Mapping[str, Any], limits: Mapping[Any, int]) -> Way:
    duration = whole(row.get("duration"), field="duration", row=task, least=0, most=MOST)
    given = mapping(row.get("demand") or {}, field="demand", least_count=0)
    demand = {}
    for name, amount in given.items():
        if name not in limits:
            raise MethodError("no_such_resource", field="demand", row=task, resource=name)
        demand[name] = whole(amount, field="demand", row=task, least=0)
        if demand[name] > limits[name] and duration:
            raise MethodError("demand_over_capacity", field="demand", row=task, resource=name, capacity=limits[name])
    return Way(duration, demand)


def _absence(row: int, given: Any, limits: Mapping[Any, int]) -> tuple[Any, int, int, int]:
    name, first, until, amount = cells(given, ("resource", "from", "until", "amount"), field="absences", row=row)
    if key(name, field="absences", row=row) not in limits:
        raise MethodError("no_such_resource", field="absences", row=row, resource=name)
    start = whole(first, field="absences", row=row, least=0)
    end = whole(until, field="absences", row=row, least=start)
    return name, start, end, whole(amount, field="absences", row=row, least=0)


def _breaks(given: Any, limits: Mapping[Any, int]) -> dict[Any, Breaks]:
    found = {}
    for name, spans in mapping(given or {}, field="breaks", least_count=0).items():
        if name not in limits:
            raise MethodError("no_such_resource", field="breaks", row=name, resource=name)
        pairs = [
            cells(one, ("from", "until"), field="breaks", row=name)
            for one in sequence(spans, field="breaks", least_count=0)
        ]
        rests = merged(
            (whole(a, field="breaks", row=name, least=0), whole(b, field="breaks", row=name)) for a, b in pairs
        )
        if rests:
            found[name] = rests
    return found


def _times(rows: Mapping[Any, Mapping[str, Any]], name: str) -> dict[Any, int]:
    given = {task: row[name] for task, row in rows.items() if row.get(name) is not None}
    return {task: whole(one, field=name, row=task, least=0, most=MOST) for task, one in given.items()}


def baseline_of(given: Any, problem: Problem) -> dict[Any, int]:
    starts = mapping(given, field="baseline", least_count=0).items()
    return {
        task: whole(at, field="baseline", row=task, least=0, most=MOST) for task, at in starts if task in problem.ways
    }
