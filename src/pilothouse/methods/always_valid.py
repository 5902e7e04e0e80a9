"""Always-valid results: an interval and a p value that hold however often one looks.

Question: may I stop now, although I have been watching all along?
Not for: a planned end or planned looks: group_sequential needs fewer users.
Sample: tune `tuning_N` before the start to the number of users at which the decision is expected.

    >>> a = {"n": 5000, "mean": 10.0, "variance": 25.0}
    >>> b = {"n": 5000, "mean": 10.5, "variance": 25.0}
    >>> result = analyse(a, b, diff="absolute", tuning_N=5000)
    >>> round(result.est, 2), [round(end, 3) for end in result.ci], round(result.p, 4)
    (0.5, [0.194, 0.806], 0.0)

Source: I. Waudby-Smith, D. Arbour, R. Sinha, E. Kennedy and A. Ramdas, "Time-uniform central limit theory and
asymptotic confidence sequences", 2021 (Annals of Statistics 2024); R. Johari, L. Pekelis and D. Walsh, "Always valid
inference", 2015 (mixture sequential probability ratio test).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pilothouse.methods.ab_welch import Arm, side
from pilothouse.methods.fitting.arms import Side, check_baseline, check_spread, read
from pilothouse.methods.shared.checks import number, one_of


@dataclass(frozen=True)
class Result:
    """`est` with the interval of the confidence sequence and its p value; `se` is that of a single look."""

    est: float
    se: float
    ci: tuple[float, float]
    p: float
    rho: float
    n: int
    diff: str
    alpha: float


def analyse(a: Arm, b: Arm, *, tuning_N: float = 5000, alpha: float = 0.05, diff: str = "relative") -> Result:
    """Two arms, control first; the sequence is narrowest at `tuning_N` users in all."""
    one_of(diff, ("absolute", "relative"), field="diff")
    alpha = number(alpha, field="alpha", above=0, most=0.5)
    tuning_N = number(tuning_N, field="tuning_N", above=0)
    left, right = (read(arm, field=field) for arm, field in ((a, "a"), (b, "b")))
    first, second = side(left), side(right)
    check_spread(first, second)
    est, variance = _effect(first, second, diff)
    n = left.n + right.n
    return _sequence(est, variance, n, rho_for(alpha, tuning_N), diff, alpha)


def _effect(a: Side, b: Side, diff: str) -> tuple[float, float]:
    if diff == "absolute":
        return b.mean - a.mean, a.variance + b.variance
    check_baseline(a.mean, a.variance)
    return (b.mean - a.mean) / abs(a.mean), b.variance / a.mean**2 + a.variance * b.mean**2 / a.mean**4


def rho_for(alpha: float, tuning_N: float) -> float:
    """The mixing scale that makes the sequence narrowest at tuning_N."""
    log = -2 * math.log(alpha)
    return math.sqrt((log + math.log(log + 1)) / tuning_N)


def _sequence(est: float, variance: float, n: int, rho: float, diff: str, alpha: float) -> Result:
    """`variance` is that of the estimate, so the variance of one unit is n times it."""
    grown = n * rho**2 + 1
    half = math.sqrt(variance * n) * math.sqrt(2 * grown * math.log(math.sqrt(grown) / alpha) / (n * rho) ** 2)
    evidence = n * rho**2 * est**2 / variance / (2 * grown) - math.log(grown) / 2
    p = min(1.0, math.exp(-evidence)) if evidence > -700 else 1.0
    return Result(est, math.sqrt(variance), (est - half, est + half), p, rho, n, diff, alpha)


def msprt(difference: float, *, variance: float, n: float, tau2: float) -> float:
    """p of the mixture sequential test of a mean difference after n users an arm.

    `variance` is that of one difference (both arms added), `tau2` that of the effects thought possible. Take the
    smallest p over all looks so far: it never rises.
    """
    n = number(n, field="n", least=1)
    variance = number(variance, field="variance", above=0)
    tau2 = number(tau2, field="tau2", above=0)
    spread = variance + n * tau2
    evidence = n**2 * tau2 * difference**2 / (2 * variance * spread) + math.log(variance / spread) / 2
    return min(1.0, math.exp(-evidence)) if evidence > 0 else 1.0
