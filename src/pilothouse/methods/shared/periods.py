"""Moments in time as people hand them in, and the days, weeks and months they fall into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number, sequence
from pilothouse.methods.shared.dates import day
from pilothouse.methods.shared.keys import cells, key, rows_of
from pilothouse.methods.shared.method import MethodError

PERIODS = ("day", "week", "month")


def seconds(value: Any, *, field: str, row: int | str | None = None) -> float:
    """A point in time in seconds: a number as it is, a date-time or ISO text on one common clock (UTC unless it
    says).
    """
    if isinstance(value, bool) or value is None:
        raise MethodError("not_a_time", field=field, row=row, value=value)
    if isinstance(value, (int, float)):
        return number(value, field=field, row=row)
    if not isinstance(value, (dt.datetime, dt.date)):
        try:
            value = dt.datetime.fromisoformat(str(value).strip())
        except ValueError:
            raise MethodError("not_a_time", field=field, row=row, value=value) from None
    if not isinstance(value, dt.datetime):
        value = dt.datetime(value.year, value.month, value.day)
    return (value if value.tzinfo else value.replace(tzinfo=dt.UTC)).timestamp()


def span(value: Any, *, field: str) -> float | None:
    """A length of time in seconds; None and "unbounded" mean no limit."""
    if value is None or value == "unbounded":
        return None
    if isinstance(value, dt.timedelta):
        value = value.total_seconds()
    return number(value, field=field, above=0)


def start(when: dt.date, period: str) -> dt.date:
    """First day of the day, week (Monday) or month."""
    if period == "week":
        return when - dt.timedelta(days=when.weekday())
    return when.replace(day=1) if period == "month" else when


def after(first: dt.date, steps: int, period: str) -> dt.date:
    """The start of the period `steps` later."""
    if period == "month":
        months = first.year * 12 + first.month - 1 + steps
        return dt.date(months // 12, months % 12 + 1, 1)
    return first + dt.timedelta(days=steps * (7 if period == "week" else 1))


def between(first: dt.date, last: dt.date, period: str) -> int:
    """How many periods later."""
    if period == "month":
        return (last.year - first.year) * 12 + last.month - first.month
    return (last - first).days // (7 if period == "week" else 1)


def days_by_user(visits: Any, *, field: str = "visits") -> tuple[dict[Any, set[dt.date]], int]:
    """From {date: users}, or rows (user, date), to the days of each user; and how many rows had gaps."""
    if isinstance(visits, Mapping):
        pairs: Iterable[tuple[Any, Any, Any]] = (
            (user, date, date) for date, users in visits.items() for user in sequence(users, field=field, least_count=0)
        )
    else:
        listed = enumerate(rows_of(visits, ("user", "date"), field=field))
        pairs = ((*cells(row, ("user", "date"), field=field, row=index), index) for index, row in listed)
    found: dict[Any, set[dt.date]] = {}
    missing = 0
    for user, date, row in pairs:
        if is_missing(user) or is_missing(date):
            missing += 1
        else:
            found.setdefault(key(user, field=field, row=row), set()).add(day(date, field=field, row=row))
    if not found:
        raise MethodError("too_few", field=field, n=0, least=1)
    return found, missing
