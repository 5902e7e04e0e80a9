"""Notes that hang under each other, from left to right, with lines from each to what hangs under it."""

from __future__ import annotations

from dataclasses import dataclass

from pilothouse.canvases.export.content import DEEPEST, Content, hanging
from pilothouse.canvases.export.sheet import FAINT, STRONG, TONES, Rule, Sheet
from pilothouse.canvases.export.slips import SMALL, Slip, draw_slip, slip_of
from pilothouse.canvases.note import Note

NARROWEST, WIDEST, BETWEEN, DOWN = 132.0, 216.0, 28.0, 8.0
ELBOW = 14.0  # below a slip's upper edge, where its lines begin and end


@dataclass(frozen=True)
class Hung:
    slip: Slip
    x: float
    y: float
    above: Hung | None


def width(content: Content, least: float) -> float:
    return max(least, 64 + depth_of(content) * (NARROWEST + BETWEEN) - BETWEEN)


def roots_of(content: Content) -> list[Note]:
    return [note for cell in content.layout.cells for note in content.board.roots[cell.slug]]


def depth_of(content: Content) -> int:
    return max((depth for depth, _note in hanging(roots_of(content))), default=0) + 1


def draw(content: Content, sheet: Sheet, top: float, left: float, room: float, bottom: float) -> float:
    top = draw_levels(content, sheet, top, left, room)
    placed = place(content, top, left, room)
    for one in placed:
        if one.above:
            connect(sheet, one.above, one)
    for one in placed:
        draw_slip(sheet, one.slip, one.x, one.y)
    return max((one.y + one.slip.height for one in placed), default=top)


def draw_levels(content: Content, sheet: Sheet, top: float, left: float, room: float) -> float:
    """What each level asks, once above all."""
    cells = content.layout.cells
    across = (room + BETWEEN) / len(cells)
    ends = []
    for place, cell in enumerate(cells):
        x, tone = left + place * across, TONES[cell.tone or "sea"][1]
        y = sheet.block(x, top, cell.name, 9, across - BETWEEN, most=2, colour=tone, bold=True)
        ends.append(sheet.block(x, y, cell.asks, SMALL, across - BETWEEN, most=3, colour=FAINT))
    below = max(ends) + 5
    sheet.add(Rule(((left, below), (left + room, below)), STRONG))
    return below + 10


def place(content: Content, top: float, left: float, room: float) -> list[Hung]:
    """The first note that hangs under another stands beside it, the next ones below all that came before."""
    wide = min(WIDEST, (room + BETWEEN) / depth_of(content) - BETWEEN)
    names = {cell.slug: str(cell.name) for cell in content.layout.cells}
    found: dict[int, Hung] = {}
    below = top
    for depth, note in hanging(roots_of(content)):
        above = found.get(note.under or 0) if depth else None
        first = above is not None and above.slip.note.children[0] is note and depth < DEEPEST - 1
        slip = slip_of(content, note, wide, level=names.get(note.cell, ""))
        y = above.y if above and first else below
        found[note.number] = Hung(slip, left + depth * (wide + BETWEEN), y, above)
        below = max(below, y + slip.height + DOWN)
    return list(found.values())


def connect(sheet: Sheet, above: Hung, one: Hung) -> None:
    start, end = above.x + above.slip.width, one.x
    if start < end:
        middle = end - BETWEEN / 2
        out, into = above.y + ELBOW, one.y + ELBOW
        points = (
            ((start, out), (end, into)) if out == into else ((start, out), (middle, out), (middle, into), (end, into))
        )
        sheet.add(Rule(points, STRONG, 1))
