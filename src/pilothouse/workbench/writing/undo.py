"""Taking back an action: every event of its batch is turned round, and what has changed since is left alone."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item, Link
from pilothouse.workbench.writing import conversation
from pilothouse.workbench.writing.actions import BATCH_SIZE, restore, trash
from pilothouse.workbench.writing.changes import apply, current
from pilothouse.workbench.writing.cleaning import Invalid, clean_for
from pilothouse.workbench.writing.merge import undo_merge

MAKING = ("created", "restored")


@dataclass(frozen=True)
class Undone:
    """How many items went back, and those that could not because someone changed them since."""

    count: int
    kept: tuple[Item, ...]


def undo(actor: Actor, batch: uuid.UUID, *, step: Callable[[int], None] = lambda done: None) -> Undone:
    """Take back one action of one's own, however large; `step` hears how many events are done.

    Raises Http404 for what is not the actor's, or was taken back already.
    """
    actor.require("write")
    # Also what the action did to notes that others have veiled: they went along, and go back.
    mine = Event.objects.within(actor).filter(batch=batch, undone_at=None, actor=actor.user)
    ids = list(mine.order_by("-id").values_list("pk", flat=True))
    if not ids:
        raise Http404
    actor.require_in("write", mine.values_list("product_id", flat=True).distinct())
    count, kept, back = 0, [], uuid.uuid4()
    for start in range(0, len(ids), BATCH_SIZE):
        with transaction.atomic():
            rows = Event.objects.filter(pk__in=ids[start : start + BATCH_SIZE], undone_at=None).order_by("-id")
            # Who asks for the same a second time waits here, and finds nothing left.
            entries = list(rows.select_for_update(of=("self",)).select_related("item__product__workspace"))
            for entry in entries:
                if entry.verb in MAKING:
                    continue
                if turn_round(actor, entry, back):
                    count += 1
                elif entry.item:
                    kept.append(entry.item)
            gone, stayed = unmake(actor, [entry for entry in entries if entry.verb in MAKING], back)
            count, kept = count + gone, kept + stayed
            rows.update(undone_at=timezone.now())
        step(min(start + BATCH_SIZE, len(ids)))
    return Undone(count, tuple(kept))


def unmake(actor: Actor, entries: Sequence[Event], batch: uuid.UUID) -> tuple[int, list[Item]]:
    """Trash what was created or restored, a few queries for all: how many went, and the items that were worked on
    since and therefore stay."""
    if not entries:
        return 0, []
    made = {entry.item_id: entry.item for entry in entries if entry.item}
    since = Event.objects.filter(item__in=made.values(), pk__gt=min(entry.pk for entry in entries), undone_at=None)
    worked = set(since.exclude(batch=entries[0].batch).exclude(verb="undone").values_list("item_id", flat=True))
    gone = trash(actor, [item for pk, item in made.items() if pk not in worked], batch=batch)
    return len(gone), [made[pk] for pk in worked]


def turn_round(actor: Actor, entry: Event, batch: uuid.UUID) -> bool:
    """True when the event was taken back, False when the item has moved on or the event cannot be undone."""
    item = entry.item
    if item is None:
        return False
    if entry.verb == "trashed":
        return bool(restore(actor, [item], batch=batch))
    if entry.verb in BY_VERB:
        return BY_VERB[entry.verb](entry)
    return put_back(actor, entry, batch)


def put_back(actor: Actor, entry: Event, batch: uuid.UUID) -> bool:
    rows = Item.objects.select_for_update(of=("self",)).select_related("product__workspace")
    item = rows.get(pk=entry.item_id)  # type: ignore[misc]
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


# How what is not a change of fields is taken back; apps above the workbench add their own verbs.
BY_VERB: dict[str, Callable[[Event], bool]] = {
    "linked": relink,
    "unlinked": relink,
    "merged": undo_merge,
    "attached": conversation.undo_file,
    "detached": conversation.undo_file,
    "commented": conversation.undo_comment,
    "comment_edited": conversation.undo_edited_comment,
    "comment_removed": conversation.undo_removed_comment,
}
