"""Layouts that people of a product make: begun from a canvas, changed on a page of their own, then in the gallery."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pilothouse.canvases.definition import LONGEST_NAME, as_document, checked
from pilothouse.canvases.models import Canvas, OwnLayout
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.writing.changes import event
from pilothouse.workbench.writing.cleaning import Invalid

MOST_LAYOUTS = 100


@transaction.atomic
def save_as_own(actor: Actor, canvas: Canvas) -> OwnLayout:
    """The layout of a canvas, with the columns that it has now, as one of the product's own."""
    document = as_document(canvas.declared, canvas.columns)
    document["name"] = str(_("%(name)s (own)") % {"name": document["name"][: LONGEST_NAME - 10]})
    made = create_own(actor, canvas.item.product, document)
    event(actor, canvas.item, "templated", {"layout": made.name}, uuid.uuid4()).save()
    return made


def create_own(actor: Actor, product: Product, document: Mapping[str, Any]) -> OwnLayout:
    actor.require("write", product)
    if OwnLayout.objects.filter(product=product).count() >= MOST_LAYOUTS:
        raise Invalid({"name": _("A product has at most %(most)s layouts of its own.") % {"most": MOST_LAYOUTS}})
    kept = checked(document)
    return OwnLayout.objects.create(product=product, name=kept["name"], definition=kept, created_by=actor.user)


def change_own(actor: Actor, own: OwnLayout, document: Mapping[str, Any]) -> None:
    """Canvases that were made from it keep what they have."""
    actor.require("write", own.product)
    own.definition = checked({**own.definition, **document})
    own.name = own.definition["name"]
    own.__dict__.pop("declared", None)
    own.save()


def remove_own(actor: Actor, own: OwnLayout) -> None:
    actor.require("write", own.product)
    own.delete()
