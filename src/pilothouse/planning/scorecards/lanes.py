"""MoSCoW as lanes: what must, should, could and will not be in, and what each takes of the effort there is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pilothouse.planning.scorecards.table import Sheet
from pilothouse.workbench.models import Item

CRITERION = "class_"


@dataclass(frozen=True)
class Lane:
    """`value` is what stands in the cell, as text; empty for what has no class yet."""

    value: str
    name: str
    items: list[Item]
    effort: float


@dataclass(frozen=True)
class Share:
    name: str
    part: float
    over: bool


def lanes(found: Sheet) -> list[Lane]:
    """Must first; what nobody has put anywhere comes last."""
    choices = found.card.columns[0].choices
    named = [*((f"{one.value:g}", one.name) for one in choices), ("", _("Not sorted yet"))]
    return [lane(found, value, name) for value, name in named]


def lane(found: Sheet, value: str, name: str) -> Lane:
    items = [item for item in found.items if value_of(found, item) == value]
    return Lane(value, name, items, sum(found.cells[item.pk]["effort"].value or 0 for item in items))


def value_of(found: Sheet, item: Item) -> str:
    value = found.cells[item.pk][CRITERION].value
    return "" if value is None else f"{value:g}"


def shares(found: Sheet) -> list[Share]:
    """Of the capacity where one is given, else of everything but the won'ts."""
    result = found.ranking.result
    if result is None or not result[1].share:
        return []
    names = {4: _("Must"), 3: _("Should"), 2: _("Could")}
    letters = {4: "M", 3: "S", 2: "C"}
    return [
        Share(names[key], result[1].share[letters[key]], key == 4 and bool(result[1].must_over_60)) for key in names
    ]
