"""Whether a row of the file is a person or one product of a task, and which columns then say what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.exchange.answers.long import LongSource, as_people, roles_in
from pilothouse.exchange.models import Import
from pilothouse.exchange.reading.delimited import Unreadable
from pilothouse.exchange.reading.source import Source
from pilothouse.exchange.taking.steps import source_of as file_of

FIELDS = ("person", "task", "place", "chosen")


def told(table: Source, given: Mapping[str, str]) -> Source:
    """The same file with the shape that a person picked; where the columns were not asked for yet, by their names."""
    if "shape" not in given:
        return table
    if given["shape"] != "long":
        return Source(table.folder, replace(table.reading, long=()))
    names = table.columns()
    roles = [given.get(f"long-{field}", known) for field, known in zip(FIELDS, roles_in(names), strict=True)]
    return Source(table.folder, replace(table.reading, long=tuple(role if role in names else "" for role in roles)))


def context(source: Import) -> dict[str, Any]:
    """What the form shows of it: the columns to pick from, and what was found."""
    table = file_of(source)
    found: dict[str, Any] = {"shapes": shapes(), "shape": "long" if table.reading.long else "", "roles": []}
    if not table.reading.long:
        return found
    try:
        names = [("", _("Not there")), *((name, name) for name in table.columns())]
        found["roles"] = [
            {
                "name": f"long-{field}",
                "label": label,
                "columns": names,
                "chosen": chosen,
            }
            for field, label, chosen in zip(FIELDS, labels(), table.reading.long, strict=True)
        ]
        people = as_people(table)
        return found | {"about": people.about() if isinstance(people, LongSource) else None}
    except Unreadable as error:
        return found | {"error": str(error)}


def shapes() -> list[tuple[str, str]]:
    return [("", _("One person")), ("long", _("One product of a choice task (long form)"))]


def labels() -> tuple[str, ...]:
    return _("Respondent"), _("Choice task"), _("Place of the product"), _("Chosen or not")
