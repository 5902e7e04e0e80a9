"""Anomaly: which days of a metric are out of line, once season and trend are taken out?

Question: did something happen on these days that the usual rhythm does not explain?
Not for: known events (mark them first), or counts so small that zero is normal.
Sample: two full seasons; without a season, 12 values.

    >>> week = [100, 102, 98, 101, 99, 60, 55]
    >>> visits = week * 6
    >>> visits[17] += 45
    >>> [(one.row, one.value, round(one.expected, 6)) for one in analyse(visits, period=7).anomalies]
    [(17, 146.0, 101.0)]

Source: R. B. Cleveland et al., "STL", J. Official Statistics 6, 1990 (robust fit); B. Iglewicz and D. Hoaglin, 1993
(score 0.6745 r / MAD); E. S. Page, Biometrika 41, 1954 (CUSUM, for a lasting shift).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods import timeseries
from pilothouse.methods.shared.checks import number, whole

TINY = 1e-9


@dataclass(frozen=True)
class Anomaly:
    """`score` is in robust standard deviations, None when the rest of the series has no noise at all."""

    row: int
    value: float
    expected: float
    score: float | None


@dataclass(frozen=True)
class Shift:
    """The row from which the level seems to differ, by how much, and the CUSUM range with its permutation p."""

    row: int
    change: float
    p: float


@dataclass(frozen=True)
class Result:
    """`noise` is the robust standard deviation of what season and trend leave; `shift` None when none is found."""

    anomalies: tuple[Anomaly, ...]
    expected: tuple[float, ...]
    noise: float
    shift: Shift | None
    threshold: float
    n: int


def analyse(y: Sequence[Any], *, period: int = 1, threshold: float = 3.5, seed: int = 0, shuffles: int = 999) -> Result:
    """Flag values more than `threshold` robust deviations from season plus trend, and look for one lasting shift."""
    import numpy as np

    values = np.array(timeseries.series(y, least=4))
    period = whole(period, field="period", least=1, most=len(values) // 2)
    threshold = number(threshold, field="threshold", above=0)
    expected = expectation(values, period)
    rest = values - expected
    rest = rest - np.median(rest)
    noise = float(np.median(np.abs(rest))) / 0.6745
    floor = TINY * max(1.0, float(np.abs(values).max()))
    far = np.abs(rest) > (threshold * noise if noise > floor else floor * 1000)
    found = tuple(
        Anomaly(row, float(values[row]), float(expected[row]), float(rest[row]) / noise if noise > floor else None)
        for row in np.flatnonzero(far).tolist()
    )
    quiet = np.where(far, 0.0, values - _season(values, period))
    level = np.where(far, np.median(quiet[~far]) if (~far).any() else 0.0, quiet)
    shift = _shift(level, seed, whole(shuffles, field="shuffles", least=99, most=100_000))
    return Result(found, tuple(expected.tolist()), noise, shift, threshold, len(values))


def expectation(values: Any, period: int) -> Any:
    """Season plus trend: the median of a value's neighbours, deseasoned. The value itself has no say in it."""
    import numpy as np

    season = _season(values, period)
    bare = values - season
    reach = max(3, period // 2 * 2 + 1, 7 if len(values) >= 14 else 3)
    padded = np.pad(bare, reach // 2, mode="reflect" if len(bare) > reach // 2 else "edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach)
    return np.median(np.delete(windows, reach // 2, axis=1), axis=1) + season


def _season(values: Any, period: int) -> Any:
    """Median by place in the period of the values less their running level, summing to zero."""
    import numpy as np

    if period == 1:
        return np.zeros_like(values)
    reach = period + 1 - period % 2
    padded = np.pad(values, reach // 2, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach)
    weights = np.ones(reach)
    if period % 2 == 0:
        weights[[0, -1]] = 0.5
    gaps = values - windows @ weights / period
    figure = np.array([np.median(gaps[place::period]) for place in range(period)])
    return np.resize(figure - figure.mean(), len(values))


def _shift(level: Any, seed: int, shuffles: int) -> Shift | None:
    """Largest excursion of the cumulative deviation from the mean, against shuffled series."""
    import numpy as np

    reach = _excursion(level)
    if reach == 0:
        return None
    draws = np.random.default_rng(seed).permuted(np.tile(level, (shuffles, 1)), axis=1)
    sums = np.cumsum(draws - level.mean(), axis=1)
    beaten = int(np.count_nonzero(np.abs(sums).max(axis=1) >= reach * (1 - 1e-12)))
    p = (1 + beaten) / (shuffles + 1)
    if p > 0.01:
        return None
    row = int(np.argmax(np.abs(np.cumsum(level - level.mean())))) + 1
    return Shift(row, float(level[row:].mean() - level[:row].mean()), p)


def _excursion(level: Any) -> float:
    import numpy as np

    reach = float(np.abs(np.cumsum(level - level.mean())).max())
    return 0.0 if math.isclose(reach, 0.0, abs_tol=1e-9 * max(1.0, float(np.abs(level).max()))) else reach
