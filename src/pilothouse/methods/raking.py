"""Raking: weights that make the sample look like the people it stands for.

Question: how much should each answer count, so that known shares (age, region ...) come out right?
Not for: groups that nobody in the sample belongs to, or correcting for what the margins do not know.
Sample: 30 people and more in every category of a margin; collapse smaller ones.

    >>> rows = [{"sex": "f"}] * 3 + [{"sex": "m"}]
    >>> result = analyse(rows, margins={"sex": {"f": 50, "m": 50}})
    >>> [round(w, 2) for w in result.weights], round(result.deff_kish, 3), round(result.ess, 1)
    ([16.67, 16.67, 16.67, 50.0], 1.333, 3.0)

Every margin is met in turn until all are. Uneven weights cost precision: Kish's design effect says how much.

Source: Deming and Stephan, Annals of Mathematical Statistics 11(4), 1940; Kish, Survey Sampling, 1965.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from pilothouse.methods.shared.checks import is_missing, mapping, number, whole
from pilothouse.methods.shared.items import columns
from pilothouse.methods.shared.method import MethodError

TOLERANCE, STEPS, TRIMS = 1e-8, 1000, 50
EXTREME = 5.0
SAME_TOTAL = 1e-6


@dataclass(frozen=True)
class Result:
    """A weight for each row, None for rows that lack a margin (`missing`); they sum to the total of the margins.

    `ess` is the effective number of answers. `margin_error` is the largest relative miss of a margin, which stays
    above the tolerance only where weights were capped (`trimmed` of them) or `converged` is False. `extreme` counts
    weights over five times the median.
    """

    weights: tuple[float | None, ...]
    deff_kish: float
    ess: float
    least: float
    most: float
    margin_error: float
    iterations: int
    converged: bool
    trimmed: int
    extreme: int
    n: int
    missing: int


def analyse(
    rows: Any,
    *,
    margins: Mapping[str, Mapping[Any, float]],
    base_weight: str | None = None,
    cap: float | None = None,
    tolerance: float = TOLERANCE,
    max_iterations: int = STEPS,
) -> Result:
    """Weigh rows to margins of {column: {category: total}}; `cap` limits weights to so many times their median.

    Codes: margin_totals_differ, empty_margin_category (nobody to weigh: collapse it), unknown_category.
    """
    targets, total = _targets(margins)
    found = columns(rows, (*targets, *([base_weight] if base_weight else [])), field="rows")
    kept = [
        i for i in range(len(found[next(iter(targets))])) if not any(is_missing(column[i]) for column in found.values())
    ]
    if not kept:
        raise MethodError("no_answers", field=next(iter(targets)), missing=len(found[next(iter(targets))]))
    codes, goals = _coded(found, targets, kept)
    base = [number(found[base_weight][i], field=base_weight, row=i, above=0) for i in kept] if base_weight else None
    limit = None if cap is None else number(cap, field="cap", above=1)
    weights, steps, error, trimmed = _rake(
        base, codes, goals, total, tolerance, whole(max_iterations, field="max_iterations", least=1), limit
    )
    by_row: list[float | None] = [None] * len(found[next(iter(targets))])
    for i, weight in zip(kept, weights, strict=True):
        by_row[i] = weight
    squares, large = math.fsum(weight * weight for weight in weights), EXTREME * median(weights)
    return Result(
        weights=tuple(by_row),
        deff_kish=len(weights) * squares / math.fsum(weights) ** 2,
        ess=math.fsum(weights) ** 2 / squares,
        least=min(weights),
        most=max(weights),
        margin_error=error,
        iterations=steps,
        converged=error <= tolerance,
        trimmed=trimmed,
        extreme=sum(weight > large for weight in weights),
        n=len(kept),
        missing=len(by_row) - len(kept),
    )


def weighted_mean(values: Sequence[Any], weights: Sequence[float | None]) -> float:
    """Mean of the values that have a weight and are not missing."""
    pairs = [
        (number(v, field="values", row=i), w)
        for i, (v, w) in enumerate(zip(values, weights, strict=True))
        if w is not None and not is_missing(v)
    ]
    if not pairs:
        raise MethodError("no_answers", field="values")
    return math.fsum(v * w for v, w in pairs) / math.fsum(w for _, w in pairs)


def _targets(margins: Any) -> tuple[dict[str, dict[Any, float]], float]:
    """Margins with positive totals, all summing to that of the first (shares and counts may not be mixed)."""
    targets = {
        name: {
            category: number(value, field=name, row=category, least=0)
            for category, value in mapping(one, field=name).items()
        }
        for name, one in mapping(margins, field="margins").items()
    }
    totals = {name: math.fsum(one.values()) for name, one in targets.items()}
    first = next(iter(totals.values()))
    for name, total in totals.items():
        if not total or abs(total - first) > SAME_TOTAL * first:
            raise MethodError("margin_totals_differ", field=name, total=total, expected=first)
    return {name: {c: value * first / totals[name] for c, value in one.items()} for name, one in targets.items()}, first


def _coded(
    found: Mapping[str, list[Any]], targets: Mapping[str, Mapping[Any, float]], kept: list[int]
) -> tuple[list[Any], list[Any]]:
    import numpy as np

    codes, goals = [], []
    for name, one in targets.items():
        position = {category: index for index, category in enumerate(one)}
        for i in kept:
            if found[name][i] not in position:
                raise MethodError("unknown_category", field=name, row=i, value=found[name][i])
        code = np.array([position[found[name][i]] for i in kept], dtype=int)
        present = np.bincount(code, minlength=len(one)) > 0
        for category, goal in one.items():
            if goal and not present[position[category]]:
                raise MethodError("empty_margin_category", field=name, row=category)
        codes.append(code)
        goals.append(np.array(list(one.values())))
    return codes, goals


def _rake(
    base: list[float] | None,
    codes: list[Any],
    goals: list[Any],
    total: float,
    tolerance: float,
    steps: int,
    cap: float | None,
) -> tuple[list[float], int, float, int]:
    import numpy as np

    weights = np.array(base) if base is not None else np.ones(len(codes[0]))
    weights, used, error = _cycle(weights * total / weights.sum(), codes, goals, tolerance, steps)
    if cap is None:
        return weights.tolist(), used, error, 0
    trimmed = np.zeros(len(weights), dtype=bool)
    for _ in range(TRIMS):
        limit = cap * float(np.median(weights))
        over = weights > limit * (1 + 1e-9)
        if not over.any():
            break
        trimmed |= over
        weights, more, error = _cycle(np.minimum(weights, limit), codes, goals, tolerance, steps)
        used += more
    weights = np.minimum(weights, cap * float(np.median(weights)))
    weights = weights * total / weights.sum()
    return weights.tolist(), used, _error(weights, codes, goals), int(trimmed.sum())


def _cycle(weights: Any, codes: list[Any], goals: list[Any], tolerance: float, steps: int) -> tuple[Any, int, float]:
    import numpy as np

    error, used = math.inf, 0
    while error > tolerance and used < steps:
        for code, goal in zip(codes, goals, strict=True):
            sums = np.bincount(code, weights, len(goal))
            weights = weights * np.divide(goal, sums, out=np.zeros_like(goal), where=sums > 0)[code]
        error, used = _error(weights, codes, goals), used + 1
    return weights, used, error


def _error(weights: Any, codes: list[Any], goals: list[Any]) -> float:
    """The largest relative miss over all categories."""
    import numpy as np

    misses = [
        np.abs(np.bincount(code, weights, len(goal)) - goal) / np.where(goal > 0, goal, 1)
        for code, goal in zip(codes, goals, strict=True)
    ]
    return float(max(miss.max() for miss in misses))
