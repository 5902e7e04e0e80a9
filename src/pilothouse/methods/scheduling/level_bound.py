"""How long levelling takes at least: the work of those who can stand in for each other, over the hands they have."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pilothouse.methods.scheduling.level_problem import Problem, Way


def teams(problem: Problem) -> list[set[Any]]:
    """Resources that can stand in for each other somewhere, however indirectly."""
    found: list[set[Any]] = []
    for ways in problem.ways.values():
        names = {name for way in ways for name, amount in way.demand.items() if amount} if len(ways) > 1 else set()
        touched = [one for one in found if one & names]
        found = [one for one in found if not one & names] + ([names.union(*touched)] if names else [])
    return [one for one in found if len(one) > 1]


def least_length(problem: Problem) -> int:
    groups = [*({name} for name in problem.capacity), *teams(problem)]
    return max((_least(problem, names) for names in groups), default=0)


def _least(problem: Problem, names: Collection[Any]) -> int:
    """The shortest time in which these resources could do the least that is asked of them, without any order."""
    work, pace = 0.0, dict.fromkeys(names, 0.0)
    for ways in problem.ways.values():
        taken = [_taken(way, names) for way in ways]
        least = min(taken)
        work += least
        for way, most in zip(ways, taken, strict=True):
            for name in names if least else ():
                if way.demand.get(name):
                    pace[name] = max(pace[name], least / most)
    low, high = 0, problem.horizon
    while low < high:
        middle = (low + high) // 2
        done = sum(share * _hands(problem, name, middle) for name, share in pace.items())
        low, high = (low, middle) if done >= work - 1e-6 else (middle + 1, high)
    return low if work else 0


def _taken(way: Way, names: Collection[Any]) -> int:
    return way.duration * sum(way.demand.get(name, 0) for name in names)


def _hands(problem: Problem, name: Any, until: int) -> int:
    """What a resource can give before that time, its breaks and absences taken out."""
    limit = problem.capacity[name]
    rests = sum(max(0, min(end, until) - begin) for begin, end in problem.breaks.get(name, ()) if begin < until)
    gone = sum(
        min(amount, limit) * max(0, min(end, until) - begin)
        for who, begin, end, amount in problem.absences
        if who == name and begin < until
    )
    # Where both fall together, or absences overlap, more is taken out than is lost: then only the breaks count.
    return limit * (until - rests) - (gone if not rests and limit * until >= gone else 0)
