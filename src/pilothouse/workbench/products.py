"""The products behind items: those the actor holds already, so that their own kinds are read once a request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item

Items = TypeVar("Items", bound=Iterable[Item])


def with_products(actor: Actor, items: Items) -> Items:
    """Give items the actor's own Product objects, without a query."""
    by_id = {product.pk: product for product in actor.products}
    for item in items:
        item.product = by_id[item.product_id]
    return items


def seen(actor: Actor, ids: Iterable[int]) -> dict[int, Item]:
    """The live items with these ids that the actor may see, by id and with their products, in one query.

    The product is compared here and not in SQL: with both conditions a database without statistics may read every
    item of the product to find a handful of ids.
    """
    wanted = set(ids)
    rows = Item.objects.unveiled(actor).live().in_bulk(wanted) if wanted else {}
    return with_products_by_id(actor, {pk: row for pk, row in rows.items() if row.product_id in actor.product_ids})


def with_products_by_id(actor: Actor, rows: dict[int, Item]) -> dict[int, Item]:
    with_products(actor, rows.values())
    return rows
