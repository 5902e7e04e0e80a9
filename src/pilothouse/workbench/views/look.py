"""Changing what a view shows: its filter, its order, its groups, its columns. The answer is an address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item, Link, Tag
from pilothouse.workbench.pages import is_fragment, page, product_of, say, show
from pilothouse.workbench.viewing import chips
from pilothouse.workbench.viewing.columns import Column
from pilothouse.workbench.viewing.filters import BadFilter, Condition, Filter, parse_one
from pilothouse.workbench.viewing.rows import choices
from pilothouse.workbench.viewing.state import ViewState, read
from pilothouse.workbench.views import lists

MOST_SUGGESTIONS = 200


def with_view(request: HttpRequest, actor: Actor, key: str, kind: str) -> ViewState:
    product = product_of(request, actor, key)
    return read(actor, product, kind, request.GET)


def shown(request: HttpRequest, view: ViewState, template: str, context: dict[str, Any]) -> HttpResponse:
    """The editor alone, or above the view it is about."""
    if is_fragment(request):
        return show(request, template, {"view": view, **context})
    saved = lists.saved_views(view.actor, view.product.pk, view.kind.slug)
    whole = {**lists.LAYOUTS[view.layout](request, view), **lists.around(view, saved), **context, "editor": template}
    return show(request, "items/list.html", whole)


@require_safe
@page
def condition(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponse:
    """Ask for a condition, or put the given one into the filter."""
    try:
        view = with_view(request, actor, key, kind)
        column = view.columns.get(request.GET.get("column", ""))
        if request.GET.get("apply") and column:
            return HttpResponseRedirect(view.url(filter=filtered(view, column, request.GET), cursor=None))
        place = request.GET.get("was", "")
        old = (
            view.filter.conditions[int(place)]
            if place.isdecimal() and len(place) < 3 and int(place) < len(view.filter.conditions)
            else None
        )
        context = asked(view, column, old, place, request.GET.get("in", "1"))
        return shown(request, view, "items/_edit_filter.html", context)
    except BadFilter as error:
        return say(error, 400)


def filtered(view: ViewState, column: Column, given: Any) -> Filter:
    """The filter with the condition that a form described added, or put in another one's place."""
    operator, _dot, fixed = given.get("operator", "").partition(":")
    values = [fixed] if fixed else given.getlist("value")
    group = given.get("in", "1")
    prefix = f"{group}." if group.isdecimal() and group != "1" else ""
    new = parse_one(f"{prefix}{column.slug}.{operator}", values, view.columns)
    conditions = list(view.filter.conditions)
    place = given.get("was", "")
    at = int(place) if place.isdecimal() and len(place) < 3 else len(conditions)
    conditions[at : at + 1] = [new] if new.values else []
    return Filter(tuple(conditions))


def asked(view: ViewState, column: Column | None, old: Condition | None, place: str, group: str) -> dict[str, Any]:
    if column is None:
        return {"fields": chips.fields(view, group), "column": None, "group": group}
    return {
        "column": column,
        "operators": chips.operators(column),
        "operator": chips.chosen_operator(old),
        "values": old.values if old else (),
        "choices": offered(view, column),
        "suggestions": suggestions(view, column),
        "group": str(old.group) if old else group,
        "was": place if old else "",
    }


def offered(view: ViewState, column: Column) -> list[tuple[str, str]]:
    """What can be ticked; for long lists see `suggestions`."""
    if column.type == "owner":
        return [("me", chips.me()), *(pair for pair in choices(view, column) if pair[0])]
    if column.type == "release":
        return releases(view)
    return [(option.slug, str(option.name)) for option in column.options]


def releases(view: ViewState) -> list[tuple[str, str]]:
    planned = Link.objects.filter(relation="planned_in", target__product=view.product).values("target")
    rows = Item.objects.visible_to(view.actor).live().filter(product=view.product, pk__in=planned).order_by("-pk")
    return [(str(number), title) for number, title in rows.values_list("number", "title")[:MOST_SUGGESTIONS]]


def suggestions(view: ViewState, column: Column) -> list[str]:
    if column.type != "tag":
        return []
    return list(
        Tag.objects.visible_to(view.actor)
        .filter(product=view.product)
        .values_list("name", flat=True)[:MOST_SUGGESTIONS]
    )


@require_safe
@page
def display(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponse:
    """Ask for order, groups and columns, or take them over into the address."""
    try:
        view = with_view(request, actor, key, kind)
        if request.GET.get("apply"):
            # The form's own names stand last in the address, so they are the ones that were read.
            return HttpResponseRedirect(replace(view, cursor=None).url())
        return shown(request, view, "items/_edit_display.html", offers(view))
    except BadFilter as error:
        return say(error, 400)


def offers(view: ViewState) -> dict[str, Any]:
    groupable = [
        column for column in view.columns.values() if (column.boarded if view.layout == "board" else column.groupable)
    ]
    return {
        "group_options": [(column.slug, str(column.name)) for column in groupable],
        "sort_options": [(column.slug, str(column.name)) for column in view.columns.values() if column.sortable],
        "column_options": [column for column in view.columns.values() if column.shown and column.slug != "title"],
        "shown_now": {column.slug for column in view.shown},
    }
