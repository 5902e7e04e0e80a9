"""A first plan for levelling, before the solver starts: tasks placed one by one where people are free."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from pilothouse.methods._network import Link, Schedule, topological

TRIES = 60


def first_plan(
    durations: Mapping[Any, int],
    demand: Mapping[Any, Mapping[Any, int]],
    capacity: Mapping[Any, int],
    links: Sequence[Link],
    times: Schedule,
    horizon: int,
    *,
    seed: int,
) -> dict[Any, int] | None:
    """Starts of the shortest of some dozens of plans, the most urgent task first, a little shuffled.

    None when links only allow a start within some time (maximal lags): then placing one by one may fail.
    """
    if any(link.weight(durations) < 0 for link in links):
        return None
    topological(durations, links)
    rng = random.Random(seed)  # noqa: S311 (a search, not a secret)
    best: dict[Any, int] | None = None
    shortest = horizon + 1
    for attempt in range(TRIES):
        noise = {task: times.LF[task] + rng.random() * attempt for task in durations}
        starts = _place(durations, demand, capacity, links, noise, horizon)
        length = max(starts[task] + durations[task] for task in durations)
        if length < shortest:
            best, shortest = starts, length
    return best


def _place(
    durations: Mapping[Any, int],
    demand: Mapping[Any, Mapping[Any, int]],
    capacity: Mapping[Any, int],
    links: Sequence[Link],
    urgency: Mapping[Any, float],
    horizon: int,
) -> dict[Any, int]:
    """Serial generation: of the tasks whose predecessors stand, the most urgent takes the first gap that fits."""
    free = {name: [limit] * (2 * horizon + 1) for name, limit in capacity.items()}
    into: dict[Any, list[Link]] = {task: [] for task in durations}
    for link in links:
        into[link.after].append(link)
    starts: dict[Any, int] = {}
    left = set(durations)
    while left:
        ready = [task for task in left if all(link.before in starts for link in into[task])]
        task = min(ready, key=lambda one: (urgency[one], str(one)))
        at = max((starts[link.before] + int(link.weight(durations)) for link in into[task]), default=0)
        needs = [(free[name], amount) for name, amount in demand[task].items() if amount]
        while any(row[step] < amount for row, amount in needs for step in range(at, at + durations[task])):
            at += 1
        for row, amount in needs:
            for step in range(at, at + durations[task]):
                row[step] -= amount
        starts[task] = at
        left.remove(task)
    return starts
