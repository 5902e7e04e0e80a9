"""Ratio metrics compared: clicks per view, revenue per order, when users (not views or orders) were assigned.

Question: did the ratio change, given that each user brings several views?
Not for: metrics per user (ab_welch). Never treat views as independent: the interval would be far too narrow.
Sample: hundreds of users an arm; the denominator must stay clear of zero.

    >>> a = {"n": 1000, "m_mean": 0.5, "d_mean": 2.0, "m_variance": 0.6, "d_variance": 1.8, "cov": 0.4}
    >>> b = {"n": 1000, "m_mean": 0.6, "d_mean": 2.0, "m_variance": 0.7, "d_variance": 1.8, "cov": 0.5}
    >>> result = analyse(a, b, diff="absolute")
    >>> result.ratio_a, result.ratio_b, round(result.est, 3), round(result.se, 4)
    (0.25, 0.3, 0.05, 0.0164)

Source: A. Deng, U. Knoblich and J. Lu, "Applying the delta method in metric analytics", KDD 2018.
"""

from __future__ import annotations

from dataclasses import dataclass

from pilothouse.methods.ab_welch import Arm
from pilothouse.methods.fitting.arms import DIFFS, Moments, Side, lift, read
from pilothouse.methods.shared.checks import number, one_of
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """`est` is ratio_b - ratio_a, or that as a share of ratio_a.

    Flag "impossible_moments": the moments handed over contradict each other (a negative variance, a correlation beyond
    one), so the numbers follow the formula but describe no data.
    """

    est: float
    se: float
    ci: tuple[float, float]
    t: float
    df: float
    p: float
    ratio_a: float
    ratio_b: float
    n_a: int
    n_b: int
    diff: str
    confidence: float
    flags: tuple[str, ...]


def analyse(a: Arm, b: Arm, *, diff: str = "relative", confidence: float = 0.95) -> Result:
    """Arms with the moments of numerator m and denominator d per user, control first."""
    arms = [read(arm, field=field, variables=("m_", "d_"), cross="md") for arm, field in ((a, "a"), (b, "b"))]
    one_of(diff, DIFFS, field="diff")
    confidence = number(confidence, field="confidence", above=0, most=0.999999)
    left, right = side(arms[0], "a"), side(arms[1], "b")
    return Result(
        **vars(lift(left, right, diff, confidence)),
        ratio_a=left.mean,
        ratio_b=right.mean,
        n_a=left.n,
        n_b=right.n,
        diff=diff,
        confidence=confidence,
        flags=() if all(arm.possible for arm in arms) else ("impossible_moments",),
    )


def side(arm: Moments, field: str) -> Side:
    """The ratio and its variance, from (m, d)."""
    (m, d), cov = arm.mean, arm.cov
    if d == 0:
        raise MethodError("zero_denominator", field=field)
    ratio = m / d
    spread = cov[0][0] - 2 * ratio * cov[0][1] + ratio**2 * cov[1][1]
    return Side(ratio, spread / (arm.n * d**2), arm.n)
