"""Events for pages that tell of many items: a constant number of queries, one Product object for each product."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event
from pilothouse.workbench.showing.words import Line, describe


def events(actor: Actor, *, product_ids: Sequence[int] | None = None, before: str = "", most: int = 50) -> list[Event]:
    """The newest events of what the actor may see; `before` is the id of the last one that was shown."""
    rows = Event.objects.visible_to(actor).exclude(item=None)
    if product_ids is not None:
        rows = rows.filter(product__in=product_ids)
    if before.isdecimal() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    return list(rows.select_related("item", "actor").defer("item__body").order_by("-pk")[:most])


def told(actor: Actor, entries: Sequence[Event]) -> list[Line]:
    share_products(actor, entries)
    return describe(actor, entries)


def once(entries: Iterable[Event]) -> list[Event]:
    """The events with one of the two that each link leaves, at either end of it."""
    return [entry for entry in entries if not (is_link(entry) and entry.changes["link"].get("end") == "target")]


def is_link(entry: Event) -> bool:
    return entry.verb in ("linked", "unlinked") and isinstance(entry.changes.get("link"), dict)


def share_products(actor: Actor, entries: Iterable[Event]) -> None:
    """Give the items one Product object for each product, so that its kinds are read once and not once an event."""
    products = {product.pk: product for product in actor.products}
    for entry in entries:
        if entry.item:
            entry.item.product = products[entry.item.product_id]


@dataclass
class Run:
    """A line, and the number of equal lines that followed it at once."""

    line: Line
    more: int = 0


def runs(lines: Sequence[Line], most: int = 14) -> list[Run]:
    """Equal lines in a row told as one, as when somebody made 38 rows; at most so many."""
    found: list[Run] = []
    for line in lines:
        last = found[-1].line if found else None
        if last and (last.who, last.verb, last.text) == (line.who, line.verb, line.text) and line.verb != "commented":
            found[-1].more += 1
        else:
            found.append(Run(line))
    return found[:most]
