"""Things on two scales, each scale as the field draws it: cut, logarithmic, or with its high end on the left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pilothouse.charts._parts import Spec, layer, number, spec, text

AREA, LARGEST = 90, 1_600  # of a mark in square pixels; of the bubble with the largest size


@dataclass(frozen=True)
class Point:
    """Intervals are drawn where both ends are given; `size` makes the mark a bubble of that area beside the others."""

    label: str
    x: float
    y: float
    tip: str
    url: str = ""
    x_low: float | None = None
    x_high: float | None = None
    y_low: float | None = None
    y_high: float | None = None
    tone: str = "$sea"
    size: float | None = None


@dataclass(frozen=True)
class Axis:
    """`cuts` are drawn as lines across; `reverse` puts the high end to the left, or to the bottom; `ticks` are the
    numbers that are named, where it should not be left to the drawing."""

    title: str
    domain: tuple[float, float] | None = None
    cuts: Sequence[float] = ()
    log: bool = False
    reverse: bool = False
    format: str = ""
    ticks: Sequence[float] = ()


def plane(
    points: Sequence[Point],
    x: Axis,
    y: Axis,
    *,
    corners: Sequence[str] = (),
    arrows: Sequence[tuple[str, float, float]] = (),
    line: tuple[tuple[float, float], tuple[float, float]] | None = None,
) -> Spec:
    """`corners` names the four fields as they lie on the page: top left, top right, bottom left, bottom right.
    `arrows` lead from the origin; `line` is drawn from end to end, for what would be expected."""
    across = scale("x", x, [one for p in points for one in (p.x, p.x_low, p.x_high)])
    up = scale("y", y, [one for p in points for one in (p.y, p.y_low, p.y_high)])
    thin = {"strokeWidth": 1, "color": "$faint/70"}
    look = {
        "color": {"field": "tone", "type": "nominal", "scale": None},
        "size": {"field": "area", "type": "quantitative", "scale": None},
    }
    opacity = 0.85 if any(point.size for point in points) else 1
    return spec(
        [
            *names(corners),
            *(cut("x", at, across) for at in x.cuts),
            *(cut("y", at, up) for at in y.cuts),
            *expected(line, across, up),
            *pointing(arrows, across, up),
            layer("rule", thin, {"x": {**across, "field": "x_low"}, "x2": {"field": "x_high"}, "y": up}),
            layer("rule", thin, {"y": {**up, "field": "y_low"}, "y2": {"field": "y_high"}, "x": across}),
            layer("point", {"filled": True, "opacity": opacity}, {"x": across, "y": up, **look}, said=True),
            layer(
                "text",
                {"align": "left", "dx": 8, "dy": -9, "limit": 150, "color": "$text"},
                {"x": across, "y": up, **text("label")},
            ),
        ],
        rows=[{**asdict(point), "area": area} for point, area in zip(points, areas(points), strict=True)],
        height=380,
    )


def scale(name: str, axis: Axis, values: Sequence[float | None]) -> Spec:
    made = number(name, title=axis.title, format=axis.format, domain=axis.domain or reach(values, log=axis.log))
    made["scale"].update({"type": "log"} if axis.log else {}, **({"reverse": True} if axis.reverse else {}))
    if axis.ticks:
        made["axis"].update(values=list(axis.ticks), tickCount=len(axis.ticks), labelOverlap=False)
    return made


def reach(values: Sequence[float | None], *, log: bool = False) -> tuple[float, float]:
    """All of them with a margin; labels stand to the right of their points."""
    if log:
        low, high = reach([math.log(value) for value in values if value])
        return math.exp(low), math.exp(high)
    there = [value for value in values if value is not None] or [0.0, 1.0]
    margin = (max(there) - min(there)) * 0.08 or 0.5
    return min(there) - margin, max(there) + margin


def areas(points: Sequence[Point]) -> list[float]:
    """Marks of one size, or bubbles whose area goes with the size, the smallest still to be seen and pointed at."""
    largest = max((point.size or 0.0 for point in points), default=0.0)
    return [max(AREA, LARGEST * point.size / largest) if largest and point.size else AREA for point in points]


def cut(name: str, at: float, axis: Spec) -> Spec:
    """Every layer states the scale: one without would pull zero into it."""
    place = {"datum": at, "type": "quantitative", "scale": axis["scale"]}
    return layer("rule", {"color": "$line-strong", "strokeWidth": 1}, {name: place}, rows=[{}])


def expected(line: tuple[tuple[float, float], tuple[float, float]] | None, across: Spec, up: Spec) -> list[Spec]:
    if line is None:
        return []
    ends = [{"x": x, "y": y} for x, y in line]
    look = {"color": "$faint/70", "strokeDash": [4, 3], "strokeWidth": 1.5}
    return [layer("line", look, {"x": across, "y": up}, rows=ends)]


def pointing(arrows: Sequence[tuple[str, float, float]], across: Spec, up: Spec) -> list[Spec]:
    """Directions, such as those in which an attribute grows."""
    if not arrows:
        return []
    rows = [{"name": name, "x": x, "y": y, "zero": 0.0} for name, x, y in arrows]
    from_zero = {
        "x": {**across, "field": "zero"},
        "x2": {"field": "x"},
        "y": {**up, "field": "zero"},
        "y2": {"field": "y"},
    }
    rust = {"color": "$chart-rust", "fontSize": 12, "dy": -6, "limit": 140}
    return [
        layer("rule", {"color": "$chart-rust/60", "strokeWidth": 1.5}, from_zero, rows=rows),
        layer("text", rust, {"x": across, "y": up, **text("name")}, rows=rows),
    ]


def names(corners: Sequence[str]) -> list[Spec]:
    """Each name in its corner."""
    places = [("left", "top"), ("right", "top"), ("left", "bottom"), ("right", "bottom")]
    found = []
    for name, (align, baseline) in zip(corners, places, strict=False):
        left, top = align == "left", baseline == "top"
        look = {"align": align, "baseline": baseline, "dx": 8 if left else -8, "dy": 8 if top else -8}
        at = {"x": {"value": 0 if left else "width"}, "y": {"value": 0 if top else "height"}}
        said = {"text": {"value": name}}
        found.append(layer("text", {**look, "color": "$faint", "fontSize": 12}, {**at, **said}, rows=[{}]))
    return found
