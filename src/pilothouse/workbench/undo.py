"""Taking back an action: every event of its batch is turned round, and what has changed since is left alone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from pilothouse.people.access import Actor
from pilothouse.workbench.actions import BATCH_SIZE, locked, restore, trash
from pilothouse.workbench.changes import Invalid, apply, clean_for, current
from pilothouse.workbench.models import Event, Item, Link


@dataclass(frozen=True)
class Undone:
    """How many items went back, and those that could not because someone changed them since."""

    count: int
    kept: tuple[Item, ...]


def undo(actor: Actor, batch: uuid.UUID) -> Undone:
    """Take back one action of one's own. Raises Http404 for what is not the actor's, or was taken back already."""
    actor.require("write")
    mine = Event.objects.visible_to(actor).filter(batch=batch, undone_at=None, actor=actor.user)
    ids = list(mine.order_by("-id").values_list("pk", flat=True))
    if not ids:
        raise Http404
    count, kept, back = 0, [], uuid.uuid4()
    for start in range(0, len(ids), BATCH_SIZE):
        with transaction.atomic():
            rows = Event.objects.filter(pk__in=ids[start : start + BATCH_SIZE]).order_by("-id")
            for entry in rows.select_related("item__product__workspace"):
                if turn_round(actor, entry, back):
                    count += 1
                elif entry.item:
                    kept.append(entry.item)
            rows.update(undone_at=timezone.now())
    return Undone(count, tuple(kept))


def turn_round(actor: Actor, entry: Event, batch: uuid.UUID) -> bool:
    """True when the event was taken back, False when the item has moved on or the event cannot be undone."""
    item = entry.item
    if item is None:
        return False
    if entry.verb in ("created", "restored"):
        return bool(trash(actor, [item], batch=batch))
    if entry.verb == "trashed":
        return bool(restore(actor, [item], batch=batch))
    if entry.verb in ("linked", "unlinked"):
        return relink(entry)
    return put_back(actor, entry, batch)


def put_back(actor: Actor, entry: Event, batch: uuid.UUID) -> bool:
    item = locked(actor, entry.item_id)  # type: ignore[arg-type]
    names = [name for name, pair in entry.changes.items() if isinstance(pair, list) and current(item, name) == pair[1]]
    if len(names) < len(entry.changes) or not names:
        return False
    try:
        values = clean_for(actor, item, {name: before(item, name, entry) for name in names if name != "score"})
    except Invalid:
        return False
    if "score" in names:
        values["score"] = entry.changes["score"][0]
    return bool(apply(actor, [item], values, verb="undone", batch=batch))


def before(item: Item, name: str, entry: Event) -> object:
    value = entry.changes[name][0]
    if name == "parent" and value is not None:
        return Item.objects.filter(pk=value).first() or ""
    return value


def relink(entry: Event) -> bool:
    pair = entry.changes.get("link", {})
    if pair.get("end") != "source":
        return True
    ends = {"source_id": pair["source"], "target_id": pair["target"], "relation": pair["relation"]}
    if entry.verb == "linked":
        return bool(Link.objects.filter(**ends).delete()[0])
    Link.objects.get_or_create(**ends)
    return True
