"""Where canvases show on the workbench's pages: their items' pages, verbs in history, what goes along."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from pilothouse.canvases import figures, stages, together
from pilothouse.canvases.actions import KIND, NOTE, canvas_for, seen_on
from pilothouse.canvases.copying import copied
from pilothouse.canvases.miniature import miniature
from pilothouse.canvases.models import Canvas
from pilothouse.jinja import decimal
from pilothouse.kinds.layouts import LAYOUTS
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.sections import add_copier, add_section, made_at
from pilothouse.workbench.showing import words
from pilothouse.workbench.writing import actions, undo


def register() -> None:
    actions.INSIDE[KIND] = NOTE
    actions.COMPANIONS[NOTE] = together.veil_new
    add_section(KIND, canvas_section)
    add_section(NOTE, note_section)
    add_copier(KIND, copied)
    made_at(KIND, "canvases/new")
    undo.BY_VERB.update(
        measured=figures.undo_measured, restaged=stages.undo_restaged, phased=together.undo_options,
        timed=together.undo_options, unveiled=together.undo_options, uncounted=together.undo_uncounted,
        templated=lambda entry: True,
    )  # fmt: skip
    words.TOLD.update(
        measured=told_measured,
        restaged=lambda entry: _("changed the columns"),
        phased=lambda entry: _("began a phase") if entry.changes["phase"][1] else _("ended the phases"),
        timed=lambda entry: _("set the timer"),
        unveiled=lambda entry: _("showed what everybody had written"),
        uncounted=lambda entry: _("took all dots away"),
        templated=lambda entry: _("saved the layout as “%(name)s”") % {"name": entry.changes["layout"]},
    )
    words.ICONS.update(
        measured="hash",
        restaged="columns-3",
        phased="users",
        timed="timer",
        unveiled="eye",
        uncounted="circle-off",
        templated="layout-template",
    )


def told_measured(entry: Event) -> str:
    value = entry.changes["value"][1]
    name = next((one.name for layout in LAYOUTS.values() for one in layout.measures
                 if one.slug == entry.changes["measure"]), entry.changes["measure"])  # fmt: skip
    if value is None:
        return _("took back the number for “%(measure)s”") % {"measure": name}
    return _("gave “%(measure)s” as %(value)s") % {"measure": name, "value": decimal(value, 2)}


def canvas_section(actor: Actor, item: Item) -> dict[str, Any]:
    canvas = canvas_for(item)
    there = {"canvas": canvas, "count": seen_on(actor, canvas).count(), "miniature": miniature(canvas.declared)}
    return {"template": "canvases/section.html", "context": there}


def note_section(actor: Actor, item: Item) -> dict[str, Any] | None:
    """Which canvas a note lies on, and where."""
    if item.parent is None or item.parent.kind != KIND:
        return None
    canvas: Canvas = canvas_for(item.parent)
    cell = canvas.declared.cell_by_slug.get(str(item.fields.get("cell") or "").partition(".")[0])
    return {"template": "canvases/note_section.html", "context": {"canvas": canvas, "cell": cell, "note": item}}
