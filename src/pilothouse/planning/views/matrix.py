"""What only some scorecards have: the options of a decision and the choice among them, features, lanes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pilothouse.people.access import Actor
from pilothouse.planning.models import Scorecard
from pilothouse.planning.scorecards import actions, deciding
from pilothouse.planning.scorecards.lanes import CRITERION, lanes
from pilothouse.planning.scorecards.table import sheet
from pilothouse.planning.views.sheets import card_of, item_on, shown
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import go, page, say
from pilothouse.workbench.views.common import Ref, item_of, undo_url
from pilothouse.workbench.writing.cleaning import Invalid


@require_POST
@page
def weigh(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Lay out the options of a decision, one a line, and weigh them."""
    decision = item_of(request, actor, ref, "write", kind=deciding.DECISION)
    try:
        names = deciding.named_lines(request.POST.get("lines", ""), 30)
        card = deciding.matrix_of(actor, decision)
        if card is None:
            card = deciding.weigh(actor, decision, names)
        else:
            deciding.add_options(actor, card, names)
    except Invalid as invalid:
        return say(next(iter(invalid.errors.values())), 422)
    return go(request, card.url, _("Now score each option"))


def way_of(request: HttpRequest, actor: Actor, ref: Ref, way: str) -> Scorecard:
    card = card_of(request, actor, ref, "write")
    if card.way != way:
        raise Http404
    return card


def added(
    request: HttpRequest, actor: Actor, card: Scorecard, most: int,
    add: Callable[[Actor, Scorecard, Sequence[str]], int],
) -> HttpResponse:  # fmt: skip
    try:
        count = add(actor, card, deciding.named_lines(request.POST.get("lines", ""), most, least=1))
    except Invalid as invalid:
        return shown(request, actor, card, invalid.errors)
    return go(request, card.url, ngettext("%(n)s line added", "%(n)s lines added", count) % {"n": count})


@require_POST
@page
def options(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    card = way_of(request, actor, ref, "decision")
    return added(request, actor, card, card.declared.most, deciding.add_options)


@require_POST
@page
def features(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    card = way_of(request, actor, ref, "features")
    return added(request, actor, card, card.declared.most_criteria, deciding.add_features)


@require_POST
@page
def choice(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    """Decide for one option; answered by the decision's own page, where the rest is noted."""
    card = way_of(request, actor, ref, "decision")
    option = item_on(actor, card, number, "write")
    try:
        events = deciding.decide(actor, card, option)
    except Invalid as invalid:
        return shown(request, actor, card, invalid.errors)
    undo = undo_url(actor, events[0].batch) if events else None
    url = card.item.parent.url if card.item.parent else card.url
    return go(request, url, _("Decided for “%(title)s”") % {"title": option.title}, undo=undo)


@require_POST
@page
def place(request: HttpRequest, actor: Actor, ref: Ref, pk: int) -> HttpResponse:
    """An item goes into another lane, as the actor's own answer; the answer counts every lane anew."""
    card = way_of(request, actor, ref, "moscow")
    item: Item = actor.find(Item.objects.live().filter(scored_on__scorecard=card), "write", pk=pk)
    try:
        actions.set_cell(actor, card, item, CRITERION, {"value": request.POST.get("column", "")})
    except Invalid as invalid:
        return say(next(iter(invalid.errors.values())), 422)
    found: Any = sheet(actor, card)
    counts = {lane.value: len(lane.items) for lane in lanes(found)}
    return JsonResponse({"counts": counts})


@require_POST
@page
def capacity(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    card = way_of(request, actor, ref, "moscow")
    try:
        actions.set_capacity(actor, card, request.POST.get("capacity", ""))
    except Invalid as invalid:
        return shown(request, actor, card, invalid.errors)
    return go(request, card.url, _("Saved"))
