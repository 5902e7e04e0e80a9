"""The chart of a metric's readings, as coordinates for an SVG: a line of means, their intervals, and the releases."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pilothouse.outcomes.models import Reading

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 28, 28
MOST_POINTS = 200
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    path: str
    points: list[dict[str, Any]]
    intervals: str
    ticks: list[dict[str, Any]]
    days: list[dict[str, Any]]
    releases: list[dict[str, Any]]
    base: int
    left: int
    right: int
    top: int


def chart(readings: Sequence[Reading], releases: Sequence[tuple[date, str]]) -> Chart | None:
    """None without readings. At most 200 points are drawn, the newest; the table holds all of them."""
    shown = list(readings)[-MOST_POINTS:]
    if not shown:
        return None
    first, last = shown[0].on, shown[-1].on
    marked = [(day, name) for day, name in releases if first <= day <= last]
    levels = ticks(shown)

    def x(day: date) -> float:
        span = (last - first).days
        return round(LEFT + (WIDTH - LEFT - RIGHT) * ((day - first).days / span if span else 0.5), 1)

    def y(value: float) -> float:
        share = (value - levels[0]) / (levels[-1] - levels[0])
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share, 1)

    points = [{"x": x(row.on), "y": y(row.value), "reading": row} for row in shown]
    bars = [(x(row.on), y(row.low), y(row.high)) for row in shown if row.low is not None and row.high is not None]
    return Chart(
        width=WIDTH, height=HEIGHT, points=points,
        path=" ".join(f"{'M' if place == 0 else 'L'}{point['x']} {point['y']}" for place, point in enumerate(points)),
        intervals=" ".join(f"M{at} {low}V{high}" for at, low, high in bars),
        ticks=[{"y": y(level), "value": level} for level in levels],
        days=[{"x": x(day), "day": day, "anchor": anchor} for day, anchor in ends(first, last)],
        releases=[{"x": x(day), "day": day, "name": name, "end": x(day) > WIDTH * 0.7} for day, name in marked],
        base=HEIGHT - BOTTOM, left=LEFT, right=WIDTH - RIGHT, top=TOP,
    )  # fmt: skip


def ends(first: date, last: date) -> list[tuple[date, str]]:
    return [(first, "middle")] if first == last else [(first, "start"), (last, "end")]


def ticks(readings: Sequence[Reading]) -> list[float]:
    """Three to six round levels that hold all values and their intervals."""
    values = [value for row in readings for value in (row.value, row.low, row.high) if value is not None]
    low, high = min(values), max(values)
    if low == high:
        low, high = low - (abs(low) * 0.1 or 1), high + (abs(high) * 0.1 or 1)
    step = round_step((high - low) / 4)
    start, end = math.floor(low / step), math.ceil(high / step)
    return [place * step for place in range(start, end + 1)]


def round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in STEPS if step * power >= rough * (1 - 1e-9))
