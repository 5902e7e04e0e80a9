"""A map as it is and as it is to be: drawn from one another, and looked at side by side."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.canvases.comparison import compared
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.pairs import draw_to_be, pair_of
from pilothouse.canvases.views.common import canvas_of, refuse
from pilothouse.people.access import Actor
from pilothouse.workbench.cleaning import Invalid
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.views.common import Ref, undo_url
from pilothouse.workbench.views.item import shared

Pair = tuple[Canvas | None, Canvas | None]


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


@require_POST
@page
def to_be(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    canvas = canvas_of(request, actor, ref, "write")
    try:
        made, batch = draw_to_be(actor, canvas)
    except Invalid as invalid:
        return refuse(request, actor, canvas, invalid)
    text = _("%(ref)s begins as a copy: change it to how it should be.") % {"ref": made.item.ref}
    return go(request, made.url, text, undo=undo_url(actor, batch))


@require_safe
@page
def comparison(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    canvas = canvas_of(request, actor, ref)
    pair = pair_of(actor, canvas) if canvas.declared.paired else (None, None)
    as_is, future = pair
    if as_is is None or future is None:
        raise Http404
    there = {"canvas": canvas, "layout": canvas.declared, "compared": compared(actor, as_is, future)}
    context = {**shared(actor, canvas.item), **there, **switch(actor, canvas, pair)}
    return show(request, "canvases/comparison.html", context)
