"""What every picture of a canvas has: its head, what the numbers say, charts, and the line at its foot."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pilothouse.canvases.export.content import Content
from pilothouse.canvases.export.sheet import FAINT, INK, MUTED, STRONG, TONES, Box, Chart, Drawn, Rule, Sheet
from pilothouse.canvases.export.slips import SMALL
from pilothouse.printing.fonts import plain, width_of, wrapped

TITLE, SAID = 17.0, 9.0


def draw_head(content: Content, sheet: Sheet, left: float, room: float) -> float:
    label = label_width(content)
    y = sheet.block(left, 26, content.item.title, TITLE, room - label - 12, most=2, colour=INK, bold=True)
    sums = plain(content.sums)
    wide = width_of(sums, SAID)
    sheet.line(left, y + SAID, content.subtitle, SAID, room - wide - 20, colour=MUTED)
    sheet.line(left + room, y + SAID, sums, SAID, room / 2, colour=MUTED, align="right")
    if label:
        soft, strong = TONES["brass"]
        sheet.add(Box(left + room - label, 26, label, 16, soft, strong, 8))
        sheet.line(left + room - label + 8, 37, content.label, SMALL + 0.5, label, colour=strong, bold=True)
    return y + SAID + 12


def label_width(content: Content) -> float:
    return width_of(plain(content.label), SMALL + 0.5) + 16 if content.label else 0.0


def draw_sentences(content: Content, sheet: Sheet, top: float, left: float, room: float) -> float:
    """The reading in words, and what would mislead in it."""
    if content.reading is None:
        return top
    y = sheet.block(left, top, _("What the notes say together"), 10, room, most=2, colour=INK, bold=True) + 2
    for sentence in content.reading.sentences:
        y = sheet.block(left, y, sentence, SAID, room, most=8, colour=INK) + 3
    for caveat in content.reading.caveats:
        y = sheet.block(left, y, caveat, SMALL + 0.5, room, most=6, colour=TONES["watch"][1]) + 2
    return sheet.block(left, y + 2, content.reading.how, SMALL, room, most=6, colour=FAINT)


def draw_chart(sheet: Sheet, chart: Chart, left: float, top: float, wide: float) -> float:
    high = wide * chart.high / chart.wide
    sheet.add(Drawn(left, top, wide, high, chart))
    return top + high


def draw_foot(content: Content, sheet: Sheet, y: float, left: float, room: float) -> None:
    sheet.add(Rule(((left, y), (left + room, y)), STRONG))
    wide = min(width_of(plain(content.footer), SMALL), room * 0.7)
    sheet.line(left, y + 11, content.footer, SMALL, room * 0.7, colour=MUTED)
    rows = wrapped(content.source, SMALL, room - wide - 16, 2)
    sheet.lines(left + room, y + 11 - SMALL, rows, SMALL, colour=FAINT, align="right")
