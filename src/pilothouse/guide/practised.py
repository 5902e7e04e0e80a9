"""Items of the practice product that a text names by their key in its story: "requirement offline"."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Item


def addresses(actor: Actor, product: Product | None, named: Iterable[str]) -> dict[str, str]:
    """Where each of these items lies, in the product that is open rather than in its twin; read in one query."""
    keys = {unquote(one): one for one in named}
    if not keys or not actor.workspace.practice:
        return {}
    rows = Item.objects.visible_to(actor).live().filter(external_id__in=keys)  # type: ignore[attr-defined]
    products = {row.pk: row for row in actor.products}
    found = {}
    for item in rows.only("number", "product_id", "external_id"):
        item.product = products[item.product_id]
        name = keys[str(item.external_id)]
        if name not in found or item.product == product:
            found[name] = item.url
    return found
