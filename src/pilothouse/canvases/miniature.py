"""A layout as a drawing the size of a stamp: where its cells lie, without their words."""

from __future__ import annotations

from dataclasses import dataclass

from pilothouse.kinds.layouts import Layout

WIDTH, HEIGHT, GAP = 120.0, 72.0, 2.0
MOST_ROWS = 6


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    tone: str = ""


@dataclass(frozen=True)
class Miniature:
    """Boxes, the lines between them (x, y, to x, to y) and dots (x, y)."""

    boxes: tuple[Box, ...]
    lines: tuple[tuple[float, float, float, float], ...] = ()
    dots: tuple[tuple[float, float], ...] = ()


def miniature(layout: Layout) -> Miniature:
    return DRAWN[layout.shape](layout)


def grid(layout: Layout) -> Miniature:
    across, down = WIDTH / layout.columns, HEIGHT / layout.rows
    boxes = []
    for cell in layout.cells:
        x, y, width, height = cell.area or (1, 1, 1, 1)
        boxes.append(box((x - 1) * across, (y - 1) * down, width * across, height * down, cell.tone))
    return Miniature(tuple(boxes))


def lanes(layout: Layout) -> Miniature:
    columns, rows = len(layout.stages), min(len(layout.cells), MOST_ROWS)
    head, down, across = 8.0, (HEIGHT - 8) / rows, WIDTH / columns
    heads = [box(n * across, 0, across, head, "sea") for n in range(columns)]
    boxes = [box(0, head + n * down, WIDTH, down, layout.cells[n].tone) for n in range(rows)]
    lines = tuple((n * across, head + GAP, n * across, HEIGHT - GAP) for n in range(1, columns))
    return Miniature((*heads, *boxes), lines)


def tree(layout: Layout) -> Miniature:
    """One note, two under it, and two under each of those, as far as the levels go."""
    levels = min(len(layout.cells), 4)
    across, boxes, lines = WIDTH / levels, [], []
    middles: list[float] = []
    for level in range(levels):
        n = 2 ** min(level, 2)
        down = HEIGHT / n
        here = [down * (place + 0.5) for place in range(n)]
        boxes += [box(level * across, y - 7, across - 10, 14, layout.cells[level].tone) for y in here]
        lines += [(level * across - 10, middles[place * len(middles) // n], level * across + 1, y)
                  for place, y in enumerate(here) if middles]  # fmt: skip
        middles = here
    return Miniature(tuple(boxes), tuple(lines))


def plot(layout: Layout) -> Miniature:
    dots = ((26.0, 50.0), (44.0, 22.0), (62.0, 40.0), (84.0, 16.0), (98.0, 46.0))
    axes = ((8.0, 4.0, 8.0, HEIGHT - 6), (8.0, HEIGHT - 6, WIDTH - 2, HEIGHT - 6))
    return Miniature((), axes, dots)


def box(x: float, y: float, width: float, height: float, tone: str = "") -> Box:
    return Box(round(x + GAP / 2, 2), round(y + GAP / 2, 2), round(width - GAP, 2), round(height - GAP, 2), tone)


DRAWN = {"grid": grid, "lanes": lanes, "tree": tree, "plot": plot}
