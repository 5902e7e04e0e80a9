"""Merging duplicates: one item is kept, the others are closed and stay reachable from it with all that hangs on them.

Nothing is moved or rewritten. The link `duplicates` makes the kept item's thread hold theirs as well, so a merge is
taken back by removing the link, opening the item again, and letting the watchers go.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from pilothouse.kinds import Kind
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item, Link, Watch
from pilothouse.workbench.products import seen
from pilothouse.workbench.thread.graph import MERGED
from pilothouse.workbench.writing.actions import link, locked_all
from pilothouse.workbench.writing.changes import apply, event
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.notices import notify

MOST_MERGED = 100


@dataclass(frozen=True)
class Wording:
    """How somebody else put it: an item merged into the one that was kept, with what hangs on it."""

    item: Item
    quotes: int
    comments: int


@transaction.atomic
def merge(actor: Actor, kept: Item, others: Sequence[Item]) -> uuid.UUID:
    """Close the others as duplicates of `kept`. Raises Invalid where they are not of one product and kind."""
    actor.require("write")
    batch = uuid.uuid4()
    kept, *rest = locked_all(actor, [kept.pk, *(other.pk for other in others)])
    for other in rest:
        merge_one(actor, kept, other, batch)
    return batch


def merge_one(actor: Actor, kept: Item, other: Item, batch: uuid.UUID) -> None:
    refuse(kept, other)
    link(actor, other, MERGED, kept, batch=batch)
    apply(actor, [other], {"state": closing_state(other.declared)}, batch=batch)
    watchers = take_watchers(kept, other)
    told = [
        event(actor, other, "merged", {"kept": kept.pk}, batch),
        event(actor, kept, "merged", {"other": other.pk, "watchers": watchers}, batch),
    ]
    notify(Event.objects.bulk_create(told))


def refuse(kept: Item, other: Item) -> None:
    if kept.pk == other.pk:
        raise Invalid({"kept": _("An item cannot be merged into itself.")})
    if (kept.product_id, kept.kind) != (other.product_id, other.kind):
        raise Invalid({"kept": _("Only items of one product and one kind can be merged.")})
    if Link.objects.filter(**merged(kept, other)).exists():
        raise Invalid({"kept": _("%(ref)s was itself merged into the other one.") % {"ref": kept.ref}})
    if other.state == closing_state(other.declared) and Link.objects.filter(**merged(other, kept)).exists():
        raise Invalid({"kept": _("%(ref)s was merged into this one before.") % {"ref": other.ref}})


def merged(other: Item, kept: Item) -> dict[str, Any]:
    return {"source": other, "target": kept, "relation": MERGED}


def closing_state(kind: Kind) -> str:
    """The state for what is not pursued here; kinds without one end in their last closed state."""
    dropped = [state.slug for state in kind.states if state.category == "dropped"]
    return (dropped or kind.closed_states() or [kind.states[-1].slug])[-1]


def take_watchers(kept: Item, other: Item) -> list[int]:
    """Who watched the other now watches the kept one; the new ones, for undo."""
    there = set(Watch.objects.filter(item=kept).values_list("user_id", flat=True))
    new = [user for user in Watch.objects.filter(item=other).values_list("user_id", flat=True) if user not in there]
    Watch.objects.bulk_create([Watch(item=kept, user_id=user) for user in new], ignore_conflicts=True)
    return new


def undo_merge(entry: Event) -> bool:
    """The link and the state are taken back by their own events; here the watchers go."""
    Watch.objects.filter(item=entry.item, user_id__in=entry.changes.get("watchers", [])).delete()
    return True


def wordings(actor: Actor, item: Item) -> list[Wording]:
    """Every wording merged into an item, those merged into these included level by level."""
    found: list[Item] = []
    level = [item.pk]
    while level and len(found) < MOST_MERGED:
        known = {row.pk for row in found} | {item.pk}
        links = Link.objects.filter(target__in=level, relation=MERGED).order_by("id")[:MOST_MERGED]
        rows = seen(actor, links.values_list("source_id", flat=True))
        new = [row for pk, row in sorted(rows.items()) if pk not in known]
        found, level = found + new, [row.pk for row in new]
    return counted(found)


def counted(items: Sequence[Item]) -> list[Wording]:
    if not items:
        return []
    rows = Item.objects.filter(pk__in=[row.pk for row in items]).annotate(
        quotes=Count("links_out", filter=Q(links_out__relation="quoted_as"), distinct=True),
        spoken=Count("comments", filter=Q(comments__removed_at=None), distinct=True),
    )
    numbers = {pk: (quotes, spoken) for pk, quotes, spoken in rows.values_list("pk", "quotes", "spoken")}
    return [Wording(row, *numbers[row.pk]) for row in items]


def merged_into(actor: Actor, item: Item) -> Item | None:
    links = Link.objects.filter(source=item, relation=MERGED).values_list("target_id", flat=True)
    return next(iter(seen(actor, links[:MOST_MERGED]).values()), None)
