"""Into the trash, back out of it, and out of it for good; what lies inside an item goes along."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from pilothouse.people.access import Actor
from pilothouse.workbench import search
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.writing.changes import event

BATCH_SIZE = 500
# The kind whose items lie inside those of a kind: they go to the trash with it, come back with it, and leave with it.
INSIDE: dict[str, str] = {}


@transaction.atomic
def trash(actor: Actor, items: Sequence[Item], *, batch: uuid.UUID | None = None) -> list[Event]:
    return set_trashed(actor, items, "trashed", batch)


@transaction.atomic
def restore(actor: Actor, items: Sequence[Item], *, batch: uuid.UUID | None = None) -> list[Event]:
    return set_trashed(actor, items, "restored", batch)


def set_trashed(actor: Actor, items: Sequence[Item], verb: str, batch: uuid.UUID | None) -> list[Event]:
    actor.require("write")
    batch = batch or uuid.uuid4()
    ids = [item.pk for item in items]
    # Found through the gate before; what is veiled from the actor is among them where an action is taken back.
    there = Item.objects.within(actor).filter(pk__in=ids, trashed_at__isnull=verb == "trashed")
    rows = list(there.select_for_update(of=("self",)).order_by("pk"))  # who comes second finds nothing left to do
    actor.require_in("write", [item.product_id for item in items])
    rows += inside(rows, verb)
    Item.objects.filter(pk__in=[row.pk for row in rows]).update(
        trashed_at=timezone.now() if verb == "trashed" else None
    )
    return Event.objects.bulk_create([event(actor, row, verb, {}, batch) for row in rows], batch_size=BATCH_SIZE)


def inside(rows: Sequence[Item], verb: str) -> list[Item]:
    """What lies inside these and goes along: the live ones into the trash, back what was thrown away with them."""
    found: list[Item] = []
    there = {row.pk for row in rows}
    for row in rows:
        if kind := INSIDE.get(row.kind):
            lying = Item.objects.filter(product_id=row.product_id, kind=kind, parent=row)
            lying = lying.filter(trashed_at=None) if verb == "trashed" else lying.filter(trashed_at=row.trashed_at)
            found += lying.exclude(pk__in=there)
    return found


@transaction.atomic
def purge(actor: Actor, items: Sequence[Item]) -> int:
    """Delete items for good, with all that hangs on them; only what lies in the trash, only by who administers."""
    actor.require("administer")
    rows = list(Item.objects.visible_to(actor).filter(pk__in=[item.pk for item in items], trashed_at__isnull=False))
    actor.require_in("write", [item.product_id for item in items])
    ids = [row.pk for row in [*rows, *inside(rows, "purged")]]
    search.forget(ids)
    Item.objects.filter(pk__in=ids).delete()
    return len(ids)
