"""CUPED: the same experiment, read with less noise, because users differed before it began.

Question: what did the change do, once each user's own past is taken out?
Not for: covariates measured after exposure (they carry the effect away); users without a past need their own stratum.
Sample: as ab_welch; worth it when past and present correlate by 0.3 or more (variance falls by the square).

    >>> past = {"pre_mean": 5.0, "pre_variance": 4.0, "cov": 3.2}
    >>> a = {"n": 1000, "mean": 5.0, "variance": 4.0, **past}
    >>> b = {"n": 1000, "mean": 5.2, "variance": 4.0, **past}
    >>> result = analyse(a, b, diff="absolute")
    >>> round(result.theta, 2), round(result.est, 3), round(result.se, 4), round(result.variance_kept, 2)
    (0.8, 0.2, 0.0537, 0.36)

Source: A. Deng, Y. Xu, R. Kohavi and T. Walker, WSDM 2013 (ratio metrics: appendix B). The lift divides by the control
mean as observed, and its variance knows that the two go together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pilothouse.methods.ab_welch import Arm
from pilothouse.methods.fitting.arms import (
    DIFFS,
    Compared,
    Moments,
    Side,
    check_baseline,
    check_spread,
    compared,
    lift,
    read,
    welch_df,
)
from pilothouse.methods.shared.checks import number, one_of
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """`mean_a` and `mean_b` are as observed, `adjusted_a` and `adjusted_b` at the same past.

    `theta` is pooled over both arms; `variance_kept` is the share of variance that the past does not explain.
    """

    est: float
    se: float
    ci: tuple[float, float]
    t: float
    df: float
    p: float
    mean_a: float
    mean_b: float
    adjusted_a: float
    adjusted_b: float
    theta: float
    variance_kept: float
    n_a: int
    n_b: int
    diff: str
    confidence: float
    flags: tuple[str, ...]


@dataclass(frozen=True)
class _Linear:
    """An arm as metric y and covariate x, each a mean or a linearised ratio."""

    n: int
    y: float
    x: float
    vy: float
    vx: float
    c: float


def analyse(a: Arm, b: Arm, *, diff: str = "relative", confidence: float = 0.95) -> Result:
    """Arms with the moments of the metric and of the same user's past, control first.

    `Moments` of four variables (numerator, denominator, past numerator, past denominator) make it a ratio metric.
    """
    one_of(diff, DIFFS, field="diff")
    confidence = number(confidence, field="confidence", above=0, most=0.999999)
    arms = [_read(arm, field) for arm, field in ((a, "a"), (b, "b"))]
    left, right = (_linear(arm, field) for arm, field in zip(arms, "ab", strict=True))
    theta, centre = _theta(*arms)
    sides = adjusted(*arms)
    check_spread(*sides)
    made = (
        _relative(left, right, sides, theta, confidence)
        if diff == "relative"
        else lift(sides[0], sides[1], diff, confidence)
    )
    plain = left.vy / left.n + right.vy / right.n
    return Result(
        **vars(made),
        mean_a=left.y,
        mean_b=right.y,
        adjusted_a=sides[0].mean,
        adjusted_b=sides[1].mean,
        theta=theta,
        variance_kept=(sides[0].variance + sides[1].variance) / plain if plain else 1.0,
        n_a=left.n,
        n_b=right.n,
        diff=diff,
        confidence=confidence,
        flags=("constant_covariate",) * (centre is None),
    )


def _read(arm: Any, field: str) -> Moments:
    if isinstance(arm, Moments) and len(arm.mean) == 4:
        return arm
    return read(arm, field=field, variables=("", "pre_"))


def _linear(arm: Moments, field: str) -> _Linear:
    """Gradients of the two ratios turn four variables into two."""
    if len(arm.mean) == 2:
        return _Linear(arm.n, *arm.mean, arm.cov[0][0], arm.cov[1][1], arm.cov[0][1])
    m, d, pm, pd = arm.mean
    if d == 0 or pd == 0:
        raise MethodError("zero_denominator", field=field)
    now, past = (1 / d, -m / d**2, 0.0, 0.0), (0.0, 0.0, 1 / pd, -pm / pd**2)

    def between(left: tuple[float, ...], right: tuple[float, ...]) -> float:
        return sum(left[i] * right[j] * arm.cov[i][j] for i in range(4) for j in range(4))

    return _Linear(arm.n, m / d, pm / pd, between(now, now), between(past, past), between(now, past))


def _theta(a: Moments, b: Moments) -> tuple[float, float | None]:
    """The slope on the past over both arms as one sample, and its centre (None when the past is constant)."""
    whole = _linear(a + b, "a")
    return (whole.c / whole.vx, whole.x) if whole.vx > 0 else (0.0, None)


def adjusted(a: Moments, b: Moments) -> tuple[Side, Side]:
    """Both arms at the same past."""
    theta, centre = _theta(a, b)
    first, second = (_adjusted(_linear(arm, field), theta, centre or 0.0) for arm, field in ((a, "a"), (b, "b")))
    return first, second


def _adjusted(arm: _Linear, theta: float, centre: float) -> Side:
    spread = arm.vy + theta**2 * arm.vx - 2 * theta * arm.c
    return Side(arm.y - theta * (arm.x - centre), spread / arm.n, arm.n)


def _relative(a: _Linear, b: _Linear, sides: tuple[Side, Side], theta: float, confidence: float) -> Compared:
    """Delta method for the adjusted difference over the observed control mean, which share the control's noise."""
    check_baseline(a.y, a.vy / a.n)
    pull = b.y / a.y
    control = (a.vy * pull**2 + theta**2 * a.vx - 2 * theta * pull * a.c) / a.n
    variance = (sides[1].variance + control) / a.y**2
    return compared((sides[1].mean - sides[0].mean) / abs(a.y), variance, welch_df(*sides), confidence)
