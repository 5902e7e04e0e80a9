"""Why an item is out of a release plan, what it lacks, and what it would have to be worth to come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.scheduling.release_model import Model, Solved
from pilothouse.methods.scheduling.release_problem import Problem
from pilothouse.methods.shared.method import MethodError

TOUCH = 1e-6
UNSURE = 0.1  # share of the value needed that may still be in doubt


Room = dict[Any, dict[Any, tuple[float, float]]]  # by release and skill: used, and how much there is


@dataclass(frozen=True)
class Out:
    """Why an item is out. `reasons`: "capacity", "too_big" (larger than any release it may go into),
    "prerequisite_out", "excluded_by", "no_value".

    `shortage` is the capacity by skill that `release` lacks to take the item, and what it needs, on top of the plan.
    `value_needed` is the value from which it would replace others, `replaces` which; both None when not asked (see
    `explain`) or when it cannot be in at all.
    """

    reasons: tuple[str, ...]
    needs: tuple[Any, ...]
    excluded_by: tuple[Any, ...]
    release: Any
    shortage: dict[Any, float]
    value_needed: float | None
    replaces: tuple[Any, ...] | None


def used(problem: Problem, plan: Mapping[Any, int]) -> Room:
    found = {}
    for step, name in enumerate(problem.releases):
        inside = [key for key, at in plan.items() if at == step]
        found[name] = {
            skill: (sum(problem.effort_of(key, skill) for key in inside), limit)
            for skill, limit in problem.capacity[step].items()
        }
    return found


def why(model: Model, solved: Solved, room: Room, key: Any, tried: bool, seconds: float) -> Out:
    """`room` is what the plan uses of it; with `tried` the item is forced in, to see what that costs."""
    problem, plan = model.problem, solved.plan
    group = _together(problem, key, plan)
    rivals = tuple(b if a == key else a for a, b in problem.exclusions if key in (a, b))
    excluded = tuple(rival for rival in rivals if rival in plan)
    release, shortage = _least_shortage(problem, plan, room, key, group)
    reasons = ["prerequisite_out"] * (len(group) > 1) + ["excluded_by"] * bool(excluded)
    if release is None:
        reasons.append("too_big")
    elif shortage:
        reasons.append("capacity")
    worth = problem.items[key].value or any(key in wanted for _, wanted in problem.bundles.values())
    reasons += ["no_value"] * (not worth)
    needed, replaces = _entry(model, solved, key, seconds) if tried else (None, None)
    return Out(
        reasons=tuple(reasons),
        needs=tuple(one for one in group if one != key),
        excluded_by=excluded,
        release=None if release is None else problem.releases[release],
        shortage=shortage,
        value_needed=needed,
        replaces=replaces,
    )


def _together(problem: Problem, key: Any, plan: Mapping[Any, int]) -> list[Any]:
    """The item and everything not in the plan that would have to come with it."""
    needs: dict[Any, list[Any]] = {}
    for before, after in problem.precedence:
        needs.setdefault(after, []).append(before)
    for a, b in problem.couplings:
        needs.setdefault(a, []).append(b)
        needs.setdefault(b, []).append(a)
    group = [key]
    for one in group:
        group += [other for other in needs.get(one, ()) if other not in plan and other not in group]
    return group


def _least_shortage(
    problem: Problem, plan: Mapping[Any, int], carried: Room, key: Any, group: list[Any]
) -> tuple[int | None, dict[Any, float]]:
    """The release that lacks least to take the group, and what it lacks;

    None when the item alone is too big for all.
    """
    first = max(
        [problem.items[one].first for one in group]
        + [plan[b] for b, a in problem.precedence if a in group and b in plan]
    )
    last = min(problem.items[one].last for one in group)
    best: tuple[int | None, dict[Any, float]] = (None, {})
    lowest = float("inf")
    for step in range(first, last + 1):
        room = carried[problem.releases[step]]
        if any(problem.effort_of(key, skill) > limit + TOUCH for skill, (_, limit) in room.items()):
            continue
        lack = {}
        for skill, (spent, limit) in room.items():
            over = spent + sum(problem.effort_of(one, skill) for one in group) - limit
            if over > TOUCH:
                lack[skill] = over
        if sum(lack.values()) < lowest:
            best, lowest = (step, lack), sum(lack.values())
    return best


def _entry(model: Model, solved: Solved, key: Any, seconds: float) -> tuple[float | None, tuple[Any, ...] | None]:
    """Force the item in: what that costs is what its value lacks."""
    try:
        forced = model.solve(seconds=seconds, forced=[key])
    except MethodError:  # not in this time
        return None, None
    if forced is None:
        return None, None
    gone = tuple(one for one in solved.plan if one not in forced.plan)
    weight = model.problem.weights[forced.plan[key]] or 1.0
    needed = model.problem.items[key].value + max(0.0, solved.value - forced.value) / weight
    unsure = 0.0 if forced.proved else (forced.bound - forced.value) / weight
    return (needed, gone) if unsure <= UNSURE * needed + TOUCH else (None, None)
