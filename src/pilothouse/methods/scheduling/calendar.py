"""Working time and dates: work unit 0 is the first working moment of the project, a full working day is 1 unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pilothouse.methods.shared.checks import mapping, one_of, sequence, whole
from pilothouse.methods.shared.dates import day
from pilothouse.methods.shared.method import MethodError

REACH_YEARS = 60
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked, and how much: `special` names days that differ (0 a holiday, 0.5 half a day, 1 made
    up).
    """

    start: dt.date
    weekdays: tuple[float, ...] = (1, 1, 1, 1, 1, 0, 0)
    special: Mapping[dt.date, float] = field(default_factory=dict)

    def worked(self, when: dt.date) -> float:
        return self.special.get(when, self.weekdays[when.weekday()])

    @cached_property
    def _ends(self) -> list[tuple[float, dt.date]]:
        """Work done by the end of each working day so far asked for."""
        return []

    def _until(self, work: float) -> list[tuple[float, dt.date]]:
        ends = self._ends
        when = ends[-1][1] + ONE_DAY if ends else self.start
        limit = self.start + dt.timedelta(days=366 * REACH_YEARS)
        done = ends[-1][0] if ends else 0.0
        while done <= work:
            if when > limit:
                raise MethodError("no_working_day", field="calendar", row=when.isoformat())
            amount = self.worked(when)
            if amount:
                done += amount
                ends.append((done, when))
            when += ONE_DAY
        return ends

    def starts_on(self, work: float) -> dt.date:
        """The day on which work that begins at this moment begins."""
        return next(when for done, when in self._until(work) if done > work + 1e-9)

    def ends_on(self, work: float) -> dt.date:
        """The day on which work up to this moment ends; nothing done ends where it begins."""
        if work <= 0:
            return self.starts_on(0)
        return next(when for done, when in self._until(work) if done >= work - 1e-9)


def calendar(
    start: Any,
    *,
    weekdays: Iterable[int] = (0, 1, 2, 3, 4),
    holidays: Iterable[Any] = (),
    workdays: Iterable[Any] = (),
    half_days: Iterable[Any] = (),
) -> WorkCalendar:
    """A calendar from weekdays (0 is Monday), holidays, made-up working days (调休) and half days."""
    worked = {
        whole(one, field="weekdays", least=0, most=6) for one in sequence(weekdays, field="weekdays", least_count=0)
    }
    special: dict[dt.date, float] = {}
    for named, amount, field_name in (
        (holidays, 0.0, "holidays"),
        (workdays, 1.0, "workdays"),
        (half_days, 0.5, "half_days"),
    ):
        special |= {
            day(one, field=field_name, row=row): amount
            for row, one in enumerate(sequence(named, field=field_name, least_count=0))
        }
    first = day(start, field="start")
    if not worked and not any(amount and when >= first for when, amount in special.items()):
        raise MethodError("no_working_day", field="weekdays")
    return WorkCalendar(first, tuple(float(one in worked) for one in range(7)), special)


def read_calendar(given: Any, start: Any) -> WorkCalendar | None:
    """A `WorkCalendar`, or the arguments of `calendar` as a mapping; with neither but a start, Monday to Friday."""
    if given is None and start is None:
        return None
    if isinstance(given, WorkCalendar):
        return given
    if start is None:
        raise MethodError("missing_key", field="start")
    parts = mapping({} if given is None else given, field="calendar", least_count=0)
    for name in parts:
        one_of(name, ("weekdays", "holidays", "workdays", "half_days"), field="calendar")
    return calendar(start, **parts)
