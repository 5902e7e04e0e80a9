"""The verbs of canvases: a canvas is made, notes are put on it, rewritten, moved, gathered, counted and taken off.

Notes are items, so that each change is one of the workbench's, with its history and undo.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from pilothouse.canvases.models import Canvas, OwnLayout
from pilothouse.canvases.texts import parted
from pilothouse.kinds.canvas import OWN
from pilothouse.kinds.layouts import LAYOUTS
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Event, Item, ItemQuerySet
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.changes import apply_each
from pilothouse.workbench.writing.cleaning import Invalid

KIND, NOTE = "canvas", "note"
MOST_NOTES, MOST_AT_ONCE = 2_000, 200
DEEPEST = 50
SHOWN = 280  # characters of a long text


class Moved(Exception):
    """Somebody else has moved the note since it was seen; `event` is their move, where it is known."""

    def __init__(self, note: Item, event: Event | None) -> None:
        self.note, self.event = note, event
        super().__init__(f"{note.ref} lies elsewhere")


def canvas_for(item: Item) -> Canvas:
    """The item's canvas with the item on it; one made by quick add, import or the API begins without anything."""
    canvas = Canvas.objects.filter(item=item).first() or Canvas.objects.get_or_create(item=item)[0]
    canvas.item = item
    return canvas


@transaction.atomic
def create_canvas(
    actor: Actor, product: Product, layout: str, data: Mapping[str, Any], *, own: OwnLayout | None = None,
    batch: uuid.UUID | None = None,
) -> Canvas:  # fmt: skip
    """A new canvas of a declared layout, or of one of the product's own. Raises Invalid for an unknown layout."""
    if own is None and layout not in LAYOUTS:
        raise Invalid({"layout": _("There is no such layout.")})
    item = actions.create(actor, product, KIND, {**data, "layout": OWN if own else layout}, batch=batch)
    canvas = Canvas.objects.create(item=item, own={**own.definition, "name": own.name} if own else {})
    canvas.item = item
    return canvas


def notes_of(canvas: Canvas) -> ItemQuerySet:
    """The live notes of a canvas in their order, veiled ones included: what is shown goes through `seen_on`."""
    rows = Item.objects.live().filter(product_id=canvas.item.product_id, kind=NOTE, parent_id=canvas.item_id)
    return rows.order_by("rank", "pk")


def seen_on(actor: Actor, canvas: Canvas) -> ItemQuerySet:
    """The live notes that the actor sees now: while people write alone, not what others write."""
    return notes_of(canvas).unveiled(actor)


def in_short(notes: Any) -> Any:
    """Notes without the most of their long texts: `excerpt` is the beginning that a slip shows."""
    return notes.defer("body").annotate(excerpt=Left("body", SHOWN))


def note_on(actor: Actor, canvas: Canvas, number: Any, verb: str = "read") -> Item:
    """The note of this number on this canvas, else 404."""
    note = actor.find(notes_of(canvas), verb, number=number)
    note.product = canvas.item.product
    note.parent = canvas.item
    return note


def refuse_place(canvas: Canvas, cell: str) -> None:
    if cell not in canvas.places():
        names = ", ".join(str(one.name) for one in canvas.declared.cells)
        text = _("There is no place “%(cell)s” on this canvas. Its places are: %(names)s.")
        raise Invalid({"cell": text % {"cell": str(cell)[:80], "names": names}})


def add_notes(
    actor: Actor, canvas: Canvas, cell: str, texts: Sequence[str], *, under: Item | None = None, colour: str = "",
    batch: uuid.UUID | None = None,
) -> list[Item]:  # fmt: skip
    """New notes at the end of a cell, one for each text. Raises Invalid, keeping none, where one cannot be kept."""
    refuse_place(canvas, cell)
    if not 1 <= len(texts) <= MOST_AT_ONCE:
        raise Invalid({"text": _("Between 1 and %(most)s notes can be added at once.") % {"most": MOST_AT_ONCE}})
    if notes_of(canvas).count() + len(texts) > MOST_NOTES:
        raise Invalid({"text": _("A canvas holds at most %(most)s notes.") % {"most": f"{MOST_NOTES:,}"}})
    refuse_level(canvas, cell, under)
    same = {"parent": canvas.item, "cell": cell, "under": under.number if under else None, "colour": colour or None}
    rows = [{**same, "title": title, "body": body} for title, body in map(parted, texts)]
    notes = actions.create_many(actor, canvas.item.product, NOTE, rows, batch=batch)
    for note in notes:
        note.product, note.parent = canvas.item.product, canvas.item
    return notes


def rewrite(actor: Actor, note: Item, text: str, version: int | None = None) -> Event | None:
    """Raises Conflict where somebody rewrote it since `version`."""
    title, body = parted(text)
    return actions.change(actor, note, {"title": title, "body": body}, version=version)


def place_of(note: Item) -> str:
    """Where a note lies, as the page says it back when it asks for a move."""
    return f"{note.fields.get('cell') or ''}~{note.fields.get('under') or ''}~{note.rank}"


