"""The canvas as slides that can be edited: text boxes, tables and connectors of PowerPoint's own, each note in full."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.canvases.export import boxes
from pilothouse.canvases.export.content import Content, text_of
from pilothouse.canvases.export.deck import BOTTOM, LEFT, RIGHT, TOP, Deck, Run, Table
from pilothouse.canvases.export.sheet import FAINT, TONES
from pilothouse.canvases.note import Note
from pilothouse.canvases.readings import Reading
from pilothouse.canvases.readings.parts import told
from pilothouse.printing import charts
from pilothouse.printing.fonts import plain

MOST_IN_A_ROW = 300  # characters of a note in a table; the whole text is in the slide's notes
MOST_CITED = 3
CHART = 640  # pixels across
WARNING = TONES["watch"][1]


def pptx(content: Content) -> bytes:
    deck = Deck(content)
    DRAWN[content.layout.shape](deck, content)
    if content.reading and content.layout.shape != "plot":
        tell(deck, content.reading, _("What the notes say together"))
    tabulate(deck, content)
    made = io.BytesIO()
    deck.file.save(made)
    return made.getvalue()


def plot(deck: Deck, content: Content) -> None:
    """The chart as a picture and what it says beside it; then its numbers as tables."""
    if content.reading:
        tell(deck, content.reading, content.subtitle)
    for cell in content.layout.cells:
        measures = content.layout.measures_of(cell.slug)
        rows = [
            [row_text(note), *(told(note.figures.get(one.slug), one.unit) for one in measures)]
            for note in content.board.of(cell.slug)
        ]
        deck.tables(Table(str(cell.name), [str(cell.name), *(str(one.name) for one in measures)], rows, first=300))


def tell(deck: Deck, reading: Reading, subtitle: str) -> None:
    deck.page(subtitle)
    left = LEFT
    for spec in reading.charts[:1]:
        deck.picture(charts.as_png(spec, CHART), (LEFT, TOP, 560, BOTTOM - TOP))
        left = LEFT + 580
    rows = [[Run(text, 13)] for text in reading.sentences] + [[Run(text, 10, WARNING)] for text in reading.caveats]
    rows += [[Run(reading.how, 9, FAINT)]] if reading.how else []
    deck.box((left, TOP, RIGHT - left, BOTTOM - TOP), rows, apart=5)
    for spec in reading.charts[1:]:
        deck.page(subtitle)
        deck.picture(charts.as_png(spec, CHART), (LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP))


def tabulate(deck: Deck, content: Content) -> None:
    """All notes in tables, with what each stands on; their whole texts in the notes of the slides."""
    rows: list[list[str]] = []
    whole: list[str] = []
    for place in content.places():
        for depth, note in place.notes:
            name = content.level(note) or place.title
            rows.append([name, "– " * depth + row_text(note), rests(content, note)])
            whole.append(f"{note.item.ref}: {text_of(note)}")
    head = [pgettext("canvas", "Place"), pgettext("canvas", "Note"), _("Rests on")]
    deck.tables(Table(_("All notes"), head, rows, first=140, last=320, notes=whole))


def row_text(note: Note) -> str:
    text = plain(note.title)
    return text if len(text) <= MOST_IN_A_ROW else f"{text[: MOST_IN_A_ROW - 1]}…"


def rests(content: Content, note: Note) -> str:
    """The numbers of a plot stand in tables of their own."""
    marks: Iterable[Any] = content.rests(note) if content.layout.shape == "plot" else content.marks(note)
    return "\n".join([" · ".join(mark.text for mark in marks), *content.cited(note)[:MOST_CITED]])


DRAWN: dict[str, Callable[[Deck, Content], None]] = {
    "grid": boxes.grid, "lanes": boxes.lanes, "tree": boxes.tree, "plot": plot,
}  # fmt: skip
