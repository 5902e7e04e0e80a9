"""Products: making one, its settings, who may see it, the archive."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from pilothouse.people.access import Actor
from pilothouse.people.log import record
from pilothouse.people.models import Product, User
from pilothouse.people.naming import suggest_key

SETTINGS = ("name", "purpose", "private")


@transaction.atomic
def create_product(actor: Actor, data: Mapping[str, Any]) -> Product:
    """A new product; a private one starts with its maker alone."""
    actor.require("create_product")
    values = {name: data[name] for name in ("key", *SETTINGS)}
    product = Product.objects.create(workspace=actor.workspace, created_by=actor.user, **values)
    if product.private:
        product.members.add(actor.user)
    record(actor, "product_created", product.name, product=product, key=product.key)
    return product


def free_key(actor: Actor, name: str) -> str:
    """A key that no product of the workspace has, the unseen private ones included."""
    return suggest_key(name, set(Product.objects.filter(workspace=actor.workspace).values_list("key", flat=True)))


@transaction.atomic
def change_product(actor: Actor, product: Product, data: Mapping[str, Any]) -> None:
    actor.require("manage", product)
    before = {name: getattr(product, name) for name in SETTINGS}
    changed = {name: [before[name], data[name]] for name in SETTINGS if before[name] != data[name]}
    if not changed:
        return
    for name, (_, value) in changed.items():
        setattr(product, name, value)
    product.save(update_fields=list(changed))
    product.members.add(*keeper(actor, product))
    record(actor, "product_changed", product.name, product=product, changes=changed)


@transaction.atomic
def set_archived(actor: Actor, product: Product, archived: bool) -> None:
    actor.require("manage", product)
    if archived == bool(product.archived_at):
        return
    product.archived_at = timezone.now() if archived else None
    product.save(update_fields=["archived_at"])
    record(actor, "product_archived" if archived else "product_unarchived", product.name, product=product)


@transaction.atomic
def set_people(actor: Actor, product: Product, people: Collection[User]) -> None:
    """Exactly these people see a private product (guests: any product), besides owners, admins and who names them."""
    actor.require("manage", product)
    before, after = set(product.members.all()), {*people, *keeper(actor, product)}
    product.members.set(after)
    for person in after - before:
        record(actor, "access_given", product.name, product=product, person=str(person))
    for person in before - after:
        record(actor, "access_taken", product.name, product=product, person=str(person))


def keeper(actor: Actor, product: Product) -> list[User]:
    """Nobody shuts themselves out of a product they are setting up."""
    return [actor.user] if product.private and actor.made(product) else []
