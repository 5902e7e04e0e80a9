"""A map drawn twice, as it is and as it is to be: the second begins as a copy, and each of its notes knows which note
of the first it comes from."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from pilothouse.canvases.actions import KIND, canvas_for
from pilothouse.canvases.copying import copied
from pilothouse.canvases.models import Canvas
from pilothouse.people.access import Actor
from pilothouse.workbench.models import TITLE_LENGTH, Item
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid

AS_IS = "as_is"

Pair = tuple[Canvas | None, Canvas | None]


def pair_of(actor: Actor, canvas: Canvas) -> Pair:
    """The map as it is and the newest of how it is to be, as far as they are there and this person may see them."""
    rows = Item.objects.visible_to(actor).live().filter(product=canvas.item.product_id, kind=KIND)
    if before := canvas.item.fields.get(AS_IS):
        return found(canvas, rows.filter(number=before).first()), canvas
    newest = rows.filter(**{f"fields__{AS_IS}": canvas.item.number}).order_by("-pk").first()
    return canvas, found(canvas, newest)


def found(canvas: Canvas, item: Item | None) -> Canvas | None:
    if item is None:
        return None
    item.product = canvas.item.product
    return canvas_for(item)


@transaction.atomic
def draw_to_be(actor: Actor, canvas: Canvas) -> tuple[Canvas, uuid.UUID]:
    """How it is to be, beginning as it is: the notes with their places and numbers, to be changed from there on."""
    if not canvas.declared.paired:
        raise Invalid({"layout": _("This layout is not drawn as it is and as it is to be.")})
    item, batch = canvas.item, uuid.uuid4()
    title = _("%(title)s (to be)") % {"title": item.title[: TITLE_LENGTH - 20]}
    given = {"title": title, "body": item.body, "layout": canvas.layout, AS_IS: item.number}
    made = actions.create(actor, item.product, KIND, given, batch=batch)
    copied(actor, item, made, marked=True)
    return canvas_for(made), batch
