"""What events tell a reader: they name other items by number, and those that the reader may not see by none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilothouse.api.schemas import event_out
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.showing.words import ends, ids

NAMING = ("link", "kept", "other", "parent")


def events_out(actor: Actor, events: Sequence[Event]) -> list[dict[str, Any]]:
    """In one query more, however many there are."""
    named = {pk for entry in events for pk in ends(entry) | ids(entry.changes.get("parent"))}
    rows = Item.objects.visible_to(actor).filter(pk__in=named)
    shown = set(rows.values_list("pk", flat=True)) if named else set()
    return [{**event_out(entry), "changes": told(entry.changes, named - shown)} for entry in events]


def told(changes: dict[str, Any], hidden: set[int]) -> dict[str, Any]:
    """The changes without the numbers of hidden items."""
    if not hidden:
        return changes
    return {name: kept_back(value, hidden) if name in NAMING else value for name, value in changes.items()}


def kept_back(value: Any, hidden: set[int]) -> Any:
    if isinstance(value, dict):
        return {name: kept_back(part, hidden) for name, part in value.items()}
    if isinstance(value, list):
        return [kept_back(part, hidden) for part in value]
    return None if isinstance(value, int) and value in hidden else value
