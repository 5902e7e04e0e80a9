"""Scoring an item: the form with a live preview, and the scores it had before."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.views.common import Errors, Ref, answer, item_of, undo_url
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing import scoring
from pilothouse.workbench.writing.cleaning import Invalid


@page
@require_http_methods(["GET", "POST"])
def score(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """GET: what the score would be, for what is typed so far. POST: score it."""
    item = item_of(request, actor, ref, "read" if request.method == "GET" else "write")
    if not scoring.inputs_of(item.declared):
        raise Http404
    if request.method == "GET":
        return preview(request, item)
    try:
        event = scoring.score(actor, item, typed(request, item))
    except Invalid as invalid:
        context = {**context_of(actor, item), "errors": Errors(invalid.errors), "typed": request.POST}
        return show(request, "items/item_score.html", context, status=422)
    item = item_of(request, actor, ref)
    text = _("Scored")
    undo = undo_url(actor, event.batch if event else None)
    return answer(request, item, "items/item_score.html", context_of(actor, item), text, undo=undo, anchor="#score")


def typed(request: HttpRequest, item: Item) -> dict[str, Any]:
    sent = request.POST if request.method == "POST" else request.GET
    return {name: sent[name].strip() for name in scoring.inputs_of(item.declared) if name in sent}


def preview(request: HttpRequest, item: Item) -> HttpResponse:
    """A preview says nothing while a number is still missing."""
    given = typed(request, item)
    result, reason = None, ""
    if all(given.get(name) for name in scoring.inputs_of(item.declared)):
        try:
            result = scoring.compute(given)
        except Invalid as invalid:
            reason = next(iter(invalid.errors.values()))
    return show(request, "items/item_score_preview.html", {"result": result, "reason": reason})


def context_of(actor: Actor, item: Item) -> dict[str, Any]:
    return {**shared(actor, item), "score": scoring.summary(actor, item)}
