"""Funnel: how many users get through the steps, and where do they stop?

Question: of those who start, how many reach each step in time?
Not for: steps without an order; and never compare funnels with different windows or rules.
Sample: 30 users at the first step for the shares to mean anything; read the intervals.

    >>> events = [["ann", 0, "visit"], ["ann", 60, "cart"], ["ann", 90, "buy"], ["bob", 5, "visit"], ["bob", 9, "buy"]]
    >>> result = analyse(events, chain=["visit", "cart", "buy"], window=3600)
    >>> result.level, result.reached
    ({'ann': 3, 'bob': 1}, (2, 1, 1))

Two rules, and they differ: "best_chain" takes the longest chain over all starts, its window running from the start
(ClickHouse windowFunnel); "first_touch" takes the first start, then each next step within the window of the one before
(GrowthBook).

Source: ClickHouse documentation, windowFunnel; GrowthBook documentation, funnel metrics. Shares with Wilson intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from pilothouse.methods.shared import queries
from pilothouse.methods.shared.checks import is_missing, one_of, sequence
from pilothouse.methods.shared.intervals import wilson
from pilothouse.methods.shared.keys import cells, key, keys, rows_of
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.periods import seconds, span

MODES = ("best_chain", "first_touch")
COLUMNS = ("user", "time", "event")
DIALECTS = ("standard", "duckdb")
Timed = tuple[float, Any]


@dataclass(frozen=True)
class Result:
    """`level` is the step each user reached (0 for none), `reached` the users by step.

    `rates` are shares of those who started, `steps` of those at the step before, each with an interval; `seconds` the
    median time from the step before among users who made it (None without any).
    """

    level: dict[Any, int]
    reached: tuple[int, ...]
    rates: tuple[float | None, ...]
    intervals: tuple[tuple[float, float] | None, ...]
    steps: tuple[float | None, ...]
    seconds: tuple[float | None, ...]
    mode: str
    n: int
    missing: int


def analyse(
    events: Any, *, chain: Sequence[Any], window: Any = None, mode: str = "best_chain", strict: bool = False
) -> Result:
    """Events as rows (user, time, event). `window` in seconds; `strict`: later steps must have a later time."""
    one_of(mode, MODES, field="mode")
    steps = keys(chain, field="chain", least_count=1)
    if len(set(steps)) < len(steps):
        raise MethodError("repeated_step", field="chain")
    limit = span(window, field="window")
    by_user, missing = _by_user(events, {step: place for place, step in enumerate(steps)})
    follow = _best_chain if mode == "best_chain" else _first_touch
    paths = {user: follow(timed, steps, limit, strict) for user, timed in by_user.items()}
    level = {user: len(path) for user, path in paths.items()}
    reached = tuple(sum(one > place for one in level.values()) for place in range(len(steps)))
    return Result(
        level=level,
        reached=reached,
        rates=tuple(count / reached[0] if reached[0] else None for count in reached),
        intervals=tuple(wilson(count, reached[0]) if reached[0] else None for count in reached),
        steps=tuple(_share(reached, place) for place in range(len(steps))),
        seconds=tuple(_median(paths, place) for place in range(len(steps))),
        mode=mode,
        n=len(level),
        missing=missing,
    )


def _share(reached: tuple[int, ...], place: int) -> float | None:
    before = reached[place - 1] if place else reached[0]
    return reached[place] / before if before else None


def _median(paths: dict[Any, list[float]], place: int) -> float | None:
    gaps = [path[place] - path[place - 1] for path in paths.values() if len(path) > place > 0]
    return median(gaps) if gaps else None


def _by_user(events: Any, steps: dict[Any, int]) -> tuple[dict[Any, list[Timed]], int]:
    """Each user's events of the chain by time, and by step where times are equal; users without any keep []."""
    found: dict[Any, list[Timed]] = {}
    missing = 0
    for index, row in enumerate(rows_of(events, COLUMNS, field="events")):
        user, when, event = cells(row, COLUMNS, field="events", row=index)
        if is_missing(user) or is_missing(when) or is_missing(event):
            missing += 1
            continue
        timed = found.setdefault(key(user, field="events", row=index), [])
        if key(event, field="events", row=index) in steps:
            timed.append((seconds(when, field="events", row=index), event))
    return {user: sorted(timed, key=lambda one: (one[0], steps[one[1]])) for user, timed in found.items()}, missing


