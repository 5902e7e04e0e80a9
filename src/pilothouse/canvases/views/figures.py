"""The numbers of a note: all with their ranges and sources on a page of their own, and one in a cell of a table."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pilothouse.canvases.board import noted
from pilothouse.canvases.figures import figures_of, set_figure
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.views.board import refuse
from pilothouse.canvases.views.common import answer, canvas_of, note_context, seen_note
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.views.common import Errors, Ref
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing.cleaning import Invalid

PLACES = ("value", "low", "high", "n", "source", "said_on")


@require_http_methods(["GET", "POST"])
@page
def figures(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    """What each measure asks, its newest number to change, and the older ones."""
    canvas = canvas_of(request, actor, ref, "write" if request.method == "POST" else "read")
    note = seen_note(actor, canvas, number, "write" if request.method == "POST" else "read")
    if request.method == "GET":
        return shown(request, actor, canvas, note)
    measure = request.POST.get("measure", "")
    try:
        made = set_figure(actor, canvas, note, measure, request.POST.dict())
    except Invalid as invalid:
        return shown(request, actor, canvas, note, measure, invalid.errors)
    return go(request, f"{canvas.url}/notes/{number}/figures", _("Saved") if made else "")


def shown(
    request: HttpRequest, actor: Actor, canvas: Canvas, note: Item, wrong: str = "",
    errors: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """`wrong` is the measure whose form was refused: it keeps what was typed."""
    history = figures_of([note.pk]).get(note.pk, {})
    cell = str(note.fields.get("cell") or "").partition(".")[0]
    rows = [row(request, measure, history.get(measure.slug, []), measure.slug == wrong, errors or {})
            for measure in canvas.declared.measures_of(cell)]  # fmt: skip
    context = {**shared(actor, canvas.item), "canvas": canvas, "note": note, "rows": rows, "other": errors or {}}
    return show(request, "canvases/figures.html", context, status=422 if errors else 200)


def row(request: HttpRequest, measure: Any, history: list[Any], wrong: bool, errors: dict[str, str]) -> dict[str, Any]:
    newest = history[0] if history and history[0].value is not None else None
    kept = {name: written(getattr(newest, name, None)) for name in PLACES}
    typed = {name: request.POST.get(name, "") for name in PLACES} if wrong else kept
    return {"measure": measure, "typed": typed, "history": history[1:], "errors": Errors(errors if wrong else {})}


def written(value: Any) -> Any:
    """A number as people write it: 9 and not 9.0."""
    return f"{value:.12g}" if isinstance(value, float) else value


@require_POST
@page
def figure(request: HttpRequest, actor: Actor, ref: Ref, number: int, measure: str) -> HttpResponse:
    """One number: answered by its cell where a table sent it, else by the note."""
    canvas = canvas_of(request, actor, ref, "write")
    note = seen_note(actor, canvas, number, "write")
    given = {**kept(note, measure), **request.POST.dict()}
    try:
        made = set_figure(actor, canvas, note, measure, given)
    except Invalid as invalid:
        return refuse(request, actor, canvas, invalid)
    if "table" not in request.GET:
        return answer(request, actor, canvas, [note], _("Saved") if made else "")
    declared = next((one for one in canvas.declared.measures if one.slug == measure), None)
    if declared is None:
        raise Http404
    context = {**note_context(actor, canvas), "note": noted(actor, canvas, [note])[0], "measure": declared}
    return show(request, "canvases/figure_cell.html", context)


def kept(note: Item, measure: str) -> dict[str, Any]:
    """What else is known of a number stays when a table changes it, but for a range that no longer holds it."""
    history = figures_of([note.pk]).get(note.pk, {}).get(measure, [])
    return {name: getattr(history[0], name) for name in ("source",)} if history else {}
