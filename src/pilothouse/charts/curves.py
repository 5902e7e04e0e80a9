"""Lines: what is expected over a range of prices, and how a figure moved from wave to wave."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pilothouse.charts._parts import Spec, layer, number, quantity, rimmed, spec, text, tones


@dataclass(frozen=True)
class Curve:
    """A named line through (x, y); `tips` one a point, empty for points that say nothing."""

    name: str
    points: Sequence[tuple[float, float]]
    tips: Sequence[str] = ()


def curves(
    lines: Sequence[Curve],
    *,
    x_title: str,
    y_title: str,
    format: str = ".0%",
    y_domain: tuple[float, float] | None = (0, 1),
    marks: Sequence[tuple[float, str]] = (),
) -> Spec:
    """Lines over numbers on the x axis, each named at its end, or where it stands clear of the others. `marks` are (x,
    name), drawn as upright lines."""
    rows = [
        {"name": line.name, "x": x, "y": y, "tip": line.tips[place] if line.tips else ""}
        for line in lines
        for place, (x, y) in enumerate(line.points)
    ]
    x = number("x", title=x_title)
    x["scale"] = {"zero": False, "nice": False}
    if all(float(x).is_integer() for line in lines for x, _y in line.points):
        x["axis"]["tickMinStep"] = 1
    y = number("y", title=y_title, format=format, domain=y_domain)
    colour = {"field": "name", **tones([line.name for line in lines])}
    return spec(
        [
            *marked(marks),
            layer("line", {"strokeWidth": 2}, {"x": x, "y": y, "color": colour}),
            layer(
                "point",
                {"filled": True, "size": 36, "opacity": 1},
                {"x": x, "y": y, "color": colour},
                said=True,
                rows=[row for row in rows if row["tip"]],
            ),
            *rimmed(
                {"align": {"expr": "datum.align"}, "dx": {"expr": "datum.dx"}, "dy": -8},
                {"x": x, "y": y, **text("name")},
                colour,
                called(lines),
            ),
        ],
        rows=rows,
        height=300,
    )


def marked(marks: Sequence[tuple[float, str]]) -> list[Spec]:
    rows = [{"at": place, "name": name} for place, name in marks]
    look = {"align": "left", "dx": 4, "baseline": "top", "color": "$muted"}
    return [
        layer("rule", {"color": "$line-strong", "strokeDash": [4, 3]}, {"x": quantity("at")}, rows=rows),
        layer("text", look, {"x": quantity("at"), "y": {"value": 2}, **text("name")}, rows=rows),
    ]


CLEAR = 0.08  # of the height: so far from the others a name at the end of its line is read


def called(lines: Sequence[Curve]) -> list[Spec]:
    """Where the name of each line stands: at its last point if no other line comes near, else at the point farthest
    from all others."""
    drawn = [line for line in lines if line.points]
    heights = [y for line in drawn for _x, y in line.points]
    high = max(heights, default=1) - min(heights, default=0) or 1
    found = []
    for line in drawn:
        others = [other.points for other in drawn if other is not line]
        gaps = [min((abs(y - beside(points, x)) for points in others), default=high) / high for x, y in line.points]
        at = len(gaps) - 1 if gaps[-1] >= CLEAR else gaps.index(max(gaps))
        x, y = line.points[at]
        align, dx = ("left", 6) if at == 0 else ("right", -4)
        found.append({"name": line.name, "x": x, "y": y, "align": align, "dx": dx})
    return found


def beside(points: Sequence[tuple[float, float]], x: float) -> float:
    """The height of a line at x, between its points along a straight line; beyond its ends that of the end."""
    after = bisect_right(points, x, key=lambda point: point[0])
    if after in (0, len(points)):
        return points[after and -1][1]
    (x1, y1), (x2, y2) = points[after - 1], points[after]
    return y1 + (y2 - y1) * (x - x1) / (x2 - x1 or 1)


@dataclass(frozen=True)
class Moment:
    """A figure at one time (`label` as the axis prints it), with its interval."""

    label: str
    value: float
    tip: str
    low: float | None = None
    high: float | None = None
    series: str = ""
    url: str = ""


def trend(
    moments: Sequence[Moment], *, y_title: str = "", format: str = "", domain: tuple[float, float] | None = None
) -> Spec:
    """Values in the order of time, each with its interval as a band; several series are named at their ends."""
    order = list(dict.fromkeys(moment.label for moment in moments))
    series = list(dict.fromkeys(moment.series for moment in moments))
    x = {
        "field": "label",
        "type": "ordinal",
        "sort": order,
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": True, "labelSeparation": 8},
    }
    y = number("value", title=y_title, format=format, domain=domain)
    if domain is None:
        y["scale"] = {"zero": False}
    colour = {"field": "series", **tones(series)}
    ends = told_apart(moments, series) if len(series) > 1 else []
    return spec(
        [
            layer(
                "area",
                {"opacity": 0.16},
                {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour},
            ),
            layer("line", {"strokeWidth": 2}, {"x": x, "y": y, "color": colour}),
            layer("point", {"filled": True, "size": 60, "opacity": 1}, {"x": x, "y": y, "color": colour}, said=True),
            *rimmed(
                {"align": {"expr": "datum.align"}, "dx": {"expr": "datum.dx"}, "dy": -10},
                {"x": x, "y": y, **text("series")},
                colour,
                ends,
            ),
        ],
        rows=[asdict(moment) for moment in moments],
        height=240,
    )


def told_apart(moments: Sequence[Moment], series: Sequence[str]) -> list[Spec]:
    """Where the names of several series stand, each at a moment of its own line."""
    labels = list(dict.fromkeys(moment.label for moment in moments))
    at = {label: float(place) for place, label in enumerate(labels)}
    lines = [Curve(name, [(at[one.label], one.value) for one in moments if one.series == name]) for name in series]
    return [
        {
            "label": labels[int(row["x"])],
            "value": row["y"],
            "series": row["name"],
            "align": row["align"],
            "dx": row["dx"],
        }
        for row in called(lines)
    ]