def _best_chain(timed: list[Timed], chain: list[Any], limit: float | None, strict: bool) -> list[float]:
    """For each step the chain with the latest start: it has most of the window left, so it can stand for all."""
    best: list[list[float] | None] = [None] * len(chain)
    places = {event: place for place, event in enumerate(chain)}
    for when, event in timed:
        place = places[event]
        if place == 0:
            best[0] = [when]
            continue
        before = _latest(best, place, when, strict)
        if before and (limit is None or when - before[0] <= limit) and _fresher(before, best[place]):
            best[place] = [*before, when]
    return next((path for path in reversed(best) if path), [])


def _latest(best: list[list[float] | None], place: int, when: float, strict: bool) -> list[float] | None:
    before = best[place - 1]
    return before if before and (before[-1] < when or not strict) else None


def _fresher(path: list[float], known: list[float] | None) -> bool:
    return known is None or path[0] > known[0]


def _first_touch(timed: list[Timed], chain: list[Any], limit: float | None, strict: bool) -> list[float]:
    """The first start, then the first of each next step that is in time."""
    path: list[float] = []
    for event in chain:
        later = (when for when, one in timed if one == event and (not path or _in_time(path[-1], when, limit, strict)))
        when = next(later, None)
        if when is None:
            break
        path.append(when)
    return path


def _in_time(before: float, when: float, limit: float | None, strict: bool) -> bool:
    return (when > before if strict else when >= before) and (limit is None or when - before <= limit)


def sql(
    table: str,
    chain: Sequence[Any],
    *,
    window: Any = None,
    mode: str = "best_chain",
    user: str = "user_id",
    time: str = "ts",
    event: str = "event",
    dialect: str = "standard",
) -> str:
    """The same over an event table (times as timestamps), for any SQL engine: users by step in one row.

    `dialect` "duckdb" asks with an ASOF join, which takes half the time on events stored by user and time.
    """
    one_of(mode, MODES, field="mode")
    one_of(dialect, DIALECTS, field="dialect")
    steps = sequence(chain, field="chain", least_count=1)
    limit = span(window, field="window")
    names = {
        "table": queries.name(table),
        "user": queries.name(user),
        "time": queries.name(time),
        "event": queries.name(event),
    }
    first, following, edge = LAYERS[mode] if mode == "first_touch" else LAYERS[dialect]
    within = "" if limit is None else edge + WITHIN
    layers = [queries.fill(first, step=queries.value(steps[0]), **names)]
    for place, step in enumerate(steps[1:], 2):
        inside = queries.fill(within, seconds=f"{limit or 0:g}", **names)
        parts = {"place": place, "before": place - 1, "step": queries.value(step), "within": inside}
        layers.append(queries.fill(following, **parts, **names))
    counts = ", ".join(queries.fill(COUNT, place=place) for place in range(1, len(steps) + 1))
    return "with " + ",\n".join(layers) + "\nselect " + counts


# A layer a step: c<k> holds who reached step k, when, and from which start. A chain's latest start never moves back in
# time, so the event just before is the one to chain to: no layer reads more than its own step and the one before.
COUNT = "(select count(distinct u) from c$place) as step$place"
WITHIN = " <= interval '$seconds seconds'"
STARTS = "c1 as (select $user as u, $time as t, $time as s from $table where $event = $step)"
STANDARD = """c$place as (select u, t, s from (select u, t, later,
    max(s) over (partition by u order by t range between unbounded preceding and current row) as s
  from (select u, t, s, 0 as later from c$before
    union all select $user, $time, null, 1 from $table where $event = $step) timed) chained
  where later = 1 and s is not null$within)"""
DUCKDB = """c$place as (select ev.u, ev.t, c.s
  from (select $user as u, $time as t from $table where $event = $step) ev
  asof join c$before c on ev.u = c.u and ev.t >= c.t where true$within)"""
FIRST = "c1 as (select $user as u, min($time) as t from $table where $event = $step group by $user)"
FIRST_TOUCH = """c$place as (select c.u, min(ev.$time) as t from c$before c
  join $table ev on ev.$user = c.u and ev.$event = $step and ev.$time >= c.t$within group by c.u)"""
LAYERS = {
    "standard": (STARTS, STANDARD, " and t - s"),
    "duckdb": (STARTS, DUCKDB, " and ev.t - c.s"),
    "first_touch": (FIRST, FIRST_TOUCH, " and ev.$time - c.t"),
}
