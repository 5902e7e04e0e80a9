"""Marking quotes in an item's text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.people.access import Actor
from pilothouse.people.once import once
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.views.common import Errors, Ref, answer, item_of, undo_url
from pilothouse.workbench.views.item import body_context, shared, thread_context, ties_context
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.quoting import quote


@page
@require_POST
@once
def quotes(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Mark the words `text`, seen at the code point `start`."""
    item = item_of(request, actor, ref, "write")
    text, start = request.POST.get("text", ""), request.POST.get("start", "")
    try:
        made = quote(actor, item, text, int(start) if start.isdecimal() and len(start) < 10 else 0)
    except Invalid as invalid:
        there = {**context(request, actor, item), "errors": Errors(invalid.errors), "typed": text}
        return show(request, "items/item_body.html", there, status=422)
    batch = Event.objects.filter(item=made, verb="created").values_list("batch", flat=True).first()
    told = _("Marked as %(ref)s") % {"ref": made.ref}
    there = {**context(request, actor, item), **thread_context(actor, item), **ties_context(actor, item)}
    return answer(request, item, "items/item_quoted.html", there, told, undo=undo_url(actor, batch), anchor="#body")


@page
@require_safe
def body(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """The text alone, as after giving up an edit."""
    item = item_of(request, actor, ref)
    return show(request, "items/item_body.html", {**shared(actor, item), **body_context(request, actor, item)})


def context(request: HttpRequest, actor: Actor, item: Item) -> dict[str, object]:
    """The text as written, where the passage was marked."""
    request.GET = QueryDict("text=source&whole=1")
    return {**shared(actor, item), **body_context(request, actor, item)}
