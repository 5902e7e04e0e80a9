"""The technology radar: where each blip lies, and what moved since the edition before.

An edition is what was said within a month: the rings that were in force before it are the edition before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pilothouse.canvases.models import Figure
from pilothouse.canvases.note import Note
from pilothouse.canvases.readings.declare import Reading
from pilothouse.canvases.readings.parts import backing, heading, lacking, named, titled
from pilothouse.charts import Blip, radar
from pilothouse.jinja import day, listed
from pilothouse.kinds.layouts import Layout
from pilothouse.methods import technology_radar

RING = "ring"
EDITION = timedelta(days=30)
MOVES = {
    "new": pgettext_lazy("radar", "new"),
    "moved_in": pgettext_lazy("radar", "moved in"),
    "moved_out": pgettext_lazy("radar", "moved out"),
    "no_change": pgettext_lazy("radar", "not moved"),
}
SENTENCES = {
    "moved_in": gettext_lazy("Moved in since the edition before: %(names)s."),
    "moved_out": gettext_lazy("Moved out: %(names)s."),
    "new": gettext_lazy("New: %(names)s."),
}
SHAPES = {"new": "diamond", "moved_in": "triangle-up", "moved_out": "triangle-down", "no_change": "circle"}
TONES = {"new": "$amber", "moved_in": "$leaf", "moved_out": "$coral", "no_change": "$sea"}
Rings = dict[str, str]  # by the note's number


def read(layout: Layout, notes: Sequence[Note]) -> Reading:
    there = [note for note in notes if RING in note.figures and note.cell in layout.cell_by_slug]
    if not there:
        return Reading(sentences=(_("No blip has a ring yet."),), caveats=lacking(layout, notes))
    rings = [str(word) for word in layout.measures[0].words]
    border = max(day_of(note.figures[RING]) for note in there) - EDITION
    now = {str(note.number): rings[place_of(note.figures[RING])] for note in there}
    before = rings_before(notes, border, rings)
    result = technology_radar.analyse(now, previous=before, rings=rings)
    moves = result.status if before else {}
    return Reading(
        sentences=tuple(sentences(there, result.by_ring, moves)),
        charts=(titled(chart(layout, there, rings, moves), layout.name, subtitle(there, border, bool(before))),),
        head=(_("Blip"), _("Part"), _("Ring"), _("Ring before"), _("Movement"), _("Said on"), _("Rests on")),
        rows=tuple(row(layout, note, now, before, moves) for note in there),
        caveats=(*lacking(layout, [one for one in notes if str(one.number) not in before]),
                 *caveats(there, border, notes, before)),
        how=_("The ring is the newest number of a blip. What was said within 30 days of the newest word makes an "
              "edition; the ring before is the last word from before that."),
    )  # fmt: skip


def day_of(figure: Figure) -> date:
    return figure.said_on or (timezone.localtime(figure.at).date() if figure.at else timezone.localdate())


def place_of(figure: Figure) -> int:
    """The ring by its place, from the middle outwards."""
    return round(figure.value or 1) - 1


def rings_before(notes: Sequence[Note], border: date, rings: Sequence[str]) -> Rings:
    """Where each blip lay before the newest edition; those that had been taken back lie nowhere."""
    found = {}
    for note in notes:
        last = next((one for one in note.history.get(RING, ()) if day_of(one) <= border), None)
        if last is not None and last.value is not None:
            found[str(note.number)] = rings[place_of(last)]
    return found


def sentences(there: Sequence[Note], by_ring: Mapping[str, Sequence[str]], moves: Mapping[str, str]) -> list[str]:
    counts = listed(_("%(ring)s %(n)s") % {"ring": ring, "n": len(blips)} for ring, blips in by_ring.items())
    said = [_("%(n)s blips: %(counts)s.") % {"n": len(there), "counts": counts}]
    for move, text in SENTENCES.items():
        if moved := [note for note in there if moves.get(str(note.number)) == move]:
            said.append(str(text) % {"names": named(moved)})
    if moves and len(said) == 1:
        said.append(_("Nothing moved since the edition before."))
    return said


def subtitle(there: Sequence[Note], border: date, again: bool) -> str:
    newest = day(border + EDITION)
    if not again:
        return _("%(n)s blips, first edition of %(day)s") % {"n": len(there), "day": newest}
    return _("%(n)s blips, edition of %(day)s; triangles moved, diamonds are new") % {"n": len(there), "day": newest}


def chart(layout: Layout, there: Sequence[Note], rings: Sequence[str], moves: Mapping[str, str]) -> dict[str, Any]:
    quarters = [cell.slug for cell in layout.cells]
    blips = []
    for note in there:
        move = moves.get(str(note.number), "no_change")
        ring = place_of(note.figures[RING])
        said = [rings[ring], *([str(MOVES[move])] if moves else [])]
        tip = f"{note.title}: {listed(said)}"
        blips.append(Blip(note.title, quarters.index(note.cell), ring, tip, note.item.url, TONES[move], SHAPES[move]))
    return radar(blips, rings, [str(cell.name) for cell in layout.cells])


def row(layout: Layout, note: Note, now: Rings, before: Rings, moves: Mapping[str, str]) -> tuple[Any, ...]:
    key = str(note.number)
    move = str(MOVES[moves[key]]) if key in moves else "–"
    part = str(layout.cell_by_slug[note.cell].name)
    return heading(note), part, now[key], before.get(key, "–"), move, day(day_of(note.figures[RING])), backing(note)


def caveats(there: Sequence[Note], border: date, notes: Sequence[Note], before: Rings) -> list[str]:
    """Old words stay on the picture, but somebody should say them again."""
    said = []
    if old := [note for note in there if day_of(note.figures[RING]) <= border]:
        said.append(_("Nobody confirmed these in the newest edition: %(names)s.") % {"names": named(old)})
    now = {note.number for note in there}
    if gone := [note for note in notes if str(note.number) in before and note.number not in now]:
        said.append(_("Taken off since the edition before: %(names)s.") % {"names": named(gone)})
    return said
