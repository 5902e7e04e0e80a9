"""Filters in the address: `state=idea,approved&score.gte=10&2.owner=me`.

A condition is `[group.]column[.operator]=value`. Conditions of one group must all hold, one of the groups must.
Columns and operators come from the allow-list of `columns`; anything else raises BadFilter, naming the parameter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from pilothouse.workbench.viewing.columns import RESERVED, Column

TEXT = ("contains", "eq", "not", "empty")
AMOUNT = ("eq", "not", "lt", "lte", "gt", "gte", "empty")
ONE_OF = ("eq", "not", "empty")
OPERATORS: Mapping[str, tuple[str, ...]] = {
    "text": TEXT, "long": TEXT, "link": TEXT, "email": TEXT, "person": TEXT,
    "number": AMOUNT, "date": AMOUNT, "moment": ("eq", "lt", "lte", "gt", "gte"),
    "state": ("eq", "not"), "choice": ONE_OF, "owner": ONE_OF, "parent": ONE_OF, "release": ONE_OF,
    "choices": ("has", "not", "empty"), "tag": ("has", "not", "empty"),
    "linked": ("has", "not"), "flag": ("eq",), "evidence": ("eq",), "search": ("contains",),
}  # fmt: skip
# Values of these are lists, parted by commas; in the others a comma belongs to the text.
LISTS = {"state", "choice", "owner", "parent", "release", "choices", "tag", "linked", "number", "date"}
PARAMETER = re.compile(r"(?:(?P<group>[1-9]\d?)\.)?(?P<column>[A-Za-z0-9_-]{1,60})(?:\.(?P<operator>[a-z]{1,10}))?\Z")
MOST_CONDITIONS, MOST_GROUPS, MOST_VALUES, LONGEST = 30, 10, 100, 500


class BadFilter(ValueError):
    """A parameter that no view has, or a value that its column cannot have."""

    def __init__(self, parameter: str, message: str) -> None:
        self.parameter = parameter[:60]
        super().__init__(message)


@dataclass(frozen=True)
class Condition:
    column: Column
    operator: str
    values: tuple[str, ...]
    group: int = 1

    @property
    def parameter(self) -> str:
        name = (
            self.column.slug
            if self.operator == default_operator(self.column)
            else f"{self.column.slug}.{self.operator}"
        )
        return name if self.group == 1 else f"{self.group}.{name}"

    def pairs(self) -> list[tuple[str, str]]:
        if self.column.type in LISTS:
            return [(self.parameter, ",".join(self.values))]
        return [(self.parameter, value) for value in self.values]


@dataclass(frozen=True)
class Filter:
    """The conditions of a view, in the order of the address."""

    conditions: tuple[Condition, ...] = ()

    def groups(self) -> dict[int, list[Condition]]:
        groups: dict[int, list[Condition]] = defaultdict(list)
        for condition in self.conditions:
            groups[condition.group].append(condition)
        return dict(sorted(groups.items()))

    def pairs(self) -> list[tuple[str, str]]:
        return [pair for condition in self.conditions for pair in condition.pairs()]

    def without(self, condition: Condition) -> Filter:
        return replace(self, conditions=tuple(other for other in self.conditions if other is not condition))

    def __bool__(self) -> bool:
        return bool(self.conditions)


def default_operator(column: Column) -> str:
    return OPERATORS[column.type][0]


def parse(parameters: QueryDict | Mapping[str, Any], columns: Mapping[str, Column]) -> Filter:
    """The filter an address asks for. Raises BadFilter for the first parameter that is not on the list."""
    found: list[Condition] = []
    for name in parameters:
        if name in RESERVED:
            continue
        raw = parameters.getlist(name) if isinstance(parameters, QueryDict) else [parameters[name]]
        condition = parse_one(name, [str(value) for value in raw], columns)
        if condition.values:
            found.append(condition)
    if len(found) > MOST_CONDITIONS or len({condition.group for condition in found}) > MOST_GROUPS:
        raise BadFilter("", _("A view has at most %(most)s conditions.") % {"most": MOST_CONDITIONS})
    return Filter(tuple(found))


def parse_one(name: str, raw: Sequence[str], columns: Mapping[str, Column]) -> Condition:
    match = PARAMETER.match(name)
    column = columns.get(match["column"]) if match else None
    if match is None or column is None:
        raise BadFilter(name, _("There is no “%(name)s” to filter by here.") % {"name": name[:60]})
    operator = match["operator"] or default_operator(column)
    if operator not in OPERATORS[column.type]:
        operator = translated(operator, column)
    if operator is None:
        raise BadFilter(
            name,
            _("“%(column)s” cannot be compared with “%(operator)s”; it knows: %(known)s.")
            % {"column": column.name, "operator": match["operator"], "known": ", ".join(OPERATORS[column.type])},
        )
    return Condition(column, operator, tuple(values(name, raw, column, operator)), int(match["group"] or 1))


def translated(operator: str, column: Column) -> str | None:
    """`has` and `eq` say the same of a list."""
    first = default_operator(column)
    return first if operator in ("eq", "has") and first in ("eq", "has", "contains") else None


def values(name: str, raw: Iterable[str], column: Column, operator: str) -> list[str]:
    split = column.type in LISTS and operator != "empty"
    parts = [part.strip() for text in raw for part in (text.split(",") if split else [text])]
    kept = list(dict.fromkeys(part for part in parts if part))
    if len(kept) > MOST_VALUES or any(len(part) > LONGEST or "\x00" in part for part in kept):
        raise BadFilter(name, _("The value of “%(name)s” is too long.") % {"name": name})
    return kept
