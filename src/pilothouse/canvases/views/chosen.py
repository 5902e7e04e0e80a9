"""What is done with several selected notes at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pilothouse.canvases import actions
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.views.board import refuse
from pilothouse.canvases.views.common import canvas_of
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import go, page
from pilothouse.workbench.views.common import MOST_CHOSEN, Ref, undo_url
from pilothouse.workbench.writing import actions as workbench
from pilothouse.workbench.writing.cleaning import Invalid


@require_POST
@page
def chosen(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """The notes `ids`; `set` says what: move (to `cell`), gather (under `name`), colour or trash."""
    canvas = canvas_of(request, actor, ref, "write")
    act = DONE.get(request.POST.get("set", ""))
    if act is None:
        raise Http404
    notes, batch = picked(actor, canvas, request.POST.getlist("ids")), uuid.uuid4()
    try:
        act(actor, canvas, notes, request.POST, batch)
    except Invalid as invalid:
        return refuse(request, actor, canvas, invalid)
    text = ngettext("%(n)s note changed", "%(n)s notes changed", len(notes)) % {"n": len(notes)}
    return go(request, canvas.url, text, undo=undo_url(actor, batch))


def picked(actor: Actor, canvas: Canvas, ids: Sequence[str]) -> list[Item]:
    """The notes of these ids that the person sees on this canvas, in its order; 404 where one is not among them."""
    wanted = set(ids)
    if not 0 < len(wanted) <= MOST_CHOSEN or not all(text.isdecimal() and len(text) < 18 for text in wanted):
        raise Http404
    notes = list(actions.seen_on(actor, canvas).filter(pk__in=[int(text) for text in wanted]))
    if len(notes) < len(wanted):
        raise Http404
    for note in notes:
        note.product, note.parent = canvas.item.product, canvas.item
    return notes


def move(actor: Actor, canvas: Canvas, notes: list[Item], given: QueryDict, batch: uuid.UUID) -> None:
    actions.move_many(actor, canvas, notes, given.get("cell", ""), batch)


def gather(actor: Actor, canvas: Canvas, notes: list[Item], given: QueryDict, batch: uuid.UUID) -> None:
    actions.gather(actor, canvas, notes, given.get("name", ""), batch)


def colour(actor: Actor, canvas: Canvas, notes: list[Item], given: QueryDict, batch: uuid.UUID) -> None:
    workbench.change_many(actor, notes, {"colour": given.get("colour", "")}, batch=batch)


def trash(actor: Actor, canvas: Canvas, notes: list[Item], given: QueryDict, batch: uuid.UUID) -> None:
    workbench.trash(actor, notes, batch=batch)


Act = Callable[[Actor, Canvas, list[Item], QueryDict, uuid.UUID], None]
DONE: dict[str, Act] = {"move": move, "gather": gather, "colour": colour, "trash": trash}
