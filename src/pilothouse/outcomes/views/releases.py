"""What a release is expected to change, and the verdict once it has shipped."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pilothouse.outcomes import actions, closing
from pilothouse.outcomes.models import Prediction
from pilothouse.outcomes.showing import release_context, verdict_words
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.views.common import Errors, Ref, answer, item_of, undo_url
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing.cleaning import Invalid

TEMPLATE = "outcomes/release.html"
SECTION = "release"


@page
@require_POST
def predictions(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    item = release_of(request, actor, ref, "write")
    try:
        metric = metric_named(actor, item, request.POST.get("metric", ""))
        event = actions.predict(actor, item, metric, request.POST.dict())
    except Invalid as invalid:
        return refused(request, actor, item, invalid.errors)
    return changed(request, actor, item, event, _("Prediction kept"))


@page
@require_POST
def prediction(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    """Change a prediction while nothing was approved on it."""
    item, row = prediction_of(request, actor, ref, number)
    try:
        event = actions.amend(actor, row, request.POST.dict())
    except Invalid as invalid:
        return refused(request, actor, item, invalid.errors)
    return changed(request, actor, item, event, _("Saved"))


@page
@require_POST
def removal(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    item, row = prediction_of(request, actor, ref, number)
    try:
        event = actions.withdraw(actor, row)
    except Invalid as invalid:
        return refused(request, actor, item, invalid.errors)
    return changed(request, actor, item, event, _("Prediction withdrawn"))


@page
@require_http_methods(["GET", "POST"])
def verdict(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Close the release: the proposal computed from the readings, confirmed or overruled, and why."""
    item = release_of(request, actor, ref, "write")
    if request.method == "GET":
        return form(request, actor, item)
    chosen, why = request.POST.get("verdict", ""), request.POST.get("why", "")
    try:
        batch = closing.close(actor, item, chosen, why)
    except Invalid as invalid:
        return form(request, actor, item, invalid.errors)
    text = _("%(ref)s is closed: %(verdict)s") % {"ref": item.ref, "verdict": verdict_words(chosen)}
    return go(request, item.url, text, undo=undo_url(actor, batch))


def form(request: HttpRequest, actor: Actor, item: Item, errors: dict[str, str] | None = None) -> HttpResponse:
    found = closing.judged(actor, item)
    context = {
        **shared(actor, item),
        "judged": found,
        "proposed": closing.overall(found),
        "released_on": closing.released_on(item),
        "choices": [(slug, verdict_words(slug)) for slug in closing.VERDICTS],
        "errors": Errors(errors or {}),
        "typed": request.POST.dict() if errors else {},
    }
    return show(request, "outcomes/verdict.html", context, status=422 if errors else 200)


def release_of(request: HttpRequest, actor: Actor, ref: Ref, verb: str) -> Item:
    return item_of(request, actor, ref, verb, kind=SECTION)


def prediction_of(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> tuple[Item, Prediction]:
    item = release_of(request, actor, ref, "write")
    row = actor.find(Prediction, "write", pk=number, release=item, removed_at=None)
    row.release = item
    return item, row


def metric_named(actor: Actor, item: Item, text: str) -> Item:
    rows = Item.objects.live().visible_to(actor).filter(product=item.product, kind="metric")
    metric = rows.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 18 else None
    if metric is None:
        raise Invalid({"metric": _("Choose the metric that should move.")})
    metric.product = item.product
    return metric


def context(actor: Actor, item: Item) -> dict[str, Any]:
    return {**shared(actor, item), "section_data": release_context(actor, item)}


def refused(request: HttpRequest, actor: Actor, item: Item, errors: dict[str, str]) -> HttpResponse:
    there = {**context(actor, item), "errors": Errors(errors), "typed": request.POST.dict()}
    return show(request, TEMPLATE, there, status=422)


def changed(request: HttpRequest, actor: Actor, item: Item, event: Event | None, text: str) -> HttpResponse:
    undo = undo_url(actor, event.batch if event else None)
    return answer(request, item, TEMPLATE, context(actor, item), text if event else "", undo=undo, anchor="#outcome")
