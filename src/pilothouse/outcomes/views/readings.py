"""Readings of a metric: recorded one by one or pasted, removed, and all of them in a table."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pilothouse.outcomes import actions
from pilothouse.outcomes.models import Reading
from pilothouse.outcomes.pasting import readings_in, with_row
from pilothouse.outcomes.showing import readings_context
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.views.common import Errors, Ref, answer, item_of, undo_url
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing.cleaning import Invalid

TEMPLATE = "outcomes/readings.html"
SECTION = "metric"


@page
@require_http_methods(["GET", "POST"])
def readings(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    item = metric_of(request, actor, ref, "read" if request.method == "GET" else "write")
    if request.method == "GET":
        return show(request, TEMPLATE, context(actor, item, everything=True))
    try:
        event = actions.record(actor, item, [request.POST.dict()])
    except Invalid as invalid:
        return refused(request, actor, item, invalid.errors)
    return changed(request, actor, item, event, _("Reading recorded"))


@page
@require_POST
def paste(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Several readings at once, all or none."""
    item = metric_of(request, actor, ref, "write")
    try:
        rows = readings_in(request.POST.get("rows", ""))
        event = actions.record(actor, item, checked(rows))
    except Invalid as invalid:
        return refused(request, actor, item, invalid.errors)
    count = len(event.changes["readings"]) if event else 0
    text = ngettext("%(n)s reading recorded", "%(n)s readings recorded", count) % {"n": count}
    return changed(request, actor, item, event, text)


def checked(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every row read once before any is written, so that an error can name its row."""
    for number, row in enumerate(rows, 1):
        try:
            actions.clean_reading(row)
        except Invalid as invalid:
            raise Invalid(with_row(invalid.errors, number)) from None
    return rows


@page
@require_POST
def removal(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    item = metric_of(request, actor, ref, "write")
    row = actor.find(Reading, "write", pk=number, metric=item, removed_at=None)
    row.metric = item
    return changed(request, actor, item, actions.remove_reading(actor, row), _("Reading removed"))


def metric_of(request: HttpRequest, actor: Actor, ref: Ref, verb: str) -> Item:
    return item_of(request, actor, ref, verb, kind=SECTION)


def context(actor: Actor, item: Item, *, everything: bool = False) -> dict[str, Any]:
    return {**shared(actor, item), "section_data": readings_context(actor, item, everything=everything)}


def refused(request: HttpRequest, actor: Actor, item: Item, errors: dict[str, str]) -> HttpResponse:
    there = {**context(actor, item), "errors": Errors(errors), "typed": request.POST.dict()}
    return show(request, TEMPLATE, there, status=422)


def changed(request: HttpRequest, actor: Actor, item: Item, event: Event | None, text: str) -> HttpResponse:
    told = text if event else _("That was recorded already; nothing changed.")
    undo = undo_url(actor, event.batch if event else None)
    return answer(request, item, TEMPLATE, context(actor, item), told, undo=undo, anchor="#readings")
