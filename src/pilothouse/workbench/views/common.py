"""What the views of one item share: how it is found, what may be done with it, and how an answer is given."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.pages import actor_in, framed, go, is_fragment, show, tell
from pilothouse.workbench.sections import hints_for
from pilothouse.workbench.writing.cleaning import Invalid

Ref = tuple[str, int]
MOST_CHOSEN = 500


class Errors(dict[str, str]):
    """What is wrong, by field; nothing is wrong with a field that is not named."""

    def __missing__(self, name: str) -> str:
        return ""


def item_of(request: HttpRequest, actor: Actor, ref: Ref, verb: str = "read", *, kind: str | None = None) -> Item:
    """The item an address names, with its product, else 404; of this kind, where one is named. What is in the trash can
    be read, not changed."""
    product = actor.product(ref[0], verb)
    rows = Item.objects.select_related("owner", "parent", "created_by")
    if kind is not None:
        rows = rows.filter(kind=kind)
    if verb != "read":
        rows = rows.live()
    item = actor.find(rows, verb, product=product, number=ref[1])
    return with_product(request, item, product)


def with_product(request: HttpRequest, item: Item, product: Product) -> Item:
    """One Product object for the request: its workspace and its own kinds are read once."""
    item.product = product
    if item.parent:
        item.parent.product = product
    framed(request, product)
    return item


def other_of(actor: Actor, product: Product, ref: str) -> Item:
    """The item that somebody typed: PH-12, or 12 for one of this product. Raises Invalid where there is none."""
    key, dash, number = ref.strip().upper().rpartition("-")
    if bool(key) == bool(dash) and number.isdecimal() and len(number) < 10:
        found = Item.objects.live().visible_to(actor).filter(product__key=key or product.key, number=int(number))
        if item := found.select_related("product__workspace").first():
            return item
    raise Invalid({"target": _("There is no item “%(ref)s” that you can see.") % {"ref": ref.strip()[:40]}})


def chosen(actor: Actor, product: Product, ids: Sequence[str], verb: str = "write") -> list[Item]:
    """The live items of a product with these ids, in that order; 404 where one is not there for the actor."""
    actor.require(verb, product)
    wanted = list(dict.fromkeys(ids))
    if not wanted or len(wanted) > MOST_CHOSEN or not all(text.isdecimal() and len(text) < 18 for text in wanted):
        raise Http404
    rows = Item.objects.live().visible_to(actor).filter(product=product).in_bulk([int(text) for text in wanted])
    if len(rows) < len(wanted):
        raise Http404
    items = [rows[int(text)] for text in wanted]
    for item in items:
        item.product = product
    return items


def undo_url(actor: Actor, batch: uuid.UUID | None) -> str | None:
    return f"{actor.workspace.url}undo/{batch}" if batch else None


def last_batch(item: Item, actor: Actor, *verbs: str) -> uuid.UUID | None:
    """The newest of the actor's own actions on an item, to offer its undo."""
    rows = Event.objects.filter(item=item, actor=actor.user, verb__in=verbs).order_by("-id")
    return rows.values_list("batch", flat=True).first()


def answer(
    request: HttpRequest,
    item: Item,
    template: str,
    context: dict[str, Any],
    text: str = "",
    *,
    undo: str | None = None,
    anchor: str = "",
) -> HttpResponse:
    """After a change: the part of the page that changed, or the whole page again for a plain form."""
    if not is_fragment(request):
        return go(request, item.url + anchor, text, undo=undo)
    response = show(request, template, context)
    response.write(on_top(request, item))
    return tell(response, text, undo=undo) if text else response


def on_top(request: HttpRequest, item: Item) -> str:
    """What apps say on top of an item, which any change of it may have answered, put in its place anew."""
    actor = actor_in(request)
    hints = hints_for(actor, item) if actor else []
    return render_to_string("items/item_hints.html", {"hints": hints, "also": True}, request)
