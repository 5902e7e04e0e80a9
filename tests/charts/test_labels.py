"""Where the names of points stand."""

from __future__ import annotations

from pilothouse.charts import Axis, Curve, Moment, Point, curves, plane, trend
from pilothouse.charts.labels import WIDE, Box, Spot, placed, room


def overlaps(spots, taken=()):
    boxes = [room(spot, place) for spot, place in zip(spots, placed(spots, taken), strict=True)]
    pairs = [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :]]
    marks = [(a, spot.box) for a in boxes for spot in spots]
    return [(a, b) for a, b in [*pairs, *marks, *((a, b) for a in boxes for b in taken)] if a.shared(b) > 1], boxes


def test_names_stand_clear_of_each_other_of_bubbles_and_of_what_is_drawn():
    same = [Spot("到岗从每周五天变成两天", 570, 190, 90), Spot("市议会三月表决轮渡补贴", 570, 190, 90),
            Spot("船用燃油比一年前贵 18%", 420, 190, 90)]  # fmt: skip
    large = [Spot("Passes", 150, 200, 1600), Spot("Single tickets", 170, 160, 900)]
    at_the_edges = [Spot("left", 0, 0, 90), Spot("right", 600, 340, 90), Spot("a name", 300, 0, 90)]
    for spots in (same, large, at_the_edges):
        found, boxes = overlaps(spots, [Box(520, 358, 600, 380)])
        assert not found, found
        assert all(box.left >= 0 and box.right <= WIDE for box in boxes)


def test_too_many_names_are_not_placed_one_by_one():
    spots = [Spot(f"Requirement {n}", 15.0 * n, 9.5 * n, 90) for n in range(40)]
    assert len(placed(spots)) == 40
    assert len(set(placed([*spots, *spots]))) == 1


def test_no_point_reaches_the_names_of_the_corners():
    said = {"corners": ["Stars", "", "", "Dogs"]}
    drawn = plane([Point("A", 0, 10, "a", size=5)], Axis("x", (0, 10)), Axis("y", (0, 10)), **said)
    point = next(layer for layer in drawn["layer"] if "tooltip" in layer["encoding"])
    assert point["encoding"]["y"]["scale"]["padding"] >= 22
    assert point["encoding"]["x"]["scale"]["padding"] >= 22
    names = drawn["layer"][-1]["data"]["values"]
    assert [(row["label"], row["align"], row["phone_align"]) for row in names] == [("A", "left", "left")]


def test_a_line_is_named_where_it_stands_clear_of_the_others():
    together = [Curve("low", [(0, 0), (5, 1), (10, 10)]), Curve("high", [(0, 0), (5, 9), (10, 10)])]
    drawn = curves(together, x_title="x", y_title="y")
    assert [(row["name"], row["x"]) for row in drawn["layer"][-1]["data"]["values"]] == [("low", 5), ("high", 5)]
    assert drawn["layer"][2]["encoding"]["x"]["axis"]["tickMinStep"] == 1
    days = [Moment(day, value, "t", series=name) for name, values in (("a", (1, 5, 3)), ("b", (1, 2, 3)))
            for day, value in zip(("Mon", "Tue", "Wed"), values, strict=True)]  # fmt: skip
    assert [row["label"] for row in trend(days)["layer"][-1]["data"]["values"]] == ["Tue", "Tue"]
    apart = trend([Moment("Mon", 1, "t", series="a"), Moment("Mon", 2, "t", series="b")])
    assert [row["label"] for row in apart["layer"][-1]["data"]["values"]] == ["Mon", "Mon"]
