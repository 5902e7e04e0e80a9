"""What a file of a canvas holds, whichever kind of file it becomes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilothouse.canvases.board import EVIDENCE, Board, board_of
from pilothouse.canvases.export.sheet import Chart
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.note import Note
from pilothouse.canvases.readings import Reading, reading_of
from pilothouse.canvases.readings.parts import told
from pilothouse.canvases.texts import joined
from pilothouse.jinja import day
from pilothouse.kinds.layouts import Layout
from pilothouse.people.access import Actor
from pilothouse.printing.charts import as_svg
from pilothouse.workbench.models import Item, Link

MOST_NAMED = 20  # pieces of evidence by name; of more their number is told
DEEPEST = 8
CHART = 680  # pixels across, before it is put on a sheet
SIZE = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')
Cited = tuple[str, str]  # reference and title


@dataclass(frozen=True)
class Mark:
    """A word on what a note stands on, or a number that it carries; `tone` says what sort of word."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Place:
    """Where notes lie: a cell, of lanes in a stage; its notes with how deep each hangs."""

    name: str
    stage: str
    notes: list[tuple[int, Note]]

    @property
    def title(self) -> str:
        return f"{self.name} · {self.stage}" if self.stage else self.name


@dataclass(frozen=True, kw_only=True)
class Content:
    board: Board
    reading: Reading | None
    evidence: dict[int, list[Cited]]
    practice: bool = False

    @property
    def canvas(self) -> Canvas:
        return self.board.canvas

    @property
    def item(self) -> Item:
        return self.canvas.item

    @cached_property
    def layout(self) -> Layout:
        return self.canvas.layout_now

    @property
    def subtitle(self) -> str:
        return f"{self.layout.name} · {self.item.product.name}"

    @property
    def label(self) -> str:
        return _("Practice product: everything in it is made up") if self.practice else ""

    @property
    def sums(self) -> str:
        """How many notes there are, and how many of them stand on something."""
        counts = [(_("Notes"), len(self.board.notes))]
        if self.layout.claims:
            counts += [(_("with evidence"), self.board.backed), (_("opinion"), self.board.opinions)]
        said = " · ".join(f"{name} {count}" for name, count in counts)
        return f"{said} · {self.hidden}" if self.hidden else said

    @property
    def hidden(self) -> str:
        return _("not shown yet: %(n)s") % {"n": self.board.hidden} if self.board.hidden else ""

    @property
    def footer(self) -> str:
        return " · ".join(
            (day(timezone.localdate()), self.item.product.name, self.item.ref, self.label or "Pilothouse")
        )

    @property
    def source(self) -> str:
        return _("Layout: %(source)s") % {"source": self.layout.source} if self.layout.source else ""

    @property
    def sentences(self) -> tuple[str, ...]:
        return self.reading.sentences if self.reading else ()

    @cached_property
    def charts(self) -> list[Chart]:
        return [drawn(spec) for spec in (self.reading.charts if self.reading else ())]

    def marks(self, note: Note) -> list[Mark]:
        found = list(self.rests(note))
        for measure in self.layout.measures_of(note.cell):
            if figure := note.figures.get(measure.slug):
                word = measure_word(measure.words, measure.minimum, figure.value)
                found.append(Mark(f"{measure.name} {word or told(figure, measure.unit)}", "figure"))
        if note.votes:
            found.append(Mark(_("dots: %(n)s") % {"n": note.votes}, "votes"))
        return found

    def rests(self, note: Note) -> Iterator[Mark]:
        """Whether a note is backed by evidence, an opinion, or old."""
        if note.claims:
            backed = Mark(_("evidence: %(n)s") % {"n": note.evidence}, "evidence")
            yield backed if note.evidence else Mark(_("opinion"), "opinion")
        if note.stale:
            yield Mark(_("old: %(days)s days") % {"days": note.age}, "stale")

    def cited(self, note: Note) -> list[str]:
        """The evidence by reference and title."""
        rows = self.evidence.get(note.item.pk, [])
        named = [f"{ref} {title}" for ref, title in rows[:MOST_NAMED]]
        more = len(rows) - MOST_NAMED
        return [*named, _("and %(n)s more") % {"n": more}] if more > 0 else named

    def places(self) -> Iterator[Place]:
        """All notes, each once: by cell and stage, in a tree as they hang under each other."""
        roots, cells = self.board.roots, self.layout.cells
        if self.layout.shape == "tree":
            yield Place(str(self.layout.name), "", hanging([note for cell in cells for note in roots[cell.slug]]))
        elif self.canvas.columns:
            for cell, stage in product(cells, self.canvas.columns):
                if notes := roots[f"{cell.slug}.{stage.slug}"]:
                    yield Place(str(cell.name), str(stage.name), hanging(notes))
        else:
            yield from (Place(str(cell.name), "", hanging(roots[cell.slug])) for cell in cells)
        if self.board.apart:
            yield Place(_("Without a place"), "", hanging(self.board.apart))

    def level(self, note: Note) -> str:
        """In a tree, what sort of thing a note is."""
        cell = self.layout.cell_by_slug.get(note.cell)
        return str(cell.name) if cell and self.layout.shape == "tree" else ""


def drawn(spec: dict[str, Any]) -> Chart:
    svg = as_svg(spec, CHART)
    size = SIZE.search(svg)
    return Chart(spec, svg, *(map(float, size.groups()) if size else (CHART, CHART)))


def measure_word(words: Sequence[object], minimum: float | None, value: float | None) -> str:
    """The word for a number that is asked as a choice of words."""
    place = float((value or 0) - (minimum or 0))
    return str(words[int(place)]) if words and place.is_integer() and 0 <= place < len(words) else ""


def hanging(roots: Sequence[Note]) -> list[tuple[int, Note]]:
    """Notes in reading order with their depth; from a certain depth on they stay there."""
    found, waiting = [], [(0, note) for note in reversed(roots)]
    while waiting:
        depth, note = waiting.pop()
        found.append((depth, note))
        waiting += [(min(depth + 1, DEEPEST - 1), child) for child in reversed(note.children)]
    return found


def text_of(note: Note) -> str:
    return joined(note.item.title, note.item.body)


def content_of(actor: Actor, canvas: Canvas) -> Content:
    """Of what this person sees on the canvas now."""
    board = board_of(actor, canvas)
    reading = reading_of(canvas.layout_now, board.notes, get_language() or actor.user.language)
    practice = canvas.item.product.workspace.practice
    return Content(board=board, reading=reading, evidence=evidence_by(actor, board.notes), practice=practice)


def evidence_by(actor: Actor, notes: Sequence[Note]) -> dict[int, list[Cited]]:
    """What supports each note, of what the actor may see."""
    ids = [note.item.pk for note in notes if note.evidence]
    links = Link.objects.visible_to(actor).filter(target__in=ids, relation=EVIDENCE, source__trashed_at=None)
    links = links.order_by("source__product__key", "source__number")
    found: dict[int, list[Cited]] = defaultdict(list)
    rows = links.values_list("target_id", "source__product__key", "source__number", "source__title")
    for target, key, number, title in rows:
        found[target].append((f"{key}-{number}", title))
    return found
