"""What the practice product has for a chapter: items that its text names by their key ("requirement offline"), and the
exercises that are done there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.practice import marking
from pilothouse.practice.exercises import exercises_of, say
from pilothouse.workbench.models import Item


def addresses(actor: Actor, product: Product | None, named: Iterable[str]) -> dict[str, str]:
    """Where each of these items lies, in the product that is open rather than in its twin; read in one query."""
    keys = {unquote(one): one for one in named}
    if not keys or not actor.workspace.practice:
        return {}
    rows = Item.objects.visible_to(actor).live().filter(external_id__in=keys)
    products = {row.pk: row for row in actor.products}
    found = {}
    for item in rows.only("number", "product_id", "external_id"):
        item.product = products[item.product_id]
        name = keys[str(item.external_id)]
        if name not in found or item.product == product:
            found[name] = item.url
    return found


def exercises(actor: Actor, product: Product | None, number: int) -> list[dict[str, Any]]:
    """Those of a chapter, with whether this person has passed them; none outside of practice."""
    if product is None or not actor.workspace.practice:
        return []
    attempts = marking.mine(actor, product)
    return [
        {
            "name": say(one.title),
            "url": f"{product.url}practice#{one.slug}",
            "passed": one.slug in attempts and attempts[one.slug].passed_at is not None,
        }
        for one in exercises_of(number)
    ]
