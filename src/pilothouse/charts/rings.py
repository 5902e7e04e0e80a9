"""A radar: blips in rings round the middle, a quarter of the circle for each sort."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pilothouse.charts._parts import Spec, layer, spec, text
from pilothouse.charts.plane import names

HEIGHT = 520
# Where a quarter begins, in degrees from the right against the clock: top left, top right, bottom left, bottom right.
BEGINS = (90, 0, 180, 270)
RADIUS = "min(width, height) / 2"


@dataclass(frozen=True)
class Blip:
    """`quarter` and `ring` by their places, the first ring in the middle; `shape` tells what became of it."""

    label: str
    quarter: int
    ring: int
    tip: str
    url: str = ""
    tone: str = "$sea"
    shape: str = "circle"


def radar(blips: Sequence[Blip], rings: Sequence[str], quarters: Sequence[str]) -> Spec:
    """Four quarters, named in their corners; the rings are named upwards from the middle."""
    rows = [{**asdict(blip), "dx": x, "dy": y} for blip, (x, y) in zip(blips, places(blips, len(rings)), strict=True)]
    at = {
        "x": {"value": {"expr": f"width / 2 + datum.dx * {RADIUS}"}},
        "y": {"value": {"expr": f"height / 2 - datum.dy * {RADIUS}"}},
    }
    plain = {"type": "nominal", "scale": None}
    look = {"color": {"field": "tone", **plain}, "shape": {"field": "shape", **plain}}
    return spec(
        [
            *(ring(place, len(rings)) for place in reversed(range(len(rings)))),
            *cross(),
            *(called(name, place, len(rings)) for place, name in enumerate(rings)),
            *names(quarters),
            layer("point", {"filled": True, "size": 110, "opacity": 1}, {**at, **look}, said=True),
            layer("text", {"dy": -11, "limit": 130, "color": "$text", "fontSize": 11}, {**at, **text("label")}),
        ],
        rows=rows,
        height=HEIGHT,
    )


def places(blips: Sequence[Blip], rings: int) -> list[tuple[float, float]]:
    """(x, y) of each blip, the radius of the whole being 1. Blips of one ring and quarter lie evenly along it in the
    order given."""
    crowd = Counter((blip.quarter, blip.ring) for blip in blips)
    seen: Counter[tuple[int, int]] = Counter()
    found = []
    for blip in blips:
        here = blip.quarter, blip.ring
        seen[here] += 1
        angle = math.radians(BEGINS[blip.quarter] + 90 * seen[here] / (crowd[here] + 1))
        far = edge(blip.ring - 0.5, rings)
        found.append((math.cos(angle) * far, math.sin(angle) * far))
    return found


def edge(ring: float, rings: int) -> float:
    """The radius at which a ring ends, the whole being 1. All rings have the same area and so the same room."""
    return math.sqrt((ring + 1) / rings)


def ring(place: int, rings: int) -> Spec:
    outer = {"expr": f"{RADIUS} * {edge(place, rings)}"}
    look = {"outerRadius": outer, "innerRadius": 0, "theta": 0, "theta2": 2 * math.pi, "stroke": "$line-strong"}
    return layer("arc", {**look, "color": f"$sea/{4 + 3 * (rings - place)}", "strokeWidth": 1}, {}, rows=[{}])


def cross() -> list[Spec]:
    return [beam("x", "width", "y", "height"), beam("y", "height", "x", "width")]


def beam(along: str, length: str, across: str, breadth: str) -> Spec:
    """A line through the middle of the circle, from edge to edge."""
    ends = [{"value": {"expr": f"{length} / 2 {sign} {RADIUS}"}} for sign in "-+"]
    at = {along: ends[0], f"{along}2": ends[1], across: {"value": {"expr": f"{breadth} / 2"}}}
    return layer("rule", {"color": "$line-strong", "strokeWidth": 1}, at, rows=[{}])


def called(name: str, place: int, rings: int) -> Spec:
    """The name of a ring, below its outer edge and beside the upright line."""
    at = {
        "x": {"value": {"expr": "width / 2"}},
        "y": {"value": {"expr": f"height / 2 - {RADIUS} * {edge(place, rings)}"}},
    }
    look = {"color": "$faint", "fontSize": 11, "align": "left", "dx": 5, "baseline": "top", "dy": 4}
    return layer("text", look, {**at, "text": {"value": name}}, rows=[{}])
