"""A kind as one product has it: the declared one, with the product's own fields and states."""

from __future__ import annotations

from collections import defaultdict

from pilothouse.kinds import KINDS, Field, Kind, Option, State
from pilothouse.people.models import Product
from pilothouse.workbench.models.shape import CustomField, CustomState


def kinds_of(product: Product) -> dict[str, Kind]:
    """Every kind of this product, in two queries; kept on the product object for the rest of the request."""
    kinds = product.__dict__.get("kinds")
    if kinds is None:
        fields, states = custom_fields(product), custom_states(product)
        kinds = {
            slug: kind.with_custom(fields[slug], states[slug]) if fields[slug] or states[slug] else kind
            for slug, kind in KINDS.items()
        }
        product.__dict__["kinds"] = kinds
    return kinds


def kind_of(product: Product, slug: str) -> Kind:
    return kinds_of(product)[slug]


def forget_kinds(product: Product) -> None:
    """Call after a change to a product's own fields or states."""
    product.__dict__.pop("kinds", None)


def custom_fields(product: Product) -> dict[str, list[Field]]:
    fields: dict[str, list[Field]] = defaultdict(list)
    for row in CustomField.objects.filter(product=product, removed_at=None):
        options = tuple(Option(slug=option["slug"], name=option["name"]) for option in row.options)
        fields[row.kind].append(
            Field(slug=row.slug, name=row.name, type=row.type, options=options, required=row.required, custom=True)
        )
    return fields


def custom_states(product: Product) -> dict[str, list[State]]:
    states: dict[str, list[State]] = defaultdict(list)
    for row in CustomState.objects.filter(product=product):
        name = row.name or KINDS[row.kind].state_by_slug[row.slug].name
        states[row.kind].append(State(slug=row.slug, name=name, category=row.category, limit=row.limit))
    return states
