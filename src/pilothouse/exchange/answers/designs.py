"""The design that trade-off answers were asked by: which things stood in each set, which products in each task."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from pilothouse.exchange.reading.encodings import detect
from pilothouse.exchange.taking.targets import folded

SET = ("set", "question", "task", "q", "block", "题", "任务", "组")
PLACE = ("alternative", "alt", "concept", "option", "product", "position", "方案", "选项")
LEFT = ("id", "respondent", "version", "chid", "choice")
MOST_BYTES = 5_000_000


class BadDesign(Exception):
    """The design cannot be used; the message says why."""


def table(data: bytes) -> list[dict[str, str]]:
    if len(data) > MOST_BYTES:
        raise BadDesign(_("The design is larger than 5 MB."))
    text = data.decode(detect(data).encoding, "replace").lstrip("\ufeff")
    signs = [sign for sign in ("\t", ";", ",") if sign in text.split("\n", 1)[0]] or [","]
    rows = [
        {key.strip(): (cell or "").strip() for key, cell in row.items() if key}
        for row in csv.DictReader(io.StringIO(text), delimiter=signs[0])
    ]
    if not rows:
        raise BadDesign(_("The design has no rows below its column names."))
    return rows


def sets(data: bytes) -> dict[int, list[str]]:
    """The items of each set in their order: one row a set with the columns item1, item2 …, or one row an item."""
    rows = table(data)
    names = list(rows[0])
    number = column(names, SET)
    items = [
        name
        for name in names
        if name != number and re.fullmatch(r"(?:item|pos|position|alt|项|选项)[\s_.-]*\d+", name, re.IGNORECASE)
    ]
    if len(items) < 2:
        raise BadDesign(_("A design of sets has the columns item1, item2 … and one row for each set."))
    found = {
        whole(row[number], place) if number else place: [row[item] for item in items if row[item]]
        for place, row in enumerate(rows, 1)
    }
    if any(len(set(one)) < 2 or len(set(one)) != len(one) for one in found.values()):
        raise BadDesign(_("A set of the design has fewer than two things, or one of them twice."))
    return found


def products(data: bytes) -> dict[int, list[dict[str, str]]]:
    """The products of each task in their order: one row a product, with the task, its place and its attributes."""
    rows = table(data)
    names = list(rows[0])
    number, place = column(names, SET), column(names, PLACE)
    attributes = [name for name in names if name not in (number, place) and folded(name) not in LEFT]
    if not number or len(attributes) < 1:
        raise BadDesign(
            _("A design of tasks has one row for each product, with the task, its place and its attributes.")
        )
    found: dict[int, list[tuple[int, dict[str, str]]]] = {}
    for at, row in enumerate(rows, 1):
        task = found.setdefault(whole(row[number], at), [])
        task.append((whole(row[place], at) if place else len(task) + 1, {name: row[name] for name in attributes}))
    return {
        task: [one for _place, one in sorted(shown, key=lambda pair: pair[0])] for task, shown in sorted(found.items())
    }


def column(names: Sequence[str], wanted: Sequence[str]) -> str:
    return next((name for word in wanted for name in names if folded(name) == folded(word)), "")


def whole(text: str, row: int) -> int:
    try:
        return int(float(text))
    except ValueError:
        raise BadDesign(_("Row %(row)s of the design has no number where one is needed.") % {"row": row}) from None


def levels(design: Mapping[int, Sequence[Mapping[str, str]]]) -> dict[str, list[str]]:
    """The levels of each attribute, numbers in their order."""
    found: dict[str, dict[str, None]] = {}
    for task in design.values():
        for product in task:
            for name, level in product.items():
                found.setdefault(name, {})[level] = None
    return {name: sorted(values, key=in_order) for name, values in found.items()}


def in_order(level: str) -> tuple[int, float, str]:
    try:
        return (0, float(level), level)
    except ValueError:
        return (1, 0.0, level)
