"""A note as a slip of paper: how high it gets in a given width, and how it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pilothouse.canvases.export.content import Content, Mark, text_of
from pilothouse.canvases.export.sheet import (
    FAINT,
    INK,
    LEADING,
    MUTED,
    STRONG,
    TONES,
    Box,
    Rule,
    Sheet,
    Words,
    slip_tone,
)
from pilothouse.canvases.note import Note
from pilothouse.printing.fonts import cut, plain, width_of, wrapped

SIZE, SMALL = 8.5, 7.0
PAD, GAP, INDENT = 6.0, 5.0, 9.0
MOST_LINES, MOST_MORE = 7, 3
READ = 700  # characters of a note that are looked at: no slip shows more
TINT = {"evidence": TONES["brass"][1], "stale": TONES["watch"][1], "votes": TONES["sea"][1], "figure": MUTED}


@dataclass(frozen=True)
class Slip:
    """`whole` is the note's text where the slip shows a part of it; `level` is told above the text."""

    note: Note
    width: float
    text: list[str]
    more: list[str]
    marks: list[list[Mark]]
    level: str = ""
    whole: str = ""
    indent: float = 0

    @property
    def height(self) -> float:
        small = len(self.more) + len(self.marks) + bool(self.level)
        return 2 * PAD + (len(self.text) * SIZE + small * SMALL) * LEADING - 1.5 + (1.5 if self.marks else 0)


def slip_of(content: Content, note: Note, width: float, *, level: str = "", depth: int = 0) -> Slip:
    indent = min(depth, 4) * INDENT
    room = width - 2 * PAD - indent
    text = wrapped(note.item.title[:READ], SIZE, room, MOST_LINES)
    more = wrapped(note.item.body[:READ], SMALL, room, MOST_MORE)
    shown = "".join([*text, *more]).replace(" ", "")
    whole = "" if shown == plain(text_of(note)).replace(" ", "") else text_of(note)
    return Slip(note, width - indent, text or [" "], more, rows_of(content.marks(note), room), level, whole, indent)


def rows_of(marks: Sequence[Mark], room: float) -> list[list[Mark]]:
    """Marks side by side while they fit."""
    rows: list[list[Mark]] = []
    left = 0.0
    for mark in marks:
        said = cut(plain(mark.text), SMALL, room)
        wide = width_of(said, SMALL) + 8
        if not rows or wide > left + 8:
            rows.append([])
            left = room
        rows[-1].append(Mark(said, mark.tone))
        left -= wide
    return rows


def draw_slip(sheet: Sheet, slip: Slip, x: float, y: float) -> None:
    x += slip.indent
    fill, edge = slip_tone(slip.note.colour)
    sheet.add(Box(x, y, slip.width, slip.height, fill, edge if slip.note.colour else "#dad8d3", 3.5))
    if slip.indent:
        sheet.add(Rule(((x - 5, y - GAP), (x - 5, y + 12), (x, y + 12)), STRONG))
    inside, top = x + PAD, y + PAD - 1
    if slip.level:
        top = sheet.lines(inside, top, [cut(plain(slip.level), SMALL, slip.width - 2 * PAD)], SMALL, colour=FAINT)
    ink = MUTED if slip.note.stale else INK
    for row in slip.text:
        sheet.add(Words(inside, top + SIZE, row, SIZE, ink, told=slip.whole if row is slip.text[0] else ""))
        top += SIZE * LEADING
    top = sheet.lines(inside, top, slip.more, SMALL, colour=MUTED) + (1.5 if slip.marks else 0)
    for marks in slip.marks:
        draw_marks(sheet, marks, inside, top + SMALL)
        top += SMALL * LEADING


def draw_marks(sheet: Sheet, marks: Sequence[Mark], x: float, y: float) -> None:
    for mark in marks:
        sheet.add(Words(x, y, mark.text, SMALL, TINT.get(mark.tone, FAINT), bold=mark.tone == "evidence"))
        x += width_of(mark.text, SMALL) + 8


def pile(slips: Sequence[Slip], columns: int) -> tuple[list[tuple[int, float, Slip]], float]:
    """Slips in columns, each into the one that is shortest yet, what hangs under a note below it: (column, y, slip),
    and the height of all."""
    tops, at, placed = [0.0] * columns, 0, []
    for slip in slips:
        if not slip.indent:
            at = min(range(columns), key=lambda place: tops[place])
        placed.append((at, tops[at], slip))
        tops[at] += slip.height + GAP
    return placed, max(tops) - (GAP if slips else 0)
