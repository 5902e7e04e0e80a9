"""Bars from zero: shares and means with their intervals, and how numbers spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pilothouse.charts._parts import Spec, layer, named, number, quantity, spec, text, unlike

ROW = 30


@dataclass(frozen=True)
class Bar:
    """`shown` is the figure printed at its end. A bar without `low` and `high` was not sampled."""

    label: str
    value: float
    shown: str
    tip: str
    low: float | None = None
    high: float | None = None
    url: str = ""
    tone: str = "$sea/55"


def bars(rows: Sequence[Bar], *, title: str = "", format: str = ".0%", most: float | None = None) -> Spec:
    """Horizontal, in the order given, each with its interval and its figure."""
    labels = unlike(row.label for row in rows)
    there = [{**asdict(row), "label": label, "end": end(row)} for row, label in zip(rows, labels, strict=True)]
    low = min([0.0, *(one for row in rows for one in (row.value, row.low or 0.0))])
    high = most if most is not None else max([*(end(row) for row in rows), 0.0]) * 1.12 or 1
    y = named("label", axis={"title": None, "labelLimit": 260, "ticks": False, "domain": False})
    x = number("value", title=title, format=format, domain=(low, high))
    if not format.endswith("%") and all(float(row.value).is_integer() for row in rows):
        x["axis"]["tickMinStep"] = 1  # of things that are counted there is no half
    return spec(
        [
            layer(
                "bar",
                {"height": {"band": 0.62}, "cornerRadiusEnd": 2},
                {"y": y, "x": x, "color": {"field": "tone", "type": "nominal", "scale": None}},
                said=True,
            ),
            layer(
                "rule", {"strokeWidth": 1.5, "color": "$text"}, {"y": y, "x": quantity("low"), "x2": {"field": "high"}}
            ),
            layer(
                "text", {"align": "left", "dx": 6, "color": "$text"}, {"y": y, "x": quantity("end"), **text("shown")}
            ),
        ],
        rows=there,
        height={"step": ROW},
    )


def end(row: Bar) -> float:
    """Where its figure stands; that of a bar to the left stands to the right of zero."""
    return max(row.value, row.high if row.high is not None else row.value, 0.0)


@dataclass(frozen=True)
class Bin:
    """A class of numbers, closed on the right."""

    low: float
    high: float
    count: float
    tip: str
    url: str = ""


def histogram(
    bins: Sequence[Bin], *, title: str = "", count_title: str = "", marks: Sequence[tuple[float, str]] = ()
) -> Spec:
    """`marks` are values drawn as lines, such as the median, with their names."""
    rows = [asdict(one) for one in bins]
    domain = (bins[0].low, bins[-1].high) if bins else (0.0, 1.0)
    x = number("low", title=title, domain=domain)
    lines = [{"at": at, "name": name} for at, name in marks]
    at = quantity("at")
    return spec(
        [
            layer(
                "bar",
                {"color": "$sea/55", "binSpacing": 1},
                {"x": {**x, "bin": {"binned": True}}, "x2": {"field": "high"}, "y": number("count", title=count_title)},
                said=True,
            ),
            layer("rule", {"color": "$chart-rust", "strokeWidth": 1.5}, {"x": at}, rows=lines),
            layer(
                "text",
                {"align": "left", "dx": 4, "baseline": "top", "color": "$text"},
                {"x": at, "y": {"value": 2}, **text("name")},
                rows=lines,
            ),
        ],
        rows=rows,
        height=200,
    )
