"""Working days counted in halves, and who works on what in them: people of one skill who are alike make a pool."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pilothouse.planning.models import DayOff, Skill, Worker
from pilothouse.planning.plans.capacity import WORKDAYS

HALVES = 2  # of a day: the smallest piece of work that is laid out
FARTHEST = timedelta(days=10 * 366)


@dataclass(frozen=True)
class Workdays:
    """The days on which anybody works, in order. A schedule counts time in halves of them, from 0."""

    days: tuple[date, ...]

    def begin(self, day: date) -> int:
        return bisect_left(self.days, day) * HALVES

    def end(self, day: date) -> int:
        """The half day behind the end of this day."""
        return bisect_right(self.days, day) * HALVES

    def starts(self, half: int) -> date:
        return self.days[half // HALVES]

    def stops(self, half: int) -> date:
        return self.days[max(half - 1, 0) // HALVES]

    @property
    def halves(self) -> int:
        return len(self.days) * HALVES


@dataclass(frozen=True)
class Pool:
    """`count` people of a skill who give the same `share` of a week and are away on the same days: `breaks` are (first,
    behind the last) in half days."""

    key: str
    skill: Skill
    names: tuple[str, ...]
    count: int
    share: float
    breaks: tuple[tuple[int, int], ...]


def workdays(first: date, away: Iterable[DayOff]) -> Workdays:
    """The days from `first` on, without weekends and without the days that everybody has off."""
    last = first + FARTHEST
    off = {
        day for one in away if one.worker_id is None for day in days_in(max(first, one.from_on), min(last, one.to_on))
    }
    return Workdays(tuple(day for day in days_in(first, last) if day.weekday() < WORKDAYS and day not in off))


def days_in(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def pools_of(skill: Skill, workers: Sequence[Worker], away: Sequence[DayOff], days: Workdays) -> list[Pool]:
    alike: dict[tuple[float, tuple[tuple[int, int], ...]], list[str]] = {}
    for worker in workers:
        if worker.skill_id == skill.pk and worker.days > 0:
            alike.setdefault((worker.days / WORKDAYS, breaks_of(worker, away, days)), []).append(worker.name)
    return [
        Pool(f"{skill.pk}.{place}", skill, tuple(names), len(names), share, breaks)
        for place, ((share, breaks), names) in enumerate(alike.items())
    ]


def breaks_of(worker: Worker, away: Sequence[DayOff], days: Workdays) -> tuple[tuple[int, int], ...]:
    spans = [(days.begin(off.from_on), days.end(off.to_on)) for off in away if off.worker_id == worker.pk]
    return tuple(sorted({(first, until) for first, until in spans if first < until}))
