"""Decision matrix: options times weighted criteria, and how little must change to turn the answer over.

Question: which option is best on the criteria that matter, and does that survive doubt about the weights?
Not for: criteria that must all be met (strike such options out first), or scores on different scales side by side.
Sample: none; score every cell, agree on the weights before scoring.

    >>> result = analyse([[8, 6, 4], [6, 7, 8], [9, 3, 5]], weights=[0.5, 0.3, 0.2], alternatives=["A", "B", "C"])
    >>> result.totals["A"], result.order, result.percent_top_most_critical
    (6.6, ('B', 'A', 'C'), 'A-B:C1')
    >>> round(result.delta["A-B:C1"].abs, 4), tuple(round(end, 3) for end in result.best_holds["C1"])
    (-0.05, (0.0, 0.524))

Source: Peter Fishburn, 1967 (additive weighting); sensitivity: Triantaphyllou and Sanchez, "A sensitivity analysis
approach for some deterministic multi-criteria decision-making methods", Decision Sciences 28(1), 1997.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pilothouse.methods.fitting.grid import Grid, grid
from pilothouse.methods.shared.checks import number, whole

TIE = 1e-9


@dataclass(frozen=True)
class Delta:
    """What must be taken off the criterion's weight for the two to tie; None where no weight >= 0 does it."""

    first: str
    second: str
    criterion: str
    abs: float | None
    rel_pct: float | None


@dataclass(frozen=True)
class Result:
    """`delta` by "first-second:criterion"; the smallest relative change of all, and of those against the best.

    `best_holds`: the share of all weight a criterion may have, the others keeping their proportions, with the best
    still best. `win_share`: how often each option wins under random weights scattered around the stated ones.
    """

    totals: dict[str, float]
    order: tuple[str, ...]
    ties: tuple[tuple[str, str], ...]
    delta: dict[str, Delta]
    percent_any_most_critical: str | None
    percent_top_most_critical: str | None
    best_holds: dict[str, tuple[float, float]]
    win_share: dict[str, float]
    weight_total: float
    seed: int


def analyse(
    scores: Any,
    *,
    weights: Any,
    alternatives: Sequence[str] | None = None,
    criteria: Sequence[str] | None = None,
    benefit: Any = None,
    concentration: float = 20.0,
    draws: int = 10_000,
    seed: int = 0,
) -> Result:
    """Add up weight times score as given; a criterion with benefit 0 counts reversed within its range of scores.

    Random weights are Dirichlet with `concentration` times the stated shares.
    Raises MethodError "too_few", "different_length", "not_a_number", "too_small", "all_zero", "criteria_unnamed".
    """
    table = _reversed(
        grid(scores, weights, field="scores", benefit=benefit, alternatives=alternatives, criteria=criteria)
    )
    names = table.alternatives
    values = table.values @ table.weights
    totals = dict(zip(names, map(float, values), strict=True))
    order = tuple(sorted(names, key=lambda name: -totals[name]))
    deltas = _deltas(table, totals)
    return Result(
        totals=totals,
        order=order,
        ties=tuple(pair for pair in combinations(names, 2) if abs(totals[pair[0]] - totals[pair[1]]) <= TIE),
        delta=deltas,
        percent_any_most_critical=_most_critical(deltas),
        percent_top_most_critical=_most_critical(
            {key: d for key, d in deltas.items() if order[0] in (d.first, d.second)}
        ),
        best_holds=_best_holds(table, order[0]),
        win_share=_win_share(table, number(concentration, field="concentration", above=0), draws, seed),
        weight_total=float(table.weights.sum()),
        seed=seed,
    )


def _reversed(table: Grid) -> Grid:
    values = table.values.copy()
    for at, more in enumerate(table.benefit):
        if not more:
            values[:, at] = values[:, at].min() + values[:, at].max() - values[:, at]
    return Grid(table.alternatives, table.criteria, values, table.weights, table.benefit)


def _deltas(table: Grid, totals: Mapping[str, float]) -> dict[str, Delta]:
    """(P_j - P_i) / (a_jk - a_ik), possible only while it leaves the weight at or above zero."""
    found = {}
    for (i, first), (j, second) in combinations(enumerate(table.alternatives), 2):
        for k, criterion in enumerate(table.criteria):
            apart = table.values[j, k] - table.values[i, k]
            weight = float(table.weights[k])
            change = float((totals[second] - totals[first]) / apart) if apart else None
            if change is not None and change > weight:
                change = None
            relative = 100 * change / weight if change is not None and weight else None
            found[f"{first}-{second}:{criterion}"] = Delta(first, second, criterion, change, relative)
    return found


def _most_critical(deltas: Mapping[str, Delta]) -> str | None:
    possible = {key: abs(delta.rel_pct) for key, delta in deltas.items() if delta.rel_pct is not None}
    return min(possible, key=possible.__getitem__, default=None)


def _best_holds(table: Grid, best: str) -> dict[str, tuple[float, float]]:
    """For each criterion the interval of weight shares in which no rival gets ahead of `best`."""
    shares = table.weights / table.weights.sum()
    at = table.alternatives.index(best)
    ahead = table.values[at] - table.values
    holds = {}
    for k, criterion in enumerate(table.criteria):
        rest = shares.copy()
        rest[k] = 0
        rest = rest / rest.sum() if rest.sum() else rest
        low, high = 0.0, 1.0
        # The lead over each rival is a straight line in the share w: w * own + (1 - w) * others.
        for own, others in zip(ahead[:, k], ahead @ rest, strict=True):
            if own != others:
                root = float(others / (others - own))
                low, high = (max(low, root), high) if own > others else (low, min(high, root))
        holds[criterion] = (low, high)
    return holds


def _win_share(table: Grid, concentration: float, draws: int, seed: int) -> dict[str, float]:
    import numpy as np

    draws = whole(draws, field="draws", least=1, most=1_000_000)
    used = table.weights > 0
    shares = table.weights[used] / table.weights.sum()
    rng = np.random.default_rng(whole(seed, field="seed", least=0))
    totals = rng.dirichlet(concentration * shares, size=draws) @ table.values[:, used].T
    wins = np.bincount(totals.argmax(axis=1), minlength=len(table.alternatives))
    return dict(zip(table.alternatives, (wins / draws).tolist(), strict=True))
