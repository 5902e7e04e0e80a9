"""Time series: what comes next, how sure is it, and does the method beat simply repeating last season?

Question: where will this metric be in the next weeks or months, with an interval?
Not for: series with a break (a launch, a price change) inside, or fewer than two full seasons when there is a season.
Sample: two seasons at least, four to trust the interval; 10 values without a season.

    >>> result = analyse([30, 21, 29, 40, 34, 25, 33, 44, 38, 29, 37, 48, 42, 33, 41, 52], period=4, horizon=4)
    >>> result.method, [round(value, 1) for value in result.fc], round(result.mase, 2)
    ('holt_winters', [46.0, 37.0, 45.0, 56.0], 0.0)
    >>> [round(value, 3) for value in ses([71, 70, 69, 68], alpha=0.1).S]
    [71.0, 70.9, 70.71]

Source: R. G. Brown, 1956 (simple smoothing, NIST/SEMATECH e-Handbook 6.4.3.1); C. C. Holt, 1957; P. R. Winters,
Management Science 6, 1960 (started by decomposition of two periods); C. Chatfield and M. Yar, Int. J. Forecasting
7, 1991 (intervals); R. B. Cleveland et al., J. Official Statistics 6, 1990 (STL); R. Hyndman and A. Koehler, 2006
(MASE).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.smoothing import Smoothed, State, ahead, band, best, decomposed_start, run, spread
from pilothouse.methods.shared.checks import extra, number, one_of, whole
from pilothouse.methods.shared.intervals import z_value
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.vectors import vector

SEASONAL = ("additive", "multiplicative")


@dataclass(frozen=True)
class Result:
    """`fc` with `low` and `high` by step. `mase` is the error of a back-test on the last `holdout` values over that of
    the seasonal naive forecast: over 1, repeating last season is better, and then `method` is "seasonal_naive".

    `errors` lists the mean absolute back-test error of every candidate. Flags: "few_seasons", "interval_normal".
    """

    method: str
    fc: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    confidence: float
    mase: float | None
    errors: dict[str, float]
    holdout: int
    sse: float
    period: int
    flags: tuple[str, ...]
    n: int


@dataclass(frozen=True)
class Smoothing:
    """`S` are the smoothed values, each the forecast of the next observation; the first is the first observation."""

    S: tuple[float, ...]
    SSE: float
    MSE: float
    alpha: float


@dataclass(frozen=True)
class HoltWinters:
    """`coef`: a level, b trend, s1... the coming seasonals. `beta` and `gamma` are None where there is none."""

    alpha: float
    beta: float | None
    gamma: float | None
    coef: dict[str, float]
    sse: float
    fc: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    residuals: tuple[float, ...]
    seasonal: str | None


@dataclass(frozen=True)
class Decomposition:
    """y = seasonal + trend + remainder. `strength_seasonal` and `strength_trend` run from 0 to 1."""

    seasonal: tuple[float, ...]
    trend: tuple[float, ...]
    remainder: tuple[float, ...]
    strength_seasonal: float
    strength_trend: float


def analyse(
    y: Sequence[Any],
    *,
    period: int = 1,
    seasonal: str = "additive",
    horizon: int | None = None,
    confidence: float = 0.95,
) -> Result:
    """Back-test the candidates on the last values, take the best, forecast `horizon` steps (default one period)."""
    values = series(y, least=4)
    period = whole(period, field="period", least=1, most=max(1, len(values) // 2))
    steps = whole(horizon if horizon is not None else max(period, 4), field="horizon", least=1, most=10_000)
    one_of(seasonal, SEASONAL, field="seasonal")
    holdout = min(steps, max(1, (len(values) - 2 * period) // 2), max(1, len(values) // 4))
    errors = _backtest(values, period, seasonal, holdout)
    chosen = min(errors, key=lambda name: errors[name])
    made = forecast(values, chosen, period=period, seasonal=seasonal, horizon=steps, confidence=confidence)
    base = errors["seasonal_naive"]
    return Result(
        method=chosen,
        fc=made.fc,
        low=made.low,
        high=made.high,
        confidence=confidence,
        mase=errors[chosen] / base if base else None,
        errors=errors,
        holdout=holdout,
        sse=made.sse,
        period=period,
        flags=("few_seasons",) * (period > 1 and len(values) < 4 * period),
        n=len(values),
    )


def series(y: Sequence[Any], *, least: int) -> list[float]:
    """A series has no gaps: a missing value is refused, not skipped, because everything after it would shift."""
    found = vector(y, field="y", least=least)
    if found.missing:
        gap = next(row for row in range(found.n) if row >= len(found.kept) or found.kept[row] != row)
        raise MethodError("gap_in_series", field="y", row=gap)
    return found.values.tolist()


def _backtest(y: list[float], period: int, seasonal: str, holdout: int) -> dict[str, float]:
    """Mean absolute error on the last `holdout` values by each method that the training part can carry."""
    train, test = y[:-holdout], y[-holdout:]
    names = ["seasonal_naive", "ses", "holt"] + ["holt_winters"] * (period > 1 and len(train) >= 2 * period + 1)
    errors = {}
    for name in names:
        if len(train) < (period if name == "seasonal_naive" else 3):
            continue
        guessed = forecast(train, name, period=period, seasonal=seasonal, horizon=holdout).fc
        errors[name] = math.fsum(abs(a - b) for a, b in zip(test, guessed, strict=True)) / holdout
    return errors


def forecast(
    y: Sequence[Any],
    method: str,
    *,
    period: int = 1,
    seasonal: str = "additive",
    horizon: int = 12,
    confidence: float = 0.95,
) -> HoltWinters:
    """By name: "seasonal_naive", "ses", "holt" or "holt_winters"."""
    one_of(method, ("seasonal_naive", "ses", "holt", "holt_winters"), field="method")
    if method == "seasonal_naive":
        return _naive(series(y, least=period), period, horizon, confidence)
    if method == "holt_winters":
        return holt_winters(y, period=period, seasonal=seasonal, horizon=horizon, confidence=confidence)
    return _plain(series(y, least=3), trended=method == "holt", horizon=horizon, confidence=confidence)


def ses(y: Sequence[Any], *, alpha: float | None = None) -> Smoothing:
    """Simple smoothing with a given weight, or the weight of least squared error."""
    values = series(y, least=2)
    start = State(values[0], 0.0, ())
    chosen = best(lambda w: run(values, start, 1, (w[0], 0, 0), False).sse, [0.3])[0] if alpha is None else alpha
    chosen = number(chosen, field="alpha", least=0, most=1)
    made = run(values, start, 1, (chosen, 0, 0), False)
    return Smoothing(made.fitted, made.sse, made.sse / len(made.residuals), chosen)


def holt_winters(
    y: Sequence[Any],
    *,
    period: int,
    seasonal: str = "additive",
    horizon: int | None = None,
    confidence: float = 0.95,
    weights: tuple[float, float, float] | None = None,
) -> HoltWinters:
    """Level, trend and season; the weights (alpha, beta, gamma) of least squared one-step error unless given."""
    one_of(seasonal, SEASONAL, field="seasonal")
    period = whole(period, field="period", least=2)
    values = series(y, least=2 * period + 1)
    multiplicative = seasonal == "multiplicative"
    if multiplicative and min(values) <= 0:
        raise MethodError("not_positive", field="y", row=values.index(min(values)))
    start = decomposed_start(values, period, multiplicative)
    chosen = weights or best(lambda w: run(values, start, period, w, multiplicative).sse, [0.3, 0.1, 0.1])
    made = run(values, start, period, chosen, multiplicative)
    return _packed(made, chosen, seasonal, horizon or period, confidence)


def _plain(values: list[float], *, trended: bool, horizon: int, confidence: float) -> HoltWinters:
    start = State(values[1], values[1] - values[0], ()) if trended else State(values[0], 0.0, ())
    first = 2 if trended else 1
    guess = [0.3, 0.1] if trended else [0.3]
    fill = [0.0] * (3 - len(guess))
    found = best(lambda w: run(values, start, first, [*w, *fill], False).sse, guess)
    weights = (*found, *fill)
    return _packed(run(values, start, first, weights, False), weights, None, horizon, confidence, trended=trended)


def _naive(values: list[float], period: int, horizon: int, confidence: float) -> HoltWinters:
    """The last season again; the interval grows with every season passed."""
    gaps = [b - a for a, b in zip(values, values[period:], strict=False)]
    sse = math.fsum(gap * gap for gap in gaps)
    sd = math.sqrt(sse / len(gaps)) if gaps else 0.0
    fc = [values[len(values) - period + step % period] for step in range(horizon)]
    halves = [z_value(confidence) * sd * math.sqrt(step // period + 1) for step in range(horizon)]
    return HoltWinters(1.0, None, None, {"a": values[-1]}, sse, *band(fc, halves), tuple(gaps), None)


def _packed(
    made: Smoothed, weights: Any, seasonal: str | None, horizon: int, confidence: float, trended: bool = True
) -> HoltWinters:
    alpha, beta, gamma = (float(weight) for weight in weights)
    state = made.state
    coef = {"a": state.level} | ({"b": state.trend} if trended else {})
    coef |= {f"s{place}": value for place, value in enumerate(state.seasons, 1)}
    fc = ahead(state, horizon, seasonal == "multiplicative")
    halves = [z_value(confidence) * sd for sd in spread(made, (alpha, beta, gamma), fc, seasonal)]
    return HoltWinters(
        alpha,
        beta if trended else None,
        gamma if seasonal else None,
        coef,
        made.sse,
        *band(fc, halves),
        made.residuals,
        seasonal,
    )


def stl(y: Sequence[Any], *, period: int, seasonal: str | int = "periodic", robust: bool = False) -> Decomposition:
    """Season, trend and rest by loess; `seasonal` is "periodic" (always the same) or an odd window of 7 or more."""
    import numpy as np

    values = np.array(series(y, least=4))
    period = whole(period, field="period", least=2, most=len(values) // 2)
    fixed = seasonal == "periodic"
    window = 10 * len(values) + 1 if fixed else whole(seasonal, field="seasonal", least=7)
    window += 1 - window % 2
    made = _loess(values, period, window, robust)
    pattern = np.array(made.seasonal)
    if fixed:
        for place in range(period):
            pattern[place::period] = pattern[place::period].mean()
    rest = values - pattern - made.trend
    return Decomposition(
        tuple(pattern.tolist()),
        tuple(np.asarray(made.trend).tolist()),
        tuple(rest.tolist()),
        *(_strength(rest, part) for part in (pattern, made.trend)),
    )


def _loess(values: Any, period: int, window: int, robust: bool) -> Any:
    """Smoothed at every tenth of a window and interpolated between, as Cleveland's programme (and R) does it."""
    trend = math.ceil(1.5 * period / (1 - 1.5 / window))
    trend, low = trend + 1 - trend % 2, period + 1 - period % 2
    jumps = {name: math.ceil(width / 10) for name, width in (("seasonal", window), ("trend", trend), ("low_pass", low))}
    decompose = extra("statsmodels.tsa.seasonal").STL(
        values,
        period,
        seasonal=window,
        trend=trend,
        low_pass=low,
        seasonal_deg=0,
        robust=robust,
        **{f"{name}_jump": jump for name, jump in jumps.items()},
    )
    return decompose.fit()


def _strength(rest: Any, part: Any) -> float:
    whole_variance = float((rest + part).var())
    return max(0.0, 1 - float(rest.var()) / whole_variance) if whole_variance else 0.0
