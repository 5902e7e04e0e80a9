"""What the charts share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Spec = dict[str, Any]

SAID = {"description": {"field": "tip"}, "tooltip": {"field": "tip"}}
# Told apart by people who are colour-blind, and in print by their lightness too.
SERIES = ("$sea", "$chart-rust", "$chart-moss", "$chart-plum", "$chart-slate", "$chart-sand")


def spec(layers: Sequence[Spec], *, height: int | Spec, rows: Iterable[Spec] = (), **rest: Any) -> Spec:
    return {"data": {"values": list(rows)}, "height": height, "layer": list(layers), **rest}


def layer(mark: str, look: Spec, encoding: Spec, *, said: bool = False, rows: Iterable[Spec] | None = None) -> Spec:
    """One kind of mark with its own rows, or the chart's. Only marks that are `said` are read out and can be reached by
    key."""
    made: Spec = {
        "mark": {"type": mark, **({} if said else {"aria": False, "tooltip": None}), **look},
        "encoding": {**encoding, **(SAID if said else {})},
    }
    return made if rows is None else {"data": {"values": list(rows)}, **made}


def number(name: str, *, title: str = "", format: str = "", domain: Sequence[float] | None = None, **rest: Any) -> Spec:
    axis: Spec | None = {"title": title or None, **({"format": format} if format else {})}
    scale = {"domain": list(domain), "nice": False} if domain else {}
    return {"field": name, "type": "quantitative", "axis": axis, **({"scale": scale} if scale else {}), **rest}


def quantity(name: str) -> Spec:
    return {"field": name, "type": "quantitative"}


def text(name: str) -> Spec:
    return {"text": {"field": name}}


def rimmed(look: Spec, encoding: Spec, colour: Any, rows: Sequence[Spec]) -> list[Spec]:
    """Words with a rim in the colour of the paper, which keeps them readable on the lines below them."""
    rim = {"color": "$paper", "stroke": "$paper", "strokeWidth": 3, "strokeJoin": "round", "opacity": 0.85}
    return [
        layer("text", {**look, **rim}, encoding, rows=rows),
        layer("text", look, {**encoding, "color": colour}, rows=rows),
    ]


def tones(names: Sequence[str]) -> Spec:
    """The encoding of a colour for each series. There is no legend: series are named beside their lines."""
    scale = {"domain": list(names), "range": [SERIES[place % len(SERIES)] for place in range(len(names))]}
    return {"type": "nominal", "legend": None, "scale": scale}


def named(name: str, **rest: Any) -> Spec:
    """Categories in the order given."""
    return {"field": name, "type": "nominal", "sort": None, **rest}


def unlike(labels: Iterable[str]) -> list[str]:
    """The labels, equal ones told apart by a number in brackets: an axis would draw equal labels as one."""
    seen: dict[str, int] = {}
    found = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        found.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return found
