"""Descriptive statistics: what one column of numbers looks like.

Question: how large, how spread and how lopsided are these numbers, and does each follow the one before it?
Not for: codes and ranks (count them instead), or comparing groups (anova, nonparametric).
Sample: any; a standard deviation needs 2 values, skewness 3, kurtosis 4.

    >>> result = analyse([2, 4, 4, 4, 5, 5, 7, 9, None], probs=(0.25, 0.5, 0.75))
    >>> result.n, result.missing, result.mean, round(result.sd_n_minus_1, 4), result.quantiles[0.5]
    (8, 1, 5.0, 2.1381, 4.5)
    >>> round(analyse([10000000.2, 10000000.1, 10000000.3]).sd_n_minus_1, 7)
    0.1

Source: NIST StRD univariate summary statistics (mean, s, lag-1 autocorrelation); R. J. Hyndman and Y. Fan, "Sample
quantiles in statistical packages", The American Statistician 50(4), 1996 (quantile types 1 to 9; 7 is R, Excel, SQL).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import number, one_of
from pilothouse.methods.shared.vectors import vector

TYPES = {
    1: "inverted_cdf",
    2: "averaged_inverted_cdf",
    3: "closest_observation",
    4: "interpolated_inverted_cdf",
    5: "hazen",
    6: "weibull",
    7: "linear",
    8: "median_unbiased",
    9: "normal_unbiased",
}


@dataclass(frozen=True)
class Result:
    """None where a figure is not defined: a spread from one value, a shape without spread."""

    n: int
    missing: int
    mean: float
    sd_n_minus_1: float | None
    se: float | None
    lag1_autocorr: float | None
    min: float
    max: float
    median: float
    skewness: float | None
    kurtosis: float | None
    quantiles: dict[float, float]
    quantile_type: int


def analyse(x: Sequence[Any], *, probs: Sequence[float] = (0.25, 0.5, 0.75), quantile_type: int = 7) -> Result:
    """Describe a column. Skewness and excess kurtosis are the bias-corrected ones (G1, G2) of spreadsheets."""
    found = vector(x, field="x")
    mean, deviations = centred(found.values)
    n, m2 = len(deviations), math.fsum(deviations**2)
    sd = math.sqrt(m2 / (n - 1)) if n > 1 else None
    row = quantiles(found.values, probs, quantile_type=quantile_type)
    return Result(
        n=n,
        missing=found.missing,
        mean=mean,
        sd_n_minus_1=sd,
        se=sd / math.sqrt(n) if sd is not None else None,
        lag1_autocorr=math.fsum(deviations[1:] * deviations[:-1]) / m2 if m2 else None,
        min=float(found.values.min()),
        max=float(found.values.max()),
        median=quantiles(found.values, (0.5,))[0],
        skewness=_skewness(deviations, m2),
        kurtosis=_kurtosis(deviations, m2),
        quantiles=dict(zip(probs, row, strict=True)),
        quantile_type=quantile_type,
    )


def centred(values: Any) -> tuple[float, Any]:
    """The mean, summed without rounding, and what is left of each value: a large offset costs no digits."""
    import numpy as np

    mean = math.fsum(values) / len(values)
    rest = np.asarray(values) - mean
    return mean, rest - math.fsum(rest) / len(rest)


def _skewness(deviations: Any, m2: float) -> float | None:
    n = len(deviations)
    if n < 3 or not m2:
        return None
    return math.sqrt(n * (n - 1)) / (n - 2) * (math.fsum(deviations**3) / n) / (m2 / n) ** 1.5


def _kurtosis(deviations: Any, m2: float) -> float | None:
    n = len(deviations)
    if n < 4 or not m2:
        return None
    excess = (math.fsum(deviations**4) / n) / (m2 / n) ** 2 - 3
    return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6)


def quantiles(x: Sequence[Any], probs: Sequence[float], *, quantile_type: int = 7) -> tuple[float, ...]:
    """Quantiles by any of the nine definitions of Hyndman and Fan."""
    import numpy as np

    kind: Any = TYPES[one_of(quantile_type, tuple(TYPES), field="quantile_type")]
    wanted = [number(prob, field="probs", row=row, least=0, most=1) for row, prob in enumerate(probs)]
    return tuple(float(q) for q in np.quantile(vector(x, field="x").values, wanted, method=kind)) if wanted else ()


def quantile_types(x: Sequence[Any], probs: Sequence[float]) -> tuple[tuple[float, ...], ...]:
    """One row a probability, one column a definition 1 to 9: how far the definitions are apart here."""
    by_type = [quantiles(x, probs, quantile_type=kind) for kind in TYPES]
    return tuple(zip(*by_type, strict=True))
