"""The canvas itself on slides: cells as text boxes, lanes as a table, a tree as boxes with connectors. Letters are as
large as the notes allow; what still does not fit is counted, and follows in the table of all notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.canvases.export.content import Content, hanging
from pilothouse.canvases.export.deck import BOTTOM, LEADING, LEFT, RIGHT, TOP, Area, Deck, Run
from pilothouse.canvases.export.sheet import FAINT, FIELD, HAIR, INK, MUTED, TONES, slip_tone
from pilothouse.canvases.export.slips import TINT
from pilothouse.canvases.export.tree import depth_of, roots_of
from pilothouse.canvases.note import Note
from pilothouse.kinds.layouts import Cell, Stage
from pilothouse.printing.fonts import plain, wrapped

SIZES = (18.0, 16.0, 14.0, 12.0, 11.0, 10.0, 9.0)
READ, MOST_LINES, MOST_COLUMNS = 400, 5, 7
GAP, PAD, LABEL, BETWEEN = 6.0, 8.0, 112.0, 26.0


def short(note: Note, size: float, wide: float) -> tuple[str, int]:
    """A note's text cut to five lines at most, and the number of lines it takes in letters of `size` points, `wide`
    points across."""
    whole = plain(note.title[:READ])
    lines = wrapped(f"• {whole}", size, wide, MOST_LINES)
    if len(note.title) <= READ and (not lines or not lines[-1].endswith("…") or whole.endswith("…")):
        return whole, max(1, len(lines))
    return f"{whole[: sum(map(len, lines)) - 3].rstrip()}…", len(lines)


def height(content: Content, notes: Sequence[Note], size: float, wide: float) -> float:
    """The height in points that these notes take below each other."""
    return sum(short(note, size, wide - mark_width(size))[1] for note in notes) * size * LEADING


def mark_width(size: float) -> float:
    """The width in points kept free at the end of a note's last line for the word that says what it rests on."""
    return size * 3


def largest(content: Content, places: Sequence[tuple[Sequence[Note], float, float]]) -> float:
    """The largest size of letters in which the notes of every place fit into it, else the smallest there is. A place is
    (notes, width, height) in points."""
    fits = (size for size in SIZES if all(height(content, notes, size, w) <= h for notes, w, h in places))
    return next(fits, SIZES[-1])


def listed(content: Content, notes: Sequence[Note], size: float, wide: float, high: float) -> list[list[Run]]:
    """A paragraph for each note, with a dot and what the note rests on. Where the room of `high` points ends, the last
    paragraph counts the notes that are left."""
    rows: list[list[Run]] = []
    room = high
    for place, note in enumerate(notes):
        text, lines = short(note, size, wide - mark_width(size))
        room -= lines * size * LEADING
        if room < (0 if place == len(notes) - 1 else size * LEADING) and rows:
            return [*rows, [Run(_("… and %(n)s more") % {"n": len(notes) - place}, size, MUTED)]]
        rows.append([Run(f"• {text}  ", size), *marks(content, note, size)])
    return rows


def marks(content: Content, note: Note, size: float) -> list[Run]:
    """What a note stands on, small."""
    found = list(content.rests(note))[:1]
    return [Run(mark.text, max(7.0, size * 0.7), TINT.get(mark.tone, FAINT)) for mark in found]


def grid(deck: Deck, content: Content) -> None:
    deck.page(content.subtitle)
    layout = content.layout
    across, down = (RIGHT - LEFT + GAP) / layout.columns, (BOTTOM - TOP + GAP) / layout.rows
    places: list[tuple[Cell, Area, list[Note]]] = []
    for cell in layout.cells:
        x, y, wide, high = cell.area or (1, 1, 1, 1)
        area = (LEFT + (x - 1) * across, TOP + (y - 1) * down, wide * across - GAP, high * down - GAP)
        places.append((cell, area, [note for _depth, note in hanging(content.board.roots[cell.slug])]))
    size = largest(content, [(notes, area[2] - 2 * PAD, area[3] - 40) for _cell, area, notes in places])
    for cell, area, notes in places:
        strong = TONES[cell.tone][1]
        head = [Run(str(cell.name), max(11.0, min(size, 14.0)), strong if cell.tone else INK, bold=True)]
        rows = listed(content, notes, size, area[2] - 2 * PAD, area[3] - 40)
        deck.box(area, [head, *rows], fill=FIELD, edge=HAIR, apart=2)
        deck.box((area[0], area[1], area[2], 2.5), [], fill=strong)


