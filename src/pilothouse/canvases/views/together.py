"""Phases, the timer and dots: how people work on a canvas just now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pilothouse.canvases import together
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.views.board import refuse
from pilothouse.canvases.views.common import canvas_of
from pilothouse.people.access import Actor
from pilothouse.workbench.pages import go, page
from pilothouse.workbench.views.common import Ref, undo_url
from pilothouse.workbench.writing.cleaning import Invalid


def changed(request: HttpRequest, actor: Actor, ref: Ref, act: Callable[[Canvas], Any], text: str = "") -> HttpResponse:
    canvas = canvas_of(request, actor, ref, "write")
    try:
        act(canvas)
    except Invalid as invalid:
        return refuse(request, actor, canvas, invalid)
    return go(request, canvas.url, text)


@require_POST
@page
def phase(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Begin `phase`; an empty one ends them."""
    slug = request.POST.get("phase", "")
    return changed(request, actor, ref, lambda canvas: together.set_phase(actor, canvas, slug))


@require_POST
@page
def timer(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    minutes = request.POST.get("minutes", "")
    return changed(request, actor, ref, lambda canvas: together.set_timer(actor, canvas, minutes))


@require_POST
@page
def reveal(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    return changed(
        request, actor, ref, lambda canvas: together.reveal(actor, canvas), _("Everybody sees all notes now.")
    )


@require_POST
@page
def votes(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Take all dots away."""
    canvas = canvas_of(request, actor, ref, "write")
    entry = together.clear_votes(actor, canvas)
    n = entry.changes["votes"]
    text = ngettext("%(n)s dot taken away", "%(n)s dots taken away", n) % {"n": n}
    return go(request, canvas.url, text, undo=undo_url(actor, entry.batch))
