"""Retention: of the users who started together, how many come back?

Question: does the product keep its users, and do newer cohorts stay better than older ones?
Not for: contracts that end on a date (retention_model, Kaplan-Meier), or cohorts of a handful.
Sample: 50 users a cohort for a share to be read to the nearest 10 %.

    >>> visits = {"2026-01-01": ["a", "b", "c"], "2026-01-02": ["a", "b", "d"], "2026-01-03": ["a", "d"]}
    >>> result = analyse(visits)
    >>> result.cohorts["2026-01-01"], result.cohorts["2026-01-02"], result.curve[1]
    ((3, 2, 1), (1, 1), 0.75)

Source: the N-day definitions in common use: "bounded" counts users active in that period, "unbounded" those active
in it or later, "bracket" those active at any time inside a range of periods (ClickHouse documentation, retention).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared import queries
from pilothouse.methods.shared.checks import one_of, whole
from pilothouse.methods.shared.dates import day
from pilothouse.methods.shared.intervals import wilson
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.periods import PERIODS, after, between, days_by_user, start

MODES = ("bounded", "unbounded", "bracket")


@dataclass(frozen=True)
class Result:
    """`cohorts` by ISO start: users in period 0, 1, 2, ..., as far as the period was fully observed.

    `rates` and `intervals` are the same as shares of the cohort; `curve` pools the cohorts old enough for each period
    (None where there is none), `curve_n` says over how many users.
    """

    cohorts: dict[str, tuple[int, ...]]
    rates: dict[str, tuple[float, ...]]
    intervals: dict[str, tuple[tuple[float, float], ...]]
    curve: tuple[float | None, ...]
    curve_n: tuple[int, ...]
    period: str
    mode: str
    until: dt.date
    n: int
    missing: int


def analyse(
    visits: Any,
    *,
    period: str = "day",
    mode: str = "bounded",
    until: Any = None,
    brackets: Sequence[tuple[int, int]] | None = None,
) -> Result:
    """Visits as {date: users} or rows (user, date); a cohort is the period of the first visit.

    `until` is the last day fully observed (default: the last day with a visit): later periods stay out instead of
    looking empty. With mode "bracket", `brackets` are inclusive ranges of periods such as [(0, 0), (1, 7), (8, 14)].
    """
    one_of(period, PERIODS, field="period")
    one_of(mode, MODES, field="mode")
    by_user, missing = days_by_user(visits)
    last = day(until, field="until") if until is not None else max(max(days) for days in by_user.values())
    ranges = _ranges(mode, brackets)
    offsets: dict[dt.date, list[set[int]]] = {}
    for days in by_user.values():
        seen = sorted(one for one in days if one <= last)
        if seen:
            first = start(seen[0], period)
            offsets.setdefault(first, []).append({between(first, start(one, period), period) for one in seen})
    if not offsets:
        raise MethodError("too_few", field="visits", n=0, least=1)
    cohorts = {first: _counts(offsets[first], first, last, period, mode, ranges) for first in sorted(offsets)}
    longest = max(map(len, cohorts.values()))
    pooled = [[(row[place], row_size) for row, row_size in _sized(cohorts, offsets, place)] for place in range(longest)]
    return Result(
        cohorts={first.isoformat(): row for first, row in cohorts.items()},
        rates={first.isoformat(): tuple(one / len(offsets[first]) for one in row) for first, row in cohorts.items()},
        intervals={
            first.isoformat(): tuple(wilson(one, len(offsets[first])) for one in row) for first, row in cohorts.items()
        },
        curve=tuple(sum(a for a, _ in one) / sum(b for _, b in one) if one else None for one in pooled),
        curve_n=tuple(sum(b for _, b in one) for one in pooled),
        period=period,
        mode=mode,
        until=last,
        n=sum(map(len, offsets.values())),
        missing=missing,
    )


def _sized(cohorts: dict[dt.date, tuple[int, ...]], offsets: dict[dt.date, list[set[int]]], place: int) -> Any:
    """Cohorts old enough for this place, with their size."""
    return ((row, len(offsets[first])) for first, row in cohorts.items() if len(row) > place)


def _ranges(mode: str, brackets: Sequence[tuple[int, int]] | None) -> list[tuple[int, int]]:
    if mode != "bracket":
        return []
    if not brackets:
        raise MethodError("too_few", field="brackets", n=0, least=1)
    ranges = []
    for row, (low, high) in enumerate(brackets):
        first = whole(low, field="brackets", row=row, least=0)
        ranges.append((first, whole(high, field="brackets", row=row, least=first)))
    return ranges


def _counts(
    users: list[set[int]], first: dt.date, last: dt.date, period: str, mode: str, ranges: list[tuple[int, int]]
) -> tuple[int, ...]:
    """Users by period, for periods that ended by `last` (period 0 always counts: it is the cohort itself)."""
    observed = between(first, start(last, period), period)
    if after(first, observed + 1, period) - dt.timedelta(days=1) > last:
        observed -= 1
    if mode == "bracket":
        done = [pair for pair in ranges if pair[1] <= max(observed, 0)]
        return tuple(sum(any(low <= one <= high for one in seen) for seen in users) for low, high in done)
    places = range(max(observed, 0) + 1)
    if mode == "unbounded":
        return tuple(sum(max(seen) >= place for seen in users) for place in places)
    return tuple(sum(place in seen for seen in users) for place in places)


# Active periods first: once a user and a period are one row, the rest is small.
TRIANGLE = """with active as (select $user as u, date_trunc('$period', $time) as p from $table group by 1, 2),
born as (select u, p, min(p) over (partition by u) as c from active)
select c as cohort, cast($gap as integer) as place, count(*) as users from born group by 1, 2 order by 1, 2"""
GAPS = {
    "month": "(extract(year from $to) - extract(year from $start)) * 12"
    " + extract(month from $to) - extract(month from $start)",
    "week": "(cast($to as date) - cast($start as date)) / 7",
    "day": "(cast($to as date) - cast($start as date))",
}


def sql(table: str, *, period: str = "week", user: str = "user_id", time: str = "ts") -> str:
    """The bounded triangle over an event table: cohort, offset in periods, users. Times in the session's time zone."""
    one_of(period, PERIODS, field="period")
    gap = queries.fill(GAPS[period], to="p", start="c")
    return queries.fill(
        TRIANGLE, table=queries.name(table), user=queries.name(user), time=queries.name(time), period=period, gap=gap
    )


