"""The canvas on paper: the picture on a page of its own size, then its notes in full on pages of A4."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.canvases.export.content import CHART, Content, text_of
from pilothouse.canvases.export.sheet import FAINT, INK, MUTED, STRONG, TONES, Box, Drawn, Rule, Sheet, Words
from pilothouse.canvases.note import Note
from pilothouse.printing import charts
from pilothouse.printing.fonts import wrapped
from pilothouse.printing.paper import A4, A4_ACROSS, Paper
from pilothouse.printing.picture import Stamp, stamped

LARGEST = 14_000.0  # points; readers show no larger page
MARGIN, TOP, FOOT = 48.0, 84.0, 796.0
SIZE, SMALL, LEADING = 9.5, 8.0, 1.45
MOST_CHARACTERS, FEWEST = 400_000, 400


def pdf(content: Content, sheet: Sheet) -> bytes:
    paper = Paper(content.item.title, (sheet.width, sheet.height))
    stamps = draw(paper, sheet)
    if content.board.notes:
        Pages(content, paper).tell()
    return stamped(paper.done(), stamps)


def picture_page(content: Content, sheet: Sheet) -> bytes:
    """The picture alone, to be made into pixels."""
    paper = Paper(content.item.title, (sheet.width, sheet.height))
    stamps = draw(paper, sheet)
    return stamped(paper.done(), stamps)


def draw(paper: Paper, sheet: Sheet) -> list[Stamp]:
    """The picture on its page; the charts are stamped on it when the file is done."""
    scale = min(max(1.0, A4_ACROSS[0] / sheet.width), LARGEST / max(sheet.width, sheet.height))
    paper.page((sheet.width * scale, sheet.height * scale))
    paper.scaled(scale)
    for shape in sheet.shapes:
        if not isinstance(shape, Drawn):
            DRAWN[type(shape)](paper, shape)
    found = [shape for shape in sheet.shapes if isinstance(shape, Drawn)]
    return [
        Stamp(charts.as_pdf(one.chart.spec, CHART), 0, one.x * scale, one.y * scale, one.width * scale) for one in found
    ]


def box(paper: Paper, one: Box) -> None:
    paper.box(one.x, one.y, one.width, one.height, fill=one.fill, stroke=one.stroke, radius=one.radius)


def rule(paper: Paper, one: Rule) -> None:
    for (x1, y1), (x2, y2) in zip(one.points, one.points[1:], strict=False):
        paper.line(x1, y1, x2, y2, colour=one.colour, thick=one.thick)


def words(paper: Paper, one: Words) -> None:
    paper.text(one.x, one.y, one.text, one.size, colour=one.colour, bold=one.bold, align=one.align)


DRAWN: dict[Any, Callable[[Paper, Any], None]] = {Box: box, Rule: rule, Words: words}


class Pages:
    """The notes in full, place by place, with what each stands on; then what they say together, as a table."""

    def __init__(self, content: Content, paper: Paper) -> None:
        self.content, self.paper, self.y = content, paper, 0.0
        self.room = A4[0] - 2 * MARGIN
        self.longest = share(content)

    def tell(self) -> None:
        self.turn()
        named = ""
        for place in self.content.places():
            if place.notes and place.name != named:
                self.head(named := place.name)
            for depth, note in place.notes:
                self.note(note, place.stage, depth * 12)
        reading = self.content.reading
        if reading:
            self.head(_("What the notes say together"))
            for text in (*reading.sentences, *reading.caveats, reading.how):
                self.lines(text, SIZE, 0, INK)
                self.y += 2

    def turn(self) -> None:
        self.paper.page(A4)
        right = A4[0] - MARGIN
        self.paper.text(MARGIN, 52, self.content.item.title, 12, bold=True, room=self.room * 0.7)
        self.paper.text(right, 52, _("Notes in full"), SMALL, colour=MUTED, align="right")
        self.paper.line(MARGIN, 62, right, 62, colour=STRONG)
        self.paper.text(MARGIN, 818, self.content.footer, SMALL - 1, colour=FAINT, room=self.room - 40)
        self.paper.text(right, 818, self.paper.pages, SMALL - 1, colour=FAINT, align="right")
        self.y = TOP

    def head(self, name: str) -> None:
        self.room_for(76)
        self.y += 6 if self.y > TOP else 0
        self.paper.text(MARGIN, self.y + 12, name, 12, bold=True, room=self.room)
        self.y += 24

    def note(self, note: Note, stage: str, indent: float) -> None:
        self.room_for(34)
        title, _break, body = text_of(note).partition("\n")
        self.lines(title, SIZE, indent, INK)
        for paragraph in shortened(body, self.longest).split("\n"):
            self.lines(paragraph, SMALL + 0.5, indent, MUTED)
        marks = [stage, self.content.level(note), *(mark.text for mark in self.content.marks(note))]
        self.lines(" · ".join(filter(None, [note.item.ref, *marks])), SMALL, indent, FAINT)
        for cited in self.content.cited(note):
            self.lines(cited, SMALL, indent + 10, TONES["brass"][1], most=2)
        self.y += 7

    def lines(self, text: Any, size: float, indent: float, colour: str, most: int = 100_000) -> None:
        for line in wrapped(text, size, self.room - indent, most):
            self.room_for(size * LEADING)
            self.paper.text(MARGIN + indent, self.y + size, line, size, colour=colour)
            self.y += size * LEADING

    def room_for(self, height: float) -> None:
        if self.y + height > FOOT:
            self.turn()


def share(content: Content) -> int:
    """How much of each note fits where all together are more than a file should hold."""
    whole = sorted(len(note.item.body) for note in content.board.notes)
    left = MOST_CHARACTERS
    for place, length in enumerate(whole):
        if length * (len(whole) - place) > left:
            return max(FEWEST, left // (len(whole) - place))
        left -= length
    return MOST_CHARACTERS


def shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return f"{text[:most]}… {_('(the Markdown file holds the whole text)')}"
