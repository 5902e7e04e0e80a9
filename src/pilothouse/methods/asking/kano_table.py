"""Kano's evaluation table and DuMouchel's continuous scale: from a pair of answers to a category, or to a point."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import one_of, whole
from pilothouse.methods.shared.intervals import Interval, t_value
from pilothouse.methods.shared.method import MethodError

Pair = tuple[int, int]
SCALE = ("like", "must_be", "neutral", "live_with", "dislike")
# Rows are functional answers, columns dysfunctional ones, both in the order of SCALE.
TABLES = {
    "classic": ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"),
    "pouliot": ("QAAAO", "RQIIM", "RIIIM", "RIIQM", "RRRRQ"),
}
FUNCTIONAL_POINTS = (4, 2, 0, -1, -2)
DYSFUNCTIONAL_POINTS = (-2, -1, 0, 2, 4)
CUT = 2


def answer(value: Any, *, field: str = "answer", row: Any = None) -> int:
    """An answer as 1 to 5, from a number or one of the words of SCALE."""
    if isinstance(value, str) and value in SCALE:
        return SCALE.index(value) + 1
    return whole(value, field=field, row=row, least=1, most=5)


def classify(functional: Any, dysfunctional: Any, *, table: str = "classic") -> str:
    """The category of one pair of answers."""
    rows = TABLES[one_of(table, tuple(TABLES), field="table")]
    return rows[answer(functional, field="functional") - 1][answer(dysfunctional, field="dysfunctional") - 1]


def evaluation_table(table: str = "classic") -> dict[str, dict[str, str]]:
    """All 25 cells: functional answer, then dysfunctional answer."""
    return {f: {d: classify(f, d, table=table) for d in SCALE} for f in SCALE}


@dataclass(frozen=True)
class Continuous:
    """Mean position on the continuous scale: X without the feature, Y with it.

    `quadrant` is M, O, A or I, cut at 2 on both axes. With a negative mean it is Q where the other mean is high (the
    answers contradict each other), else R. Intervals are None for a single answer.
    """

    n: int
    x_dysfunctional_mean: float
    y_functional_mean: float
    x_sd: float | None
    y_sd: float | None
    x_ci: Interval | None
    y_ci: Interval | None
    quadrant: str


def continuous(pairs: Mapping[Pair, int] | Iterable[tuple[Any, Any]], *, conf: float = 0.95) -> Continuous:
    """Mean points of pairs of answers, or of how often each pair was given."""
    counted = pairs.items() if isinstance(pairs, Mapping) else ((pair, 1) for pair in pairs)
    points = [
        (
            DYSFUNCTIONAL_POINTS[answer(d, field="dysfunctional") - 1],
            FUNCTIONAL_POINTS[answer(f, field="functional") - 1],
            n,
        )
        for (f, d), n in counted
    ]
    n = sum(count for _, _, count in points)
    if not n:
        raise MethodError("no_answers", field="answers")
    x, x_sd, x_ci = _moments([(x, count) for x, _, count in points], n, conf)
    y, y_sd, y_ci = _moments([(y, count) for _, y, count in points], n, conf)
    return Continuous(n, x, y, x_sd, y_sd, x_ci, y_ci, quadrant(x, y))


def _moments(points: list[tuple[int, int]], n: int, conf: float) -> tuple[float, float | None, Interval | None]:
    mean = sum(value * count for value, count in points) / n
    if n < 2:
        return mean, None, None
    sd = math.sqrt(math.fsum(count * (value - mean) ** 2 for value, count in points) / (n - 1))
    half = t_value(n - 1, conf) * sd / math.sqrt(n)
    return mean, sd, (mean - half, mean + half)


def quadrant(x: float, y: float) -> str:
    """Where a mean point lies."""
    if min(x, y) < 0:
        return "Q" if max(x, y) >= CUT else "R"
    return {(True, True): "O", (True, False): "M", (False, True): "A"}.get((x >= CUT, y >= CUT), "I")
