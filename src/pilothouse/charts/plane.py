"""Things on two scales, each scale as the field draws it: cut, logarithmic, or with its high end on the left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from pilothouse.charts._parts import Spec, layer, number, rimmed, spec, text
from pilothouse.charts.labels import HIGH, LIMIT, PHONE, WIDE, Box, Place, Spot, placed, room, width

AREA, LARGEST = 90, 1_600  # of a mark in square pixels; of the bubble with the largest size
HEIGHT = int(HIGH)
NARROW = 420  # pixels: on a phone names are cut sooner
CORNER = 22  # pixels that the name of a corner takes
ARROW = 64  # pixels kept for the name of an arrow beyond its end


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
    margins = room_for(points, corners, arrows)
    across = scale("x", x, [p.x for p in points] + ends(points, "x") + [one for _n, one, _y in arrows], margins[0])
    up = scale("y", y, [p.y for p in points] + ends(points, "y") + [one for _n, _x, one in arrows], margins[1])
    thin = {"strokeWidth": 1, "color": "$faint/70"}
    look = {
        "color": {"field": "tone", "type": "nominal", "scale": None},
        "size": {"field": "area", "type": "quantitative", "scale": None},
    }
    opacity = 0.85 if any(point.size for point in points) else 1
    rows = [{**asdict(point), "area": area} for point, area in zip(points, areas(points), strict=True)]
    field = Field(across["scale"], up["scale"])
    return spec(
        [
            *names(corners),
            *(cut("x", at, across) for at in x.cuts),
            *(cut("y", at, up) for at in y.cuts),
            *expected(line, across, up),
            *pointing(arrows, across, up, field),
            layer("rule", thin, {"x": {**across, "field": "x_low"}, "x2": {"field": "x_high"}, "y": up}),
            layer("rule", thin, {"y": {**up, "field": "y_low"}, "y2": {"field": "y_high"}, "x": across}),
            layer("point", {"filled": True, "opacity": opacity}, {"x": across, "y": up, **look}, said=True),
            *labels(beside(rows, field, corners, arrows), across, up, "$text"),
        ],
        rows=rows,
        height=HEIGHT,
    )


def ends(points: Sequence[Point], axis: str) -> list[float | None]:
    return [getattr(point, f"{axis}_{end}") for point in points for end in ("low", "high")]


def room_for(
    points: Sequence[Point], corners: Sequence[str], arrows: Sequence[tuple[str, float, float]]
) -> tuple[float, float]:
    """(pixels to the left and right, above and below) that points keep away from the edges: room for large bubbles, and
    for the names of corners and arrows."""
    largest = math.sqrt(max(areas(points), default=0) / math.pi) if any(point.size for point in points) else 0.0
    names = min(max((width(name) + 8 for name, _x, _y in arrows), default=0), ARROW)
    return math.ceil(max(largest, names)), max(math.ceil(largest), CORNER if any(corners) or arrows else 0)


@dataclass(frozen=True)
class Field:
    """Turns values into places on a drawing, in pixels from the top left. `across` and `up` are the scales, `wide` its
    width."""

    across: Spec
    up: Spec
    wide: float = WIDE

    def at(self, x: float, y: float) -> tuple[float, float]:
        return share(self.across, x, self.wide) * self.wide, (1 - share(self.up, y, HIGH)) * HIGH

    @property
    def limit(self) -> float:
        """The length in pixels at which a name is cut."""
        return LIMIT if self.wide > NARROW else LIMIT / 2


def share(scale: Spec, value: float, pixels: float) -> float:
    """Where a value lies along a scale that is so many pixels long: 0 at its beginning, 1 at its end."""
    low, high = scale["domain"]
    if scale.get("type") == "log":
        low, high, value = math.log(low), math.log(high), math.log(value)
    part, margin = (value - low) / (high - low or 1), scale.get("padding", 0) / pixels
    part = margin + part * (1 - 2 * margin)
    return 1 - part if scale.get("reverse") else part


def beside(
    rows: Sequence[Spec], field: Field, corners: Sequence[str], arrows: Sequence[tuple[str, float, float]]
) -> list[Spec]:
    """The points' names with their places, on a page and on a phone."""
    found = []
    for here in (field, replace(field, wide=PHONE)):
        spots = [Spot(row["label"], *here.at(row["x"], row["y"]), row["area"], here.limit) for row in rows]
        taken = [*cornered(corners, here.wide), *pointed(arrows, here), *crossed(rows, here)]
        found.append(placed(spots, taken, here.wide))
    return [
        {"label": row["label"], "x": row["x"], "y": row["y"], **both(page, phone)}
        for row, page, phone in zip(rows, *found, strict=True)
    ]


def both(page: Place, phone: Place) -> Spec:
    return {**asdict(page), **{f"phone_{name}": value for name, value in asdict(phone).items()}}


