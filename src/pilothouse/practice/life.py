"""The practice product starts over, or goes for good. What people made of their own elsewhere stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from pilothouse.people.access import Actor
from pilothouse.people.models import Membership, Product, Role, User, Workspace
from pilothouse.practice.load import CAST, NOTE, PRODUCTS, REMOVED, tell
from pilothouse.surveys.models import Response
from pilothouse.workbench import search
from pilothouse.workbench.jobs import Running, handler
from pilothouse.workbench.models import Item

OURS = [email for email, *_rest in CAST]


def told(workspace: Workspace) -> dict[str, Any]:
    """What would go: products with their items, and accounts that belong nowhere else."""
    products = list(Product.objects.filter(workspace=workspace))
    return {
        "products": products,
        "items": Item.objects.filter(product__in=products).count(),
        "people": [person.email for person in only_here(workspace)],
    }


def only_here(workspace: Workspace) -> list[User]:
    """The story's own people, where they are in no other workspace."""
    others = Membership.objects.exclude(workspace=workspace).values("user")
    return list(User.objects.filter(email__in=OURS, memberships__workspace=workspace).exclude(pk__in=others))


@handler
def start_over(job: Running, actor: Actor) -> dict[str, Any]:
    """As on the first day."""
    reset(actor)
    return {}


@transaction.atomic
def reset(actor: Actor) -> None:
    """The two products of the story begin again; whatever else somebody made in this workspace stays."""
    refuse_real(actor)
    keys = [key for key, *_rest in PRODUCTS]
    clear(Product.objects.filter(workspace=actor.workspace, key__in=keys))
    tell([replace(one) for one in cast_of(actor)])


def refuse_real(actor: Actor) -> None:
    """Whatever asks for it, nothing of a workspace that is in earnest goes."""
    actor.require("own")
    if not Workspace.objects.filter(pk=actor.workspace.pk, practice=True).exists():
        raise ValueError("only what is for practice begins again or goes")


def cast_of(actor: Actor) -> list[Actor]:
    """Who tells the story: its own people where they are still here, else whoever is."""
    rows = Membership.objects.filter(workspace=actor.workspace, role__in=(Role.OWNER, Role.ADMIN, Role.MEMBER))
    by_email = {row.user.email: Actor(row.user, actor.workspace, Role(row.role)) for row in rows.select_related("user")}
    rest = [one for email, one in by_email.items() if email not in OURS]
    found = [by_email.get(email) or (rest.pop(0) if rest else actor) for email in OURS]
    return [one if one.may("write") else actor for one in found]


@transaction.atomic
def remove(actor: Actor) -> None:
    """The workspace with everything in it, and the story's people where they belong nowhere else."""
    refuse_real(actor)
    people = only_here(actor.workspace)
    clear(Product.objects.filter(workspace=actor.workspace))
    actor.workspace.delete()
    for person in people:
        person.delete()
    transaction.on_commit(forget)


def forget() -> None:
    """It does not come back by itself at the next start."""
    if not Workspace.objects.filter(practice=True).exists():
        (settings.DATA / NOTE).unlink(missing_ok=True)
        (settings.DATA / REMOVED).touch()


def clear(products: Iterable[Product]) -> None:
    """Products with all that hangs on them: rows, what is found by search, and files."""
    ids = [product.pk for product in products]
    files = list(files_of(ids))
    search.forget(list(Item.objects.filter(product__in=ids).values_list("pk", flat=True)))
    Response.objects.filter(survey__item__product__in=ids).delete()
    Product.objects.filter(pk__in=ids).delete()
    transaction.on_commit(lambda: [file.storage.delete(file.name) for file in files])


def files_of(ids: list[int]) -> Iterator[Any]:
    for model in apps.get_models():
        names = [field.name for field in model._meta.get_fields() if isinstance(field, models.FileField)]
        path = getattr(model, "product_path", None)
        if not names or path is None:
            continue
        for row in model._default_manager.filter(**{f"{path}__in": ids}):
            yield from (file for name in names if (file := getattr(row, name)))
