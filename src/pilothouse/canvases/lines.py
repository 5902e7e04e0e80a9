"""The line over a lane: how people feel from column to column, where notes of the lane carry that number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.canvases.note import Note
from pilothouse.kinds.layouts import Layout, Stage

FELT = "emotion"
STEP, HEIGHT = 100, 100
MARGIN = 14


@dataclass(frozen=True)
class Line:
    """`dots` in a drawing that is 100 wide for each column and 100 high; `values` are printed below it."""

    name: Any
    dots: tuple[tuple[float, float], ...]
    values: tuple[str, ...]
    told: str

    @property
    def points(self) -> str:
        return " ".join(f"{x:g},{y:g}" for x, y in self.dots)


def lines_of(layout: Layout, columns: Sequence[Stage], notes: Iterable[Note]) -> dict[str, Line]:
    """The lines by lane; each point is the mean of the notes in one cell."""
    measure = next((one for one in layout.measures if one.slug == FELT), None)
    if measure is None:
        return {}
    felt: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for note in notes:
        if figure := note.figures.get(FELT):
            felt[note.cell][note.stage].append(figure.value or 0.0)
    low, high = measure.minimum or 0.0, measure.maximum or 1.0
    return {cell: line(measure.name, columns, means(by_stage), low, high) for cell, by_stage in felt.items()}


def means(by_stage: dict[str, list[float]]) -> dict[str, float]:
    return {stage: sum(values) / len(values) for stage, values in by_stage.items()}


def line(name: Any, columns: Sequence[Stage], felt: dict[str, float], low: float, high: float) -> Line:
    dots, values = [], []
    for place, stage in enumerate(columns):
        value = felt.get(stage.slug)
        values.append("" if value is None else signed(value))
        if value is not None:
            share = (value - low) / (high - low)
            dots.append((place * STEP + STEP / 2, round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN), 1)))
    told = "; ".join(f"{stage.name}: {text}" for stage, text in zip(columns, values, strict=True) if text)
    return Line(name, tuple(dots), tuple(values), f"{name}: {told}")


def signed(value: float) -> str:
    """+1.5, −2 or 0."""
    text = f"{value:+.1f}".removesuffix(".0").replace("-", "−")
    return "0" if text in ("+0", "−0") else text
