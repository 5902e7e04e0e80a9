"""How a product shapes a kind: its own fields, and its own states in place of the declared ones.

Taking a field away keeps what items hold in it; taking a state away moves its items to another one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.kinds import KINDS
from pilothouse.people.access import Actor
from pilothouse.people.log import record
from pilothouse.people.models import Product
from pilothouse.people.naming import unused, words
from pilothouse.workbench.models import CustomField, CustomState, Item
from pilothouse.workbench.models.custom import forget_kinds, kind_of
from pilothouse.workbench.writing.actions import change_many
from pilothouse.workbench.writing.cleaning import Invalid

MOST_FIELDS, MOST_STATES, MOST_OPTIONS = 50, 20, 100
SLUG_LENGTH = 40
OWN = "x_"  # in front of a custom field's name, so that it never meets a declared one, now or later


def changing(actor: Actor, product: Product, kind: str) -> None:
    """Called before every change: checks the right to it, locks the product so that changes follow one another, and
    writes the line in the trail."""
    actor.require("manage", product)
    actor.require("write", product)
    Product.objects.select_for_update().get(pk=product.pk)
    record(actor, "shape_changed", product.name, product=product, kind=kind)
    forget_kinds(product)


# Fields


def own_fields(product: Product, kind: str) -> list[CustomField]:
    return list(CustomField.objects.filter(product=product, kind=kind))


@transaction.atomic
def add_field(actor: Actor, product: Product, kind: str, data: Mapping[str, Any]) -> CustomField:
    changing(actor, product, kind)
    rows = own_fields(product, kind)
    if len(rows) >= MOST_FIELDS:
        raise Invalid({"name": _("A kind has at most %(most)s fields of your own.") % {"most": MOST_FIELDS}})
    refuse_twice([row.name for row in rows if not row.removed_at], data["name"])
    slug = new_slug(OWN + "_".join(words(data["name"])), [row.slug for row in rows])
    return CustomField.objects.create(
        product=product, kind=kind, slug=slug, name=data["name"], type=data["type"], required=data["required"],
        options=with_new([], data["new_options"]), order=len(rows),
    )  # fmt: skip


@transaction.atomic
def change_field(actor: Actor, row: CustomField, data: Mapping[str, Any], names: Mapping[str, str]) -> None:
    """`names` are the options' names by slug: a new name keeps what items hold; an empty one takes the option away."""
    changing(actor, row.product, row.kind)
    others = CustomField.objects.filter(product=row.product, kind=row.kind, removed_at=None).exclude(pk=row.pk)
    refuse_twice(others.values_list("name", flat=True), data["name"])
    gone = [option["slug"] for option in row.options if not names.get(option["slug"], option["name"])]
    refuse_used(row, gone)
    kept = [
        {"slug": option["slug"], "name": names.get(option["slug"], option["name"])}
        for option in row.options
        if option["slug"] not in gone
    ]
    row.options = with_new(kept, data["new_options"])
    if row.type in ("choice", "choices") and not row.options:
        raise Invalid({"new_options": _("A choice needs at least one option.")})
    row.name, row.required = data["name"], data["required"]
    row.save(update_fields=["name", "required", "options"])


@transaction.atomic
def remove_field(actor: Actor, row: CustomField) -> None:
    changing(actor, row.product, row.kind)
    CustomField.objects.filter(pk=row.pk).update(removed_at=timezone.now())


@transaction.atomic
def return_field(actor: Actor, row: CustomField) -> None:
    changing(actor, row.product, row.kind)
    others = CustomField.objects.filter(product=row.product, kind=row.kind, removed_at=None)
    refuse_twice(others.values_list("name", flat=True), row.name)
    CustomField.objects.filter(pk=row.pk).update(removed_at=None)


@transaction.atomic
def move_field(actor: Actor, row: CustomField, step: int) -> None:
    changing(actor, row.product, row.kind)
    rows = [field for field in own_fields(row.product, row.kind) if not field.removed_at]
    CustomField.objects.bulk_update(moved(rows, row.slug, step), ["order"])


def with_new(options: list[dict], names: Sequence[str]) -> list[dict]:
    """The options with new ones behind; a name that is there already adds nothing."""
    options = list(options)
    for name in names:
        if name.casefold() not in {option["name"].casefold() for option in options}:
            slug = new_slug("_".join(words(name)) or "option", [option["slug"] for option in options])
            options.append({"slug": slug, "name": name})
    if len(options) > MOST_OPTIONS:
        raise Invalid({"new_options": _("A field has at most %(most)s options.") % {"most": MOST_OPTIONS}})
    return options


def refuse_used(row: CustomField, gone: Collection[str]) -> None:
    if not gone:
        return
    held = Item.objects.filter(product=row.product, kind=row.kind, fields__has_key=row.slug)
    for value in held.values_list(f"fields__{row.slug}", flat=True).iterator():
        if used := set(gone) & set(value if isinstance(value, list) else [value]):
            name = next(option["name"] for option in row.options if option["slug"] in used)
            raise Invalid({"options": _("“%(name)s” is in use. Change those items first.") % {"name": name}})


