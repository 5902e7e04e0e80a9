"""What the cells of a row become, in words, where that is not what stands in them: 1.2万 is 12,000, P0 is Urgent."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.exchange.taking.decide import Decision
from pilothouse.exchange.taking.plan import ColumnPlan
from pilothouse.kinds import Kind
from pilothouse.workbench.showing.words import field_value, listed

AS_THEY_ARE = ("title", "body", "external_id", "ref")
TAKEN = ("created", "updated", "unchanged")


def became(kind: Kind, column: ColumnPlan, cell: str, decision: Decision) -> str:
    """Empty where the cell says it itself. Empty cells change nothing, and texts stay as they are."""
    name, text = column.slug, cell.strip()
    if decision.outcome not in TAKEN or not text or name in AS_THEY_ARE or column.target == "new":
        return ""
    if decision.values.get(name) in (None, "", []):
        return _("left empty") if decision.outcome == "created" else ""
    words = in_words(kind, name, decision.values[name])
    return "" if bare(words) == bare(text) else words


def in_words(kind: Kind, name: str, value: Any) -> str:
    if name in kind.field_by_slug:
        return str(value) if kind.field_by_slug[name].type == "date" else field_value(kind, name, value)
    if name == "state":
        return next((str(state.name) for state in kind.states if state.slug == value), str(value))
    if isinstance(value, date):
        return value.isoformat()
    return listed(value) if isinstance(value, list) else str(getattr(value, "ref", value))


def bare(text: str) -> str:
    """Separators of thousands and of lists, and the time of a day, tell no cells apart."""
    day, _space, _time = text.partition(" ") if text[:4].isdecimal() and text[4:5] == "-" else (text, "", "")
    return "".join(sign for sign in day.casefold() if sign not in ", ，、;；|")
