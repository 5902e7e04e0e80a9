"""Growth accounting: is the product growing because it wins users, keeps them or brings them back?

Question: what are this period's active users made of, and does the inflow outweigh the loss?
Not for: totals of accounts; only activity counts.
Sample: any; quick ratios of small numbers jump.

    >>> weeks = {"01-05": "abcd", "01-12": "abe", "01-19": "acef", "01-26": "cf"}
    >>> result = analyse({week: list(users) for week, users in weeks.items()})
    >>> result.new, result.retained, result.resurrected, result.churned, result.quick_ratio
    ((4, 1, 1, 0), (0, 2, 2, 2), (0, 0, 1, 0), (0, 2, 1, 2), (None, 0.5, 2.0, 0.0))

Source: J. Hsu, "Diligence at Social Capital, part 1: accounting for user growth", 2015.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared import queries
from pilothouse.methods.shared.checks import is_missing, mapping, one_of
from pilothouse.methods.shared.keys import keys
from pilothouse.methods.shared.periods import PERIODS


@dataclass(frozen=True)
class Result:
    """By period: active = new + retained + resurrected, churned = active before - retained.

    `quick_ratio` is (new + resurrected) / churned, None where nobody left; `retention` the share of the period before
    that came again, None for the first.
    """

    periods: tuple[Any, ...]
    active: tuple[int, ...]
    new: tuple[int, ...]
    retained: tuple[int, ...]
    resurrected: tuple[int, ...]
    churned: tuple[int, ...]
    quick_ratio: tuple[float | None, ...]
    retention: tuple[float | None, ...]
    n: int
    missing: int


def analyse(active_by_week: Mapping[Any, Iterable[Any]]) -> Result:
    """Users by period (weeks, months, ...), in order. A period without anyone needs its empty list."""
    lists = {
        key: keys(users, field="active_by_week")
        for key, users in mapping(active_by_week, field="active_by_week", least_count=1).items()
    }
    seen: set[Any] = set()
    before: set[Any] = set()
    rows = []
    for users in lists.values():
        now = {user for user in users if not is_missing(user)}
        new, retained = now - seen, now & before
        rows.append((len(now), len(new), len(retained), len(now) - len(new) - len(retained), len(before - now)))
        seen |= now
        before = now
    active, new_, kept, back, lost = zip(*rows, strict=True)
    return Result(
        periods=tuple(lists),
        active=active,
        new=new_,
        retained=kept,
        resurrected=back,
        churned=lost,
        quick_ratio=tuple((n + r) / c if c else None for n, r, c in zip(new_, back, lost, strict=True)),
        retention=(None, *(r / a if a else None for r, a in zip(kept[1:], active, strict=False))),
        n=len(seen),
        missing=sum(is_missing(user) for users in lists.values() for user in users),
    )


ACCOUNTS = """with active as (select $user as u, date_trunc('$period', $time) as p from $table group by 1, 2),
near as (select u, p, lag(p) over (partition by u order by p) as earlier,
  lead(p) over (partition by u order by p) as later from active),
came as (select p, count(*) as active, count(*) filter (where earlier is null) as fresh,
  count(*) filter (where earlier = p - interval '1 $period') as retained from near group by 1),
gone as (select p + interval '1 $period' as p, count(*) as churned from near
  where later is null or later > p + interval '1 $period' group by 1)
select came.p as period, active, fresh as new, retained, active - fresh - retained as resurrected,
  coalesce(churned, 0) as churned from came left join gone on came.p = gone.p order by 1"""


def sql(table: str, *, period: str = "week", user: str = "user_id", time: str = "ts") -> str:
    """The same over an event table, one row a period that had anyone."""
    one_of(period, PERIODS, field="period")
    return queries.fill(
        ACCOUNTS, table=queries.name(table), user=queries.name(user), time=queries.name(time), period=period
    )