# States


def own_states(product: Product, kind: str) -> list[CustomState]:
    return list(CustomState.objects.filter(product=product, kind=kind))


def made_own(product: Product, kind: str) -> list[CustomState]:
    """The product's states as rows; before the first change the declared ones, whose names stay translated."""
    rows = own_states(product, kind)
    if not rows:
        CustomState.objects.bulk_create(
            CustomState(
                product=product,
                kind=kind,
                slug=state.slug,
                name="",
                category=state.category,
                limit=state.limit,
                order=n,
            )
            for n, state in enumerate(KINDS[kind].states)
        )
        rows = own_states(product, kind)
    return rows


def state_row(product: Product, kind: str, slug: str) -> CustomState:
    for row in made_own(product, kind):
        if row.slug == slug:
            return row
    raise Http404


@transaction.atomic
def add_state(actor: Actor, product: Product, kind: str, data: Mapping[str, Any]) -> None:
    changing(actor, product, kind)
    refuse_twice([str(state.name) for state in kind_of(product, kind).states], data["name"])
    rows = made_own(product, kind)
    if len(rows) >= MOST_STATES:
        raise Invalid({"name": _("A kind has at most %(most)s states.") % {"most": MOST_STATES}})
    slug = new_slug("_".join(words(data["name"])) or "state", [row.slug for row in rows])
    CustomState.objects.create(product=product, kind=kind, slug=slug, order=len(rows), **state_values(data))
    forget_kinds(product)


@transaction.atomic
def change_state(actor: Actor, product: Product, kind: str, slug: str, data: Mapping[str, Any]) -> None:
    changing(actor, product, kind)
    states = kind_of(product, kind).state_by_slug
    refuse_twice([str(state.name) for name, state in states.items() if name != slug], data["name"])
    row = state_row(product, kind, slug)
    was_closed = states[slug].closed
    values = state_values(data)
    if values["name"] == str(states[slug].name) and not row.name:
        values["name"] = ""
    CustomState.objects.filter(pk=row.pk).update(**values)
    forget_kinds(product)
    if kind_of(product, kind).state_by_slug[slug].closed != was_closed:
        # The items stay where they are; only what their state means has changed.
        held = Item.objects.filter(product=product, kind=kind, state=slug)
        held.update(closed_at=None if was_closed else timezone.now())


@transaction.atomic
def remove_state(actor: Actor, product: Product, kind: str, slug: str, target: str | None) -> int:
    """Its items go to `target`, each with its Event; how many went. Raises Invalid where they have nowhere to go."""
    changing(actor, product, kind)
    row = state_row(product, kind, slug)
    forget_kinds(product)
    others = [state.slug for state in kind_of(product, kind).states if state.slug != slug]
    if not others:
        raise Invalid({"target": _("A kind needs at least one state.")})
    items = list(Item.objects.filter(product=product, kind=kind, state=slug))
    if target not in others and in_state(actor, product, kind).get(slug):
        raise Invalid({"target": _("Choose where its items go.")})
    if items:
        # What others write for themselves goes along; where nothing else is there, nobody was asked whereto.
        change_many(actor, with_product(items, product), {"state": target if target in others else others[0]})
    row.delete()
    forget_kinds(product)
    return len(items)


@transaction.atomic
def move_state(actor: Actor, product: Product, kind: str, slug: str, step: int) -> None:
    changing(actor, product, kind)
    state_row(product, kind, slug)
    CustomState.objects.bulk_update(moved(own_states(product, kind), slug, step), ["order"])


def in_state(actor: Actor, product: Product, kind: str) -> dict[str, int]:
    """How many items stand in each state, those in the trash included."""
    rows = Item.objects.unveiled(actor).filter(product=product, kind=kind).order_by()
    return dict(rows.values_list("state").annotate(n=Count("id")))


def state_values(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": data["name"], "category": data["category"], "limit": data["limit"]}


def with_product(items: list[Item], product: Product) -> list[Item]:
    for item in items:
        item.product = product
    return items


# Both


def moved(rows: list, slug: str, step: int) -> list:
    """The rows in their new order, one of them a step up (-1) or down (1)."""
    place = next((n for n, row in enumerate(rows) if row.slug == slug), None)
    if place is None:
        raise Http404
    rows.insert(max(0, place + step), rows.pop(place))
    for n, row in enumerate(rows):
        row.order = n
    return rows


def new_slug(name: str, taken: Collection[str]) -> str:
    return unused(name[:SLUG_LENGTH].rstrip("_") or OWN, taken, SLUG_LENGTH)


def refuse_twice(names: Collection[str], name: str) -> None:
    if name.casefold() in {other.casefold() for other in names}:
        raise Invalid({"name": _("There is one of this name already.")})
