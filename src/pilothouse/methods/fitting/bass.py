"""Fitting the Bass curve: the market size m is linear given p and q, so only those two are searched for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from pilothouse.methods.shared.intervals import t_value
from pilothouse.methods.shared.method import MethodError

REFINED = 4  # how many of the best grid points are refined


@dataclass(frozen=True)
class Fit:
    m: float
    p: float
    q: float
    se: dict[str, float | None]
    resid_se: float
    r2: float
    fitted: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...] | None
    form: str


@dataclass(frozen=True)
class Ols:
    """Sales on cumulative sales and their square: a + bY + cY^2; m, p, q only where the parabola has a market size."""

    a: float
    b: float
    c: float
    m: float | None
    p: float | None
    q: float | None


def shape(form: str, times: Any, p: Any, q: Any) -> Any:
    """Adoptions in each period as a share of the market."""
    if form == "density":
        import numpy as np

        decay = np.exp(-(p + q) * times)
        return (p + q) ** 2 / p * decay / (1 + q / p * decay) ** 2
    return cumulative(times, p, q) - cumulative(times - 1, p, q)


def cumulative(times: Any, p: Any, q: Any) -> Any:
    import numpy as np

    decay = np.exp(-(p + q) * times)
    return (1 - decay) / (1 + q / p * decay)


def fit(sales: Sequence[float], form: str, m: float | None) -> Fit:
    """Least squares from the best points of a grid, in the logarithms of p and q."""
    import numpy as np
    from scipy.optimize import least_squares

    series, times = np.array(sales), np.arange(1.0, len(sales) + 1)
    if not series.any():
        raise MethodError("all_zero", field="sales")
    scale = series.max()

    def residuals(logs: Any) -> Any:
        part = shape(form, times, *np.exp(logs))
        return (_market(series, part, m) * part - series) / scale

    grid = [
        (p, q)
        for p in np.linspace(math.log(1e-6), math.log(0.8), 24)
        for q in np.linspace(math.log(1e-3), math.log(3), 24)
    ]
    with np.errstate(all="ignore"):
        starts = sorted(grid, key=lambda logs: _size(residuals(logs)))[:REFINED]
        bounds = ([math.log(1e-9), math.log(1e-9)], [math.log(5), math.log(10)])
        tries = [
            least_squares(residuals, start, bounds=bounds, x_scale=0.1, xtol=1e-15, ftol=1e-15, gtol=1e-15)
            for start in starts
        ]
    p, q = np.exp(min(tries, key=lambda found: found.cost).x)
    part = shape(form, times, p, q)
    return _described(series, times, form, _market(series, part, m), float(p), float(q), m is not None)


def _size(values: Any) -> float:
    total = float((values**2).sum())
    return total if math.isfinite(total) else math.inf


def _market(series: Any, part: Any, m: float | None) -> float:
    if m is not None:
        return m
    weight = float(part @ part)
    return float(series @ part) / weight if weight > 0 else 0.0


def _described(series: Any, times: Any, form: str, m: float, p: float, q: float, fixed: bool) -> Fit:
    """Standard errors from the curvature of the sum of squares (Gauss-Newton), in the natural parameters."""
    import numpy as np

    fitted = m * shape(form, times, p, q)
    error = float(((series - fitted) ** 2).sum())
    slopes = gradient(form, times, m, p, q, fixed)
    df = len(series) - slopes.shape[1]
    variance = error / df
    size = np.sqrt((slopes**2).sum(axis=0))
    covariance = None
    if (size > 0).all() and np.linalg.cond(slopes / size) < 1e8:
        covariance = variance * np.linalg.inv((slopes / size).T @ (slopes / size)) / np.outer(size, size)
    errors = [None] * slopes.shape[1] if covariance is None else np.sqrt(covariance.diagonal()).tolist()
    named = dict(zip(("p", "q") if fixed else ("m", "p", "q"), errors, strict=True))
    spread = float(((series - series.mean()) ** 2).sum())
    return Fit(
        m, p, q, {"m": None, **named}, math.sqrt(variance), 1 - error / spread if spread else 0.0,
        tuple(fitted.tolist()), None if covariance is None else tuple(map(tuple, covariance.tolist())), form,
    )  # fmt: skip


def gradient(form: str, times: Any, m: float, p: float, q: float, fixed: bool) -> Any:
    """Derivatives of sales by m (unless it is fixed), p and q; the last two by central differences."""
    import numpy as np

    columns = [] if fixed else [shape(form, times, p, q)]
    for at in (0, 1):
        step = 1e-6 * (p, q)[at]
        up, down = [p, q], [p, q]
        up[at], down[at] = up[at] + step, down[at] - step
        columns.append(m * (shape(form, times, *up) - shape(form, times, *down)) / (2 * step))
    return np.column_stack(columns)


def forecast(found: Fit, n: int, steps: int, fixed: bool) -> tuple[tuple[float, float, float], ...]:
    """Expected sales with a 95 % prediction interval, never below zero; a bare guess where the errors are unknown."""
    import numpy as np

    if not steps:
        return ()
    times = np.arange(n + 1.0, n + steps + 1)
    centre = found.m * shape(found.form, times, found.p, found.q)
    if found.covariance is None:
        return tuple((value, 0.0, math.inf) for value in centre.tolist())
    slopes = gradient(found.form, times, found.m, found.p, found.q, fixed)
    variance = np.einsum("ij,jk,ik->i", slopes, np.array(found.covariance), slopes) + found.resid_se**2
    half = t_value(n - slopes.shape[1]) * np.sqrt(variance)
    return tuple((c, max(0.0, c - h), c + h) for c, h in zip(centre.tolist(), half.tolist(), strict=True))


def ols(sales: Sequence[float]) -> Ols | None:
    """Bass's own estimator, biased but a check; None when cumulative sales do not vary enough."""
    import numpy as np

    before = np.array([0.0, *accumulate(sales)][:-1])
    scale = before.max()
    if not scale:
        return None
    design = np.column_stack([np.ones(len(sales)), before / scale, (before / scale) ** 2])
    solution, _, rank, _ = np.linalg.lstsq(design, np.array(sales), rcond=None)
    if rank < 3:
        return None
    a, b, c = float(solution[0]), float(solution[1] / scale), float(solution[2] / scale**2)
    inside = b * b - 4 * a * c
    if c >= 0 or inside < 0:
        return Ols(a, b, c, None, None, None)
    m = (-b - math.sqrt(inside)) / (2 * c)
    return Ols(a, b, c, m, a / m, -m * c) if m > 0 else Ols(a, b, c, None, None, None)
