"""Things on two scales, with the lines that cut the field into four."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pilothouse.charts._parts import Spec, layer, number, quantity, spec, text


@dataclass(frozen=True)
class Point:
    """Intervals are drawn where both ends are given."""

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
    rows = [asdict(point) for point in points]
    x = number(
        "x",
        title=x_title,
        format=format,
        domain=x_domain or reach([one for p in points for one in (p.x, p.x_low, p.x_high)]),
    )
    y = number(
        "y",
        title=y_title,
        format=format,
        domain=y_domain or reach([one for p in points for one in (p.y, p.y_low, p.y_high)]),
    )
    thin = {"strokeWidth": 1, "color": "$faint/70"}
    tone = {"field": "tone", "type": "nominal", "scale": None}
    return spec(
        [
            *names(quadrants),
            *cuts(x_cut, y_cut),
            *expected(line),
            layer("rule", thin, {"x": quantity("x_low"), "x2": {"field": "x_high"}, "y": y}),
            layer("rule", thin, {"y": quantity("y_low"), "y2": {"field": "y_high"}, "x": x}),
            layer("point", {"filled": True, "size": 90, "opacity": 1}, {"x": x, "y": y, "color": tone}, said=True),
            layer(
                "text",
                {"align": "left", "dx": 8, "dy": -9, "limit": 150, "color": "$text"},
                {"x": x, "y": y, **text("label")},
            ),
        ],
        rows=rows,
        height=380,
    )


def reach(values: Sequence[float | None]) -> tuple[float, float]:
    """All of them with a margin; labels stand to the right of their points."""
    there = [value for value in values if value is not None] or [0.0, 1.0]
    margin = (max(there) - min(there)) * 0.08 or 0.5
    return min(there) - margin, max(there) + margin


def cuts(x: float | None, y: float | None) -> list[Spec]:
    line = {"color": "$line-strong", "strokeWidth": 1}
    found = [layer("rule", line, {"x": {"datum": x}}, rows=[{}])] if x is not None else []
    return [*found, layer("rule", line, {"y": {"datum": y}}, rows=[{}])] if y is not None else found


def expected(line: tuple[tuple[float, float], tuple[float, float]] | None) -> list[Spec]:
    if line is None:
        return []
    ends = [{"x": x, "y": y} for x, y in line]
    look = {"color": "$faint/70", "strokeDash": [4, 3], "strokeWidth": 1.5}
    return [layer("line", look, {"x": quantity("x"), "y": quantity("y")}, rows=ends)]


def names(quadrants: Sequence[str]) -> list[Spec]:
    """Each name in its corner."""
    corners = [("left", "top"), ("right", "top"), ("left", "bottom"), ("right", "bottom")]
    found = []
    for name, (align, baseline) in zip(quadrants, corners, strict=False):
        left, top = align == "left", baseline == "top"
        look = {"align": align, "baseline": baseline, "dx": 8 if left else -8, "dy": 8 if top else -8}
        at = {"x": {"value": 0 if left else "width"}, "y": {"value": 0 if top else "height"}}
        said = {"text": {"value": name}}
        found.append(layer("text", {**look, "color": "$faint", "fontSize": 12}, {**at, **said}, rows=[{}]))
    return found
