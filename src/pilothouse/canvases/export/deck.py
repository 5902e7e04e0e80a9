"""Slides with their heads and feet, and what is put on them. Texts name fonts that hold Chinese; nothing is a link."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.canvases.export.content import Content
from pilothouse.canvases.export.sheet import FAINT, FIELD, INK, MUTED, STRONG, TONES
from pilothouse.printing.fonts import UNPRINTABLE, cut, plain, width_of, wrapped

WIDE, HIGH = 960.0, 540.0
LEFT, TOP, RIGHT, BOTTOM = 36.0, 92.0, 924.0, 500.0
LATIN, HAN = "Segoe UI", "Microsoft YaHei"
LEADING, MOST_NOTES = 1.3, 60_000
UNKEPT = re.compile(UNPRINTABLE.pattern.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f"))  # all but the ends of lines
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PRESENTATION = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
BARE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's table style without lines and colours

Area = tuple[float, float, float, float]  # left, top, width, height in points


@dataclass(frozen=True)
class Run:
    text: str
    size: float
    colour: str = INK
    bold: bool = False


Rows = Sequence[Sequence[Run]]  # paragraphs of runs


@dataclass(frozen=True, kw_only=True)
class Look:
    align: str = "left"
    inset: float | None = 6  # None: a table's cell, which has its own
    apart: float = 0  # between paragraphs


@dataclass(frozen=True)
class Table:
    """Rows that go on over slides. `first` and `last` are widths; `notes` go below the slides with their rows."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    first: float = 140
    last: float = 0
    notes: Sequence[str] = ()

    @property
    def widths(self) -> list[float]:
        ends = [self.last] if self.last else []
        middle = len(self.head) - 1 - len(ends)
        return [self.first, *[(RIGHT - LEFT - self.first - self.last) / max(1, middle)] * middle, *ends]

    @property
    def size(self) -> float:
        return 10.0 if len(self.head) < 8 else 8.0

    def height(self, row: Sequence[str]) -> float:
        lines = [
            sum(max(1, len(wrapped(part, self.size, wide - 14))) for part in text.split("\n"))
            for text, wide in zip(row, self.widths, strict=True)
        ]
        return max(lines) * self.size * LEADING + 8


