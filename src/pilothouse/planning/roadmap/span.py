"""The days that a timeline shows, and where a bar stands in them. Days are dates: no hour and no zone is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from pilothouse.jinja import is_chinese

# Dates further away than this are told in words: one mistyped year must not squeeze all the others.
PAST, FUTURE = timedelta(days=3 * 366), timedelta(days=5 * 366)
LEAST = {"week": 84, "month": 365, "quarter": 3 * 366}
BEFORE = {"week": 7, "month": 31, "quarter": 92}


@dataclass(frozen=True)
class Tick:
    at: int
    days: int
    label: str


@dataclass(frozen=True)
class Place:
    """Where a bar begins and how long it is, in days from the first day shown."""

    at: int
    days: int


@dataclass(frozen=True)
class Span:
    """The days shown, both ends included, and how far they are zoomed: week, month or quarter."""

    first: date
    last: date
    zoom: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def at(self, day: date) -> int:
        return (day - self.first).days

    def place(self, start: date | None, end: date | None) -> Place | None:
        """Where the bar of these days stands, cut at the ends of the span; None where nothing of it is within."""
        first, last = start or end, end or start
        if first is None or last is None or last < self.first or first > self.last:
            return None
        begin, stop = max(first, self.first), min(max(last, first), self.last)
        return Place(self.at(begin), (stop - begin).days + 1)

    @cached_property
    def upper(self) -> list[Tick]:
        return self.ticks(months(self.first, 1 if self.zoom == "week" else 12), self.named)

    @cached_property
    def lower(self) -> list[Tick]:
        if self.zoom == "week":
            return self.ticks(mondays(self.first), lambda day: str(day.day))
        step = 1 if self.zoom == "month" else 3
        return self.ticks(months(self.first, step), month_name if step == 1 else quarter_name)

    def named(self, day: date) -> str:
        return month_of_year(day) if self.zoom == "week" else year_name(day)

    def ticks(self, days: Iterator[date], label: Callable[[date], str]) -> list[Tick]:
        starts = [self.first]
        for day in days:
            if day > self.last:
                break
            starts += [day] if day > self.first else []
        stops = [*starts[1:], self.last + timedelta(days=1)]
        return [Tick(self.at(a), (b - a).days, label(a)) for a, b in zip(starts, stops, strict=True)]


def span_of(days: Iterable[date | None], today: date, zoom: str) -> Span:
    """The span that holds today and all these days that are near enough, with some room at either end. It begins at the
    first of a month, of a quarter, or on a Monday, and has a least length at which names can be read."""
    known = [day for day in days if day and today - PAST <= day <= today + FUTURE]
    first = min([*known, today]) - timedelta(days=BEFORE[zoom])
    first = first - timedelta(days=first.weekday()) if zoom == "week" else first.replace(day=1)
    if zoom == "quarter":
        first = first.replace(month=(first.month - 1) // 3 * 3 + 1)
    last = max(max([*known, today]) + timedelta(days=BEFORE[zoom]), first + timedelta(days=LEAST[zoom]))
    return Span(first, last, zoom)


def months(first: date, step: int) -> Iterator[date]:
    """Yields the first day of every month, every third for quarters, every twelfth for years, beginning with the one
    that `first` is in."""
    year, month = first.year, (first.month - 1) // step * step
    while True:
        yield date(year + month // 12, month % 12 + 1, 1)
        month += step


def mondays(first: date) -> Iterator[date]:
    day = first - timedelta(days=first.weekday())
    while True:
        yield day
        day += timedelta(days=7)


def month_name(day: date) -> str:
    return f"{day.month} 月" if is_chinese() else str(MONTHS_3[day.month]).capitalize()


def month_of_year(day: date) -> str:
    return f"{day.year} 年 {day.month} 月" if is_chinese() else f"{day.year}-{day.month:02}"


def quarter_name(day: date) -> str:
    return _("Q%(n)s") % {"n": (day.month - 1) // 3 + 1}


def year_name(day: date) -> str:
    return f"{day.year} 年" if is_chinese() else str(day.year)