def lanes(deck: Deck, content: Content) -> None:
    """At most so many stages a slide as can be read."""
    stages = content.canvas.columns
    for start in range(0, len(stages), MOST_COLUMNS):
        deck.page(content.subtitle)
        lanes_of(deck, content, stages[start : start + MOST_COLUMNS], start)


def lanes_of(deck: Deck, content: Content, stages: Sequence[Stage], start: int) -> None:
    wide, end = (RIGHT - LEFT - LABEL) / len(stages), start + len(stages)
    roots = content.board.roots
    there = {
        cell.slug: [[note for _d, note in hanging(roots[f"{cell.slug}.{stage.slug}"])] for stage in stages]
        for cell in content.layout.cells
    }
    size, highs = lane_heights(content, there, wide - 12, BOTTOM - TOP - 26 - 24 * len(content.board.lines))
    rows = [[[], *([[Run(str(stage.name), 12, bold=True)]] for stage in stages)]]
    heights = [26.0]
    for cell, high in zip(content.layout.cells, highs, strict=True):
        if line := content.board.lines.get(cell.slug):
            values = [[[Run(text, 12, TONES["sea"][1], bold=True)]] for text in line.values[start:end]]
            rows.append([[[Run(str(line.name), 10, MUTED)]], *values])
            heights.append(24)
        name = [Run(str(cell.name), 12, TONES[cell.tone][1] if cell.tone else INK, bold=True)]
        rows.append([[name], *(listed(content, notes, size, wide - 12, high - 8) for notes in there[cell.slug])])
        heights.append(high)
    deck.table((LEFT, TOP, RIGHT - LEFT), [LABEL, *[wide] * len(stages)], rows, heights)


def lane_heights(
    content: Content, there: dict[str, list[list[Note]]], wide: float, room: float
) -> tuple[float, list[float]]:
    """The letters in which all lanes fit, and how high each gets; in the smallest, each its share of the room."""
    for size in SIZES[2:]:
        needs = [max(26, *(height(content, notes, size, wide) + 10 for notes in lane)) for lane in there.values()]
        if sum(needs) <= room:
            return size, [need + (room - sum(needs)) / len(needs) for need in needs]
    return size, [need * room / sum(needs) for need in needs]


@dataclass(frozen=True)
class Put:
    """A note on a slide: its box, on which slide, how far down and how deep."""

    note: Note
    made: Any
    page: int
    y: float
    level: int


def tree(deck: Deck, content: Content) -> None:
    """What does not fit goes on, on the next slide."""
    wide = min(230.0, (RIGHT - LEFT + BETWEEN) / depth_of(content) - BETWEEN)
    every = hanging(roots_of(content))
    size = next((size for size in SIZES[2:] if tall(content, every, size, wide) <= BOTTOM - TOP), 10.0)
    put: dict[int, Put] = {}
    page, below = -1, BOTTOM + 1
    for level, note in every:
        text, lines = short(note, size, wide - 2 * PAD)
        rows = [[Run(text, size)], *([run] for run in marks(content, note, size))]
        high = (lines * size + (len(rows) - 1) * size * 0.7) * LEADING + 10
        above = put.get(note.under or 0) if level else None
        beside = above is not None and above.page == page and is_first(above, note, level)
        y = above.y if above and beside else below
        if page < 0 or y + high > BOTTOM:
            deck.page(content.subtitle)
            page, y, below = page + 1, TOP, TOP
        fill, edge = slip_tone(note.colour)
        made = deck.box((LEFT + level * (wide + BETWEEN), y, wide, high), rows, fill=fill, edge=edge)
        if above and above.page == page and above.level < level:
            deck.connect(above.made, made)
        put[note.number] = Put(note, made, page, y, level)
        below = max(below, y + high + PAD)


def is_first(above: Put, note: Note, level: int) -> bool:
    return above.note.children[0] is note and above.level < level


def tall(content: Content, every: Sequence[tuple[int, Note]], size: float, wide: float) -> float:
    """The height in points of a whole tree. The first note under another stands beside it and takes no height of its
    own."""
    first = {note.children[0].number for _level, note in every if note.children}
    lines = [short(note, size, wide - 2 * PAD)[1] for _level, note in every if note.number not in first]
    return sum((count * size + size * 0.7) * LEADING + 10 + PAD for count in lines)
