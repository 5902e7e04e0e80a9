"""Putting an item elsewhere on the timeline: its first and last day, in whichever fields its kind keeps them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from pilothouse.people.access import Actor
from pilothouse.planning.roadmap.rows import as_date
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid, clean

FIELDS = {"requirement": ("planned_from", "planned_to"), "release": ("start_on", "due_on")}


def current(item: Item) -> tuple[str, str]:
    """Both days as they stand in a form."""
    start, end = FIELDS[item.kind]
    if item.kind == "release":
        return (iso(item.start_on), iso(item.due_on))
    return (item.fields.get(start) or "", item.fields.get(end) or "")


def iso(day: Any) -> str:
    return day.isoformat() if day else ""


def put(actor: Actor, item: Item, starts: str, ends: str, version: int | None) -> Event | None:
    """Raises Invalid where the days are none or in the wrong order, Conflict where somebody moved them meanwhile."""
    data = dict(zip(FIELDS[item.kind], (starts, ends), strict=True))
    cleaned = clean(actor, item.product, item.declared, data)
    first, last = (as_date(iso_of(cleaned.get(name))) for name in data)
    if first and last and last < first:
        raise Invalid({"to": _("This ends before it begins.")})
    return actions.change(actor, item, data, version=version)


def iso_of(value: Any) -> str:
    return value if isinstance(value, str) else iso(value)