@transaction.atomic
def move_note(
    actor: Actor, canvas: Canvas, note: Item, cell: str = "", *, under: Item | None = None, after: Item | None = None,
    before: Item | None = None, seen: str | None = None, batch: uuid.UUID | None = None,
) -> Event | None:  # fmt: skip
    """Put a note, and what hangs under it, into a cell, or under another where no cell is named. `seen` is the place
    where the person saw it: raises Moved where it lies elsewhere by now."""
    note = actions.locked(actor, note.pk)
    note.product, note.parent = canvas.item.product, canvas.item
    if seen is not None and seen != place_of(note):
        raise Moved(note, last_move(note))
    cell = cell or (landing(canvas, note, under) if under else "")
    refuse_place(canvas, cell)
    refuse_level(canvas, cell, under)
    branch = below(canvas, note)
    if under and (under.pk == note.pk or under in branch):
        raise Invalid({"under": _("A note cannot hang under itself.")})
    batch = batch or uuid.uuid4()
    where: dict[str, Any] = {"cell": cell, "under": under.number if under else None}
    if after or before:
        where["rank"] = rank_between(after, before)
    event = actions.change(actor, note, where, batch=batch)
    apply_each(actor, [(one, {"cell": carried(canvas, one, cell)}) for one in branch], batch=batch)
    return event


def landing(canvas: Canvas, note: Item, under: Item) -> str:
    """The cell of a note that is hung under another: the same, or in a tree the level below unless its own is."""
    above, levels = str(under.fields.get("cell") or ""), canvas.places()
    if canvas.declared.shape != "tree" or above not in levels:
        return above
    own, at = str(note.fields.get("cell") or ""), levels.index(above)
    return own if own in levels and levels.index(own) >= at else levels[min(at + 1, len(levels) - 1)]


def last_move(note: Item) -> Event | None:
    events = Event.objects.filter(item=note, verb__in=("changed", "undone")).select_related("actor").order_by("-pk")
    return next((event for event in events[:20] if {"cell", "under", "rank"} & set(event.changes)), None)


def rank_between(after: Item | None, before: Item | None) -> str:
    low, high = (after.rank if after else None), (before.rank if before else None)
    if low is not None and high is not None and low >= high:
        high = None
    return str(actions.generate_n_keys_between(low, high, 1)[0])


def below(canvas: Canvas, note: Item) -> list[Item]:
    """Everything that hangs under a note, however deep."""
    rows = list(notes_of(canvas).filter(fields__under__isnull=False))
    found, level = [], {note.number}
    for _depth in range(DEEPEST):
        hanging = [row for row in rows if row.fields.get("under") in level and row.pk != note.pk and row not in found]
        if not hanging:
            break
        found += hanging
        level = {row.number for row in hanging}
    for row in found:
        row.product = canvas.item.product
    return found


def carried(canvas: Canvas, note: Item, cell: str) -> str:
    """Where a note goes with the one it hangs under: to the same cell; in a tree it keeps its level while it can."""
    own = str(note.fields.get("cell") or "")
    if canvas.declared.shape != "tree":
        return cell
    levels = canvas.places()
    return own if own in levels and levels.index(own) >= levels.index(cell) else cell


def refuse_level(canvas: Canvas, cell: str, under: Item | None) -> None:
    """In a tree a note hangs under one of its own level or of one above."""
    if under is None or canvas.declared.shape != "tree":
        return
    levels, above = canvas.places(), str(under.fields.get("cell") or "")
    if above in levels and levels.index(above) > levels.index(cell):
        raise Invalid({"under": _("%(ref)s lies on a lower level, so nothing of this level hangs under it.")
                       % {"ref": under.ref}})  # fmt: skip


@transaction.atomic
def move_many(actor: Actor, canvas: Canvas, notes: Sequence[Item], cell: str, batch: uuid.UUID) -> None:
    """Put notes, and what hangs under them, into a cell; what is moved together stays together."""
    refuse_place(canvas, cell)
    numbers = {note.number for note in notes}
    heads = [note for note in notes if note.fields.get("under") not in numbers]
    rest = [note for note in notes if note not in heads]
    carried = [row for note in notes for row in below(canvas, note)]
    actions.change_many(actor, heads, {"cell": cell, "under": None}, batch=batch)
    actions.change_many(actor, list(dict.fromkeys([*rest, *carried])), {"cell": cell}, batch=batch)


@transaction.atomic
def gather(actor: Actor, canvas: Canvas, notes: Sequence[Item], name: str, batch: uuid.UUID | None = None) -> Item:
    """A cluster: a note with this name, and the others hanging under it, where the first of them lies."""
    if len(notes) < 2:
        raise Invalid({"notes": _("Choose at least two notes to gather.")})
    batch, cell = batch or uuid.uuid4(), str(notes[0].fields.get("cell") or "")
    cell = cell if cell in canvas.places() else canvas.places()[0]
    head = add_notes(actor, canvas, cell, [name], batch=batch)[0]
    move_many(actor, canvas, notes, cell, batch)
    numbers = {note.number for note in notes}
    heads = [note for note in notes if note.fields.get("under") not in numbers]
    actions.change_many(actor, heads, {"under": head.number}, batch=batch)
    return head
