"""The chart that notes' numbers make, what it says, and the numbers themselves in a table."""

from __future__ import annotations

from dataclasses import dataclass

from pilothouse.canvases.export.content import Content, measure_word
from pilothouse.canvases.export.parts import draw_chart, draw_sentences
from pilothouse.canvases.export.sheet import FAINT, HAIR, INK, LEADING, MUTED, STRONG, TONES, Rule, Sheet, Words
from pilothouse.canvases.export.slips import SIZE, SMALL, TINT, rows_of
from pilothouse.canvases.note import Note
from pilothouse.canvases.readings.parts import told
from pilothouse.kinds.layouts import Cell, Measure
from pilothouse.printing.fonts import plain, wrapped

CHART, BESIDE, HEAD = 0.64, 24.0, 10.0  # the chart takes this share of the width
NUMBER, RESTS, PAD = 62.0, 92.0, 5.0


@dataclass(frozen=True)
class Columns:
    """Where the columns of a table stand."""

    left: float
    note: float
    number: float
    measures: tuple[Measure, ...]

    def right_of(self, place: int) -> float:
        return self.left + self.note + (place + 1) * self.number - PAD

    @property
    def rests(self) -> float:
        return self.left + self.note + len(self.measures) * self.number + PAD


def width(content: Content, least: float) -> float:
    most = max((len(content.layout.measures_of(cell.slug)) for cell in content.layout.cells), default=0)
    return max(least, 64 + 200 + most * NUMBER + RESTS)


def draw(content: Content, sheet: Sheet, top: float, left: float, room: float, bottom: float) -> float:
    y = top
    for chart in content.charts:
        y = draw_chart(sheet, chart, left, y, room * CHART) + 10
    beside = left + room * CHART + BESIDE if content.charts else left
    said = draw_sentences(content, sheet, top, beside, left + room - beside)
    y = max(y, said) + 8
    for cell in content.layout.cells:
        y = draw_table(content, sheet, cell, y, left, room) + 12
    return y - 12


def draw_table(content: Content, sheet: Sheet, cell: Cell, top: float, left: float, room: float) -> float:
    measures = content.layout.measures_of(cell.slug)
    number = min(110.0, max(NUMBER, (room - 240 - RESTS) / max(1, len(measures))))
    columns = Columns(left, room - len(measures) * number - RESTS, number, measures)
    tone = TONES[cell.tone][1] if cell.tone else INK
    sheet.line(left, top + HEAD, cell.name, HEAD, columns.note, colour=tone, bold=True)
    y = draw_heads(sheet, columns, top, room)
    for note in content.board.of(cell.slug):
        y = draw_row(content, sheet, columns, note, y, room)
    return y


def draw_heads(sheet: Sheet, columns: Columns, top: float, room: float) -> float:
    y = top + HEAD * LEADING
    for place, measure in enumerate(columns.measures):
        name = f"{measure.name} ({measure.unit})" if measure.unit else measure.name
        rows = wrapped(name, SMALL, columns.number - PAD, 3)
        y = max(y, sheet.lines(columns.right_of(place), top + 2, rows, SMALL, colour=MUTED, align="right"))
    sheet.add(Rule(((columns.left, y + 2), (columns.left + room, y + 2)), STRONG))
    return y + 4


def draw_row(content: Content, sheet: Sheet, columns: Columns, note: Note, y: float, room: float) -> float:
    text = wrapped(note.title[:700], SIZE, columns.note - PAD, 4)
    whole = "" if "".join(text).replace(" ", "") == plain(note.title).replace(" ", "") else note.title
    for number, row in enumerate(text):
        sheet.add(Words(columns.left, y + SIZE + 3 + number * SIZE * LEADING, row, SIZE, told="" if number else whole))
    for place, measure in enumerate(columns.measures):
        said, known = number_of(note, measure), measure.slug in note.figures
        sheet.line(columns.right_of(place), y + SIZE + 3, said, SIZE - 0.5, columns.number - PAD,
                   colour=INK if known else FAINT, align="right")  # fmt: skip
    marks = [mark for row in rows_of(list(content.rests(note)), RESTS - PAD) for mark in row]
    for number, mark in enumerate(marks):
        down = y + SIZE + 3 + number * SMALL * LEADING
        sheet.add(Words(columns.rests, down, mark.text, SMALL, TINT.get(mark.tone, FAINT)))
    high = max(len(text) * SIZE * LEADING, len(marks) * SMALL * LEADING) + 6
    sheet.add(Rule(((columns.left, y + high), (columns.left + room, y + high)), HAIR))
    return y + high


def number_of(note: Note, measure: Measure) -> str:
    figure = note.figures.get(measure.slug)
    word = measure_word(measure.words, measure.minimum, figure.value) if figure else ""
    return word or told(figure)
