"""From clean values to a changed item: compared, written with its Event, searchable, in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from pilothouse.people.access import Actor
from pilothouse.workbench import search
from pilothouse.workbench.models import Event, Item, Tag, json_ready
from pilothouse.workbench.writing.cleaning import (
    Invalid,
    Known,
    clean,
    clean_for,
    refuse_cycle,
    refuse_unstorable,
    sees,
)
from pilothouse.workbench.writing.insert import insert

__all__ = ["Invalid", "Known", "clean", "clean_for", "refuse_cycle", "refuse_unstorable", "sees"]

COLUMNS = ("title", "body", "state", "owner", "parent", "start_on", "due_on", "rank", "score", "external_id")


class Conflict(Exception):
    """Someone else saved first. `theirs` are the values now kept for the names that both changed, `mine` the given."""

    def __init__(self, item: Item, theirs: dict[str, Any], mine: dict[str, Any]) -> None:
        self.item, self.theirs, self.mine = item, theirs, mine
        super().__init__(f"{item.ref} is at version {item.version}")


def current(item: Item, name: str) -> Any:
    """What an item keeps under a name, as an Event writes it."""
    if name == "tags":
        return sorted(tag.name for tag in item.tags.all())
    if name in ("owner", "parent"):
        return getattr(item, f"{name}_id")
    return json_ready(getattr(item, name)) if name in COLUMNS else item.fields.get(name)


def as_kept(name: str, value: Any) -> Any:
    return value.pk if name in ("owner", "parent") and value is not None else json_ready(value)


def apply(
    actor: Actor,
    items: Sequence[Item],
    values: Mapping[str, Any],
    *,
    verb: str = "changed",
    batch: uuid.UUID | None = None,
) -> list[Event]:
    """Set clean values on items, writing only what differs; one Event for each item that changed."""
    return apply_each(actor, [(item, values) for item in items], verb=verb, batch=batch)


@transaction.atomic
def apply_each(
    actor: Actor,
    pairs: Sequence[tuple[Item, Mapping[str, Any]]],
    *,
    verb: str = "changed",
    batch: uuid.UUID | None = None,
) -> list[Event]:
    """Set each item's own clean values, in a constant number of queries."""
    batch = batch or uuid.uuid4()
    touched: list[tuple[Item, Mapping[str, Any]]] = []
    reworded: list[Item] = []
    events = []
    for item, given in pairs:
        values = stamped(item, given) if verb == "changed" else given
        if changes := difference(item, values):
            write(item, values, changes)
            touched.append((item, values))
            reworded += [item] if is_reworded(changes) else []
            events.append(event(actor, item, verb, changes, batch))
    if touched:
        save(touched)
        search.index(reworded)
        Event.objects.bulk_create(events, batch_size=500)
    return events


def stamped(item: Item, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values, and today's date where the new state keeps the day on which it was reached."""
    state = item.declared.state_by_slug.get(values.get("state", ""))
    if state is None or not state.stamps or state.slug == item.state:
        return values
    given = values.get(state.stamps) or item.fields.get(state.stamps)
    return values if given else {**values, state.stamps: timezone.localdate().isoformat()}


def save(touched: Sequence[tuple[Item, Mapping[str, Any]]]) -> None:
    items = [item for item, _values in touched]
    given = {name for _item, values in touched for name in values}
    own = {"fields"} if given - {*COLUMNS, "tags"} else set()
    write_columns(items, [*sorted(given & set(COLUMNS) | own), "version", "updated_at", "closed_at"])
    set_tags([(item, values["tags"]) for item, values in touched if "tags" in values])


def write_columns(items: Sequence[Item], names: Sequence[str]) -> None:
    """What all have in common is written in one statement; a statement with a case for each row takes far longer."""
    moment = timezone.now()
    for item in items:
        item.updated_at = moment
    columns = {name: Item._meta.get_field(name).attname for name in names}  # type: ignore[union-attr]
    alike = {
        name: getattr(items[0], column)
        for name, column in columns.items()
        if all(getattr(item, column) == getattr(items[0], column) for item in items)
    }
    Item.objects.filter(pk__in=[item.pk for item in items]).update(**alike)
    if rest := [name for name in names if name not in alike]:
        Item.objects.bulk_update(items, rest, batch_size=500)


def is_reworded(changes: Mapping[str, Sequence[Any]]) -> bool:
    """Whether what a search reads is another now: the title, the text, or the words of a field."""
    return any(
        name in ("title", "body") or (name not in (*COLUMNS, "tags") and any(isinstance(each, str) for each in pair))
        for name, pair in changes.items()
    )


def difference(item: Item, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    pairs = {name: [current(item, name), as_kept(name, value)] for name, value in values.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def write(item: Item, values: Mapping[str, Any], changes: Iterable[str]) -> None:
    for name in changes:
        if name in COLUMNS:
            setattr(item, name, values[name])
        elif name != "tags":
            item.fields = {**item.fields, name: values[name]}
            if values[name] is None:
                del item.fields[name]
    if "state" in changes:
        closed = item.state_declared.closed
        item.closed_at = (item.closed_at or timezone.now()) if closed else None
    item.version += 1
    item.updated_at = timezone.now()


def set_tags(pairs: Sequence[tuple[Item, Sequence[str]]], *, new: bool = False) -> None:
    """Give items of one product exactly these tags; new items have none to take away."""
    if not pairs:
        return
    product_id = pairs[0][0].product_id
    names = {name for _item, wanted in pairs for name in wanted}
    Tag.objects.bulk_create([Tag(product_id=product_id, name=name) for name in sorted(names)], ignore_conflicts=True)
    tags = {tag.name: tag for tag in Tag.objects.filter(product_id=product_id, name__in=names)}
    through = Item.tags.through
    if not new:
        through.objects.filter(item__in=[item for item, _wanted in pairs]).delete()
    rows = [through(item=item, tag=tags[name]) for item, wanted in pairs for name in wanted]
    insert(rows)
    for item, _wanted in pairs:
        getattr(item, "_prefetched_objects_cache", {}).pop("tags", None)


def event(actor: Actor, item: Item, verb: str, changes: Mapping[str, Any], batch: uuid.UUID) -> Event:
    return Event(
        product_id=item.product_id,
        item=item,
        actor=actor.user,
        verb=verb,
        changes=dict(changes),
        version=item.version,
        batch=batch,
    )
