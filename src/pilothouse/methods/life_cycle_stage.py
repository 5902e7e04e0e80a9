"""Life-cycle stage: introduction, growth, maturity or decline.

Question: at which stage of its life is the product, by its adoption curve or by its growth?
Not for: seasonal or noisy series as they are (pass `season`), or fewer than 8 periods.
Sample: the parameters of a fitted Bass curve, or at least 8 periods of sales.

    >>> result = analyse(p=0.03, q=0.38, t=5)
    >>> round(result.t1, 2), round(result.peak_time, 2), round(result.t2, 2), result.stage
    (2.98, 6.19, 9.4, 'growth')
    >>> by_growth([2, 30, 60, 90, 120, 126, 128, 127, 110, 80]).stages[-4:]
    ('maturity', 'maturity', 'maturity', 'decline')

Source: Mahajan, Muller and Srivastava, Journal of Marketing Research 27, 1990 (points of inflection of the Bass
curve); Polli and Cook, Journal of Business 42(4), 1969 (growth against half a standard deviation).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import stdev
from typing import Literal

from pilothouse.methods.shared.checks import number, numbers, whole
from pilothouse.methods.shared.method import MethodError

Stage = Literal["introduction", "growth", "maturity", "decline"]
LEAST = 8


@dataclass(frozen=True)
class Result:
    """Times since launch, in the unit of p and q. Without a peak (q <= p) sales fall from the start: all None,
    decline."""

    t1: float | None
    peak_time: float | None
    t2: float | None
    cum_share_at_peak: float | None
    stage: Stage | None


def analyse(*, p: float, q: float, t: float | None = None) -> Result:
    """introduction < t1 <= growth < peak <= maturity < t2 <= decline.

    Raises MethodError "not_a_number" or "too_small".
    """
    p, q = number(p, field="p", above=0), number(q, field="q", least=0)
    at = None if t is None else number(t, field="t", least=0)
    if q <= p:
        return Result(None, None, None, None, None if at is None else "decline")
    peak = math.log(q / p) / (p + q)
    away = math.log(2 + math.sqrt(3)) / (p + q)
    t1, t2 = peak - away, peak + away
    return Result(t1, peak, t2, (q - p) / (2 * q), None if at is None else _stage(at, t1, peak, t2))


def _stage(at: float, t1: float, peak: float, t2: float) -> Stage:
    return "introduction" if at < t1 else "growth" if at < peak else "maturity" if at < t2 else "decline"


@dataclass(frozen=True)
class Growth:
    """One stage per period from the second on (with `season` from the first full year's second sum on)."""

    stage: Stage
    stages: tuple[Stage, ...]
    changes: tuple[float, ...]
    sigma: float
    n: int


def by_growth(
    sales: Sequence[float], *, sigma: float | None = None, introduction: float = 0.05, season: int | None = None
) -> Growth:
    """Growth beyond half of `sigma` either way; between them maturity; introduction below that share of the peak.

    `sigma` is the standard deviation of growth across comparable products; without it, this product's own after its
    introduction is taken.
    Raises MethodError "too_few", "not_positive", "too_small" or "not_a_number".
    """
    series = numbers(sales, field="sales", least_count=LEAST, least=0)
    if season is not None:
        width = whole(season, field="season", least=2)
        series = [math.fsum(series[at : at + width]) for at in range(len(series) - width + 1)]
        if len(series) < LEAST:
            raise MethodError("too_few", field="sales", n=len(series), least=LEAST)
    for row, value in enumerate(series[:-1]):
        if value <= 0:
            raise MethodError("not_positive", field="sales", row=row)
    changes = [after / before - 1 for before, after in pairwise(series)]
    floor = number(introduction, field="introduction", least=0, most=1) * max(series)
    peak = series.index(max(series))
    half = (_own_sigma(series, changes, floor) if sigma is None else number(sigma, field="sigma", least=0)) / 2
    stages = tuple(
        "introduction"
        if value < floor and at < peak
        else "growth"
        if change > half
        else "decline"
        if change < -half
        else "maturity"
        for at, (value, change) in enumerate(zip(series[1:], changes, strict=True), start=1)
    )
    return Growth(stages[-1], stages, tuple(changes), 2 * half, len(series))  # type: ignore[arg-type]


def _own_sigma(series: Sequence[float], changes: Sequence[float], floor: float) -> float:
    """Growth out of next to nothing is left out: a first doubling or tenfold would hide every later change."""
    settled = [change for before, change in zip(series, changes, strict=False) if before >= floor]
    return stdev(settled) if len(settled) > 1 else 0.0
