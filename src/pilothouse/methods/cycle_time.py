"""Cycle time and ageing: how long do items take, and which open ones have been open too long?

Question: within how many days are 85 % of items done, and which open items are already older than that?
Not for: an average to promise by: half of all items take longer than the median, some far longer.
Sample: 11 finished items; 30 for the 95 % line.

    >>> rows = [{"id": n, "started": "2026-03-02", "finished": f"2026-03-{2 + n:02d}"} for n in range(10)]
    >>> rows.append({"id": "late", "started": "2026-03-02", "finished": None})
    >>> result = analyse(rows, as_of="2026-03-12")
    >>> result.percentiles, result.ages["late"].days, result.ages["late"].beyond
    ({50: 5, 70: 7, 85: 9, 95: 10}, 11, 95)

Source: D. Vacanti, Actionable Agile Metrics for Predictability, 2015 (an item started and finished on one day takes one
day; percentiles are values that occurred).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import is_missing, sequence, whole
from pilothouse.methods.shared.dates import day
from pilothouse.methods.shared.method import MethodError

LEVELS = (50, 70, 85, 95)


@dataclass(frozen=True)
class Age:
    """Days open so far; `beyond` is the highest percentile already passed (None while younger than the lowest)."""

    days: int
    beyond: int | None


@dataclass(frozen=True)
class Finished:
    """One dot of the scatter plot."""

    id: Any
    on: dt.date
    days: int


@dataclass(frozen=True)
class Result:
    """`percentiles` of cycle time in days (empty without finished items), `points` by date of finishing.

    `ages` of items begun and open, oldest first; `throughput` counts items finished by ISO week from the first to the
    last week, idle weeks included: what `forecast_mc` takes. `not_started` and `missing` count rows left out.
    """

    percentiles: dict[int, int]
    points: tuple[Finished, ...]
    ages: dict[Any, Age]
    throughput: dict[str, int]
    finished: int
    open: int
    not_started: int
    flags: tuple[str, ...]


def analyse(
    items: Iterable[Any],
    *,
    as_of: Any,
    levels: Sequence[int] = LEVELS,
    same_day: int = 1,
) -> Result:
    """Rows with "id", "started" and "finished" days (empty while not so far), seen on the evening of `as_of`.

    `same_day` is what an item started and finished on one day counts: 1 (usual) or 0. What is finished later than
    `as_of` counts as open.
    """
    today = day(as_of, field="as_of")
    counted = whole(same_day, field="same_day", least=0, most=1)
    wanted = [whole(level, field="levels", row=row, least=1, most=99) for row, level in enumerate(levels)]
    points, waiting, idle = _sorted(items, today, counted)
    days = sorted(point.days for point in points)
    percentiles = {level: days[math.ceil(level / 100 * len(days)) - 1] for level in wanted} if days else {}
    ages = {key: _age((today - begun).days + counted, percentiles) for key, begun in waiting}
    return Result(
        percentiles=percentiles,
        points=tuple(sorted(points, key=lambda point: point.on)),
        ages=dict(sorted(ages.items(), key=lambda pair: -pair[1].days)),
        throughput=_throughput(points, today),
        finished=len(points),
        open=len(waiting),
        not_started=idle,
        flags=("few_finished",) * (len(points) < 11),
    )


def _sorted(
    items: Iterable[Any], today: dt.date, counted: int
) -> tuple[list[Finished], list[tuple[Any, dt.date]], int]:
    points, waiting, idle = [], [], 0
    for row, item in enumerate(sequence(items, field="items")):
        key, begun, ended = _read(row, item)
        if begun is None or begun > today:
            idle += 1
        elif ended is None or ended > today:
            waiting.append((key, begun))
        else:
            points.append(Finished(key, ended, (ended - begun).days + counted))
    return points, waiting, idle


def _read(row: int, item: Any) -> tuple[Any, dt.date | None, dt.date | None]:
    if not hasattr(item, "get"):
        raise MethodError("not_a_row", field="items", row=row)
    key = item.get("id", row)
    dates = []
    for name in ("started", "finished"):
        given = item.get(name)
        dates.append(None if is_missing(given) else day(given, field=name, row=key))
    if dates[1] and not dates[0]:
        raise MethodError("finished_before_start", field="started", row=key)
    if dates[0] and dates[1] and dates[1] < dates[0]:
        raise MethodError("finished_before_start", field="finished", row=key)
    return key, dates[0], dates[1]


def _age(days: int, percentiles: dict[int, int]) -> Age:
    return Age(days, max((level for level, limit in percentiles.items() if days > limit), default=None))


def _throughput(points: list[Finished], today: dt.date) -> dict[str, int]:
    if not points:
        return {}
    monday = min(point.on for point in points)
    monday -= dt.timedelta(days=monday.weekday())
    weeks = {monday + dt.timedelta(days=7 * step): 0 for step in range((today - monday).days // 7 + 1)}
    for point in points:
        weeks[point.on - dt.timedelta(days=point.on.weekday())] += 1
    return {week.isoformat(): count for week, count in weeks.items()}
