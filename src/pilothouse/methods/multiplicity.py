"""Many tests at once: which of these results survive having looked at all of them?

Question: with so many metrics or segments tested, which differences still count?
Not for: guardrail metrics (judge each alone: adjusting them away hides harm) or a single metric chosen beforehand.
Sample: any number of p values from one family of questions.

    >>> result = analyse([0.01, 0.04, 0.03, 0.005, 0.55, 0.6])
    >>> [round(p, 3) for p in result.holm], [round(p, 3) for p in result.BH], result.reject["holm"]
    ([0.05, 0.12, 0.12, 0.03, 1.0, 1.0], [0.03, 0.06, 0.06, 0.03, 0.6, 0.6], 2)

Source: S. Holm, 1979; Y. Hochberg, Biometrika 75, 1988; G. Hommel, Biometrika 75, 1988; Y. Benjamini and Y. Hochberg,
JRSS-B 57, 1995; Y. Benjamini and D. Yekutieli, Annals of Statistics 29, 2001.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from pilothouse.methods.shared import intervals
from pilothouse.methods.shared.checks import is_missing, number, sequence

Adjusted = tuple[float | None, ...]
TOUCH = 1e-12


@dataclass(frozen=True)
class Result:
    """Adjusted p values in the order given; None where the p value was missing (it is not counted in the family).

    `reject` counts, by procedure, how many stay at or below `alpha`. Holm, Hochberg and Hommel bound the chance of any
    false alarm, BH and BY the expected share of false alarms among those called.
    """

    bonferroni: Adjusted
    holm: Adjusted
    hochberg: Adjusted
    hommel: Adjusted
    BH: Adjusted
    BY: Adjusted
    reject: dict[str, int]
    alpha: float
    n: int
    missing: int

    @property
    def adjusted(self) -> tuple[dict[str, float | None], ...]:
        """One mapping a p value, procedure to adjusted p."""
        rows = zip(*(getattr(self, name) for name in PROCEDURES), strict=True)
        return tuple(dict(zip(PROCEDURES, row, strict=True)) for row in rows)


def analyse(p: Sequence[Any], *, alpha: float = 0.05) -> Result:
    """Adjust one family of p values by every procedure."""
    given = sequence(p, field="p")
    alpha = number(alpha, field="alpha", above=0, most=1)
    there = [row for row, one in enumerate(given) if not is_missing(one)]
    values = [number(given[row], field="p", row=row, least=0, most=1) for row in there]
    found: dict[str, Adjusted] = {}
    for name, adjust in PROCEDURES.items():
        by_row = dict(zip(there, adjust(values), strict=True))
        found[name] = tuple(by_row.get(row) for row in range(len(given)))
    reject = {name: sum(one is not None and one <= alpha + TOUCH for one in row) for name, row in found.items()}
    return Result(**found, reject=reject, alpha=alpha, n=len(given), missing=len(given) - len(there))


def bonferroni(p: list[float]) -> list[float]:
    return [min(1.0, len(p) * one) for one in p]


def _stepped_up(p: list[float], factor: Callable[[int], float]) -> list[float]:
    """From the largest p down, each no larger than the one after it; `factor` takes the rank from 1."""
    order = sorted(range(len(p)), key=lambda row: -p[row])
    raised = [min(1.0, factor(len(p) - place) * p[row]) for place, row in enumerate(order)]
    by_row = dict(zip(order, accumulate(raised, min), strict=True))
    return [by_row[row] for row in range(len(p))]


def hochberg(p: list[float]) -> list[float]:
    return _stepped_up(p, lambda rank: len(p) - rank + 1)


def benjamini_hochberg(p: list[float]) -> list[float]:
    return _stepped_up(p, lambda rank: len(p) / rank)


def benjamini_yekutieli(p: list[float]) -> list[float]:
    """Valid under any dependence between the tests."""
    harmonic = math.fsum(1 / rank for rank in range(1, len(p) + 1))
    return _stepped_up(p, lambda rank: len(p) * harmonic / rank)


def hommel(p: list[float]) -> list[float]:
    """Simes' test on every subset, in Wright's form (Biometrics 48, 1992)."""
    n = len(p)
    order = sorted(range(n), key=p.__getitem__)
    values = [p[row] for row in order]
    adjusted = [min((n * values[i] / (i + 1) for i in range(n)), default=1.0)] * n
    for size in range(n - 1, 1, -1):
        head, tail = values[: n - size + 1], values[n - size + 1 :]
        simes = min(size * one / (place + 2) for place, one in enumerate(tail))
        floor = [min(size * one, simes) for one in head]
        floor += [floor[-1]] * (size - 1)
        adjusted = [max(old, new) for old, new in zip(adjusted, floor, strict=True)]
    by_row = {row: min(1.0, max(a, v)) for row, a, v in zip(order, adjusted, values, strict=True)}
    return [by_row[row] for row in range(n)]


PROCEDURES: dict[str, Callable[[list[float]], list[float]]] = {
    "bonferroni": bonferroni,
    "holm": intervals.holm,
    "hochberg": hochberg,
    "hommel": hommel,
    "BH": benjamini_hochberg,
    "BY": benjamini_yekutieli,
}