class Deck:
    def __init__(self, content: Content) -> None:
        from pptx import Presentation
        from pptx.util import Pt

        self.content, self.file = content, Presentation()
        self.file.slide_width, self.file.slide_height = Pt(WIDE), Pt(HIGH)
        self.file.core_properties.title = plain(content.item.title)[:250]
        self.file.core_properties.author = "Pilothouse"
        set_fonts(self.file.slide_master)
        self.slide: Any = None

    def page(self, subtitle: str) -> None:
        content, label = self.content, plain(self.content.label)
        self.slide = self.file.slides.add_slide(self.file.slide_layouts[6])
        wide = width_of(label, 9) * 1.35 + 12 if label else 0.0
        title = cut(plain(content.item.title), 24, RIGHT - LEFT - wide - 20)
        self.box((LEFT, 18, RIGHT - LEFT - wide, 36), [[Run(title, 24, bold=True)]], inset=0)
        self.box((LEFT, 56, 520, 22), [[Run(cut(plain(subtitle), 12, 500), 12, MUTED)]], inset=0)
        self.box((LEFT + 520, 56, RIGHT - LEFT - 520, 22), [[Run(content.sums, 11, MUTED)]], align="right", inset=0)
        if label:
            brass = TONES["brass"]
            self.box((RIGHT - wide, 24, wide, 20), [[Run(label, 9, brass[1], bold=True)]], fill=brass[0], inset=3)
        self.box((LEFT, 510, RIGHT - LEFT, 20), [[Run(content.footer, 9, FAINT)]], inset=0)

    def box(self, area: Area, rows: Rows, *, fill: str = "", edge: str = "", **look: Any) -> Any:
        from pptx.util import Pt

        made = self.slide.shapes.add_textbox(*map(Pt, area))
        paint(made.fill, fill)
        paint(made.line.fill, edge)
        if edge:
            made.line.width = Pt(0.75)
        write(made.text_frame, rows, Look(**look))
        return made

    def connect(self, above: Any, one: Any) -> None:
        from pptx.enum.shapes import MSO_CONNECTOR
        from pptx.util import Pt

        line = self.slide.shapes.add_connector(MSO_CONNECTOR.ELBOW, 0, 0, 0, 0)
        line.begin_connect(above, 3)
        line.end_connect(one, 1)
        paint(line.line.fill, STRONG)
        line.line.width = Pt(1)
        line._element.remove(line._element.find(f"{PRESENTATION}style"))  # a shadow

    def picture(self, file: bytes, area: Area) -> None:
        """As large as fits."""
        from pptx.util import Pt

        left, top, wide, high = area
        made = self.slide.shapes.add_picture(io.BytesIO(file), Pt(left), Pt(top))
        scale = min(Pt(wide) / made.width, Pt(high) / made.height)
        made.width, made.height = int(made.width * scale), int(made.height * scale)

    def table(
        self, area: tuple[float, float, float], widths: Sequence[float], rows: Sequence[Sequence[Rows]],
        heights: Sequence[float],
    ) -> None:  # fmt: skip
        from pptx.util import Pt

        place = (*area, sum(heights))
        table = self.slide.shapes.add_table(len(rows), len(widths), *map(Pt, place)).table
        table._tbl.tblPr.find(f"{DRAWING}tableStyleId").text = BARE
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Pt(width)
        for number, (row, high) in enumerate(zip(rows, heights, strict=True)):
            table._tbl.tr_lst[number].h = Pt(high)
            for across, text in enumerate(row):
                cell = table.cell(number, across)
                paint(cell.fill, TONES["sea"][0] if not number else FIELD if number % 2 else "")
                cell.margin_left = cell.margin_right = Pt(5)
                cell.margin_top = cell.margin_bottom = Pt(3)
                write(cell.text_frame, text, Look(inset=None))

    def tables(self, table: Table) -> None:
        at = 0
        while at < len(table.rows):
            self.page(table.title)
            room, start = BOTTOM - TOP - 24, at
            while at < len(table.rows) and (at == start or room >= table.height(table.rows[at])):
                room -= table.height(table.rows[at])
                at += 1
            shown = table.rows[start:at]
            rows: list[list[Rows]] = [[[[Run(text, table.size, bold=True)]] for text in table.head]]
            rows += [[[[Run(part, table.size)] for part in text.split("\n")] for text in row] for row in shown]
            self.table((LEFT, TOP, RIGHT - LEFT), table.widths, rows, [24, *map(table.height, shown)])
            if table.notes:
                self.say("\n\n".join(table.notes[start:at]))

    def say(self, text: str) -> None:
        """The notes below a slide."""
        kept = UNKEPT.sub(" ", text.replace("\r", "\n"))
        self.slide.notes_slide.notes_text_frame.text = kept if len(kept) <= MOST_NOTES else kept[:MOST_NOTES] + "…"


def write(frame: Any, rows: Rows, look: Look) -> None:
    from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    if look.inset is not None:
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(look.inset)
    for number, runs in enumerate(rows):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        if look.align == "right":
            paragraph.alignment = PP_ALIGN.RIGHT
        if look.apart:
            paragraph.space_after = Pt(look.apart)
        for run in runs:
            write_run(paragraph.add_run(), run)


def write_run(made: Any, run: Run) -> None:
    """Spaces at its ends are kept: they stand between two runs."""
    from pptx.util import Pt

    made.text = UNPRINTABLE.sub(" ", run.text)
    made.font.size = Pt(run.size)
    if run.bold:
        made.font.bold = True
    if run.colour != INK:
        made.font.color.rgb = rgb(run.colour)


def set_fonts(master: Any) -> None:
    """What every text is set in that names no font: the theme's, of which python-pptx knows nothing."""
    theme = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    text = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{LATIN}"', theme.blob.decode())
    text = re.sub(r'<a:ea typeface="[^"]*"', f'<a:ea typeface="{HAN}"', text)
    text = re.sub(r'(<a:font script="Hans" typeface=)"[^"]*"', rf'\1"{HAN}"', text)
    theme._blob = text.replace(
        '<a:sysClr val="windowText" lastClr="000000"/>', f'<a:srgbClr val="{INK[1:]}"/>'
    ).encode()


def paint(fill: Any, colour: str) -> None:
    if colour:
        fill.solid()
        fill.fore_color.rgb = rgb(colour)
    else:
        fill.background()


def rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour[1:].upper())
