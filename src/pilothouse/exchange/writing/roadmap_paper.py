"""The roadmap on paper: its tab as pages of rows, the timeline as pages of bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.exchange.writing.roadmap import between, listed, strength
from pilothouse.jinja import day, decimal
from pilothouse.planning.forecast.ladder import Foretold
from pilothouse.planning.roadmap.drawing import Line, Picture
from pilothouse.planning.roadmap.rows import Row
from pilothouse.planning.roadmap.showing import Section
from pilothouse.printing import Paper
from pilothouse.printing.paper import HAIR, MUTED, wrapped

MARGIN, TOP, FOOT = 36.0, 84.0, 565.0
SIZE, SMALL = 9.0, 7.5


@dataclass(frozen=True)
class Column:
    x: float
    room: float


TITLE, STATE, WHERE, WHEN, PROOF = (
    Column(36, 250), Column(296, 74), Column(378, 110), Column(496, 120), Column(626, 180),
)  # fmt: skip


class Pages:
    """Where the next row goes; a new page begins with the title, and the heads where rows follow."""

    def __init__(self, title: str, heads: Sequence[tuple[Column, str]] = ()) -> None:
        self.paper, self.title, self.heads, self.y = Paper(title), title, heads, 0.0
        self.turn()

    def turn(self) -> None:
        self.paper.page()
        self.paper.text(MARGIN, 48, self.title, 15, bold=True, room=600)
        right = self.paper.width - MARGIN
        self.paper.text(right, 48, day(timezone.localdate()), SIZE, colour=MUTED, align="right")
        self.paper.text(right, 582, self.paper.pages, SMALL, colour=MUTED, align="right")
        for column, name in self.heads:
            self.paper.text(column.x, 68, name, SMALL, colour=MUTED, room=column.room)
        self.paper.line(MARGIN, 73, right, 73)
        self.y = TOP

    def room_for(self, height: float) -> None:
        if self.y + height > FOOT:
            self.turn()


def list_paper(title: str, sections: Sequence[Section], foretold: Foretold) -> bytes:
    heads = ((TITLE, _("Title")), (STATE, _("State")), (WHERE, _("Release")), (WHEN, _("When")), (PROOF, _("Rests on")))
    pages = Pages(title, heads)
    for section in sections:
        pages.room_for(60)
        pages.paper.text(MARGIN, pages.y + 10, section.title, 11, bold=True, room=500)
        pages.paper.text(MARGIN + 520, pages.y + 10, section.note, SMALL, colour=MUTED, room=240)
        pages.y += 20
        for row in section.rows:
            put(pages, row, foretold)
        if not section.rows:
            pages.paper.text(MARGIN, pages.y + 10, _("Nothing here yet."), SIZE, colour=MUTED)
            pages.y += 16
        pages.y += 12
    return pages.paper.done()


def put(pages: Pages, row: Row, foretold: Foretold) -> None:
    """As high as the fullest of its columns."""
    columns = list(told(row, foretold))
    height = max(
        sum(len(wrapped(text, size, at.room, 4)) * size * 1.35 for text, size in lines) for at, lines in columns
    )
    pages.room_for(height + 6)
    for column, lines in columns:
        y = pages.y + SIZE
        for text, size in lines:
            y += pages.paper.block(
                column.x, y, text, size, column.room, most=4, colour=MUTED if size < SIZE else "#1a202b"
            )
    pages.y += height + 6
    pages.paper.line(MARGIN, pages.y - 2, pages.paper.width - MARGIN, pages.y - 2, colour=HAIR, thick=0.4)


def told(row: Row, foretold: Foretold) -> list[tuple[Column, list[tuple[str, float]]]]:
    item = row.item
    score = f"{row.way} {decimal(item.score)}".strip() if item.score is not None else ""
    ends = foretold.items.get(item.pk)
    proof = f"{strength(row.evidence.level)}: {row.evidence.reason}" if row.evidence else ""
    found = (
        (TITLE, [(item.title, SIZE), (" · ".join(filter(None, (item.ref, str(item.owner or ""), score))), SMALL)]),
        (STATE, [(str(item.state_declared.name), SIZE)]),
        (WHERE, [(listed(one.title for one in row.releases), SIZE)]),
        (WHEN, [(between(row.starts, row.ends), SIZE), (ends.text if ends and ends.known else "", SMALL)]),
        (PROOF, [(proof, SMALL), (row.predicted, SMALL)]),
    )
    return [(column, [(text, size) for text, size in lines if text]) for column, lines in found]


def timeline_paper(drawn: Picture) -> bytes:
    """The same picture, as many lines a page as fit, its days along the top of each."""
    pages = Pages(drawn.title)
    scale = (pages.paper.width - 2 * MARGIN) / drawn.width
    days(pages, drawn, scale)
    for line in drawn.lines:
        if pages.y + drawn.line * scale > FOOT:
            pages.turn()
            days(pages, drawn, scale)
        bar(pages, drawn, line, scale)
        pages.y += drawn.line * scale
    return pages.paper.done()


def days(pages: Pages, drawn: Picture, scale: float) -> None:
    """Years and months, a hair where each begins, and today."""
    for ticks, y, size in ((drawn.span.upper, 84.0, SMALL + 0.5), (drawn.span.lower, 94.0, SMALL - 0.5)):
        for tick in ticks:
            x = MARGIN + drawn.x(tick.at) * scale
            pages.paper.line(x, y - 8, x, FOOT)
            if drawn.w(tick.days) * scale > 14:
                pages.paper.text(x + 3, y, tick.label, size, colour=MUTED, room=drawn.w(tick.days) * scale)
    pages.paper.line(MARGIN + drawn.now * scale, 90, MARGIN + drawn.now * scale, FOOT, colour="#1f668e", thick=1)
    pages.y = 100


def bar(pages: Pages, drawn: Picture, line: Line, scale: float) -> None:
    x, width, y = MARGIN + drawn.x(line.place.at) * scale, drawn.w(line.place.days) * scale, pages.y
    pages.paper.text(MARGIN, y + 12, line.title, SIZE - 0.5, bold=line.release, room=(drawn.x(0) - 20) * scale)
    if line.release:
        pages.paper.box(x, y + 6, width, 7, fill="#d9dade", stroke="#3a414d", radius=1)
    else:
        done = line.category == "done"
        pages.paper.box(x, y + 4, width, 11, fill="#dcefe2" if done else "#d9e6ee",
                        stroke="#2f6b45" if done else "#1f668e", radius=2, dashed=line.category == "new")  # fmt: skip
    pages.paper.line(MARGIN, y + drawn.line * scale, pages.paper.width - MARGIN, y + drawn.line * scale, thick=0.3)
