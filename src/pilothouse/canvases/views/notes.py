"""Notes on a canvas: put on it, rewritten, moved, taken off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pilothouse.canvases import actions
from pilothouse.canvases.texts import lines_of
from pilothouse.canvases.views.common import canvas_of
from pilothouse.people.access import Actor
from pilothouse.workbench.cleaning import Invalid
from pilothouse.workbench.pages import go, page, say
from pilothouse.workbench.views.common import Ref


@require_POST
@page
def add(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """One note for each line of `rows`, or one of `text`, in `cell`."""
    canvas = canvas_of(request, actor, ref, "write")
    texts = lines_of(request.POST.get("rows", "")) or [request.POST.get("text", "")]
    try:
        under = actions.note_on(actor, canvas, request.POST["under"]) if request.POST.get("under") else None
        notes = actions.add_notes(actor, canvas, request.POST.get("cell", ""), texts, under=under)
    except Invalid as invalid:
        return say(next(iter(invalid.errors.values())), 422)
    return go(request, canvas.url, ngettext("%(n)s note added", "%(n)s notes added", len(notes)) % {"n": len(notes)})


@require_POST
@page
def place(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    canvas = canvas_of(request, actor, ref, "write")
    note = actions.note_on(actor, canvas, number, "write")
    try:
        actions.move_note(actor, canvas, note, request.POST.get("cell", ""))
    except Invalid as invalid:
        return say(next(iter(invalid.errors.values())), 422)
    return go(request, canvas.url, _("Moved"))
