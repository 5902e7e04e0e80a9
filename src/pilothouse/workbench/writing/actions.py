"""The verbs of the workbench. Each checks the actor's right, writes in one transaction, and leaves its Events."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from fractional_indexing import generate_n_keys_between

from pilothouse.kinds import RELATIONS
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench import search
from pilothouse.workbench.models import Event, Item, Link
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.writing.changes import Conflict, apply, as_kept, current, event, set_tags
from pilothouse.workbench.writing.cleaning import Invalid, Known, clean, clean_for
from pilothouse.workbench.writing.conversation import comment
from pilothouse.workbench.writing.insert import insert
from pilothouse.workbench.writing.notices import notify
from pilothouse.workbench.writing.trashing import BATCH_SIZE, INSIDE, purge, restore, trash

# What apps above the workbench keep beside each item of a kind: told of the new ones, in their transaction.
COMPANIONS: dict[str, Callable[[Sequence[Item]], None]] = {}


def create(
    actor: Actor, product: Product, kind_slug: str, data: Mapping[str, Any], *, batch: uuid.UUID | None = None
) -> Item:
    return create_many(actor, product, kind_slug, [data], batch=batch)[0]


def create_many(
    actor: Actor, product: Product, kind_slug: str, rows: Sequence[Mapping[str, Any]], *, batch: uuid.UUID | None = None
) -> list[Item]:
    """New items at the end of their kind's order. Raises Invalid for the first row that cannot be kept."""
    kind = kind_of(product, kind_slug)
    known: Known = {}
    cleaned = [clean(actor, product, kind, {"title": "", **row}, known) for row in rows]
    return create_cleaned(actor, product, kind_slug, cleaned, batch=batch)


@transaction.atomic
def create_cleaned(
    actor: Actor,
    product: Product,
    kind_slug: str,
    cleaned: Sequence[Mapping[str, Any]],
    *,
    batch: uuid.UUID | None = None,
    quiet: bool = False,
) -> list[Item]:
    """New items from values that `clean` has passed; `quiet` fills nobody's inbox."""
    actor.require("write", product)
    numbers = product.take_numbers(len(cleaned))
    ranks = generate_n_keys_between(last_rank(product, kind_slug), None, len(cleaned))
    items = [
        new_item(actor, product, kind_slug, values, number, rank)
        for values, number, rank in zip(cleaned, numbers, ranks, strict=True)
    ]
    insert_items(product, items)
    if kind_slug in COMPANIONS:
        COMPANIONS[kind_slug](items)
    set_tags(
        [(item, values["tags"]) for item, values in zip(items, cleaned, strict=True) if values.get("tags")], new=True
    )
    search.index(items)
    batch = batch or uuid.uuid4()
    events = [
        event(actor, item, "created", created_changes(values), batch)
        for item, values in zip(items, cleaned, strict=True)
    ]
    if quiet:
        insert(events)
    else:
        notify(Event.objects.bulk_create(events, batch_size=BATCH_SIZE))
    return items


def insert_items(product: Product, items: Sequence[Item]) -> None:
    """Write new items and give them their keys, by their numbers."""
    insert(items)
    numbers = {"number__gte": items[0].number, "number__lte": items[-1].number} if items else {"pk": None}
    keys = dict(Item.objects.filter(product=product, **numbers).values_list("number", "pk"))
    for item in items:
        item.pk, item._state.adding = keys[item.number], False


def created_changes(values: Mapping[str, Any]) -> dict[str, Any]:
    short = {
        name: value for name, value in values.items() if name not in ("title", "body") and value not in (None, [], "")
    }
    return {name: [None, as_kept(name, value)] for name, value in short.items()}


def last_rank(product: Product, kind_slug: str) -> str | None:
    rows = Item.objects.filter(product=product, kind=kind_slug)
    return rows.order_by("-rank").values_list("rank", flat=True).first()


def new_item(actor: Actor, product: Product, kind_slug: str, values: Mapping[str, Any], number: int, rank: str) -> Item:
    kind = kind_of(product, kind_slug)
    columns = {
        name: values[name]
        for name in ("title", "body", "state", "owner", "parent", "start_on", "due_on", "external_id")
        if name in values
    }
    fields = {name: values[name] for name in kind.field_by_slug if values.get(name) is not None}
    item = Item(
        product=product, kind=kind_slug, number=number, rank=rank, fields=fields, created_by=actor.user,
        **{"state": kind.first_state.slug, **columns},
    )  # fmt: skip
    item.closed_at = timezone.now() if item.state_declared.closed else None
    return item


def change(
    actor: Actor, item: Item, data: Mapping[str, Any], *, version: int | None = None, batch: uuid.UUID | None = None
) -> Event | None:
    """Change one item. `version` is the one the person saw: names that someone else changed since raise Conflict,
    other names merge. None when nothing differed."""
    actor.require("write")
    with transaction.atomic():
        item = locked(actor, item.pk)
        values = clean_for(actor, item, data)
        if version is not None and version != item.version:
            refuse_overlap(item, values, version)
        events = apply(actor, [item], values, batch=batch)
        notify(events)
    return events[0] if events else None


def locked(actor: Actor, pk: int) -> Item:
    rows = Item.objects.select_for_update(of=("self",)).select_related("product__workspace")
    return actor.find(rows, "write", pk=pk)


def locked_all(actor: Actor, pks: Sequence[int]) -> list[Item]:
    """In one order for everybody: two who want the same two items must not wait for each other."""
    rows = {pk: locked(actor, pk) for pk in sorted(pks)}
    return [rows[pk] for pk in pks]


