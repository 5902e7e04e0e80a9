"""Links between items: found by number or by words, added and removed."""

from __future__ import annotations

import uuid

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pilothouse.people.access import Actor
from pilothouse.workbench import search
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.products import with_products
from pilothouse.workbench.thread.ties import relation_choices, ties
from pilothouse.workbench.views.common import Errors, Ref, answer, item_of, other_of, undo_url
from pilothouse.workbench.views.item import shared, thread_context
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid

MOST_FOUND = 8


@page
@require_http_methods(["GET", "POST"])
def links(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """GET: items that match what is typed. POST: a link to one of them."""
    if request.method == "GET":
        item = item_of(request, actor, ref)
        found = find_items(actor, item, request.GET.get("target", ""))
        return show(request, "items/item_link_found.html", {"found": found})
    item = item_of(request, actor, ref, "write")
    batch = uuid.uuid4()
    try:
        other = link(actor, item, request.POST.get("relation", ""), request.POST.get("target", ""), batch)
    except Invalid as invalid:
        return refused(request, actor, item, invalid.errors)
    text = _("Linked to %(ref)s") % {"ref": other.ref}
    return changed(request, actor, item, text, undo_url(actor, batch))


def link(actor: Actor, item: Item, relation: str, target: str, batch: uuid.UUID) -> Item:
    """A relation with a minus before it is read from the other end: "blocked by" rather than "blocks"."""
    other = other_of(actor, item.product, target.split(" ")[0])
    source, end = (other, item) if relation.startswith("-") else (item, other)
    actions.link(actor, source, relation.removeprefix("-"), end, batch=batch)
    return other


@page
@require_POST
def removal(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    item = item_of(request, actor, ref, "write")
    seen = Link.objects.visible_to(actor).filter(target__product__in=actor.product_ids)
    rows = seen.filter(Q(source=item) | Q(target=item)).select_related("source__product", "target__product")
    batch = uuid.uuid4()
    actions.unlink(actor, actor.find(rows, "write", pk=number), batch=batch)
    return changed(request, actor, item, _("Link removed"), undo_url(actor, batch))


def find_items(actor: Actor, item: Item, typed: str) -> list[Item]:
    """The item with this number, else those that hold these words, in the title first."""
    if len(typed.strip()) < 2:
        return []
    try:
        return [other_of(actor, item.product, typed)]
    except Invalid:
        rows = Item.objects.visible_to(actor).live().exclude(pk=item.pk)
        found = search.best(rows, search.Asked(typed, actor.product_ids), MOST_FOUND)
        return with_products(actor, [hit.item for hit in found])


def changed(request: HttpRequest, actor: Actor, item: Item, text: str, undo: str | None) -> HttpResponse:
    there = {**context(actor, item), **thread_context(actor, item)}
    return answer(request, item, "items/item_linked.html", there, text, undo=undo, anchor="#links")


def context(actor: Actor, item: Item) -> dict[str, object]:
    return {**shared(actor, item), "ties": ties(actor, item), "relations": relation_choices()}


def refused(request: HttpRequest, actor: Actor, item: Item, errors: dict[str, str]) -> HttpResponse:
    there = {
        **context(actor, item),
        "typed": request.POST.get("target", "")[:200],
        "relation": request.POST.get("relation", "relates"),
        "errors": Errors(errors),
    }
    return show(request, "items/item_links.html", there, status=422)
