"""Next release: what goes into which release, what stays out, why, and what would let it in.

Question: which items bring most value within the capacity of every skill and release?
Not for: the order of work inside a release (rcpsp), or values nobody has agreed on.
Sample: none; with rough values look at `alternatives` before defending the last item in.

    >>> items = {"login": {"value": 5, "effort": {"dev": 3}},
    ...          "report": {"value": 8, "effort": {"dev": 4}, "pred": ["login"]},
    ...          "theme": {"value": 2, "effort": {"dev": 3}}, "audit": {"value": 0, "effort": {"dev": 1}, "must": True}}
    >>> result = analyse(items, {"May": {"dev": 8}})
    >>> result.plan, result.value, result.proved
    ({'login': 'May', 'report': 'May', 'audit': 'May'}, 13.0, True)
    >>> out = result.out["theme"]
    >>> out.reasons, out.release, out.shortage, out.value_needed
    (('capacity',), 'May', {'dev': 3.0}, 8.0)

Source: A. Bagnall, V. Rayward-Smith and I. Whittley, Information and Software Technology 43, 2001; N. Veerapen et
al., "An integer linear programming approach to the next release problem", 2015; solved to a gap of zero by HiGHS.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pilothouse.methods.scheduling.greedy import ceiling, greedy
from pilothouse.methods.scheduling.nrp_file import Classic
from pilothouse.methods.scheduling.nrp_file import read as read_file
from pilothouse.methods.scheduling.release_model import Model, Solved
from pilothouse.methods.scheduling.release_problem import ONE_SKILL, read
from pilothouse.methods.scheduling.release_why import Out, used, why
from pilothouse.methods.shared.checks import number, whole
from pilothouse.methods.shared.method import MethodError

__all__ = ["Classic", "Out", "Result", "analyse", "better", "classic", "explained", "first", "read_file"]
TOUCH = 1e-6


@dataclass(frozen=True)
class Result:
    """`plan` says the release of each item that is in. `gap` is 0 when `proved`; else (bound - value) / bound.

    `used` by release and skill is (used, capacity). `won` are the bundles complete. `alternatives` are other choices of
    items: (value, items in that this plan leaves out, items out that this plan takes).
    """

    plan: dict[Any, Any]
    value: float
    bound: float
    gap: float
    proved: bool
    used: dict[Any, dict[Any, tuple[float, float]]]
    won: tuple[Any, ...]
    out: dict[Any, Out]
    alternatives: tuple[tuple[float, tuple[Any, ...], tuple[Any, ...]], ...]


def analyse(
    items: Mapping[Any, Mapping[str, Any]],
    releases: Any,
    *,
    precedence: Iterable[Any] = (),
    couplings: Iterable[Any] = (),
    exclusions: Iterable[Any] = (),
    bundles: Mapping[Any, Any] | None = None,
    seconds: float = 30.0,
    gap: float = 0.0,
    explain: int = 20,
    alternatives: int = 0,
) -> Result:
    """Items {"value", "effort" by skill, "pred", "must", "earliest", "deadline", "release"}; releases {id: capacity by
    skill} or rows {"id", "capacity", "weight"} in order, where falling weights make early value worth more.

    `precedence` (before, after), `couplings` (same release), `exclusions` (at most one), `bundles` {id: {"value",
    "items"}} pay when complete. `explain` items, by value, are tried out to say what value would let them in.
    """
    problem = read(items, releases, precedence, couplings, exclusions, bundles)
    model = Model(problem)
    limit = number(seconds, field="seconds", above=0)
    solved = model.solve(seconds=limit, gap=number(gap, field="gap", least=0, most=1))
    if solved is None:
        raise _infeasible(model, limit)
    left = sorted((key for key in problem.items if key not in solved.plan), key=lambda key: -problem.items[key].value)
    tried = left[: whole(explain, field="explain", least=0)]
    missing, room = solved.bound - solved.value, used(problem, solved.plan)
    return Result(
        plan={key: problem.releases[step] for key, step in solved.plan.items()},
        value=solved.value,
        bound=solved.bound,
        gap=missing / solved.bound if solved.bound and missing > TOUCH else 0.0,
        proved=solved.proved and gap == 0,
        used=room,
        won=solved.won,
        out={key: why(model, solved, room, key, key in tried, limit) for key in left},
        alternatives=_alternatives(model, solved, whole(alternatives, field="alternatives", least=0), limit),
    )


def first(
    items: Mapping[Any, Mapping[str, Any]],
    releases: Any,
    *,
    precedence: Iterable[Any] = (),
    couplings: Iterable[Any] = (),
    exclusions: Iterable[Any] = (),
) -> Result | None:
    """A usable plan at once, without a solver; None where it finds none. Its `gap` is true, and larger than need be."""
    problem = read(items, releases, precedence, couplings, exclusions, None)
    plan = greedy(problem)
    if plan is None:
        return None
    model = Model(problem)
    value = model.value(plan, {})
    bound = max(value, ceiling(problem))
    solved, room = Solved(plan, (), value, bound, False), used(problem, plan)
    return Result(
        plan={key: problem.releases[step] for key, step in plan.items()},
        value=value,
        bound=bound,
        gap=(bound - value) / bound if bound else 0.0,
        proved=False,
        used=room,
        won=(),
        out={key: why(model, solved, room, key, False, 0.0) for key in problem.items if key not in plan},
        alternatives=(),
    )


def better(one: Result, other: Result) -> Result:
    """The plan worth more, with the bound that says more."""
    best, bound = max((other, one), key=lambda result: result.value), min(one.bound, other.bound)
    gap = max(0.0, bound - best.value) / bound if bound else 0.0
    return replace(best, bound=bound, gap=min(best.gap, gap))


def explained(
    result: Result,
    items: Mapping[Any, Mapping[str, Any]],
    releases: Any,
    *,
    precedence: Iterable[Any] = (),
    couplings: Iterable[Any] = (),
    explain: int = 20,
    seconds: float = 0.25,
) -> Result:
    """A result that was found without explanations, with those of its most valuable absentees: each is tried out for
    so many seconds, and left without an answer where that is too short for a sure one."""
    problem = read(items, releases, precedence, couplings, (), None)
    model, place = Model(problem), {name: step for step, name in enumerate(problem.releases)}
    plan = {key: place[release] for key, release in result.plan.items()}
    solved = Solved(plan, result.won, result.value, result.bound, result.proved)
    left = sorted(result.out, key=lambda key: -problem.items[key].value)[: whole(explain, field="explain", least=0)]
    limit, room = number(seconds, field="seconds", above=0), used(problem, plan)
    tried = {key: why(model, solved, room, key, True, limit) for key in left}
    return replace(result, out={**result.out, **tried})


def classic(instance: Classic, budget: float, *, seconds: float = 30.0) -> Result:
    """The textbook problem: requirements cost, customers pay when all they asked for is in."""
    items = {key: {"effort": cost} for key, cost in instance.costs.items()}
    return analyse(
        items,
        {"next": {ONE_SKILL: budget}},
        precedence=instance.precedence,
        bundles=instance.customers,
        seconds=seconds,
        explain=0,
    )


def _infeasible(model: Model, seconds: float) -> MethodError:
    """Must-haves that do not fit, and by how much; or ties that contradict each other."""
    short = model.shortage(seconds)
    if short:
        lacking = [{"release": release, "skill": skill, "amount": amount} for (release, skill), amount in short.items()]
        return MethodError("must_haves_over_capacity", field="items", short=lacking)
    return MethodError("must_haves_contradict", field="items")


def _alternatives(model: Model, solved: Solved, count: int, seconds: float) -> tuple[Any, ...]:
    """The next best choices of items, each ruled out in turn."""
    seen, found = [list(solved.plan)], []
    for _ in range(count):
        other = model.solve(seconds=seconds, apart=seen)
        if other is None:
            break
        seen.append(list(other.plan))
        found.append(
            (
                other.value,
                tuple(key for key in other.plan if key not in solved.plan),
                tuple(key for key in solved.plan if key not in other.plan),
            )
        )
    return tuple(found)
