"""A canvas that is duplicated takes its layout, columns, notes and their newest numbers along; dots, comments and
evidence stay where they were given, and so does what others write for themselves just now."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from pilothouse.canvases.actions import NOTE, canvas_for, seen_on
from pilothouse.canvases.figures import figures_of
from pilothouse.canvases.models import Figure
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.changes import apply_each


def copied(actor: Actor, item: Item, made: Item, *, marked: bool = False) -> None:
    """`marked` copies know which note each comes from."""
    first, copy = canvas_for(item), canvas_for(made)
    copy.own, copy.stages = first.own, first.stages
    copy.save(update_fields=["own", "stages"])
    notes = list(seen_on(actor, first))
    if not notes:
        return
    batch = Event.objects.filter(item=made, verb="created").values_list("batch", flat=True)[0]
    rows = [{"title": note.title, "body": note.body, "parent": made, **kept(note)} for note in notes]
    if marked:
        rows = [{**row, "as_is": note.number} for row, note in zip(rows, notes, strict=True)]
    copies = actions.create_many(actor, made.product, NOTE, rows, batch=batch)
    hang(actor, notes, copies, batch)
    copy_figures(notes, copies)


def kept(note: Item) -> dict[str, object]:
    return {name: note.fields[name] for name in ("cell", "colour", "as_is") if note.fields.get(name)}


def hang(actor: Actor, notes: Sequence[Item], copies: Sequence[Item], batch: uuid.UUID) -> None:
    """The copies hang under copies."""
    numbers = {note.number: copy.number for note, copy in zip(notes, copies, strict=True)}
    pairs = [
        (copy, {"under": numbers[note.fields["under"]]})
        for note, copy in zip(notes, copies, strict=True)
        if note.fields.get("under") in numbers
    ]
    apply_each(actor, pairs, batch=batch)


def copy_figures(notes: Sequence[Item], copies: Sequence[Item]) -> None:
    found = figures_of([note.pk for note in notes])
    Figure.objects.bulk_create(
        Figure(
            note=copy, measure=slug, value=rows[0].value, low=rows[0].low, high=rows[0].high, n=rows[0].n,
            source=rows[0].source, said_on=rows[0].said_on, by=rows[0].by,
        )
        for note, copy in zip(notes, copies, strict=True)
        for slug, rows in found.get(note.pk, {}).items()
    )  # fmt: skip
