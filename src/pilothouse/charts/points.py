"""Things on two scales, with the lines that cut the field into four."""

from __future__ import annotations

from collections.abc import Sequence

from pilothouse.charts._parts import Spec
from pilothouse.charts.plane import Axis, Point, plane


def scatter(
    points: Sequence[Point],
    *,
    x_title: str,
    y_title: str,
    x_domain: tuple[float, float] | None = None,
    y_domain: tuple[float, float] | None = None,
    x_cut: float | None = None,
    y_cut: float | None = None,
    quadrants: Sequence[str] = (),
    format: str = "",
    line: tuple[tuple[float, float], tuple[float, float]] | None = None,
) -> Spec:
    """`quadrants` names the four fields: top left, top right, bottom left, bottom right. `line` is drawn from end to
    end, for what would be expected."""
    return plane(
        points,
        Axis(x_title, x_domain, () if x_cut is None else (x_cut,), format=format),
        Axis(y_title, y_domain, () if y_cut is None else (y_cut,), format=format),
        corners=quadrants,
        line=line,
    )
