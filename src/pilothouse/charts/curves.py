"""Lines: what is expected over a range of prices, and how a figure moved from wave to wave."""

from __future__ import annotations

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
    """Each line is named at its end; `marks` are places on the x axis, drawn as lines with their names."""
    rows = [
        {"name": line.name, "x": x, "y": y, "tip": line.tips[place] if line.tips else ""}
        for line in lines
        for place, (x, y) in enumerate(line.points)
    ]
    ends = [{"name": line.name, "x": line.points[-1][0], "y": line.points[-1][1]} for line in lines if line.points]
    x = number("x", title=x_title)
    x["scale"] = {"zero": False, "nice": False}
    y = number("y", title=y_title, format=format, domain=y_domain)
    colour = {"field": "name", **tones([line.name for line in lines])}
    at = quantity("at")
    lined = [{"at": place, "name": name} for place, name in marks]
    return spec(
        [
            layer("rule", {"color": "$line-strong", "strokeDash": [4, 3]}, {"x": at}, rows=lined),
            layer(
                "text",
                {"align": "left", "dx": 4, "baseline": "top", "color": "$muted"},
                {"x": at, "y": {"value": 2}, **text("name")},
                rows=lined,
            ),
            layer("line", {"strokeWidth": 2}, {"x": x, "y": y, "color": colour}),
            layer(
                "point",
                {"filled": True, "size": 36, "opacity": 1},
                {"x": x, "y": y, "color": colour},
                said=True,
                rows=[row for row in rows if row["tip"]],
            ),
            *rimmed({"align": "right", "dx": -4, "dy": -8}, {"x": x, "y": y, **text("name")}, colour, ends),
        ],
        rows=rows,
        height=300,
    )


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
    last = {moment.series: asdict(moment) for moment in moments}
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
    ends = list(last.values()) if len(series) > 1 else []
    return spec(
        [
            layer(
                "area",
                {"opacity": 0.16},
                {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour},
            ),
            layer("line", {"strokeWidth": 2}, {"x": x, "y": y, "color": colour}),
            layer("point", {"filled": True, "size": 60, "opacity": 1}, {"x": x, "y": y, "color": colour}, said=True),
            *rimmed({"align": "right", "dx": -6, "dy": -10}, {"x": x, "y": y, **text("series")}, colour, ends),
        ],
        rows=[asdict(moment) for moment in moments],
        height=240,
    )
