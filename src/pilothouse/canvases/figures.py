"""The numbers that notes carry: each with its range, its n, where it comes from and of when it is."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pilothouse.canvases.models import Canvas, Figure
from pilothouse.kinds import FieldError
from pilothouse.kinds.declare import Field
from pilothouse.kinds.layouts import Measure
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.writing.changes import event
from pilothouse.workbench.writing.cleaning import Invalid, refuse_unstorable

History = dict[str, list[Figure]]


def figures_of(note_ids: Sequence[int]) -> dict[int, History]:
    """All figures of notes by note and measure, the newest first; one query."""
    found: dict[int, History] = defaultdict(lambda: defaultdict(list))
    for figure in Figure.objects.filter(note__in=note_ids).order_by("-pk"):
        found[figure.note_id][figure.measure].append(figure)
    return found


@transaction.atomic
def set_figure(actor: Actor, canvas: Canvas, note: Item, measure: str, given: Mapping[str, Any]) -> Figure | None:
    """A note's new number; an empty one takes the last back. None when nothing differed. Raises Invalid."""
    actor.require("write", canvas.item.product)
    declared = next((one for one in canvas.declared.measures if one.slug == measure), None)
    cell = str(note.fields.get("cell") or "").partition(".")[0]
    if declared is None or (declared.cells and cell not in declared.cells):
        raise Invalid({"measure": _("Notes here carry no such number.")})
    values = cleaned(declared, given)
    last = Figure.objects.filter(note=note, measure=measure).order_by("-pk").first()
    if last is None and values["value"] is None:
        return None
    if last and all(getattr(last, name) == value for name, value in values.items()):
        return None
    made = Figure.objects.create(note=note, measure=measure, by=actor.user, **values)
    pair = [last.value if last else None, made.value]
    event(actor, note, "measured", {"measure": measure, "value": pair}, uuid.uuid4()).save()
    return made


def cleaned(measure: Measure, given: Mapping[str, Any]) -> dict[str, Any]:
    scale = Field(slug="value", name="", type="number", minimum=measure.minimum, maximum=measure.maximum)
    values: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for name in ("value", "low", "high"):
        values[name] = tried(errors, name, scale, given.get(name))
    values["n"] = tried(errors, "n", Field(slug="n", name="", type="number", minimum=1, maximum=10**9), given.get("n"))
    said = tried(errors, "said_on", Field(slug="said_on", name="", type="date"), given.get("said_on"))
    values["said_on"] = date.fromisoformat(said) if said else None
    source = str(given.get("source") or "").strip()
    try:
        refuse_unstorable(source)
    except FieldError as error:
        errors["source"] = error
    values["source"] = source[:500]
    if not errors:
        refuse_disorder(values, errors)
    if errors:
        raise Invalid(errors)
    values["n"] = None if values["n"] is None else int(values["n"])
    return values


def tried(errors: dict[str, Any], name: str, field: Field, raw: Any) -> Any:
    try:
        return field.clean(raw)
    except FieldError as error:
        errors[name] = error
        return None


def refuse_disorder(values: Mapping[str, Any], errors: dict[str, Any]) -> None:
    value, low, high = values["value"], values["low"], values["high"]
    if value is None:
        if low is not None or high is not None:
            errors["value"] = _("A range needs the number that it lies round.")
    elif (low is not None and low > value) or (high is not None and high < value):
        errors["low"] = _("The range must hold the number: lowest, number, highest.")


def undo_measured(entry: Event) -> bool:
    """Only the newest figure goes, and only while it is still what the event gave."""
    rows = Figure.objects.filter(note=entry.item, measure=entry.changes["measure"]).order_by("-pk")
    newest = rows.first()
    if newest is None or newest.value != entry.changes["value"][1]:
        return False
    newest.delete()
    return True
