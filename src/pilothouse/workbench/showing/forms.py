"""The form for a new item: what its kind declares, in sections, each control with what was typed and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from django.http import QueryDict

from pilothouse.kinds import Kind
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Tag
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.team import who_sees
from pilothouse.workbench.viewing.columns import Column, columns_of

PLANNING = ("state", "owner", "tag", "start", "due", "parent")
MOST_TAGS = 200
LONGEST_TITLE = 90  # of one that is taken from the words


@dataclass(frozen=True)
class Control:
    column: Column
    name: str
    value: Any
    error: str
    options: list[tuple[str, str]]
    example: str = ""

    @property
    def type(self) -> str:
        return self.column.type


@dataclass(frozen=True)
class Form:
    """`details` are the kind's short fields, `texts` its long ones."""

    title: Control
    planning: list[Control]
    details: list[Control]
    texts: list[Control]
    body: str
    errors: Mapping[str, str]
    tags: list[str]


def form(actor: Actor, product: Product, kind_slug: str, given: QueryDict, errors: Mapping[str, str]) -> Form:
    kind = kind_of(product, kind_slug)
    columns = columns_of(kind)
    fields = [column for column in columns.values() if column.field and column.field.typed]
    make = lambda column: control(product, column, given, errors, kind.first_state.slug)  # noqa: E731
    return Form(
        make(columns["title"]),
        [make(columns[slug]) for slug in PLANNING],
        [make(column) for column in fields if column.type != "long"],
        [make(column) for column in fields if column.type == "long"],
        given.get("body", ""),
        errors,
        list(Tag.objects.visible_to(actor).filter(product=product).values_list("name", flat=True)[:MOST_TAGS]),
    )


def control(product: Product, column: Column, given: QueryDict, errors: Mapping[str, str], first_state: str) -> Control:
    several = column.type == "choices"
    value = (
        given.getlist(column.edit) if several else given.get(column.edit, first_state if column.slug == "state" else "")
    )
    example = f"{product.key}-12" if column.type == "parent" else str(column.unit)
    return Control(column, column.edit, value, errors.get(column.edit, ""), options(product, column), example)


def options(product: Product, column: Column) -> list[tuple[str, str]]:
    if column.type == "owner":
        return [("", "–"), *((str(person.pk), str(person)) for person in who_sees(product))]
    named = [(option.slug, str(option.name)) for option in column.options]
    return [("", "–"), *named] if column.type == "choice" else named


def values(kind_columns: Mapping[str, Column], given: QueryDict) -> dict[str, Any]:
    """What the form sent, by the names that a change knows; nothing else is taken from it."""
    data: dict[str, Any] = {"body": given.get("body", "")}
    for column in kind_columns.values():
        if column.edit and column.edit in given:
            data[column.edit] = given.getlist(column.edit) if column.type == "choices" else given[column.edit]
    return data


def titled(kind: Kind, data: dict[str, Any]) -> dict[str, Any]:
    """Where people's own words are written down, the first of them stand in for a title that was left out."""
    if not kind.quotable or str(data.get("title") or "").strip():
        return data
    first = next((line.strip() for line in str(data["body"]).splitlines() if line.strip()), "")
    return {**data, "title": shorten(first, LONGEST_TITLE, placeholder="…") if " " in first else first[:LONGEST_TITLE]}
