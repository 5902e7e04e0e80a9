"""A release plan within milliseconds, before any solver is at hand, and how much better another could be at most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pilothouse.methods.scheduling.release_problem import Problem

TOUCH = 1e-9
ROUNDS = 3  # what waits for something becomes cheaper once that is in


def greedy(problem: Problem) -> dict[Any, int] | None:
    """Must-haves, then whatever brings most for its effort, each with all it needs into the earliest release with room.

    None where the must-haves do not fit in this way; there may still be a plan.
    """
    board = _Board(problem)
    musts = [key for key, item in problem.items.items() if item.must]
    for key in sorted(musts, key=lambda one: problem.items[one].last):
        if key not in board.plan and not board.put(board.missing(key)):
            return None
    for _ in range(ROUNDS):
        left = {key: board.missing(key) for key, item in problem.items.items() if item.value and key not in board.plan}
        worth = {key: board.density(group) for key, group in left.items()}
        tried = [board.put(board.missing(key)) for key in sorted(left, key=worth.__getitem__, reverse=True)]
        if not any(tried):
            break
    return board.plan


def ceiling(problem: Problem) -> float:
    """No plan is worth more: for any one skill, the densest work in the most valued releases, cut as one likes."""
    everything = sum(item.value for item in problem.items.values()) * max(problem.weights, default=0.0)
    return min([everything, *(_skill_ceiling(problem, skill) for skill in problem.skills)])


def _skill_ceiling(problem: Problem, skill: Any) -> float:
    order = sorted(range(len(problem.releases)), key=lambda step: -problem.weights[step])
    rooms = [[problem.capacity[step].get(skill, 0.0), problem.weights[step]] for step in order]
    efforts = {key: problem.effort_of(key, skill) for key in problem.items}
    free = sum(item.value for key, item in problem.items.items() if not efforts[key])
    found = free * max(problem.weights, default=0.0)
    paid = [key for key in problem.items if efforts[key]]
    for key in sorted(paid, key=lambda one: -problem.items[one].value / efforts[one]):
        left = efforts[key]
        for room in rooms:
            share = min(left, room[0])
            found += problem.items[key].value * share / efforts[key] * room[1]
            room[0] -= share
            left -= share
    return found


class _Board:
    """What is in, and the room that is left."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.plan: dict[Any, int] = {}
        self.room = [dict(limits) for limits in problem.capacity]
        self.all_room = {
            skill: sum(limits.get(skill, 0.0) for limits in problem.capacity) or 1.0 for skill in problem.skills
        }
        self.before: dict[Any, list[Any]] = {}
        self.needs: dict[Any, list[Any]] = {}
        for before, after in problem.precedence:
            self.before.setdefault(after, []).append(before)
            self.needs.setdefault(after, []).append(before)
        for a, b in problem.couplings:
            self.needs.setdefault(a, []).append(b)
            self.needs.setdefault(b, []).append(a)
        self.rivals: dict[Any, list[Any]] = {}
        for a, b in problem.exclusions:
            self.rivals.setdefault(a, []).append(b)
            self.rivals.setdefault(b, []).append(a)

    def missing(self, key: Any) -> list[Any]:
        """The item and all that must come with it and is not in."""
        group, seen = [key], {key}
        for one in group:
            more = [other for other in self.needs.get(one, ()) if other not in seen and other not in self.plan]
            seen.update(more)
            group += more
        return group

    def density(self, group: Iterable[Any]) -> float:
        value = effort = 0.0
        for key in group:
            item = self.problem.items[key]
            value += item.value
            effort += sum(days / self.all_room[skill] for skill, days in item.effort.items())
        return value / (effort + TOUCH)

    def put(self, group: list[Any]) -> bool:
        """All of it into the earliest release that has room."""
        if group[0] in self.plan or self._excluded(group):
            return False
        items = [self.problem.items[key] for key in group]
        first = max(
            [item.first for item in items] + [self.plan.get(one, 0) for key in group for one in self.needs.get(key, ())]
        )
        last = min([item.last for item in items] + [self.plan[one] for key in group for one in self._mates(key)])
        effort = self._effort(group)
        for step in range(first, last + 1):
            if all(days <= self.room[step][skill] + TOUCH for skill, days in effort.items()):
                for skill, days in effort.items():
                    self.room[step][skill] -= days
                self.plan |= dict.fromkeys(group, step)
                return True
        return False

    def _mates(self, key: Any) -> list[Any]:
        """Those already in that must be in the same release."""
        ahead = self.before.get(key, ())
        return [one for one in self.needs.get(key, ()) if one in self.plan and one not in ahead]

    def _effort(self, group: Iterable[Any]) -> Mapping[Any, float]:
        found: dict[Any, float] = {}
        for key in group:
            for skill, days in self.problem.items[key].effort.items():
                found[skill] = found.get(skill, 0.0) + days
        return found

    def _excluded(self, group: list[Any]) -> bool:
        there = {*group, *self.plan}
        return any(rival in there for key in group for rival in self.rivals.get(key, ()))
