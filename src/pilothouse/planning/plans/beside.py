"""A what-if held against the plan that it is a copy of: what came in, what went, and what that does to the value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.planning.plans.problem import Problem
from pilothouse.workbench.models import Item


@dataclass(frozen=True)
class Beside:
    """`before` and `now` add up the scores of what is in, both by today's scores."""

    came: list[Item]
    went: list[Item]
    moved: list[Item]
    before: float
    now: float


def beside(found: Problem, result: Mapping[str, Any], base: Mapping[str, Any] | None) -> Beside | None:
    """Nothing where the other was never planned."""
    if not base:
        return None
    here, there = (
        {int(key): at for key, at in one["plan"].items() if int(key) in found.items} for one in (result, base)
    )
    return Beside(
        came=named(found, here.keys() - there.keys()), went=named(found, there.keys() - here.keys()),
        moved=named(found, {key for key in here.keys() & there.keys() if here[key] != there[key]}),
        before=worth(found, there), now=worth(found, here),
    )  # fmt: skip


def named(found: Problem, keys: set[int]) -> list[Item]:
    return [found.items[key] for key in sorted(keys, key=lambda key: (-found.values.get(key, 0.0), key))]


def worth(found: Problem, plan: Mapping[int, int]) -> float:
    return sum(found.values.get(key, 0.0) for key in plan)
