"""A view as its address describes it: layout, filter, order, grouping, columns and place. The address is all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from pilothouse.kinds import VIEWS, Kind
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Item
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.viewing.columns import Column, columns_of
from pilothouse.workbench.viewing.conditions import matching
from pilothouse.workbench.viewing.filters import BadFilter, Filter, parse
from pilothouse.workbench.viewing.paging import Cursor, Order, read_cursor

GROUPED_BY_STATE = ("list", "board")
MOST_SHOWN = 20
SHOWN_AT_FIRST = 8
# Shown in a table before anyone chose; a kind's own short fields follow.
USUAL = ("title", "state", "owner", "tag")
NO_GROUP = "none"


@dataclass(frozen=True)
class ViewState:
    actor: Actor
    product: Product
    kind: Kind
    columns: Mapping[str, Column] = field(repr=False)
    layout: str
    filter: Filter
    order: Order
    group: Column | None
    shown: tuple[Column, ...]
    cursor: Cursor | None = None

    @property
    def base(self) -> str:
        """The address of the kind."""
        return f"{self.product.url}{self.kind.slug}/"

    def rows(self) -> QuerySet[Item]:
        """Every row that the filter lets through, in no order."""
        rows = all_rows(self.actor, self.product, self.kind.slug)
        return rows.filter(matching(self.filter, self.actor, [self.product.pk])) if self.filter else rows

    def pairs(self) -> list[tuple[str, str]]:
        """The view as parameters; what is as usual is left out."""
        usual = defaults(self.kind, self.layout)
        pairs = [("view", self.layout)]
        group = self.group.slug if self.group else NO_GROUP
        pairs += [("group", group)] if group != usual["group"] else []
        pairs += [("sort", self.order.parameter)] if self.order != Order() else []
        names = [column.slug for column in self.shown]
        pairs += [("cols", ",".join(names))] if names != usual["cols"](self.columns) else []
        return pairs + self.filter.pairs()

    @property
    def query(self) -> str:
        return urlencode(self.pairs(), safe=",")

    def url(self, **changes: Any) -> str:
        """The address of this view, or of one that differs in some respects; always its first page."""
        view = replace(self, **changes) if changes else self
        return f"{view.base}?{view.query}"

    def page_url(self, **place: str) -> str:
        return f"{self.base}?{urlencode([*self.pairs(), *place.items()], safe=',')}"


def all_rows(actor: Actor, product: Product, kind: str) -> QuerySet[Item]:
    return Item.objects.visible_to(actor).live().filter(product=product, kind=kind)


def read(actor: Actor, product: Product, kind_slug: str, parameters: QueryDict | Mapping[str, str]) -> ViewState:
    """The view that an address asks for. Raises BadFilter, naming the parameter, for what no view has."""
    kind = kind_of(product, kind_slug)
    columns = columns_of(kind)
    layout = one_of("view", parameters.get("view") or kind.views[0], VIEWS)
    usual = defaults(kind, layout)
    order = read_order(parameters.get("sort", ""), columns, bool(parameters.get("down")))
    return ViewState(
        actor,
        product,
        kind,
        columns,
        layout,
        parse(parameters, columns),
        order,
        read_group(parameters.get("group") or usual["group"], columns, layout),
        read_shown(cols(parameters), columns) or tuple(columns[slug] for slug in usual["cols"](columns)),
        read_place(parameters, order),
    )


def defaults(kind: Kind, layout: str) -> dict[str, Any]:
    return {"group": "state" if layout in GROUPED_BY_STATE else NO_GROUP, "cols": usual_columns}


def usual_columns(columns: Mapping[str, Column]) -> list[str]:
    short = [
        slug for slug, column in columns.items() if column.field and column.type in ("choice", "number", "date", "text")
    ]
    return [*USUAL, *short[: SHOWN_AT_FIRST - len(USUAL)], "due", "updated"]


def one_of(parameter: str, value: str, known: Any) -> str:
    if value not in known:
        raise BadFilter(
            parameter,
            _("“%(value)s” is not one of: %(known)s.") % {"value": value[:60], "known": ", ".join(known)},
        )
    return value


def read_order(text: str, columns: Mapping[str, Column], down: bool = False) -> Order:
    slug = text.removeprefix("-")
    if slug in ("", "rank"):
        return Order()
    sortable = [column.slug for column in columns.values() if column.sortable]
    return Order(columns[one_of("sort", slug, sortable)], descending=down or text.startswith("-"))


def read_group(slug: str, columns: Mapping[str, Column], layout: str) -> Column | None:
    if slug == NO_GROUP and layout != "board":
        return None
    known = [column.slug for column in columns.values() if (column.boarded if layout == "board" else column.groupable)]
    return columns[one_of("group", slug, known)]


def cols(parameters: QueryDict | Mapping[str, str]) -> str:
    """`cols=a,b` as an address has it, or `cols=a&cols=b` as a form sends it."""
    return ",".join(parameters.getlist("cols")) if isinstance(parameters, QueryDict) else parameters.get("cols", "")


def read_shown(text: str, columns: Mapping[str, Column]) -> tuple[Column, ...]:
    known = [column.slug for column in columns.values() if column.shown]
    slugs = list(dict.fromkeys(slug for slug in text.split(",") if slug))[:MOST_SHOWN]
    found = [columns[one_of("cols", slug, known)] for slug in slugs]
    return (
        tuple(column for column in [columns["title"], *found] if column)
        if found and "title" not in slugs
        else tuple(found)
    )


def read_place(parameters: Mapping[str, Any], order: Order) -> Cursor | None:
    for name in ("after", "before"):
        if token := parameters.get(name):
            return read_cursor(name, token, order)
    return None
