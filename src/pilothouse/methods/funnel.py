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

from pilothouse.methods import _sql
from pilothouse.methods._checks import is_missing, one_of, sequence
from pilothouse.methods._intervals import wilson
from pilothouse.methods._keys import cells, key, keys
from pilothouse.methods._method import MethodError
from pilothouse.methods._periods import seconds, span

MODES = ("best_chain", "first_touch")
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
    for index, row in enumerate(sequence(events, field="events")):
        user, when, event = cells(row, ("user", "time", "event"), field="events", row=index)
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
) -> str:
    """The same over an event table (times as timestamps), for any SQL engine: users by step in one row."""
    one_of(mode, MODES, field="mode")
    steps = sequence(chain, field="chain")
    limit = span(window, field="window")
    listed = ", ".join(_sql.value(step) for step in steps)
    names = {"table": _sql.name(table), "user": _sql.name(user), "time": _sql.name(time), "event": _sql.name(event)}
    best = mode == "best_chain"
    first, following, last = BEST_CHAIN if best else FIRST_TOUCH
    edge = "" if limit is None else (" and t - edge" if best else " and ev.t - c.s$before") + WITHIN
    layers = [_sql.fill(EVENTS, listed=listed, **names), _sql.fill(first, step=_sql.value(steps[0]))]
    for place, step in enumerate(steps[1:], 2):
        parts = {"place": place, "before": place - 1, "step": _sql.value(step)}
        kept = ", ".join(_kept(past, best) for past in range(1, place))
        within = _sql.fill(edge, seconds=f"{limit or 0:g}", **parts)
        layers.append(_sql.fill(following, kept=kept, within=within, **parts))
    columns = [f"s{place}" for place in range(1, len(steps) + 1)]
    counts = ", ".join(f"count({one}) as step{one[1:]}" for one in columns)
    farthest = ", ".join(f"max({one}) as {one}" for one in columns)
    return "with " + ",\n".join(layers) + _sql.fill(last, place=len(steps), counts=counts, farthest=farthest)


def _kept(place: int, best: bool) -> str:
    return f"s{place}" if best else f"max(c.s{place}) as s{place}"


# One chain of layers, each read once: s<k> says that (and from when) step k was reached.
EVENTS = "ev as (select $user as u, $time as t, $event as e from $table where $event in ($listed))"
WITHIN = " <= interval '$seconds seconds'"
BEST_CHAIN = (
    "c1 as (select u, t, e, case when e = $step then t end as s1 from ev)",
    """w$place as (select u, t, e, $kept, max(s$before)
  over (partition by u order by t range between unbounded preceding and current row) as edge from c$before),
c$place as (select u, t, e, $kept, case when e = $step$within then edge end as s$place from w$place)""",
    "\nselect $counts from (select u, $farthest from c$place group by u) reached",
)
FIRST_TOUCH = (
    "c1 as (select u, min(t) as s1 from ev where e = $step group by u)",
    """c$place as (select c.u, $kept, min(ev.t) as s$place from c$before c
  left join ev on ev.u = c.u and ev.e = $step and ev.t >= c.s$before$within group by c.u)""",
    "\nselect $counts from c$place",
)
