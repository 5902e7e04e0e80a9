"""The items of a kind, seen as a list, a table, a board or cards; the address says which, and what is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilothouse.kinds import VIEWS
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item, SavedView
from pilothouse.workbench.pages import is_fragment, page, product_of, show
from pilothouse.workbench.viewing import chips, grouping, rows
from pilothouse.workbench.viewing.columns import Column
from pilothouse.workbench.viewing.filters import BadFilter
from pilothouse.workbench.viewing.grouping import Group
from pilothouse.workbench.viewing.paging import Order, Page, Segment, firsts
from pilothouse.workbench.viewing.paging import page as page_of
from pilothouse.workbench.viewing.state import ViewState, defaults, read, read_group

MARKS = {"list": "list", "table": "table-2", "board": "square-kanban", "cards": "layout-grid"}
SIZES = {"list": 50, "table": 50, "cards": 48}
CARDS_ON_A_BOARD = 200
FEWEST_IN_A_COLUMN = 20


@require_safe
@page
def items(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponse:
    product = product_of(request, actor, key)
    views = saved_views(actor, product.pk, kind)
    if not request.GET and (chosen := next((view for view in views if view.mine), None)):  # type: ignore[attr-defined]
        return HttpResponseRedirect(f"{product.url}{kind}/?{chosen.query}")
    try:
        view = read(actor, product, kind, request.GET)
        context = {**LAYOUTS[view.layout](request, view), **around(view, views)}
    except BadFilter as error:
        plain = read(actor, product, kind, {})
        return show(request, "items/list_refused.html", {"view": plain, "error": error}, status=400)
    return show(request, "items/_view.html" if is_fragment(request) else "items/list.html", context)


def saved_views(actor: Actor, product_id: int, kind: str) -> Sequence[SavedView]:
    """One's own and the shared ones; `mine` marks the one that a person has chosen to open first."""
    return list(SavedView.objects.visible_to(actor).filter(product=product_id, kind=kind).seen_by(actor.user))


def around(view: ViewState, views: Sequence[SavedView]) -> dict[str, Any]:
    """What stands above the rows: views, filter chips, menus."""
    current = next((saved for saved in views if saved.query == view.query), None)
    return {
        "view": view,
        "views": views,
        "current_view": current,
        "may_change_view": current is not None and may_change(view.actor, current),
        "chips": chips.of(view),
        "fields": chips.fields(view),
        "or_url": chips.editor_url(view, "filter", **{"in": chips.next_group(view)}),
        "display_url": chips.editor_url(view, "display"),
        "layouts": layouts(view),
        "editor": None,
        "may_write": view.actor.may("write", view.product),
    }


def may_change(actor: Actor, saved: SavedView) -> bool:
    """One's own views, and for those who manage the workspace the shared ones too."""
    return actor.may("write") and (saved.owner_id == actor.user.pk or (saved.shared and actor.may("manage")))


def layouts(view: ViewState) -> list[tuple[str, str, str, str]]:
    names = {"list": _("List"), "table": _("Table"), "board": _("Board"), "cards": _("Cards")}
    return [(slug, names[slug], MARKS[slug], switched(view, slug)) for slug in VIEWS]


def switched(view: ViewState, layout: str) -> str:
    """The same rows in another layout, grouped as that layout groups."""
    group = read_group(defaults(view.kind, layout)["group"], view.columns, layout)
    return view.url(layout=layout, group=group)


def grouped(request: HttpRequest, view: ViewState) -> dict[str, Any]:
    """A page of rows, under the headings of their groups."""
    found = view.rows()
    groups = grouping.groups(found, view.group, view.kind) if view.group else []
    total = sum(group.count for group in groups) if single(view) else found.count()
    shown = page_of(segments(view, found, groups), view.order, SIZES[view.layout], view.cursor)
    items = rows.prepared(view, shown.items)
    extra = rows.extras(view, items, dots=view.layout == "list")
    return {
        "groups": headed(view, shown, groups, extra),
        "total": total,
        "next_url": view.page_url(after=shown.next) if shown.next else None,
        "previous_url": view.page_url(before=shown.previous) if shown.previous else None,
    }


