"""Where steps show on the workbench's pages: on a product's home, and on an item's own page."""

from __future__ import annotations

from typing import Any

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.steps import choosing
from pilothouse.workbench.models import Item
from pilothouse.workbench.sections import add_hint, at_home


def register() -> None:
    at_home(home_section)
    add_hint(item_hint)


def home_section(actor: Actor, product: Product) -> dict[str, Any] | None:
    found = choosing.for_home(actor, product)
    return {"template": "steps/home.html", "context": {"steps": found, "product": product}} if found else None


def item_hint(actor: Actor, item: Item) -> dict[str, Any] | None:
    found = choosing.for_item(actor, item)
    return {"template": "steps/hint.html", "context": {"step": found}} if found else None
