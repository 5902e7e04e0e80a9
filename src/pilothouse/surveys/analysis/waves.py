"""How a question's figures moved: by week or month, by version, or by a hidden field that names the wave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.utils import timezone

from pilothouse.charts import Moment, trend
from pilothouse.methods import nps
from pilothouse.surveys.analysis import figures
from pilothouse.surveys.analysis.frame import Array, Frame
from pilothouse.surveys.analysis.picking import matches, moments_of, split, values_of

MOST_WAVES, QUARTER = 60, 900
WEEK, MONTH = "week", "month"


@dataclass(frozen=True)
class Point:
    """A figure of one wave with its interval; `n` answers stand behind it."""

    wave: str
    n: int
    value: float
    low: float
    high: float
    pairs: Sequence[tuple[str, str]]


def waves_of(frame: Frame, by: str) -> list[tuple[str, Array, list[tuple[str, str]]]]:
    """(name, who, the filters that say so), in the order of time."""
    if by in (WEEK, MONTH):
        return by_time(frame, by)
    return [(value, matches(frame, by, value), [(by, value)]) for value in values_of(frame, by)[:MOST_WAVES]]


def by_time(frame: Frame, by: str) -> list[tuple[str, Array, list[tuple[str, str]]]]:
    days, place = days_of(frame)
    names = np.array([name_of(day, by) for day in days], dtype=object)
    found = []
    for name in sorted(set(names.tolist()))[-MOST_WAVES:]:
        some = [day for day, one in zip(days, names, strict=True) if one == name]
        mask = np.isin(place, np.flatnonzero(names == name))
        found.append((name, mask, [("from", min(some).isoformat()), ("to", max(some).isoformat())]))
    return found


def days_of(frame: Frame) -> tuple[list[date], Array]:
    """The local days on which there are responses, and for each response its place among them. Days are worked out
    once a quarter of an hour: no zone is shifted by less."""
    quarters, place = np.unique(np.nan_to_num(moments_of(frame)) // QUARTER, return_inverse=True)
    zone = timezone.get_current_timezone()
    local = np.array([datetime.fromtimestamp(one * QUARTER, zone).toordinal() for one in quarters], dtype=np.int64)
    days, of_quarter = np.unique(local, return_inverse=True)
    return [date.fromordinal(int(day)) for day in days], of_quarter[place]


def name_of(day: Any, by: str) -> str:
    """2026-09, or 2026-W37 by ISO weeks."""
    year, week, _weekday = day.isocalendar()
    return f"{day:%Y-%m}" if by == MONTH else f"{year}-W{week:02}"


def measured(frame: Frame, name: str) -> tuple[str, Callable[[Frame], tuple[float, float, float] | None]] | None:
    """(what is drawn: nps, mean, or share) and how it is found for some people; None for what has no figure."""
    question, key = split(name)
    asked = frame.book.by_key.get((question, key))
    if asked is None:
        return None
    if asked.question.type == "nps":
        return "nps", lambda some: nps_of(some, question)
    if asked.column.measure == "ordinal":
        return "mean", lambda some: mean_of(some, figures.points(some, question, key))
    if asked.column.measure == "number":
        return "mean", lambda some: mean_of(some, some.column(question, key))
    return None


def nps_of(frame: Frame, question: str) -> tuple[float, float, float] | None:
    points = figures.points(frame, question, "")
    known = points[~np.isnan(points)]
    if not len(known):
        return None
    if frame.weighted:
        groups = np.where(points >= 9, 100.0, np.where(points <= 6, -100.0, 0.0))
        return mean_of(frame, np.where(np.isnan(points), np.nan, groups))
    low, high = int((known <= 6).sum()), int((known >= 9).sum())
    found = nps.from_counts(low, len(known) - low - high, high)
    return found.nps, *found.ci


def mean_of(frame: Frame, values: Array) -> tuple[float, float, float] | None:
    found = figures.mean(values, frame.weights)
    return (found.mean, found.low, found.high) if found else None


def share_of(frame: Frame, name: str, value: str) -> tuple[float, float, float] | None:
    question, _key = split(name)
    known = frame.answered(question)
    if not known.any():
        return None
    one = figures.shares_of([matches(frame, name, value)], [value], known, frame.weights)[0]
    return one.share, one.low, one.high


def series(
    frame: Frame, by: str, figure: Callable[[Frame], tuple[float, float, float] | None], question: str
) -> list[Point]:
    found = []
    for wave, mask, pairs in waves_of(frame, by):
        some = frame.where(mask)
        if (got := figure(some)) is not None:
            found.append(Point(wave, int(some.answered(question).sum()), *got, pairs))
    return found


def drawn(
    points: Sequence[Point], tip: Callable[[Point], str], url: Callable[[Point], str], *, format: str
) -> dict[str, Any]:
    return trend(
        [Moment(one.wave, one.value, tip(one), one.low, one.high, "", url(one)) for one in points], format=format
    )  # fmt: skip