def cornered(corners: Sequence[str], field: float) -> list[Box]:
    wide = [width(str(name)) + 8 for name in corners]
    tops = (0, 0, HIGH - CORNER, HIGH - CORNER)
    lefts = [0 if place % 2 == 0 else field - one for place, one in enumerate(wide)]
    return [Box(left, top, left + one, top + CORNER) for left, top, one in zip(lefts, tops, wide, strict=False)]


def pointed(arrows: Sequence[tuple[str, float, float]], field: Field) -> list[Box]:
    found = [(Spot(name, *field.at(x, y)), towards(field, x, y)) for name, x, y in arrows]
    return [room(spot, place) for spot, place in found]


def crossed(rows: Sequence[Spec], field: Field) -> list[Box]:
    """The points' intervals."""
    found = []
    for row in rows:
        for low, high in (("x_low", "x_high"), ("y_low", "y_high")):
            if row[low] is not None and row[high] is not None:
                one = {**row, low[0]: row[low]}, {**row, low[0]: row[high]}
                (x1, y1), (x2, y2) = (field.at(end["x"], end["y"]) for end in one)
                found.append(Box(min(x1, x2) - 1, min(y1, y2) - 1, max(x1, x2) + 1, max(y1, y2) + 1))
    return found


def labels(rows: Sequence[Spec], across: Spec, up: Spec, colour: str) -> list[Spec]:
    """Names, each at its place."""
    said = {"x": across, "y": up, **text("label")}
    look = {name: on_phone(f"datum.phone_{name}", f"datum.{name}") for name in ("align", "dx", "dy")}
    return (
        rimmed({"baseline": "middle", "limit": on_phone(LIMIT // 2, LIMIT), **look}, said, {"value": colour}, rows)
        if rows
        else []
    )


def on_phone(there: object, else_: object) -> Spec:
    return {"expr": f"width < {NARROW} ? {there} : {else_}"}


def scale(name: str, axis: Axis, values: Sequence[float | None], margin: float = 0) -> Spec:
    made = number(name, title=axis.title, format=axis.format, domain=axis.domain or reach(values, log=axis.log))
    made["scale"].update({"type": "log"} if axis.log else {}, **({"reverse": True} if axis.reverse else {}))
    made["scale"].update({"padding": margin} if margin else {})
    if axis.ticks:
        made["axis"].update(values=list(axis.ticks), tickCount=len(axis.ticks), labelOverlap=False)
    return made


def reach(values: Sequence[float | None], *, log: bool = False) -> tuple[float, float]:
    """The domain of an axis: from the least to the largest value, with 8 % more on either side."""
    if log:
        low, high = reach([math.log(value) for value in values if value])
        return math.exp(low), math.exp(high)
    there = [value for value in values if value is not None] or [0.0, 1.0]
    margin = (max(there) - min(there)) * 0.08 or 0.5
    return min(there) - margin, max(there) + margin


def areas(points: Sequence[Point]) -> list[float]:
    """The area of each mark in square pixels: alike for all, or bubbles in proportion to `size`, of which the smallest
    can still be pointed at."""
    largest = max((point.size or 0.0 for point in points), default=0.0)
    return [max(AREA, LARGEST * point.size / largest) if largest and point.size else AREA for point in points]


def cut(name: str, at: float, axis: Spec) -> Spec:
    """A line across the field. It states the scale, as every layer must: one without would pull zero into it."""
    place = {"datum": at, "type": "quantitative", "scale": axis["scale"]}
    return layer("rule", {"color": "$line-strong", "strokeWidth": 1}, {name: place}, rows=[{}])


def expected(line: tuple[tuple[float, float], tuple[float, float]] | None, across: Spec, up: Spec) -> list[Spec]:
    if line is None:
        return []
    ends = [{"x": x, "y": y} for x, y in line]
    look = {"color": "$faint/70", "strokeDash": [4, 3], "strokeWidth": 1.5}
    return [layer("line", look, {"x": across, "y": up}, rows=ends)]


def pointing(arrows: Sequence[tuple[str, float, float]], across: Spec, up: Spec, field: Field) -> list[Spec]:
    """Directions, such as those in which an attribute grows, each named beyond its end."""
    if not arrows:
        return []
    rows = [{"label": name, "x": x, "y": y, "zero": 0.0, **both(*[towards(field, x, y)] * 2)} for name, x, y in arrows]
    from_zero = {
        "x": {**across, "field": "zero"},
        "x2": {"field": "x"},
        "y": {**up, "field": "zero"},
        "y2": {"field": "y"},
    }
    lines = layer("rule", {"color": "$chart-rust/60", "strokeWidth": 1.5}, from_zero, rows=rows)
    return [lines, *labels(rows, across, up, "$chart-rust")]


def towards(field: Field, x: float, y: float) -> Place:
    """The place of a name beyond the end of an arrow from the origin."""
    (x0, y0), (x1, y1) = field.at(0, 0), field.at(x, y)
    if abs(x1 - x0) > abs(y1 - y0):
        return Place("left" if x1 > x0 else "right", math.copysign(6, x1 - x0), 0)
    return Place("center", 0, math.copysign(10, y1 - y0))


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
