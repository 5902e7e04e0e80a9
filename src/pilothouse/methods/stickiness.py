"""Stickiness: on how many days of the month does an active user come?

Question: what share of the month's users comes on an average day?
Not for: products meant for monthly use (tax, travel), where a low value is right.
Sample: one full window; compare windows of the same length only (28 days holds four of each weekday).

    >>> result = analyse({"d1": ["a", "b"], "d2": ["a"], "d3": ["a", "c", "d"], "d4": ["a", "b"]}, window_days=4)
    >>> result.avg_dau, result.mau, result.stickiness, result.days_active
    (2.0, 4, 0.5, {1: 2, 2: 1, 4: 1})

Source: the DAU / MAU definition in common use: mean daily actives in the window over distinct actives in the window.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared import queries
from pilothouse.methods.shared.checks import is_missing, mapping, whole
from pilothouse.methods.shared.keys import keys
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """The last `window_days` days. `days_active` counts users by the number of days they came; `dau` is by day."""

    avg_dau: float
    mau: int
    stickiness: float | None
    dau: dict[str, int]
    days_active: dict[int, int]
    window_days: int
    missing: int


def analyse(active: Mapping[Any, Iterable[Any]], *, window_days: int = 28) -> Result:
    """Users by day. Days named by ISO date may be left out when nobody came; other names stand in the order given."""
    window = whole(window_days, field="window_days", least=1)
    lists = {key: keys(users, field="active") for key, users in mapping(active, field="active").items()}
    days = _filled({key: {user for user in users if not is_missing(user)} for key, users in lists.items()})
    if len(days) < window:
        raise MethodError("too_few", field="active", n=len(days), least=window)
    chosen = dict(list(days.items())[-window:])
    counts = Counter(user for users in chosen.values() for user in users)
    avg = sum(map(len, chosen.values())) / window
    return Result(
        avg_dau=avg,
        mau=len(counts),
        stickiness=avg / len(counts) if counts else None,
        dau={str(key): len(users) for key, users in chosen.items()},
        days_active=dict(sorted(Counter(counts.values()).items())),
        window_days=window,
        missing=sum(is_missing(user) for users in lists.values() for user in users),
    )


def _filled(days: dict[Any, set[Any]]) -> dict[Any, set[Any]]:
    """ISO dates in order with an empty day for each that is left out between them; other names as they are given."""
    try:
        dated = {dt.date.fromisoformat(str(key)): users for key, users in days.items()}
    except ValueError:
        return days
    last = max(dated)
    reach = (last - min(dated)).days + 1
    wanted = [last - dt.timedelta(days=back) for back in range(reach - 1, -1, -1)]
    return {one.isoformat(): dated.get(one, set()) for one in wanted}


WINDOW = """with last as (select max(cast($time as date)) as d from $table),
daily as (select distinct $user as u, cast($time as date) as d from $table, last
  where cast($time as date) > last.d - $days)
select count(*) * 1.0 / $days as avg_dau, count(distinct u) as mau,
  count(*) * 1.0 / $days / nullif(count(distinct u), 0) as stickiness from daily"""


def sql(table: str, *, user: str = "user_id", time: str = "ts", window_days: int = 28) -> str:
    """Mean daily actives, distinct actives and their ratio over the last days of an event table."""
    days = whole(window_days, field="window_days", least=1)
    return queries.fill(WINDOW, table=queries.name(table), user=queries.name(user), time=queries.name(time), days=days)
