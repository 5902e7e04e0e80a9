"""A picture made of few shapes, in points from the top left: drawn once, and written as SVG or on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pilothouse.printing.fonts import cut, plain, wrapped

INK, MUTED, FAINT, HAIR, STRONG, PAPER = "#192029", "#4f565f", "#636a72", "#e2e1dd", "#cccac5", "#ffffff"
FIELD = "#f8f7f3"  # what notes lie on
# The soft colour of a cell or a slip, and the strong one of its edge and its words.
TONES = {
    "": ("#f5f4f0", "#cccac5"), "good": ("#e1f7e7", "#106c3e"), "watch": ("#fef0d8", "#8d5406"),
    "bad": ("#ffedeb", "#b6322d"), "sea": ("#e3f3fd", "#006aa5"), "brass": ("#fbf1dc", "#785214"),
}  # fmt: skip
COLOURS = {"yellow": "watch", "green": "good", "blue": "sea", "red": "bad"}
VIOLET = ("#f5edf5", "#7f4382")
LEADING = 1.36


def slip_tone(colour: str) -> tuple[str, str]:
    """What a note is filled with, and its edge."""
    if colour != "violet" and colour not in COLOURS:
        return PAPER, STRONG
    soft, strong = VIOLET if colour == "violet" else TONES[COLOURS[colour]]
    return soft, pale(strong)


def pale(colour: str) -> str:
    """A third of a colour on white."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part / 3 + 170):02x}" for part in parts)


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str = PAPER
    stroke: str = ""
    radius: float = 4


@dataclass(frozen=True)
class Rule:
    """A line through its points."""

    points: tuple[tuple[float, float], ...]
    colour: str = HAIR
    thick: float = 0.6


@dataclass(frozen=True)
class Words:
    """One line; `y` is where its letters stand. `told` is the whole text where only a part is shown."""

    x: float
    y: float
    text: str
    size: float = 8.5
    colour: str = INK
    bold: bool = False
    align: str = "left"
    told: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart with its drawing, which is so many pixels wide and high."""

    spec: dict[str, Any]
    svg: str
    wide: float
    high: float


@dataclass(frozen=True)
class Drawn:
    """A chart where it lies, as wide and high as said."""

    x: float
    y: float
    width: float
    height: float
    chart: Chart


Shape = Box | Rule | Words | Drawn


@dataclass
class Sheet:
    width: float
    height: float = 0
    shapes: list[Shape] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        self.shapes += shapes

    def line(self, x: float, y: float, text: Any, size: float, room: float, **look: Any) -> None:
        """As much of a text as fits into one line."""
        self.add(Words(x, y, cut(plain(text), size, room), size, **look))

    def block(self, x: float, y: float, text: Any, size: float, room: float, *, most: int = 50, **look: Any) -> float:
        """Lines below each other from the top `y`; the answer is where they end."""
        return self.lines(x, y, wrapped(text, size, room, most), size, **look)

    def lines(self, x: float, y: float, rows: Sequence[str], size: float, **look: Any) -> float:
        for row in rows:
            self.add(Words(x, y + size, row, size, **look))
            y += size * LEADING
        return y
