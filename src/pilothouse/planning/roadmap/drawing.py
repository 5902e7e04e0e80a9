"""The timeline as one picture, for a file and for a page without scripts. By day, on its own paper; a page that shows
it inline gives the same shapes its own colours."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone

from pilothouse.jinja import day
from pilothouse.planning.roadmap.rows import Row
from pilothouse.planning.roadmap.span import Place, Span, span_of
from pilothouse.workbench.models import Item

WIDTH, NAMES, LINE, HEAD, HEAD_INLINE, MARGIN = 1200, 360, 30, 84, 40, 20
LONGEST = 46  # of a title, in Latin letters; a Han character is two wide


@dataclass(frozen=True)
class Line:
    title: str
    dates: str
    place: Place
    category: str
    release: bool = False


@dataclass(frozen=True)
class Picture:
    """Everything that roadmap_drawing.html draws; `inline` leaves out what the page round it says already."""

    title: str
    span: Span
    today: date
    lines: list[Line]
    inline: bool = False
    width: int = WIDTH
    line: int = LINE

    @property
    def margin(self) -> int:
        return 0 if self.inline else MARGIN

    @property
    def head(self) -> int:
        return HEAD_INLINE if self.inline else HEAD

    @property
    def height(self) -> int:
        return self.head + self.line * len(self.lines) + self.margin

    @property
    def now(self) -> float:
        return self.x(self.span.at(self.today) + 0.5)

    @property
    def scale(self) -> float:
        return (self.width - NAMES - self.margin) / self.span.days

    def x(self, at: float) -> float:
        return round(NAMES + at * self.scale, 1)

    def w(self, days: int) -> float:
        return round(max(days * self.scale, 4), 1)


def picture(title: str, rows: Sequence[Row], releases: Sequence[Item], zoom: str, *, inline: bool = False) -> Picture:
    today = timezone.localdate()
    days = [one for row in rows for one in (row.starts, row.ends)]
    days += [one for release in releases for one in (release.start_on, release.due_on)]
    span = span_of(days, today, zoom)
    lines = [line for release in releases if (line := release_line(span, release))]
    lines += [line for row in rows if (line := row_line(span, row))]
    return Picture(title, span, today, lines, inline)


def svg(drawn: Picture) -> str:
    """Its text is escaped by the template."""
    return render_to_string("planning/roadmap_drawing.html", {"drawn": drawn}).lstrip()


def release_line(span: Span, release: Item) -> Line | None:
    place = span.place(release.start_on, release.due_on)
    category = release.state_declared.category
    dates = ends(release.start_on, release.due_on)
    return Line(cut(release.title), dates, place, category, release=True) if place else None


def row_line(span: Span, row: Row) -> Line | None:
    place = span.place(row.starts, row.ends)
    category = row.item.state_declared.category
    return Line(cut(row.item.title), ends(row.starts, row.ends), place, category) if place else None


def ends(starts: date | None, stops: date | None) -> str:
    return f"{day(starts) or '…'} – {day(stops) or '…'}"


def cut(title: str) -> str:
    """As much of a title as fits before its bar."""
    room = LONGEST
    for place, character in enumerate(title):
        room -= 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if room < 0:
            return f"{title[:place].rstrip()}…"
    return title
