"""Burn-down and burn-up: is the work shrinking fast enough, and how much of the target moved?

Question: how much is left today, how much was added on the way, and when does the line meet zero?
Not for: promising a date (forecast_mc gives one with its chance).
Sample: at least 3 days with something finished for a projection.

    >>> items = [{"points": 3, "added": "2026-03-02", "done": "2026-03-03"}, {"points": 5, "added": "2026-03-02"},
    ...          {"points": 2, "added": "2026-03-04", "done": "2026-03-05"}]
    >>> result = analyse(items, start="2026-03-02", end="2026-03-06", as_of="2026-03-05")
    >>> result.scope, result.done, result.remaining
    ((8, 8, 10, 10), (0, 3, 3, 5), (8, 5, 7, 5))

Source: K. Schwaber and M. Beedle, Agile Software Development with Scrum, 2001 (burn-down); A. Cockburn, Crystal Clear,
2004 (burn-up with its scope line).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.scheduling.calendar import WorkCalendar, read_calendar
from pilothouse.methods.shared.checks import is_missing, number, sequence
from pilothouse.methods.shared.dates import day
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """One number a day from start to `as_of`, as each evening stood; `ideal` runs over all days to the end.

    `rate` is what was finished per working day so far; `projected` the day on which the rest would be done at that rate
    (None at no rate). `added` and `removed` are changes of scope after the first day.
    """

    days: tuple[dt.date, ...]
    scope: tuple[float, ...]
    done: tuple[float, ...]
    remaining: tuple[float, ...]
    ideal: tuple[float, ...]
    rate: float
    projected: dt.date | None
    added: float
    removed: float
    unestimated: int
    n: int


def analyse(
    items: Iterable[Mapping[str, Any]],
    *,
    start: Any,
    end: Any,
    as_of: Any = None,
    calendar: WorkCalendar | Mapping[str, Any] | None = None,
) -> Result:
    """Rows with "points" (1 unless given), "added", "done" and "removed" days; nothing added means from the start.

    An item that is re-opened has no "done" day any more. Items without an estimate (None) are counted apart.
    """
    first, last = day(start, field="start"), day(end, field="end")
    if last < first:
        raise MethodError("not_rising", field="end", value=last.isoformat())
    today = day(as_of, field="as_of") if as_of is not None else last
    work = read_calendar(calendar, first) or WorkCalendar(first)
    rows = [_read(row, item, first) for row, item in enumerate(sequence(items, field="items"))]
    known = [row for row in rows if row is not None]
    days = tuple(first + dt.timedelta(days=step) for step in range(max(0, (today - first).days) + 1))
    scope = tuple(sum(one.points for one in known if one.inside(when)) for when in days)
    done = tuple(sum(one.points for one in known if one.inside(when) and one.done_by(when)) for when in days)
    remaining = tuple(s - d for s, d in zip(scope, done, strict=True))
    worked = [work.worked(first + dt.timedelta(days=step)) for step in range((last - first).days + 1)]
    spent = sum(work.worked(when) for when in days)
    rate = done[-1] / spent if spent else 0.0
    return Result(
        days=days,
        scope=scope,
        done=done,
        remaining=remaining,
        ideal=_ideal(scope[0], worked),
        rate=rate,
        projected=_projected(remaining[-1], rate, today, work),
        added=sum(one.points for one in known if first < one.added <= today),
        removed=sum(one.points for one in known if one.removed and one.removed <= today),
        unestimated=len(rows) - len(known),
        n=len(rows),
    )


@dataclass(frozen=True)
class _Item:
    points: float
    added: dt.date
    done: dt.date | None
    removed: dt.date | None

    def inside(self, evening: dt.date) -> bool:
        return self.added <= evening and not (self.removed and self.removed <= evening)

    def done_by(self, evening: dt.date) -> bool:
        return self.done is not None and self.done <= evening


def _read(row: int, item: Any, first: dt.date) -> _Item | None:
    """None without an estimate."""
    if not isinstance(item, Mapping):
        raise MethodError("not_a_row", field="items", row=row)
    dates = {
        name: None if is_missing(item.get(name)) else day(item[name], field=name, row=row)
        for name in ("added", "done", "removed")
    }
    given = item.get("points", 1)
    if given is None:
        return None
    points = number(given, field="points", row=row, least=0)
    return _Item(
        int(points) if points == int(points) else points, dates["added"] or first, dates["done"], dates["removed"]
    )


def _ideal(scope: float, worked: list[float]) -> tuple[float, ...]:
    """A line over working time: flat on days off."""
    total, passed, line = sum(worked), 0.0, []
    for amount in worked:
        passed += amount
        line.append(scope * (1 - passed / total) if total else float(scope))
    return tuple(line)


def _projected(left: float, rate: float, today: dt.date, work: WorkCalendar) -> dt.date | None:
    if left <= 0:
        return today
    if rate <= 0:
        return None
    needed = left / rate
    if not math.isfinite(needed) or needed > 10_000:
        return None
    tomorrow = today + dt.timedelta(days=1)
    return WorkCalendar(tomorrow, work.weekdays, work.special).ends_on(needed)
