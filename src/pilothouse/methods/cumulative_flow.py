"""Cumulative flow: where does work pile up?

Question: how much work stands in each state, day by day, and does as much leave as comes in?
Not for: the time of a single item (cycle_time).
Sample: a few weeks of moves.

    >>> moves = [("a", "2026-03-02", "todo"), ("b", "2026-03-02", "todo"), ("a", "2026-03-03", "doing"),
    ...          ("a", "2026-03-05", "done"), ("b", "2026-03-05", "doing"), ("a", "2026-03-06", "doing")]
    >>> result = analyse(moves, states=["todo", "doing", "done"])
    >>> result.counts["doing"], result.reached["done"], result.reopened
    ((0, 1, 1, 1, 2), (0, 0, 0, 1, 1), 1)

Source: D. Anderson, Kanban, 2010; D. Reinertsen, Principles of Product Development Flow, 2009 (the cumulative flow
diagram).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import sequence
from pilothouse.methods.shared.dates import day
from pilothouse.methods.shared.keys import cells, key, keys
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """By state, one number a day in `days`, as each evening stood.

    `counts` is what stands in the state, `reached` how many items had ever come that far (the lines of the diagram:
    they never fall, although items are re-opened). `wip` is the daily number between first and last state; `arrivals`
    and `departures` the mean daily rates into and out of those.
    """

    days: tuple[dt.date, ...]
    counts: dict[Any, tuple[int, ...]]
    reached: dict[Any, tuple[int, ...]]
    wip: tuple[int, ...]
    arrivals: float
    departures: float
    reopened: int
    n: int


def analyse(moves: Iterable[Any], *, states: Sequence[Any], first: Any = None, last: Any = None) -> Result:
    """Moves as (item, day, state) in any order;

    `states` in the order of the workflow. Days default to those of the moves.
    """
    order = {state: place for place, state in enumerate(keys(states, field="states", least_count=2))}
    read = [_move(row, move, order) for row, move in enumerate(sequence(moves, field="moves"))]
    start = day(first, field="first") if first is not None else min(when for _, when, _ in read)
    end = day(last, field="last") if last is not None else max(when for _, when, _ in read)
    if end < start:
        raise MethodError("not_rising", field="last", value=end.isoformat())
    days = tuple(start + dt.timedelta(days=step) for step in range((end - start).days + 1))
    stands, furthest, reopened = _evenings(sorted(read, key=lambda move: move[1]), days)
    names = list(order)
    counts = {name: tuple(evening.count(place) for evening in stands) for place, name in enumerate(names)}
    reached = {
        name: tuple(sum(far >= place for far in evening) for evening in furthest) for place, name in enumerate(names)
    }
    inside = names[1:-1] or names[:1]
    came, gone = reached[inside[0]], reached[names[-1]]
    return Result(
        days=days,
        counts=counts,
        reached=reached,
        wip=tuple(sum(counts[name][place] for name in inside) for place in range(len(days))),
        arrivals=(came[-1] - came[0]) / max(1, len(days) - 1),
        departures=(gone[-1] - gone[0]) / max(1, len(days) - 1),
        reopened=reopened,
        n=len({item for item, *_ in read}),
    )


def _move(row: int, move: Any, order: dict[Any, int]) -> tuple[Any, dt.date, int]:
    item, when, state = cells(move, ("item", "day", "state"), field="moves", row=row)
    if key(state, field="moves", row=row) not in order:
        raise MethodError("no_such_state", field="moves", row=row, state=state)
    return key(item, field="moves", row=row), day(when, field="moves", row=row), order[state]


def _evenings(
    moves: list[tuple[Any, dt.date, int]], days: tuple[dt.date, ...]
) -> tuple[list[list[int]], list[list[int]], int]:
    """State and furthest state of every item on every evening, and how often an item left the last state again."""
    now: dict[Any, int] = {}
    furthest: dict[Any, int] = {}
    stands, far, reopened, place = [], [], 0, 0
    final = max(state for _, _, state in moves)
    for when in days:
        while place < len(moves) and moves[place][1] <= when:
            item, _, state = moves[place]
            reopened += now.get(item) == final and state < final
            now[item] = state
            furthest[item] = max(state, furthest.get(item, state))
            place += 1
        stands.append(list(now.values()))
        far.append(list(furthest.values()))
    return stands, far, reopened
