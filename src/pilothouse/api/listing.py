"""The items of a product by the very filters, orders and cursors of the list pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from pilothouse.api.schemas import item_out
from pilothouse.kinds import KINDS, Option
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Item, ItemQuerySet
from pilothouse.workbench.models.custom import kind_of, kinds_of
from pilothouse.workbench.products import with_products
from pilothouse.workbench.viewing.columns import RESERVED, Column, columns_of, own_columns
from pilothouse.workbench.viewing.conditions import matching
from pilothouse.workbench.viewing.filters import BadFilter, Filter, parse
from pilothouse.workbench.viewing.paging import Order, Segment, page, read_cursor
from pilothouse.workbench.viewing.state import read_order
from pilothouse.workbench.writing.cleaning import Invalid

NEWEST = Order(Column(slug="newest", name="", type="number", path="number", nullable=False), descending=True)
OURS = ("kind", "sort", "cursor", "limit")


def listed(actor: Actor, product: Product, given: QueryDict, kind: str, sort: str, cursor: str, limit: int) -> Any:
    """A page of items. Raises BadFilter, naming the parameter that no list knows."""
    columns = columns_of(kind_of(product, kind)) if kind else shared_columns(product)
    order = read_order(sort, columns) if sort else NEWEST
    rows = visible(actor).live().filter(product=product)
    rows = rows.of(kind) if kind else rows
    if wanted := filter_of(given, columns):
        rows = rows.filter(matching(wanted, actor, [product.pk]))
    place = read_cursor("cursor", cursor, order) if cursor else None
    found = page([Segment("", rows)], order, limit, place, Item.objects.for_rows().select_related("parent"))
    return {"items": [item_out(item) for item in with_products(actor, found.items)], "next": found.next}


def visible(actor: Actor) -> ItemQuerySet:
    rows: ItemQuerySet = Item.objects.visible_to(actor)
    return rows


def shared_columns(product: Product) -> dict[str, Column]:
    """What items of every kind have; the states are those of all kinds."""
    kinds = list(kinds_of(product).values())
    states = {state.slug: Option(slug=state.slug, name=state.name) for kind in kinds for state in kind.states}
    own = {column.slug: column for column in own_columns(kinds[0])}
    return {**own, "state": replace(own["state"], options=tuple(states.values()))}


def filter_of(given: QueryDict, columns: Mapping[str, Column]) -> Filter:
    rest = given.copy()
    for name in OURS:
        rest.pop(name, None)
    if strange := [name for name in rest if name in RESERVED]:
        raise BadFilter(strange[0], _("There is no “%(name)s” to filter by here.") % {"name": strange[0]})
    return parse(rest, columns)


def known_kind(slug: str) -> str:
    if slug not in KINDS:
        known = ", ".join(KINDS)
        raise Invalid(
            {"kind": _("There is no kind “%(name)s”; there are: %(known)s.") % {"name": slug[:40], "known": known}}
        )
    return slug
