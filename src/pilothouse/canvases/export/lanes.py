"""Lanes by stages as a table, and the line of how people feel over the lane whose notes say so."""

from __future__ import annotations

from pilothouse.canvases.export.content import Content, hanging
from pilothouse.canvases.export.sheet import (
    FAINT,
    FIELD,
    HAIR,
    INK,
    LEADING,
    MUTED,
    STRONG,
    TONES,
    Box,
    Rule,
    Sheet,
    Words,
)
from pilothouse.canvases.export.slips import SMALL, Slip, draw_slip, pile, slip_of
from pilothouse.canvases.lines import HEIGHT, STEP, Line
from pilothouse.kinds.layouts import Cell
from pilothouse.printing.fonts import wrapped

LABEL, NARROWEST, PAD, HEAD, CURVE = 92.0, 108.0, 5.0, 9.5, 62.0
LOWEST = 40.0


def width(content: Content, least: float) -> float:
    return max(least, 64 + LABEL + NARROWEST * len(content.canvas.columns))


def draw(content: Content, sheet: Sheet, top: float, left: float, room: float, bottom: float) -> float:
    across = (room - LABEL) / max(1, len(content.canvas.columns))
    y = draw_head(content, sheet, top, left, room, across)
    rows = [(cell, piles(content, cell, across)) for cell in content.layout.cells]
    spare = bottom - y - sum(height(cell, row) for cell, row in rows) - CURVE * len(content.board.lines)
    for cell, row in rows:
        if line := content.board.lines.get(cell.slug):
            draw_curve(sheet, line, left, y, across)
            y += CURVE
        high = height(cell, row) + max(0.0, spare) / len(rows)
        draw_lane(sheet, cell, row, left, y, room, across, high)
        y += high
    return y


def draw_head(content: Content, sheet: Sheet, top: float, left: float, room: float, across: float) -> float:
    names = [wrapped(stage.name, HEAD, across - 2 * PAD, 2) for stage in content.canvas.columns]
    high = max((len(rows) for rows in names), default=1) * HEAD * LEADING + 2 * PAD
    soft, strong = TONES["sea"]
    sheet.add(Box(left + LABEL, top, room - LABEL, high, soft, "", 4))
    for place, rows in enumerate(names):
        sheet.lines(left + LABEL + place * across + PAD, top + PAD - 1, rows, HEAD, colour=strong, bold=True)
    return top + high + 4


def piles(content: Content, cell: Cell, across: float) -> list[tuple[list[tuple[int, float, Slip]], float]]:
    """The notes of a lane, cell by cell."""
    found = []
    for stage in content.canvas.columns:
        notes = hanging(content.board.roots[f"{cell.slug}.{stage.slug}"])
        slips = [slip_of(content, note, across - 2 * PAD, depth=depth) for depth, note in notes]
        found.append(pile(slips, 1))
    return found


def height(cell: Cell, row: list[tuple[list[tuple[int, float, Slip]], float]]) -> float:
    label = (len(label_of(cell)) * HEAD + len(asks_of(cell)) * SMALL) * LEADING
    return max(LOWEST, label + 2 * PAD + 4, *(high + 2 * PAD for _placed, high in row))


def label_of(cell: Cell) -> list[str]:
    return wrapped(cell.name, HEAD, LABEL - 2 * PAD, 3)


def asks_of(cell: Cell) -> list[str]:
    return wrapped(cell.asks, SMALL, LABEL - 2 * PAD, 5)


def draw_lane(
    sheet: Sheet, cell: Cell, row: list[tuple[list[tuple[int, float, Slip]], float]], left: float, y: float,
    room: float, across: float, high: float,
) -> None:  # fmt: skip
    strong = TONES[cell.tone][1]
    sheet.add(Box(left, y, LABEL, high, FIELD, "", 0), Rule(((left, y), (left + room, y)), STRONG))
    inside = sheet.lines(left + PAD, y + PAD, label_of(cell), HEAD, colour=strong if cell.tone else INK, bold=True)
    sheet.lines(left + PAD, inside, asks_of(cell), SMALL, colour=FAINT)
    for place, (placed, _high) in enumerate(row):
        x = left + LABEL + place * across
        sheet.add(Rule(((x, y), (x, y + high)), HAIR))
        for _column, at, slip in placed:
            draw_slip(sheet, slip, x + PAD, y + PAD + at)


def draw_curve(sheet: Sheet, line: Line, left: float, y: float, across: float) -> None:
    """The line itself, its middle, and the number of each stage."""
    start, colour = left + LABEL, TONES["sea"][1]
    sheet.line(left + PAD, y + CURVE / 2 + 3, line.name, SMALL + 1, LABEL - 2 * PAD, colour=MUTED)
    sheet.add(Rule(((start, y + CURVE / 2), (start + across * len(line.values), y + CURVE / 2)), HAIR))
    dots = tuple((start + x / STEP * across, y + 12 + at / HEIGHT * (CURVE - 18)) for x, at in line.dots)
    if len(dots) > 1:
        sheet.add(Rule(dots, colour, 1.6))
    told = [text for text in line.values if text]
    for (x, at), text in zip(dots, told, strict=True):
        sheet.add(Box(x - 2.6, at - 2.6, 5.2, 5.2, colour, "", 2.6))
        sheet.add(Words(x, at - 6, text, SMALL + 1, colour, bold=True, align="center"))
