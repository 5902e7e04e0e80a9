"""Fields of two scales and radars: where things are put, before a browser draws them."""

from __future__ import annotations

import math

from pilothouse.charts import Axis, Blip, Point, plane, radar, scatter
from pilothouse.charts.rings import places


def scale_of(spec: dict, name: str) -> dict:
    said = next(layer for layer in spec["layer"] if "tooltip" in layer["encoding"])
    return said["encoding"][name]["scale"]


def test_an_axis_may_be_logarithmic_and_high_on_the_left():
    points = [Point("A", 0.5, 12, "a"), Point("B", 2, 3, "b")]
    drawn = plane(points, Axis("share", log=True, reverse=True, cuts=(1,)), Axis("growth", (0, 20), (10,)))
    across, up = scale_of(drawn, "x"), scale_of(drawn, "y")
    assert (across["type"], across["reverse"]) == ("log", True)
    assert 0 < across["domain"][0] < 0.5
    assert across["domain"][1] > 2
    assert up == {"domain": [0, 20], "nice": False}
    assert [layer for layer in drawn["layer"] if layer["encoding"].get("x", {}).get("datum") == 1]
    scales = [
        layer["encoding"][name].get("scale") for layer in drawn["layer"] for name in "xy" if name in layer["encoding"]
    ]
    assert None not in scales, "a layer without the scale would pull zero into it"


def test_the_area_of_a_bubble_goes_with_its_size():
    points = [Point("A", 1, 1, "a", size=40), Point("B", 1, 1, "b", size=10), Point("C", 1, 1, "c", size=0.001)]
    areas = [row["area"] for row in plane(points, Axis("x"), Axis("y"))["data"]["values"]]
    assert areas[0] == 4 * areas[1]
    assert areas[2] == 90, "the smallest can still be seen"
    plain = scatter([Point("A", 1, 1, "a")], x_title="x", y_title="y")
    assert plain["data"]["values"][0]["area"] == 90


def test_blips_lie_in_their_ring_and_quarter_and_apart():
    blips = [
        Blip(str(i), quarter, ring, "t") for i, (quarter, ring) in enumerate([(0, 0), (0, 0), (1, 3), (2, 1), (3, 2)])
    ]
    found = places(blips, 4)
    assert len(set(found)) == len(found)
    for blip, (x, y) in zip(blips, found, strict=True):
        assert ((x > 0), (y > 0)) == {0: (False, True), 1: (True, True), 2: (False, False), 3: (True, False)}[
            blip.quarter
        ]
        assert math.sqrt(blip.ring / 4) < math.hypot(x, y) < math.sqrt((blip.ring + 1) / 4)
    drawn = radar(blips, ["Adopt", "Trial", "Assess", "Hold"], ["a", "b", "c", "d"])
    assert sum(layer["mark"]["type"] == "arc" for layer in drawn["layer"]) == 4
