"""Answers on a scale, row by row: those against to the left of the middle, those for to its right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.charts._parts import SERIES, Spec, layer, named, number, quantity, spec, text, unlike

ROW = 34


@dataclass(frozen=True)
class Stack:
    """A row of shares (they add up to 1), a tip and an address for each."""

    label: str
    shares: Sequence[float]
    tips: Sequence[str]
    urls: Sequence[str] = ()


def stacked(rows: Sequence[Stack], categories: Sequence[str], *, diverging: bool = True) -> Spec:
    """Diverging where the categories are a scale from bad to good; else side by side from zero."""
    soft = [f"{SERIES[i % len(SERIES)]}/50" for i in range(len(categories))]  # figures on them are read
    tones = shades(len(categories)) if diverging else soft
    names, labels = unlike(categories), unlike(row.label for row in rows)
    parts = [part for row, label in zip(rows, labels, strict=True) for part in parts_of(row, label, names, diverging)]
    least = min([0.0, *(part["from"] for part in parts)])
    most = max([0.0, *(part["to"] for part in parts)])
    y = named("label", axis={"title": None, "labelLimit": 260, "ticks": False, "domain": False})
    x = number("from", format=".0%", domain=(least, most or 1.0))
    x["axis"] = {"title": None, "labelExpr": "format(abs(datum.value), '.0%')"}
    colour = {
        "field": "category",
        "type": "nominal",
        "scale": {"domain": names, "range": tones},
        "legend": {
            "title": None,
            "orient": "top",
            "direction": "horizontal",
            "columns": 4,
            "symbolType": "square",
            "labelLimit": 180,
        },
    }
    layers = [
        layer("bar", {"height": {"band": 0.66}}, {"y": y, "x": x, "x2": {"field": "to"}, "color": colour}, said=True),
        layer("text", {"color": "$text"}, {"y": y, "x": quantity("middle"), **text("shown")}),
    ]
    zero = layer("rule", {"color": "$muted", "strokeWidth": 1}, {"x": {"datum": 0}}, rows=[{}])
    return spec([*layers, *([zero] if diverging else [])], rows=parts, height={"step": ROW})


def parts_of(row: Stack, label: str, names: Sequence[str], diverging: bool) -> list[dict[str, Any]]:
    """Where each share begins and ends; the middle category of an odd scale straddles zero."""
    half = len(row.shares) // 2
    left = sum(row.shares[:half]) + (row.shares[half] / 2 if len(row.shares) % 2 else 0)
    at = -left if diverging else 0.0
    found: list[dict[str, Any]] = []
    for place, share in enumerate(row.shares):
        found.append(
            {
                "label": label,
                "category": names[place],
                "from": at,
                "to": at + share,
                "middle": at + share / 2,
                "shown": f"{share:.0%}" if share >= 0.06 else "",
                "tip": row.tips[place],
                "url": row.urls[place] if row.urls else "",
            }
        )
        at += share
    return found


def shades(n: int) -> list[str]:
    """From rust over grey to sea, the stronger the farther from the middle; never so dark that a figure is unread."""
    half = n // 2
    steps = [62 - round(34 * place / max(half - 1, 1)) if half > 1 else 50 for place in range(half)]
    middle = ["$faint/22"] if n % 2 else []
    return [*(f"$chart-rust/{step}" for step in steps), *middle, *(f"$sea/{step}" for step in reversed(steps))]
