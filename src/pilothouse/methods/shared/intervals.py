"""Intervals around shares and means, and the quantiles they need. All take a confidence level such as 0.95."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist, fmean, stdev

Interval = tuple[float, float]


def z_value(conf: float = 0.95) -> float:
    """Two-sided normal quantile: 1.96 for 0.95."""
    return NormalDist().inv_cdf(0.5 + conf / 2)


def two_sided_p(z: float) -> float:
    """Probability of a normal deviate at least as far out as z."""
    return math.erfc(abs(z) / math.sqrt(2))


def t_value(df: float, conf: float = 0.95) -> float:
    """Two-sided quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(df, 0.5 + conf / 2))


def chi2_p(statistic: float, df: float) -> float:
    """Upper tail of chi-square; with no degree of freedom nothing can be unlikely."""
    from scipy.special import chdtrc

    return float(chdtrc(df, statistic)) if df > 0 else 1.0


def wilson(x: float, n: float, conf: float = 0.95) -> Interval:
    """Wilson 1927: good at any share and sample size, never outside 0 to 1."""
    z2 = z_value(conf) ** 2
    centre = (x + z2 / 2) / (n + z2)
    half = math.sqrt(z2 * (x * (n - x) / n + z2 / 4)) / (n + z2)
    return (0.0 if x == 0 else centre - half, 1.0 if x == n else centre + half)


def agresti_coull(x: float, n: float, conf: float = 0.95) -> Interval:
    """Agresti and Coull 1998: Wald around the Wilson centre, cut to 0 and 1."""
    z = z_value(conf)
    size = n + z * z
    centre = (x + z * z / 2) / size
    half = z * math.sqrt(centre * (1 - centre) / size)
    return clipped(centre - half, centre + half)


def wald(x: float, n: float, conf: float = 0.95) -> Interval:
    """The textbook normal interval: wrong near 0 and 1, given for comparison."""
    p = x / n
    half = z_value(conf) * math.sqrt(p * (1 - p) / n)
    return clipped(p - half, p + half)


def clopper_pearson(x: float, n: float, conf: float = 0.95) -> Interval:
    """Exact (beta) interval: covers at least `conf`, often more."""
    from scipy.special import betaincinv

    tail = (1 - conf) / 2
    low = 0.0 if x == 0 else float(betaincinv(x, n - x + 1, tail))
    high = 1.0 if x == n else float(betaincinv(x + 1, n - x, 1 - tail))
    return low, high


def mean_interval(values: Sequence[float], conf: float = 0.95) -> Interval | None:
    """Student interval of a mean; None for fewer than two values."""
    if len(values) < 2:
        return None
    half = t_value(len(values) - 1, conf) * stdev(values) / math.sqrt(len(values))
    centre = fmean(values)
    return centre - half, centre + half


def clipped(low: float, high: float, floor: float = 0.0, ceiling: float = 1.0) -> Interval:
    return max(low, floor), min(high, ceiling)


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm 1979 adjusted p values, in the order given."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted, running = [0.0] * len(order), 0.0
    for rank, index in enumerate(order):
        running = max(running, min(1.0, (len(order) - rank) * p_values[index]))
        adjusted[index] = running
    return adjusted
