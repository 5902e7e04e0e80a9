"""sBG retention: how many subscribers will be left, from the few periods seen so far.

Question: how does retention go on, given that those who stay are ever more the loyal ones?
Not for: customers who may leave unseen (use BG/NBD), or a cohort whose terms changed on the way.
Sample: at least 3 renewals of one cohort; a hundred customers and more.

    >>> fit = analyse([1, 0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491], ahead=5)
    >>> round(fit.alpha, 3), round(fit.beta, 3), round(fit.survival[12], 3)
    (0.668, 3.806, 0.378)

Source: Peter Fader and Bruce Hardie, "How to project customer retention", Journal of Interactive Marketing 21(1),
2007 (shifted beta-geometric).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pilothouse.methods.shared.checks import number, numbers, whole
from pilothouse.methods.shared.method import MethodError

LOGS = (-9.0, 9.0)


@dataclass(frozen=True)
class Result:
    """`survival` and `retention` from period 0 (1.0) and 1 on, as the model has them, `ahead` periods past the data.

    `expected_renewals`: discounted, of a new customer, at `discount` per period (None where the sum has no end).
    `homogeneous`: everybody alike, the model has become a plain geometric one.
    """

    alpha: float
    beta: float
    mean_churn: float
    loglik: float
    survival: tuple[float, ...]
    retention: tuple[float, ...]
    largest_error: float
    expected_renewals: float | None
    homogeneous: bool
    n: int


def analyse(
    survival: Sequence[float], *, ahead: int = 10, discount: float = 0.0, customers: float | None = None
) -> Result:
    """The share (or number) of a cohort left at the end of periods 0, 1, 2, ...; the first value is the whole cohort.

    `customers` is the size of the cohort if shares are given, so that the likelihood counts people.
    Raises MethodError "rising", "no_churn", "too_few", "too_small" or "not_a_number".
    """
    left = numbers(survival, field="survival", least_count=3, least=0)
    number(left[0], field="survival", row=0, above=0)
    for row, (before, after) in enumerate(pairwise(left), start=1):
        if after > before:
            raise MethodError("rising", field="survival", row=row)
    if left[-1] == left[0]:
        raise MethodError("no_churn", field="survival")
    size = left[0] if customers is None else number(customers, field="customers", above=0)
    counts = [value / left[0] * size for value in left]
    alpha, beta = _fit(counts)
    rate = number(discount, field="discount", least=0)
    periods = len(left) + whole(ahead, field="ahead", least=0, most=10_000)
    kept = [(beta + t - 1) / (alpha + beta + t - 1) for t in range(1, periods)]
    curve = [1.0]
    for share in kept:
        curve.append(curve[-1] * share)
    return Result(
        alpha=alpha,
        beta=beta,
        mean_churn=alpha / (alpha + beta),
        loglik=-_minus((math.log(alpha), math.log(beta)), counts),
        survival=tuple(curve),
        retention=tuple(kept),
        largest_error=max(abs(model - value / left[0]) for model, value in zip(curve, left, strict=False)),
        expected_renewals=_renewals(alpha, beta, rate),
        homogeneous=math.log(alpha + beta) > LOGS[1] - 1,
        n=len(left),
    )


def _minus(logs: Any, counts: Sequence[float]) -> float:
    """Minus the log likelihood of how many left in each period and how many are still there."""
    alpha, beta = map(math.exp, logs)
    share, total, alive = alpha / (alpha + beta), 0.0, 1.0
    for t, (before, after) in enumerate(pairwise(counts), start=1):
        if t > 1:
            share *= (beta + t - 2) / (alpha + beta + t - 1)
        alive -= share
        total += (before - after) * math.log(max(share, 1e-300))
    return -(total + counts[-1] * math.log(max(alive, 1e-300)))


def _fit(counts: Sequence[float]) -> tuple[float, float]:
    from scipy.optimize import minimize

    scale = counts[0]
    shares = [value / scale for value in counts]
    starts = ((0.0, 0.0), (0.0, 2.0), (-1.0, 1.0), (3.0, 5.0))
    tries = [
        minimize(
            _minus,
            start,
            args=(shares,),
            method="Nelder-Mead",
            bounds=[LOGS, LOGS],
            options={"xatol": 1e-9, "fatol": 1e-13, "maxiter": 4000},
        )
        for start in starts
    ]
    best = min(tries, key=lambda one: one.fun)
    return math.exp(best.x[0]), math.exp(best.x[1])


def _renewals(alpha: float, beta: float, rate: float) -> float | None:
    """Sum over t of S(t) / (1 + d)^t; without discount it is beta / (alpha - 1), endless for alpha at or below 1."""
    if rate == 0:
        return beta / (alpha - 1) if alpha > 1 else None
    from scipy.special import hyp2f1

    return float(beta / (alpha + beta) / (1 + rate) * hyp2f1(1, beta + 1, alpha + beta + 1, 1 / (1 + rate)))
