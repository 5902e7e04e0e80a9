"""Bass diffusion: how a new thing spreads, when it peaks and how many it reaches.

Question: when do first purchases peak, and how big does the market get?
Not for: sales with replacements in them, or series that have not bent yet: then give the market size `m` from
elsewhere.
Sample: at least 6 periods, near or past the peak; `m_identified` says whether the data bound the market at all.

    >>> vcr = analyse([840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890])
    >>> round(vcr.m), round(vcr.p, 5), round(vcr.q, 4), round(vcr.stages.peak_time, 2)
    (67660, 0.00879, 0.6422, 6.59)

Source: Frank Bass, Management Science 15(5), 1969; estimator: Srinivasan and Mason, Marketing Science 5(2), 1986
(least squares on
m [F(t) - F(t-1)]); the density form is that of Cowpertwait and Metcalfe, Introductory Time Series with R, 2009.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pilothouse.methods import life_cycle_stage
from pilothouse.methods.fitting.bass import Fit, Ols, fit, forecast, ols
from pilothouse.methods.shared.checks import number, numbers, one_of, whole

LEAST = 6
ESTIMATORS = ("srinivasan_mason", "density")


@dataclass(frozen=True)
class Result:
    """The chosen fit's p, q, m, their standard errors and `stages`; the other estimators beside it.

    `m_identified` is False when the standard error of m exceeds half of it, or the peak lies beyond the data.
    `forecast`: (expected, low, high) for the periods ahead, a 95 % prediction interval.
    """

    p: float
    q: float
    m: float
    se: dict[str, float | None]
    resid_se: float
    r2: float
    estimator: str
    nls_srinivasan_mason: Fit
    nls_density: Fit | None
    ols_bass1969: Ols | None
    stages: life_cycle_stage.Result
    m_identified: bool
    fitted: tuple[float, ...]
    forecast: tuple[tuple[float, float, float], ...]
    n: int


def analyse(
    sales: Sequence[float],
    *,
    m: float | None = None,
    estimator: Literal["srinivasan_mason", "density"] = "srinivasan_mason",
    ahead: int = 0,
) -> Result:
    """First purchases in periods 1, 2, ... since launch; `m` fixes the market size.

    Raises MethodError "too_few", "too_small" (also m below what was sold), "all_zero" or "not_a_number".
    """
    series = numbers(sales, field="sales", least_count=LEAST if m is None else 4, least=0)
    one_of(estimator, ESTIMATORS, field="estimator")
    fixed = None if m is None else number(m, field="m", least=sum(series))
    steps = whole(ahead, field="ahead", least=0, most=200)
    mason = fit(series, "srinivasan_mason", fixed)
    density = fit(series, "density", fixed)
    chosen = mason if estimator == "srinivasan_mason" else density
    stages = life_cycle_stage.analyse(p=chosen.p, q=chosen.q, t=float(len(series)))
    return Result(
        p=chosen.p,
        q=chosen.q,
        m=chosen.m,
        se=chosen.se,
        resid_se=chosen.resid_se,
        r2=chosen.r2,
        estimator=estimator,
        nls_srinivasan_mason=mason,
        nls_density=density,
        ols_bass1969=ols(series),
        stages=stages,
        m_identified=fixed is not None or _identified(chosen, stages, len(series)),
        fitted=chosen.fitted,
        forecast=forecast(chosen, len(series), steps, fixed is not None),
        n=len(series),
    )


def _identified(found: Fit, stages: life_cycle_stage.Result, n: int) -> bool:
    error = found.se["m"]
    return error is not None and error < found.m / 2 and (stages.peak_time is None or stages.peak_time <= n)
