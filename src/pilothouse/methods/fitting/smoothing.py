"""Exponential smoothing as recursions: level, trend and season carried from one observation to the next."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """Where the recursion stands: `seasons` holds the next period's seasonals, soonest first."""

    level: float
    trend: float
    seasons: tuple[float, ...]


@dataclass(frozen=True)
class Smoothed:
    """What a pass over the data leaves behind; `sse` sums the one-step errors."""

    state: State
    fitted: tuple[float, ...]
    residuals: tuple[float, ...]
    sse: float


def run(y: Sequence[float], start: State, first: int, weights: Sequence[float], multiplicative: bool) -> Smoothed:
    """One pass from index `first`, with weights alpha, beta, gamma."""
    alpha, beta, gamma = weights
    level, trend, seasons = start.level, start.trend, list(start.seasons) or [1.0 if multiplicative else 0.0]
    period, fitted, residuals = len(seasons), [], []
    seasonal = bool(start.seasons)
    for place, value in enumerate(y[first:]):
        season = seasons[place % period]
        expected = (level + trend) * season if multiplicative else level + trend + season
        fitted.append(expected)
        residuals.append(value - expected)
        before = level
        bare = value / season if multiplicative else value - season
        level = alpha * bare + (1 - alpha) * (level + trend)
        trend = beta * (level - before) + (1 - beta) * trend
        if seasonal:
            fresh = value / level if multiplicative else value - level
            seasons[place % period] = gamma * fresh + (1 - gamma) * season
    turn = (len(y) - first) % period
    following = tuple(seasons[turn:] + seasons[:turn]) if seasonal else ()
    return Smoothed(
        State(level, trend, following), tuple(fitted), tuple(residuals), math.fsum(e * e for e in residuals)
    )


def ahead(state: State, horizon: int, multiplicative: bool) -> list[float]:
    """Point forecasts 1, 2, ... steps ahead."""
    seasons = state.seasons or (1.0 if multiplicative else 0.0,)
    lines = [state.level + step * state.trend for step in range(1, horizon + 1)]
    pairs = [(line, seasons[step % len(seasons)]) for step, line in enumerate(lines)]
    return [line * season if multiplicative else line + season for line, season in pairs]


def decomposed_start(y: Sequence[float], period: int, multiplicative: bool) -> State:
    """Level, trend and seasons by moving averages of the first two periods, as R starts Holt-Winters."""
    import numpy as np

    head = np.asarray(y[: 2 * period], dtype=float)
    weights = np.ones(period + 1 - period % 2)
    if period % 2 == 0:
        weights[[0, -1]] = 0.5
    moving = np.convolve(head, weights / period, mode="valid")
    half = len(weights) // 2
    middle = head[half : half + len(moving)]
    gaps = middle / moving if multiplicative else middle - moving
    places = (np.arange(len(moving)) + half) % period
    figure = np.array([gaps[places == place].mean() for place in range(period)])
    figure = figure / figure.mean() if multiplicative else figure - figure.mean()
    slope, level = np.polyfit(np.arange(1, len(moving) + 1), moving, 1)
    return State(float(level), float(slope), tuple(figure.tolist()))


def spread(made: Smoothed, weights: tuple[float, float, float], fc: list[float], seasonal: str | None) -> list[float]:
    """Standard deviation by step: shocks of the steps before live on in level, trend and season.

    With a multiplicative season the shocks are relative, so each step's deviation scales with its forecast.
    """
    alpha, beta, gamma = weights
    relative = seasonal == "multiplicative"
    shocks = [e / f for e, f in zip(made.residuals, made.fitted, strict=True)] if relative else list(made.residuals)
    centre = math.fsum(shocks) / len(shocks)
    variance = math.fsum((e - centre) ** 2 for e in shocks) / max(1, len(shocks) - 1)
    period, total, found = len(made.state.seasons), 1.0, []
    for step in range(1, len(fc) + 1):
        found.append(math.sqrt(variance * total) * (abs(fc[step - 1]) if relative else 1.0))
        turns = bool(period) and step % period == 0
        total += (alpha * (1 + step * beta) + turns * gamma * (1 - alpha)) ** 2
    return found


def band(fc: list[float], halves: list[float]) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    pairs = list(zip(fc, halves, strict=True))
    return tuple(fc), tuple(value - half for value, half in pairs), tuple(value + half for value, half in pairs)


def best(error: Callable[[Sequence[float]], float], start: Sequence[float]) -> list[float]:
    """Weights in 0 to 1 with the least squared error: bounded BFGS with the step and the stopping rule that R uses."""
    from scipy.optimize import minimize

    found = minimize(
        error,
        start,
        jac=lambda weights: _slope(error, list(weights)),
        method="L-BFGS-B",
        bounds=[(0.0, 1.0)] * len(start),
        options={"ftol": 2.2e-9, "gtol": 0.0, "maxcor": 5},
    )
    return [float(weight) for weight in found.x]


def _slope(error: Callable[[Sequence[float]], float], weights: list[float], step: float = 1e-3) -> list[float]:
    """Central differences that stay within 0 to 1."""
    slopes = []
    for place, weight in enumerate(weights):
        ends = (min(1.0, weight + step), max(0.0, weight - step))
        high, low = (error([*weights[:place], end, *weights[place + 1 :]]) for end in ends)
        slopes.append((high - low) / (ends[0] - ends[1]))
    return slopes
