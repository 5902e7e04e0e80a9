"""A filter in words: one chip for each condition, and what a person can do with it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.people.models import User
from pilothouse.workbench.viewing.columns import Column
from pilothouse.workbench.viewing.filters import OPERATORS, Condition
from pilothouse.workbench.viewing.state import ViewState

FIRST = ("title", "state", "owner", "tag")


def of(view: ViewState) -> list[list[dict[str, Any]]]:
    """The chips, in their or-groups. People are looked up once for all of them."""
    names = people(view)
    return [[chip(view, condition, names) for condition in conditions] for conditions in view.filter.groups().values()]


def chip(view: ViewState, condition: Condition, names: dict[str, str]) -> dict[str, Any]:
    place = next(at for at, other in enumerate(view.filter.conditions) if other is condition)
    return {
        "field": str(condition.column.name),
        "operator": operator_name(condition.operator, condition.column.type),
        "value": in_words(condition, names),
        "remove_url": view.url(filter=view.filter.without(condition)),
        "edit_url": editor_url(view, "filter", column=condition.column.slug, was=str(place)),
    }


def editor_url(view: ViewState, name: str, **more: str) -> str:
    return f"{view.base}{name}?{urlencode([*view.pairs(), *more.items()], safe=',')}"


def fields(view: ViewState, group: str = "1") -> list[dict[str, str]]:
    """What can be filtered by, each with the address of its editor."""
    more = {"in": group} if group != "1" else {}
    return [
        {"name": str(column.name), "url": editor_url(view, "filter", column=column.slug, **more)}
        for column in sorted(view.columns.values(), key=nearness)
    ]


def nearness(column: Column) -> int:
    """The rank of a column in the menu of filters: 0 for the search, 1 for what items are usually told apart by, 2 for
    the kind's own fields, 3 for the rest."""
    if column.type == "search":
        return 0
    return 1 if column.slug in FIRST else 2 if column.field else 3


def next_group(view: ViewState) -> str:
    return str(max(view.filter.groups(), default=0) + 1)


def operators(column: Column) -> list[tuple[str, str]]:
    """What a form offers; emptiness needs no value, so it stands there as two operators."""
    named = [(slug, operator_name(slug, column.type)) for slug in OPERATORS[column.type] if slug != "empty"]
    return named + (
        [("empty:1", _("is empty")), ("empty:0", _("is not empty"))] if "empty" in OPERATORS[column.type] else []
    )


def chosen_operator(condition: Condition | None) -> str:
    if condition is None:
        return ""
    return f"empty:{condition.values[0]}" if condition.operator == "empty" else condition.operator


def me() -> str:
    return _("me")


def people(view: ViewState) -> dict[str, str]:
    wanted = {
        value for condition in view.filter.conditions if condition.column.type == "owner" for value in condition.values
    }
    ids = [int(value) for value in wanted if value.isdecimal()]
    members = User.objects.filter(pk__in=ids, memberships__workspace=view.actor.workspace) if ids else []
    return {"me": me(), **{str(user.pk): str(user) for user in members}}


def operator_name(operator: str, type_: str) -> str:
    if type_ in ("date", "moment"):
        return {
            "eq": pgettext("filter", "is"), "not": pgettext("filter", "is not"), "lt": _("before"), "lte": _("up to"),
            "gt": _("after"), "gte": _("from"), "empty": pgettext("filter", "is"),
        }[operator]  # fmt: skip
    return {
        "eq": pgettext("filter", "is"), "not": pgettext("filter", "is not"), "has": pgettext("filter", "has"),
        "contains": pgettext("filter", "contains"), "lt": "<", "lte": "≤", "gt": ">", "gte": "≥",
        "empty": pgettext("filter", "is"),
    }[operator]  # fmt: skip


def in_words(condition: Condition, names: dict[str, str]) -> str:
    if condition.operator == "empty":
        return _("empty") if condition.values[0] in ("1", "true") else _("not empty")
    if condition.column.type in ("flag", "evidence"):
        return _("yes") if condition.values[0] in ("1", "true", "yes") else _("no")
    texts = [
        names.get(value, value) if condition.column.type == "owner" else condition.column.option_name(value)
        for value in condition.values
    ]
    return _(", ").join(texts)