def single(view: ViewState) -> bool:
    """Whether each row stands in one group only, so that the groups add up."""
    return view.group is not None and view.group.type in ("state", "choice", "owner")


def segments(view: ViewState, found: Any, groups: Sequence[Group]) -> list[Segment]:
    if view.group is None:
        return [Segment("", found)]
    filled = [group for group in groups if group.count]
    return [Segment(group.value, grouping.within(found, view.group, group.value)) for group in filled]


def headed(view: ViewState, shown: Page, groups: Sequence[Group], extra: rows.Extras) -> list[dict[str, Any]]:
    by_value: Mapping[str, Group] = {group.value: group for group in groups}
    parts: list[dict[str, Any]] = []
    for name, item in shown.rows:
        if not parts or parts[-1]["value"] != name:
            parts.append({"value": name, "group": by_value.get(name), "rows": []})
        parts[-1]["rows"].append(printed(view, item, extra))
    return parts


def printed(view: ViewState, item: Item, extra: rows.Extras) -> dict[str, Any]:
    line = rows.row(view, item, extra)
    return {**line, "cells": rows.cells(view, item, extra)} if view.layout == "table" else line


def board(request: HttpRequest, view: ViewState) -> dict[str, Any]:
    """Columns with their first cards; each asks for its own next ones."""
    found = view.rows()
    groups = grouping.groups(found, view.group, view.kind)  # type: ignore[arg-type]
    size = max(FEWEST_IN_A_COLUMN, CARDS_ON_A_BOARD // max(1, sum(1 for group in groups if group.count)))
    wanted = request.GET.get("column")
    parts = [Segment(group.value, grouping.within(found, view.group, group.value)) for group in groups if group.count]  # type: ignore[arg-type]
    if wanted is not None:
        return more_cards(view, [part for part in parts if part.name == wanted], size)
    pages = firsts(parts, view.order, size)
    rows.prepared(view, [item for page in pages.values() for item in page.items])
    columns = [column(view, group, pages.get(group.value, Page([]))) for group in groups]
    return {"columns": columns, "total": sum(group.count for group in groups), "choices": choices(groups)}


def column(view: ViewState, group: Group, shown: Page) -> dict[str, Any]:
    cards = [rows.row(view, item, rows.NOTHING) for item in shown.items]
    more = view.page_url(column=group.value, after=shown.next) if shown.next else None
    return {"group": group, "cards": cards, "more_url": more, "left": group.count - len(cards)}


def more_cards(view: ViewState, parts: list[Segment], size: int) -> dict[str, Any]:
    shown = page_of(parts, view.order, size, view.cursor)
    rows.prepared(view, shown.items)
    return {"more": column(view, Group(parts[0].name if parts else "", "", 0), shown), "choices": [], "total": 0}


def choices(groups: Sequence[Group]) -> list[tuple[str, str]]:
    return [(group.value, group.label) for group in groups]


def table(request: HttpRequest, view: ViewState) -> dict[str, Any]:
    return {**grouped(request, view), "headings": headings(view)}


def headings(view: ViewState) -> list[dict[str, Any]]:
    return [{"label": _("ID"), "width": "narrow"}, *(heading(view, column) for column in view.shown)]


def heading(view: ViewState, column: Column) -> dict[str, Any]:
    """A click sorts upwards, another one downwards, a third one goes back to the order by hand."""
    sorted_ = view.order.column.slug == column.slug
    then = Order() if sorted_ and view.order.descending else Order(column, descending=sorted_)
    return {
        "label": f"{column.name} {column.unit}" if column.unit == "%" else str(column.name),
        "sort_url": view.url(order=then) if column.sortable else None,
        "sorted": ("descending" if view.order.descending else "ascending") if sorted_ else None,
        "align": "end" if column.numeric else None,
        "width": "wide" if column.slug == "title" else None,
        "options": rows.choices(view, column) if view.actor.may("write", view.product) else [],
    }


LAYOUTS = {"list": grouped, "table": table, "cards": grouped, "board": board}
