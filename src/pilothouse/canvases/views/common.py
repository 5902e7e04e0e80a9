"""What the views of a canvas share: how it and its notes are found, and how a change is answered.

Scripts send HX-Request and get JSON with the notes that changed, as fragments; plain forms are led back to the page.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from pilothouse.canvases.actions import KIND, canvas_for, note_on
from pilothouse.canvases.board import noted
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.note import Note
from pilothouse.canvases.pairs import Pair, pair_of
from pilothouse.canvases.together import has_votes, votes_open
from pilothouse.canvases.wording import wording
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import go, is_fragment, tell
from pilothouse.workbench.views.common import Ref, item_of, undo_url


def canvas_of(request: HttpRequest, actor: Actor, ref: Ref, verb: str = "read") -> Canvas:
    """The canvas an address names, else 404."""
    item = item_of(request, actor, ref, verb, kind=KIND)
    if item.trashed_at:
        raise Http404
    return canvas_for(item)


def seen_note(actor: Actor, canvas: Canvas, number: Any, verb: str = "read") -> Item:
    """A note that this person sees on the canvas now, else 404."""
    return note_on(actor, canvas, number, verb)


def named_note(actor: Actor, canvas: Canvas, text: str) -> Item | None:
    """The note of a number that came with a form; None where none was given."""
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise Http404
    return seen_note(actor, canvas, int(text))


def note_context(actor: Actor, canvas: Canvas) -> dict[str, Any]:
    """What is needed to draw notes."""
    writable, voting = actor.may("write", canvas.item.product), votes_open(canvas)
    words = wording(canvas, writable=writable, voting=voting, voted=has_votes(canvas))
    return {"canvas": canvas, "layout": canvas.declared, "w": words}


def fragments(request: HttpRequest, actor: Actor, canvas: Canvas, items: Sequence[Item]) -> list[dict[str, Any]]:
    """Notes as the page puts them in their places."""
    context = note_context(actor, canvas)
    return [fragment(request, context, note) for note in noted(actor, canvas, items)]


def fragment(request: HttpRequest, context: dict[str, Any], note: Note) -> dict[str, Any]:
    html = render_to_string("canvases/note.html", {**context, "note": note}, request, using="jinja2")
    return {
        "number": note.number, "cell": note.item.fields.get("cell") or "", "under": note.under, "rank": note.item.rank,
        "html": html.strip(),
    }  # fmt: skip


def answer(
    request: HttpRequest, actor: Actor, canvas: Canvas, notes: Sequence[Item], text: str = "",
    batch: uuid.UUID | None = None, *, gone: Sequence[int] = (),
) -> HttpResponse:  # fmt: skip
    """After a change: the notes as they are now, or the page again for a plain form."""
    undo = undo_url(actor, batch)
    if not is_fragment(request):
        return go(request, canvas.url, text, undo=undo)
    response = JsonResponse({"notes": fragments(request, actor, canvas, notes), "gone": list(gone)})
    return tell(response, text, undo=undo) if text else response


def switch(actor: Actor, canvas: Canvas, comparing: Pair | None = None) -> dict[str, Any]:
    """The ways between the two maps and their comparison; none for a layout that is drawn once."""
    if not canvas.declared.paired:
        return {"ways": [], "may_draw": False}
    as_is, to_be = comparing or pair_of(actor, canvas)
    names = ((_("As-is"), as_is), (_("To-be"), to_be))
    ways = [way(name, one.url, one is canvas and not comparing) for name, one in names if one]
    if as_is and to_be:
        ways.append(way(_("Compare"), f"{canvas.url}/comparison", bool(comparing)))
    return {"ways": ways, "may_draw": to_be is None and actor.may("write", canvas.item.product)}


def way(label: str, url: str, current: bool) -> dict[str, Any]:
    return {"label": label, "url": url, "current": current}
