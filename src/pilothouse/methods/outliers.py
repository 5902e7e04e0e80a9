"""Outliers: values that do not sit with the rest, by four rules that answer different doubts.

Question: which values deserve a second look before they drive a mean?
Not for: deleting. A flagged value is a question to its source; on skewed money or time data look at the log as well.
Sample: fences from 5 values, Grubbs from 3, generalized ESD from about 25.

    >>> result = analyse([*range(1, 101), 1000])
    >>> result.stats, result.out, result.rows
    ((1.0, 26.0, 51.0, 76.0, 100.0), (1000.0,), (100,))

Source: J. W. Tukey, Exploratory Data Analysis, 1977 (hinges and fences); F. E. Grubbs, Technometrics 11, 1969; B.
Rosner, Technometrics 25(2), 1983 (generalized ESD); B. Iglewicz and D. Hoaglin, How to Detect and Handle Outliers,
1993 (MAD z).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import number, one_of, whole
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.vectors import Vector, vector


@dataclass(frozen=True)
class Fences:
    """`stats`: lower whisker, lower hinge, median, upper hinge, upper whisker."""

    stats: tuple[float, ...]
    fences: tuple[float, float]
    out: tuple[float, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Grubbs:
    """The most extreme value against its critical value at `alpha`."""

    G: float
    critical: float
    value: float
    row: int
    outlier: bool


@dataclass(frozen=True)
class Esd:
    """`R` and `lambda_` step by step; the first `n_outliers` of `candidates` are outliers, whatever hid behind them."""

    R: tuple[float, ...]
    lambda_: tuple[float, ...]
    n_outliers: int
    candidates: tuple[float, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Mad:
    """Modified z scores 0.6745 (x - median) / MAD, and the rows beyond the threshold."""

    scores: tuple[float, ...]
    rows: tuple[int, ...]
    threshold: float


@dataclass(frozen=True)
class Result:
    """Tukey's answer up front, the three others beside it; None where the sample is too small or without spread."""

    stats: tuple[float, ...]
    fences: tuple[float, float]
    out: tuple[float, ...]
    rows: tuple[int, ...]
    grubbs: Grubbs | None
    esd: Esd | None
    mad: Mad | None
    n: int
    missing: int


def analyse(x: Sequence[Any], *, coef: float = 1.5, alpha: float = 0.05, max_outliers: int | None = None) -> Result:
    """All four rules. `max_outliers` bounds the ESD search (default: a tenth of the values, at least one)."""
    found = vector(x, field="x", least=1)
    n = len(found.values)
    fences = tukey(x, coef=coef)
    spread = n >= 3 and float(found.values.min()) < float(found.values.max())
    limit = max_outliers if max_outliers is not None else min(max(1, n // 10), n - 2)
    return Result(
        **vars(fences),
        grubbs=grubbs(x, alpha=alpha) if spread else None,
        esd=gesd(x, max_outliers=limit, alpha=alpha) if spread else None,
        mad=_mad(found, 3.5) if spread else None,
        n=n,
        missing=found.missing,
    )


def tukey(x: Sequence[Any], *, coef: float = 1.5) -> Fences:
    """Beyond `coef` hinge spreads from a hinge. Hinges are medians of the halves, not type-7 quartiles."""
    import numpy as np

    found = vector(x, field="x")
    coef = number(coef, field="coef", least=0)
    ordered = np.sort(found.values)
    half = (len(ordered) + 1) // 2
    low, middle, high = (float(np.median(part)) for part in (ordered[:half], ordered, ordered[-half:]))
    fences = low - coef * (high - low), high + coef * (high - low)
    outside = (found.values < fences[0]) | (found.values > fences[1]) if coef else np.zeros(len(ordered), bool)
    inside = found.values[~outside]
    stats = (float(inside.min()), low, middle, high, float(inside.max()))
    return Fences(stats, fences, tuple(found.values[outside].tolist()), tuple(found.kept[outside].tolist()))


def grubbs(x: Sequence[Any], *, alpha: float = 0.05, side: str = "two") -> Grubbs:
    """One outlier in otherwise normal data; `side` "two", "max" or "min"."""
    import numpy as np

    found = vector(x, field="x", least=3)
    one_of(side, ("two", "max", "min"), field="side")
    alpha = _alpha(alpha)
    deviations = (found.values - found.values.mean()) * {"two": 1, "max": 1, "min": -1}[side]
    place = int(np.argmax(np.abs(deviations) if side == "two" else deviations))
    G = abs(float(deviations[place])) / _sd(found.values)
    n = len(found.values)
    critical = _critical(n, 1 - alpha / (2 * n if side == "two" else n))
    return Grubbs(G, critical, float(found.values[place]), int(found.kept[place]), critical < G)


def gesd(x: Sequence[Any], *, max_outliers: int, alpha: float = 0.05) -> Esd:
    """Up to `max_outliers` outliers, found together so that one does not mask the other."""
    import numpy as np

    found = vector(x, field="x", least=3)
    n, alpha = len(found.values), _alpha(alpha)
    steps = whole(max_outliers, field="max_outliers", least=1, most=n - 2)
    left = np.arange(n)
    ratios, critical, order = [], [], []
    for step in range(steps):
        values = found.values[left]
        sd = _sd(values, allow_none=step > 0)
        if sd == 0:
            break
        place = int(np.argmax(np.abs(values - values.mean())))
        ratios.append(abs(float(values[place] - values.mean())) / sd)
        critical.append(_critical(n - step, 1 - alpha / (2 * (n - step))))
        order.append(int(left[place]))
        left = np.delete(left, place)
    count = max((step + 1 for step in range(len(ratios)) if ratios[step] > critical[step]), default=0)
    candidates, rows = found.values[order], found.kept[order]
    return Esd(tuple(ratios), tuple(critical), count, tuple(candidates.tolist()), tuple(rows.tolist()))


def mad(x: Sequence[Any], *, threshold: float = 3.5) -> Mad:
    """Distance from the median in units of the median absolute deviation."""
    found = _mad(vector(x, field="x"), number(threshold, field="threshold", above=0))
    if found is None:
        raise MethodError("no_spread", field="x")
    return found


def _mad(found: Vector, threshold: float) -> Mad | None:
    import numpy as np

    deviations = found.values - np.median(found.values)
    unit = float(np.median(np.abs(deviations)))
    if unit == 0:
        return None
    scores = 0.6745 * deviations / unit
    return Mad(tuple(scores.tolist()), tuple(found.kept[np.abs(scores) > threshold].tolist()), threshold)


def _critical(n: int, p: float) -> float:
    from scipy.special import stdtrit

    t = float(stdtrit(n - 2, p))
    return (n - 1) / math.sqrt(n) * math.sqrt(t * t / (n - 2 + t * t))


def _sd(values: Any, *, allow_none: bool = False) -> float:
    sd = float(values.std(ddof=1))
    if sd <= 1e-14 * abs(float(values.mean())):
        if allow_none:
            return 0.0
        raise MethodError("no_spread", field="x")
    return sd


def _alpha(alpha: float) -> float:
    return number(alpha, field="alpha", above=0, most=0.5)
