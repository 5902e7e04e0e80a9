"""Days that a release has for each skill: typed, or counted from who works when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from pilothouse.people.models import Product
from pilothouse.planning.models import Capacity, DayOff, Skill, Worker
from pilothouse.workbench.models import Item

WORKDAYS = 5


@dataclass(frozen=True)
class Room:
    """The days of a skill in a release: `days` are those that count, `counted` those by the calendar (None where the
    release has no due date or nobody has the skill), `typed` whether somebody typed them."""

    days: float
    counted: float | None
    typed: bool


def rooms(product: Product, releases: Sequence[Item], skills: Sequence[Skill]) -> dict[int, dict[int, Room]]:
    """{release: {skill: Room}} in a constant number of queries."""
    typed = {(row.release_id, row.skill_id): row.days for row in Capacity.objects.filter(release__in=releases)}
    workers = list(Worker.objects.filter(skill__in=skills))
    away = list(DayOff.objects.filter(product=product))
    found: dict[int, dict[int, Room]] = {}
    for release, window in zip(releases, windows(releases), strict=True):
        found[release.pk] = {}
        for skill in skills:
            mine = [worker for worker in workers if worker.skill_id == skill.pk]
            counted = sum(days_of(worker, window, away) for worker in mine) if window and mine else None
            given = typed.get((release.pk, skill.pk))
            days = given if given is not None else counted or 0.0
            found[release.pk][skill.pk] = Room(days, counted, given is not None)
    return found


def windows(releases: Sequence[Item]) -> list[tuple[date, date] | None]:
    """(first, last) day of work on each release; None for one without a due date. It begins at its own start, else the
    day after the release before it is due, else today."""
    found: list[tuple[date, date] | None] = []
    before: date | None = None
    for release in releases:
        begin = release.start_on or (before + timedelta(days=before < date.max) if before else timezone.localdate())
        found.append((begin, release.due_on) if begin and release.due_on and begin <= release.due_on else None)
        before = release.due_on or before
    return found


def from_today(releases: Sequence[Item]) -> Item | None:
    """The first release, if nothing says when it begins and it is due today or later; its days are counted from
    today."""
    first = releases[0] if releases else None
    return first if first and not first.start_on and first.due_on and first.due_on >= timezone.localdate() else None


def days_of(worker: Worker, window: tuple[date, date], away: Iterable[DayOff]) -> float:
    """The working days of one person in a window, less weekends and days off, times the share of the week that they
    give. Calculated, not counted day by day: a mistyped year makes a window of millions."""
    first, last = (day.toordinal() for day in window)
    free = weekdays(first, last)
    mine = ((off.from_on.toordinal(), off.to_on.toordinal()) for off in away if off.worker_id in (None, worker.pk))
    for begin, end in sorted(mine):  # what overlaps is taken out once
        free -= weekdays(max(begin, first), min(end, last))
        first = max(first, end + 1)
    return free * worker.days / WORKDAYS


def weekdays(first: int, last: int) -> int:
    """The number of days from Monday to Friday from one day to another, both included, by their ordinals. Ordinal 1 is
    a Monday."""
    weeks, rest = divmod(max(0, last - first + 1), 7)
    return weeks * WORKDAYS + sum((first - 1 + day) % 7 < WORKDAYS for day in range(rest))