def refuse_overlap(item: Item, values: Mapping[str, Any], version: int) -> None:
    since = Event.objects.filter(item=item, version__gt=version).values_list("changes", flat=True)
    theirs = {name for changes in since for name in changes}
    overlap = [name for name in values if name in theirs and current(item, name) != as_kept(name, values[name])]
    if overlap:
        raise Conflict(
            item,
            {name: current(item, name) for name in overlap},
            {name: as_kept(name, values[name]) for name in overlap},
        )


def change_many(
    actor: Actor, items: Sequence[Item], data: Mapping[str, Any], *, batch: uuid.UUID | None = None
) -> list[Event]:
    """The same change for many items of one product and kind, 500 a transaction. Raises Invalid before any write."""
    actor.require_in("write", [item.product_id for item in items])
    if not items:
        return []
    values = clean(actor, items[0].product, kind_of(items[0].product, items[0].kind), data)
    batch = batch or uuid.uuid4()
    events: list[Event] = []
    for start in range(0, len(items), BATCH_SIZE):
        ids = [item.pk for item in items[start : start + BATCH_SIZE]]
        with transaction.atomic():
            rows = Item.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
            part = apply(actor, of_one_product(rows.prefetch_related("tags"), items[0].product), values, batch=batch)
            notify(part)
        events += part
    return events


def of_one_product(rows: Iterable[Item], product: Product) -> list[Item]:
    """With one Product object: its own kinds are read once, and not again for each item."""
    items = list(rows)
    for item in items:
        item.product = product
    return items


@transaction.atomic
def move(actor: Actor, item: Item, *, after: Item | None, before: Item | None, **data: Any) -> Event | None:
    """Put an item between two others of its kind (either may be missing), changing a column's value on the way."""
    low, high = (after.rank if after else None), (before.rank if before else None)
    if low is not None and high is not None and low >= high:
        high = None
    return change(actor, item, {**data, "rank": generate_n_keys_between(low, high, 1)[0]})


@transaction.atomic
def link(actor: Actor, source: Item, relation: str, target: Item, *, batch: uuid.UUID | None = None) -> Link:
    """Link two items that the actor may see, in one workspace; linking twice changes nothing."""
    actor.require("write")
    if relation not in RELATIONS:
        known = {"name": relation[:40], "known": ", ".join(RELATIONS)}
        raise Invalid({"relation": _("There is no relation “%(name)s”; there are: %(known)s.") % known})
    if source.pk == target.pk:
        raise Invalid({"target": _("An item cannot be linked to itself.")})
    source, target = locked_all(actor, [source.pk, target.pk])
    row, new = Link.objects.get_or_create(
        source=source, target=target, relation=relation, defaults={"created_by": actor.user}
    )
    if new:
        Event.objects.bulk_create(link_events(actor, row, "linked", batch or uuid.uuid4()))
    return row


@transaction.atomic
def link_many(
    actor: Actor, sources: Sequence[Item], relation: str, target: Item, *, batch: uuid.UUID | None = None
) -> list[Event]:
    """Link many items of one product to one; those that were linked already stay as they are."""
    actor.require("write")
    target, batch = locked(actor, target.pk), batch or uuid.uuid4()
    wanted = Item.objects.visible_to(actor).filter(pk__in=[source.pk for source in sources]).exclude(pk=target.pk)
    actor.require_in("write", [source.product_id for source in sources])
    fresh = list(wanted.exclude(links_out__in=Link.objects.filter(relation=relation, target=target)))
    Link.objects.bulk_create(
        [Link(source=source, target=target, relation=relation, created_by=actor.user) for source in fresh],
        ignore_conflicts=True,
        batch_size=BATCH_SIZE,
    )
    pairs = [(source, {"source": source.pk, "target": target.pk, "relation": relation}) for source in fresh]
    events = [event(actor, source, "linked", {"link": {**pair, "end": "source"}}, batch) for source, pair in pairs]
    events += [event(actor, target, "linked", {"link": {**pair, "end": "target"}}, batch) for _source, pair in pairs]
    return Event.objects.bulk_create(events, batch_size=BATCH_SIZE)[: len(fresh)]


def unlink(actor: Actor, row: Link, *, batch: uuid.UUID | None = None) -> None:
    unlink_many(actor, [row], batch=batch)


@transaction.atomic
def unlink_many(actor: Actor, rows: Sequence[Link], *, batch: uuid.UUID | None = None) -> None:
    """Take links away that were read with both their ends."""
    actor.require_in("write", [end.product_id for row in rows for end in (row.source, row.target)])
    batch = batch or uuid.uuid4()
    events = [entry for row in rows for entry in link_events(actor, row, "unlinked", batch)]
    Event.objects.bulk_create(events, batch_size=BATCH_SIZE)
    Link.objects.filter(pk__in=[row.pk for row in rows]).delete()


def link_events(actor: Actor, row: Link, verb: str, batch: uuid.UUID) -> list[Event]:
    """Both ends remember the link; undo reads it from the source's event."""
    pair = {"source": row.source.pk, "target": row.target.pk, "relation": row.relation}
    ends = (("source", row.source), ("target", row.target))
    return [event(actor, item, verb, {"link": {**pair, "end": end}}, batch) for end, item in ends]


__all__ = [
    "INSIDE", "Conflict", "Invalid", "change", "change_many", "comment", "create", "create_many", "link", "link_many",
    "move", "purge", "restore", "search", "trash", "unlink", "unlink_many",
]  # fmt: skip
