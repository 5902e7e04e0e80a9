"""A map as it is and as it is to be: drawn from one another, and looked at side by side."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.canvases.comparison import compared
from pilothouse.canvases.pairs import draw_to_be, pair_of
from pilothouse.canvases.views.board import refuse
from pilothouse.canvases.views.common import canvas_of, switch
from pilothouse.people.access import Actor
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.views.common import Ref, undo_url
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing.cleaning import Invalid


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
