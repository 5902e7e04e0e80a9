"""Trend: is this metric going up or down, by how much a period, and is it more than noise?

Question: what is the slope of this series, and could it be chance?
Not for: forecasting (timeseries), or a series with a season inside (take the season out first, or compare year on
year).
Sample: 8 values; below 4 no test is possible.

    >>> result = analyse([5, 7, 6, 9, 11, 10, 13, 15])
    >>> round(result.slope, 3), result.sen, result.direction, round(result.p, 4), round(result.p_slope, 5)
    (1.357, 1.3333333333333333, 'up', 0.0044, 0.00016)

Source: P. K. Sen, JASA 63, 1968 (median slope); H. B. Mann, Econometrica 13, 1945, and M. Kendall, Rank Correlation
Methods, 1975 (test); W. K. Newey and K. D. West, Econometrica 55, 1987 (errors that allow neighbours to be alike).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.design import INTERCEPT
from pilothouse.methods.fitting.least import Fit, fit
from pilothouse.methods.ols import t_p
from pilothouse.methods.shared.checks import number
from pilothouse.methods.shared.intervals import t_value, two_sided_p, z_value
from pilothouse.methods.timeseries import series

SEN_UP_TO = 3000


@dataclass(frozen=True)
class Result:
    """`slope` by least squares with Newey-West errors; `sen` the median of all pairwise slopes, with interval.

    `direction` is "up", "down" or "none" by the Mann-Kendall test at 1 - confidence; `growth` the slope of the
    logarithm as a rate a period (None unless all values are positive).
    """

    slope: float
    se: float
    ci: tuple[float, float]
    p_slope: float | None
    sen: float
    sen_ci: tuple[float, float]
    tau: float
    p: float
    direction: str
    growth: float | None
    n: int


def analyse(y: Sequence[Any], *, confidence: float = 0.95) -> Result:
    """Slope per step of an evenly spaced series."""
    import numpy as np

    values = np.array(series(y, least=4))
    confidence = number(confidence, field="confidence", above=0, most=0.999999)
    line = _line(values)
    se = _newey_west(line)
    half = t_value(line.df, confidence) * se
    slope = float(line.params[1])
    S, variance = mann_kendall(values)
    p = two_sided_p((S - math.copysign(1, S)) / math.sqrt(variance)) if S and variance else 1.0
    n = len(values)
    sen, sen_ci = _sen(values, variance, confidence)
    return Result(
        slope=slope,
        se=se,
        ci=(slope - half, slope + half),
        p_slope=t_p(slope / se, line.df) if se else None,
        sen=sen,
        sen_ci=sen_ci,
        tau=2 * S / (n * (n - 1)),
        p=p,
        direction=("up" if S > 0 else "down") if p < 1 - confidence else "none",
        growth=math.expm1(float(_line(np.log(values)).params[1])) if values.min() > 0 else None,
        n=n,
    )


def _line(values: Any) -> Fit:
    import numpy as np

    steps = np.arange(len(values), dtype=float)
    return fit(np.column_stack([np.ones_like(steps), steps]), values, (INTERCEPT, "time"), intercept=True)


def _newey_west(line: Fit) -> float:
    """Standard error of the slope with lags up to 4 (n/100)^(2/9), never less than the classical one."""
    import numpy as np

    lags = int(4 * (line.n / 100) ** (2 / 9))
    scores = line.q * line.residuals[:, None]
    meat = scores.T @ scores
    for lag in range(1, lags + 1):
        cross = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (cross + cross.T)
    robust = line.n / line.df * float(line.sandwich(meat)[1, 1])
    return math.sqrt(max(robust, float(line.covariance()[1, 1]), 0.0)) if np.isfinite(robust) else math.nan


def mann_kendall(values: Any) -> tuple[float, float]:
    """S, the rises minus the falls over all pairs, and its variance with ties."""
    import numpy as np

    n = len(values)
    S = float(sum(np.sign(values[place + 1 :] - values[place]).sum() for place in range(n - 1)))
    _, ties = np.unique(values, return_counts=True)
    return S, (n * (n - 1) * (2 * n + 5) - float((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18


def _sen(values: Any, variance: float, confidence: float) -> tuple[float, tuple[float, float]]:
    """Median slope over all pairs (of evenly spaced points beyond a few thousand)."""
    import numpy as np

    places = np.unique(np.linspace(0, len(values) - 1, min(len(values), SEN_UP_TO)).astype(int))
    left, right = np.triu_indices(len(places), 1)
    slopes = np.sort((values[places[right]] - values[places[left]]) / (places[right] - places[left]))
    half = z_value(confidence) * math.sqrt(variance) * len(slopes) / (len(values) * (len(values) - 1) / 2)
    low, high = (len(slopes) - half) / 2, (len(slopes) + half) / 2
    ends = slopes[max(0, math.floor(low) - 1)], slopes[min(len(slopes) - 1, math.ceil(high))]
    return float(np.median(slopes)), (float(ends[0]), float(ends[1]))
