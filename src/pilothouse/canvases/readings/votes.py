"""What people put their dots on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings.declare import Reading
from pilothouse.canvases.readings.parts import heading, named, short, titled
from pilothouse.charts import Bar, bars
from pilothouse.jinja import listed
from pilothouse.kinds.layouts import Layout

MOST = 15


def read(layout: Layout, notes: Sequence[Note]) -> Reading | None:
    if any(note.votes is None for note in notes):
        return Reading(sentences=(_("The dots are counted when voting is over."),))
    chosen = sorted((note for note in notes if note.votes), key=lambda note: -(note.votes or 0))
    if not chosen:
        return None
    total = sum(note.votes or 0 for note in chosen)
    subtitle = ngettext("%(n)s dot", "%(n)s dots", total) % {"n": total}
    return Reading(
        sentences=tuple(sentences(notes, chosen)),
        charts=(titled(chart(layout, chosen[:MOST]), _("Dots"), subtitle),),
        head=(pgettext("canvas", "Note"), pgettext("canvas", "Cell"), _("Dots")),
        rows=tuple((heading(note), cell_name(layout, note), note.votes) for note in chosen),
        how=_("Dots tell what people want to talk about or try first; they say nothing about whether it is right."),
    )


def sentences(notes: Sequence[Note], chosen: Sequence[Note]) -> list[str]:
    most = chosen[0].votes or 0
    first = [note for note in chosen if note.votes == most]
    text = ngettext("Most dots, %(n)s, are on %(names)s.", "Most dots, %(n)s each, are on %(names)s.", len(first))
    said = [text % {"n": most, "names": named(first)}]
    if len(chosen) > len(first):
        after = [note for note in chosen if note.votes == chosen[len(first)].votes]
        said.append(_("Then comes %(names)s with %(n)s.") % {"names": named(after), "n": after[0].votes})
    without = len(notes) - len(chosen)
    if without:
        text = ngettext("%(n)s note has none.", "%(n)s notes have none.", without)
        said.append(text % {"n": without})
    return said


def cell_name(layout: Layout, note: Note) -> str:
    place = layout.cell_by_slug.get(note.cell)
    return str(place.name) if place else "–"


def chart(layout: Layout, chosen: Sequence[Note]) -> dict[str, Any]:
    rows = []
    for note in chosen:
        tip = f"{note.title}: {listed([cell_name(layout, note), str(note.votes)])}"
        rows.append(Bar(short(note.title, 60), float(note.votes or 0), str(note.votes), tip, url=note.item.url))
    return bars(rows, format="d")
