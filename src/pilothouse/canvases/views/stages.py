"""The columns of a canvas of lanes, on a page of their own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilothouse.canvases import stages as columns
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.views.common import canvas_of
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event
from pilothouse.workbench.pages import go, is_fragment, page, say, show
from pilothouse.workbench.views.common import Errors, Ref, undo_url
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing.cleaning import Invalid


@require_http_methods(["GET", "POST"])
@page
def stages(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """POST: `set` is add, rename, left, right or remove, of the column `stage`."""
    canvas = canvas_of(request, actor, ref, "write")
    if request.method == "GET":
        return shown(request, actor, canvas, {})
    try:
        event = changed(request, actor, canvas)
    except Invalid as invalid:
        if is_fragment(request):
            return say(next(iter(invalid.errors.values())), 422)
        return shown(request, actor, canvas, invalid.errors)
    back = canvas.url if request.POST.get("back") == "canvas" else f"{canvas.url}/stages"
    return go(request, back, _("Saved") if event else "", undo=undo_url(actor, event.batch if event else None))


def changed(request: HttpRequest, actor: Actor, canvas: Canvas) -> Event | None:
    given = request.POST
    stage, name = given.get("stage", ""), given.get("name", "")
    match given.get("set"):
        case "add":
            return columns.add_stage(actor, canvas, name, stage)
        case "rename":
            return columns.rename_stage(actor, canvas, stage, name)
        case "left" | "right" as way:
            return columns.move_stage(actor, canvas, stage, -1 if way == "left" else 1)
        case "remove":
            return columns.remove_stage(actor, canvas, stage, given.get("to", ""))
    raise Http404


def shown(request: HttpRequest, actor: Actor, canvas: Canvas, errors: dict[str, str]) -> HttpResponse:
    if canvas.declared.shape != "lanes":
        raise Http404
    context = {
        **shared(actor, canvas.item), "canvas": canvas, "errors": Errors(errors), "counts": columns.counts(canvas),
        "typed": request.POST.dict() if errors else {},
    }  # fmt: skip
    return show(request, "canvases/stages.html", context, status=422 if errors else 200)
