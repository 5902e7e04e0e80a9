"""A canvas as one picture: what lies where, drawn by its layout's shape."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pilothouse.canvases.export import grid, lanes, plot, tree
from pilothouse.canvases.export.content import Content, hanging
from pilothouse.canvases.export.parts import draw_chart, draw_foot, draw_head, draw_sentences
from pilothouse.canvases.export.sheet import PAPER, Box, Sheet
from pilothouse.canvases.export.slips import GAP, draw_slip, pile, slip_of

SHAPES = {"grid": grid, "lanes": lanes, "tree": tree, "plot": plot}
WIDE, HIGH = 842.0, 595.0  # A4 across
WIDTHS = (620.0, 720.0, WIDE)  # the fewer notes, the larger they are drawn
MANY = 60
MARGIN, FOOT = 32.0, 30.0
APART = 180.0


def picture(content: Content) -> Sheet:
    """As large as fits on a page; on a higher one where there are too many notes for it."""
    for width in WIDTHS if len(content.board.notes) <= MANY else WIDTHS[-1:]:
        sheet = drawn(content, width, width * HIGH / WIDE)
        if sheet.width <= width and sheet.height <= width * HIGH / WIDE + 1:
            break
    return sheet


def drawn(content: Content, least: float, high: float) -> Sheet:
    shape = SHAPES[content.layout.shape]
    sheet = Sheet(shape.width(content, least))
    room = sheet.width - 2 * MARGIN
    top = draw_head(content, sheet, MARGIN, room)
    bottom = high - FOOT - 10 if not content.reading and not content.board.apart else top
    y = shape.draw(content, sheet, top, MARGIN, room, bottom)
    if content.layout.shape != "plot":
        y = draw_apart(content, sheet, y, room)
        y = draw_reading(content, sheet, y, room)
    y = max(y + 10, high - FOOT)
    draw_foot(content, sheet, y, MARGIN, room)
    sheet.height = y + FOOT
    sheet.shapes.insert(0, Box(0, 0, sheet.width, sheet.height, PAPER, "", 0))
    return sheet


def draw_apart(content: Content, sheet: Sheet, y: float, room: float) -> float:
    """Notes whose place is not on this canvas."""
    if not content.board.apart:
        return y
    y = sheet.block(MARGIN, y + 10, _("Without a place"), 10, room, bold=True) + 3
    columns = int(room // APART)
    wide = (room + GAP) / columns - GAP
    slips = [slip_of(content, note, wide, depth=depth) for depth, note in hanging(content.board.apart)]
    placed, high = pile(slips, columns)
    for column, at, slip in placed:
        draw_slip(sheet, slip, MARGIN + column * (wide + GAP), y + at)
    return y + high


def draw_reading(content: Content, sheet: Sheet, y: float, room: float) -> float:
    """Below the notes; the line over the lanes is the chart of those already."""
    if content.reading is None:
        return y
    shown = content.charts if content.layout.shape != "lanes" else []
    beside, end = MARGIN, y
    for chart in shown:
        end = draw_chart(sheet, chart, MARGIN, end + 14, room / 2)
        beside = MARGIN + room / 2 + 20
    return max(end, draw_sentences(content, sheet, y + 14, beside, MARGIN + room - beside))
