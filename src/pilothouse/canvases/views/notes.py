"""Notes on a canvas: put on it, rewritten, coloured, moved, voted for, taken off."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pilothouse.canvases import actions, together
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.texts import MOST_CHARACTERS, joined, lines_of
from pilothouse.canvases.views.board import refuse
from pilothouse.canvases.views.common import answer, canvas_of, fragments, named_note, seen_note
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import is_fragment, page, say
from pilothouse.workbench.views.common import Ref
from pilothouse.workbench.writing import actions as workbench
from pilothouse.workbench.writing.changes import Conflict
from pilothouse.workbench.writing.cleaning import Invalid


@require_POST
@page
def add(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """One note for each line of `rows`, or one of `text`, in `cell`; `under` hangs them under a note."""
    canvas = canvas_of(request, actor, ref, "write")
    texts = lines_of(request.POST.get("rows", "")) or [request.POST.get("text", "")]
    batch = uuid.uuid4()
    try:
        under = named_note(actor, canvas, request.POST.get("under", ""))
        refuse_length(texts)
        cell = request.POST.get("cell", "")
        notes = actions.add_notes(actor, canvas, cell, texts, under=under, batch=batch)
    except Invalid as invalid:
        return refuse(request, actor, canvas, invalid)
    text = ngettext("%(n)s note added", "%(n)s notes added", len(notes)) % {"n": len(notes)}
    return answer(request, actor, canvas, notes, text if len(notes) > 1 or not is_fragment(request) else "", batch)


def refuse_length(texts: list[str]) -> None:
    if any(len(text) > MOST_CHARACTERS for text in texts):
        raise Invalid({"text": _("This is too long: at most 100,000 characters fit here.")})


@require_http_methods(["GET", "POST"])
@page
def note(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    """GET: the whole text, to change it. POST: a new text for the `version` that was seen, or a new colour."""
    if request.method == "GET":
        whole = seen_note(actor, canvas_of(request, actor, ref), number)
        return JsonResponse({"text": joined(whole.title, whole.body), "version": whole.version})
    canvas = canvas_of(request, actor, ref, "write")
    found = seen_note(actor, canvas, number, "write")
    version = request.POST.get("version", "")
    try:
        if "colour" in request.POST:
            event = workbench.change(actor, found, {"colour": request.POST["colour"]})
        else:
            refuse_length([request.POST.get("text", "")])
            seen = int(version) if version.isdecimal() and len(version) < 10 else None
            event = actions.rewrite(actor, found, request.POST.get("text", ""), seen)
    except Conflict as conflict:
        text = _(
            "Somebody rewrote this note meanwhile: “%(text)s”. Yours is still in the box; keep it again to replace it."
        )
        return say(text % {"text": conflict.item.title[:120]}, 409)
    except Invalid as invalid:
        return refuse(request, actor, canvas, invalid)
    fresh = seen_note(actor, canvas, number)
    return answer(request, actor, canvas, [fresh], _("Saved") if event else "", event.batch if event else None)


@require_POST
@page
def place(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    """Into `cell`, `under` a note, between `after` and `before`; `seen` is the place it was seen at."""
    canvas = canvas_of(request, actor, ref, "write")
    found, given = seen_note(actor, canvas, number, "write"), request.POST
    near = {name: named_note(actor, canvas, given.get(name, "")) for name in ("under", "after", "before")}
    batch = uuid.uuid4()
    try:
        event = actions.move_note(
            actor, canvas, found, given.get("cell", ""), seen=given.get("seen"), batch=batch, **near
        )
    except actions.Moved as moved:
        return elsewhere(request, actor, canvas, moved)
    except Invalid as invalid:
        return refuse(request, actor, canvas, invalid)
    went = [row.pk for row in (found, *actions.below(canvas, found))]
    fresh = list(actions.seen_on(actor, canvas).filter(pk__in=went))
    return answer(request, actor, canvas, fresh, _("Moved") if event else "", event.batch if event else None)


def elsewhere(request: HttpRequest, actor: Actor, canvas: Canvas, moved: actions.Moved) -> HttpResponse:
    """Somebody else moved it meanwhile: who, and the note where it lies now."""
    who = str(moved.event.actor) if moved.event and moved.event.actor else _("Somebody")
    cell = canvas.declared.cell_by_slug.get(str(moved.note.fields.get("cell") or "").partition(".")[0])
    where = {"who": who, "ref": moved.note.ref, "cell": cell.name if cell else "–"}
    text = _("%(who)s has just moved %(ref)s to “%(cell)s”. It is shown there now.") % where
    if not is_fragment(request):
        return say(text, 409)
    notes = fragments(request, actor, canvas, [moved.note])
    return JsonResponse({"text": text, "notes": notes, "gone": []}, status=409)


@require_POST
@page
def removal(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    """Into the trash; what hung under it hangs where it did."""
    canvas = canvas_of(request, actor, ref, "write")
    found = seen_note(actor, canvas, number, "write")
    events = workbench.trash(actor, [found])
    text = _("%(ref)s is in the trash.") % {"ref": found.ref}
    return answer(
        request, actor, canvas, freed(actor, canvas, found), text, events[0].batch if events else None, gone=[number]
    )


def freed(actor: Actor, canvas: Canvas, note: Item) -> list[Item]:
    """What hung under a note that went: it is drawn anew where it lies now."""
    return list(actions.seen_on(actor, canvas).filter(fields__under=note.number))


@require_POST
@page
def vote(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    canvas = canvas_of(request, actor, ref, "write")
    found = seen_note(actor, canvas, number, "write")
    try:
        together.vote(actor, canvas, found)
    except Invalid as invalid:
        return refuse(request, actor, canvas, invalid)
    return answer(request, actor, canvas, [found])
