"""Cells on a grid, each as high as its notes need, and all of them as high as a page where there is room."""

from __future__ import annotations

from dataclasses import dataclass

from pilothouse.canvases.export.content import Content, hanging
from pilothouse.canvases.export.sheet import FAINT, FIELD, HAIR, INK, LEADING, MUTED, TONES, Box, Sheet
from pilothouse.canvases.export.slips import GAP, SMALL, Slip, draw_slip, pile, slip_of
from pilothouse.kinds.layouts import Cell
from pilothouse.printing.fonts import wrapped

BETWEEN, PAD, HEAD, NARROW = 7.0, 8.0, 10.0, 180.0
LOWEST = 74.0


@dataclass(frozen=True)
class Field:
    """A cell with its notes piled up in it."""

    cell: Cell
    width: float
    name: list[str]
    asks: list[str]
    placed: list[tuple[int, float, Slip]]
    pile: float
    slip: float
    count: int

    @property
    def top(self) -> float:
        """Where the notes begin."""
        return PAD + (len(self.name) * HEAD + len(self.asks) * SMALL) * LEADING + 4

    @property
    def height(self) -> float:
        return max(LOWEST, self.top + self.pile + PAD)


def width(content: Content, least: float) -> float:
    """Whatever there is."""
    return least


def draw(content: Content, sheet: Sheet, top: float, left: float, room: float, bottom: float) -> float:
    """The answer is where the cells end: at `bottom`, or below where there are too many notes."""
    layout = content.layout
    across = (room + BETWEEN) / layout.columns
    fields = [field_of(content, cell, across * (cell.area or (1, 1, 1, 1))[2] - BETWEEN) for cell in layout.cells]
    heights = stretched(row_heights(fields, layout.rows), bottom - top)
    starts = [top + sum(heights[:row]) + row * BETWEEN for row in range(layout.rows)]
    for field in fields:
        column, row, _wide, high = field.cell.area or (1, 1, 1, 1)
        height = sum(heights[row - 1 : row - 1 + high]) + (high - 1) * BETWEEN
        draw_field(sheet, field, left + (column - 1) * across, starts[row - 1], height)
    return starts[-1] + heights[-1]


def field_of(content: Content, cell: Cell, width: float) -> Field:
    notes = hanging(content.board.roots[cell.slug])
    inside = width - 2 * PAD
    columns = min(max(1, int((inside + GAP) // NARROW)), max(1, sum(depth == 0 for depth, _note in notes)))
    slip = (inside + GAP) / columns - GAP
    placed, height = pile([slip_of(content, note, slip, depth=depth) for depth, note in notes], columns)
    name, asks = wrapped(cell.name, HEAD, inside - 18, 2), wrapped(cell.asks, SMALL, inside, 2)
    return Field(cell, width, name, asks, placed, height, slip, len(notes))


def row_heights(fields: list[Field], rows: int) -> list[float]:
    """Cells of one row say how high it is; those of several share what they lack among theirs."""
    heights = [LOWEST] * rows
    for field in sorted(fields, key=lambda one: (one.cell.area or (1, 1, 1, 1))[3]):
        _column, row, _wide, high = field.cell.area or (1, 1, 1, 1)
        lacking = field.height - sum(heights[row - 1 : row - 1 + high]) - (high - 1) * BETWEEN
        for place in range(row - 1, row - 1 + high):
            heights[place] += max(0.0, lacking) / high
    return heights


def stretched(heights: list[float], room: float) -> list[float]:
    more = room - sum(heights) - (len(heights) - 1) * BETWEEN
    return [height + max(0.0, more) / len(heights) for height in heights]


def draw_field(sheet: Sheet, field: Field, x: float, y: float, height: float) -> None:
    strong = TONES[field.cell.tone][1]
    sheet.add(Box(x, y, field.width, height, FIELD, HAIR, 4), Box(x, y, field.width, 2.5, strong, "", 1))
    name = INK if not field.cell.tone else strong
    top = sheet.lines(x + PAD, y + PAD, field.name, HEAD, colour=name, bold=True)
    sheet.line(x + field.width - PAD, y + PAD + HEAD, field.count, SMALL + 1, 26, colour=MUTED, align="right")
    sheet.lines(x + PAD, top, field.asks, SMALL, colour=FAINT)
    for column, at, slip in field.placed:
        draw_slip(sheet, slip, x + PAD + column * (field.slip + GAP), y + field.top + at)
