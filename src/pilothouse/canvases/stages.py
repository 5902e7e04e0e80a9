"""The columns of lanes: each canvas has its own once somebody adds, renames, moves or takes one away."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from pilothouse.canvases.actions import notes_of
from pilothouse.canvases.definition import checked_stages
from pilothouse.canvases.models import Canvas, put_back
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event
from pilothouse.workbench.writing.changes import apply_each, event
from pilothouse.workbench.writing.cleaning import Invalid

Row = dict[str, str]


def rows_of(canvas: Canvas) -> list[Row]:
    return [{"slug": stage.slug, "name": str(stage.name)} for stage in canvas.columns]


def counts(canvas: Canvas) -> dict[str, int]:
    """How many notes lie in each column."""
    return dict(Counter(str(note.fields.get("cell") or "").partition(".")[2] for note in notes_of(canvas)))


@transaction.atomic
def add_stage(actor: Actor, canvas: Canvas, name: str, after: str = "") -> Event | None:
    """A new column behind the one named, else the last."""
    rows = fresh(actor, canvas)
    place = place_of(rows, after) + 1 if after else len(rows)
    return keep(actor, canvas, [*rows[:place], {"slug": unused(rows), "name": name}, *rows[place:]])


@transaction.atomic
def rename_stage(actor: Actor, canvas: Canvas, slug: str, name: str) -> Event | None:
    rows = fresh(actor, canvas)
    rows[place_of(rows, slug)]["name"] = name
    return keep(actor, canvas, rows)


@transaction.atomic
def move_stage(actor: Actor, canvas: Canvas, slug: str, by: int) -> Event | None:
    """Some columns to the right, or to the left where `by` is negative."""
    rows = fresh(actor, canvas)
    place = place_of(rows, slug)
    row = rows.pop(place)
    rows.insert(min(max(place + by, 0), len(rows)), row)
    return keep(actor, canvas, rows)


@transaction.atomic
def remove_stage(actor: Actor, canvas: Canvas, slug: str, to: str = "") -> Event | None:
    """Take a column away; its notes go to the column `to`. Raises Invalid where notes lie in it and none is named."""
    rows = fresh(actor, canvas)
    place = place_of(rows, slug)
    if to == slug or (to and to not in [row["slug"] for row in rows]):
        raise Invalid({"to": _("Choose another column for the notes.")})
    lying = [note for note in notes_of(canvas) if str(note.fields.get("cell") or "").partition(".")[2] == slug]
    if lying and not to:
        raise Invalid({"to": _("%(n)s notes lie in “%(name)s”: say where they go.")
                       % {"n": len(lying), "name": rows[place]["name"]}})  # fmt: skip
    batch = uuid.uuid4()
    for note in lying:
        note.product = canvas.item.product
    apply_each(
        actor, [(note, {"cell": f"{note.fields['cell'].partition('.')[0]}.{to}"}) for note in lying], batch=batch
    )
    return keep(actor, canvas, rows[:place] + rows[place + 1 :], batch)


def fresh(actor: Actor, canvas: Canvas) -> list[Row]:
    """Read the columns anew with the canvas locked, so that two people's changes follow one another. Raises Invalid for
    a canvas without columns."""
    actor.require("write", canvas.item.product)
    if canvas.declared.shape != "lanes":
        raise Invalid({"stages": _("This canvas has no columns.")})
    canvas.stages = Canvas.objects.select_for_update().get(pk=canvas.pk).stages
    canvas.__dict__.pop("columns", None)
    return rows_of(canvas)


def place_of(rows: Sequence[Row], slug: str) -> int:
    place = next((place for place, row in enumerate(rows) if row["slug"] == slug), None)
    if place is None:
        raise Invalid({"stages": _("This column is not there any more.")})
    return place


def unused(rows: Sequence[Row]) -> str:
    taken, n = {row["slug"] for row in rows}, len(rows) + 1
    while f"stage_{n}" in taken:
        n += 1
    return f"stage_{n}"


def keep(actor: Actor, canvas: Canvas, rows: list[Row], batch: uuid.UUID | None = None) -> Event | None:
    before, after = rows_of(canvas), checked_stages(rows)
    if before == after:
        return None
    canvas.stages = after
    canvas.__dict__.pop("columns", None)
    canvas.save(update_fields=["stages"])
    entry = event(actor, canvas.item, "restaged", {"stages": [before, after]}, batch or uuid.uuid4())
    entry.save()
    return entry


def undo_restaged(entry: Event) -> bool:
    """The columns as they were, while nobody has changed them since."""
    return put_back(entry, "stages") is not None