# Kept beside the events, a user's whole past is two numbers. Most users share their pattern with others, so a triangle
# reads patterns, not users.
ACTIVITY = """select u as $user, min(place) as born, bit_or(cast(1 as bigint) << place) as active
from (select distinct $user as u, cast($gap as integer) as place from $table where $user is not null) seen
group by u"""
FROM_ACTIVITY = """with patterns as (
  select born, active >> born as active, count(*) as users from $table group by 1, 2),
places as ($places)
select born as cohort, place, cast(sum(users) as bigint) as users from patterns join places
  on (active >> place) & 1 = 1 group by 1, 2 order by 1, 2"""
MOST_PERIODS = 63


def activity_sql(table: str, *, origin: Any, period: str = "week", user: str = "user_id", time: str = "ts") -> str:
    """One row a user over an event table: first active period and all active ones as bits, counted from `origin`.

    `origin` is a day no later than the first event; 63 periods fit, and the engine refuses more. Keep the rows as a
    table and ask it with `sql_of_activity`.
    """
    one_of(period, PERIODS, field="period")
    first = start(day(origin, field="origin"), period)
    gap = queries.fill(GAPS[period], to=f"date_trunc('{period}', {queries.name(time)})", start=f"date '{first}'")
    return queries.fill(ACTIVITY, table=queries.name(table), user=queries.name(user), gap=gap)


def sql_of_activity(table: str, *, periods: int = MOST_PERIODS) -> str:
    """The triangle of `sql` from a kept activity table, in tenths of a second for millions of users.

    Cohorts come as periods since its origin. `periods` is how many offsets to read.
    """
    last = whole(periods, field="periods", least=1, most=MOST_PERIODS)
    places = " union all ".join(f"select {place} as place" for place in range(last))
    return queries.fill(FROM_ACTIVITY, table=queries.name(table), places=places)
