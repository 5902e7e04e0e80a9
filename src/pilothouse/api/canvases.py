"""Canvases: made by their layout, their notes by cell, moves, dots and numbers. A note is an item like any other."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Header, Path, Router, Schema

from pilothouse.api.auth import caller
from pilothouse.api.idempotency import once
from pilothouse.api.items import find
from pilothouse.canvases import actions, together
from pilothouse.canvases.board import board_of
from pilothouse.canvases.comparison import compared
from pilothouse.canvases.export.content import content_of
from pilothouse.canvases.export.files import FILES, file_response
from pilothouse.canvases.figures import set_figure
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.note import Note
from pilothouse.canvases.pairs import draw_to_be, pair_of
from pilothouse.canvases.texts import joined
from pilothouse.kinds.layouts import LAYOUTS, Layout
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item

router = Router()


class CanvasIn(Schema):
    layout: str = Field(description="A slug of /layouts")
    title: str


class NotesIn(Schema):
    cell: str = Field(description='A cell, such as "strengths"; in lanes with its column, such as "pains.buy"')
    texts: list[str] = Field(max_length=actions.MOST_AT_ONCE)
    under: int | None = Field(None, description="The number of the note that they hang under")
    colour: str = ""


class PlaceIn(Schema):
    cell: str = Field("", description="Empty with `under`: where the note above lies, or the level below it")
    under: int | None = None
    after: int | None = Field(None, description="The number of the note before it")
    before: int | None = None


class PhaseIn(Schema):
    phase: str = Field(description='Such as "write", "discuss", "vote" or "decide"; empty ends them')


class FigureIn(Schema):
    value: float | None = Field(description="Null takes the last number back")
    low: float | None = None
    high: float | None = None
    n: int | None = None
    source: str = ""
    said_on: str = ""


@router.get("/layouts", response=list[dict], summary="The layouts of canvases")
def layouts(request: HttpRequest) -> list[dict[str, Any]]:
    caller(request)
    return [layout_told(layout) for layout in LAYOUTS.values()]


def layout_told(layout: Layout) -> dict[str, Any]:
    return {
        "slug": layout.slug, "name": str(layout.name), "shape": layout.shape, "asks": str(layout.asks),
        "cells": [{"slug": cell.slug, "name": str(cell.name), "asks": str(cell.asks)} for cell in layout.cells],
        "columns": [{"slug": stage.slug, "name": str(stage.name)} for stage in layout.stages],
        "measures": [{"slug": one.slug, "name": str(one.name), "minimum": one.minimum, "maximum": one.maximum,
                      "cells": list(one.cells)} for one in layout.measures],
    }  # fmt: skip


@router.post("/products/{key}/canvases", response={201: dict}, summary="Make a canvas")
def make(request: HttpRequest, key: str, payload: CanvasIn, idempotency_key: str | None = Header(None)) -> Any:
    actor = caller(request)
    product = actor.product(key, "write")

    def act() -> tuple[int, Any]:
        return 201, told(actor, actions.create_canvas(actor, product, payload.layout, {"title": payload.title}))

    return once(request, act)


def canvas_of(actor: Actor, ref: str, verb: str = "read") -> Canvas:
    item = find(actor, ref, verb)
    if item.kind != actions.KIND or item.trashed_at:
        raise Http404
    return actions.canvas_for(item)


def note_of(actor: Actor, canvas: Canvas, number: int | None) -> Item | None:
    """A note that the caller sees on the canvas now; None for none, else 404."""
    if number is None:
        return None
    return actions.note_on(actor, canvas, number, "write")


@router.get("/items/{ref}/canvas", response=dict, summary="A canvas with its notes by cell")
def canvas(request: HttpRequest, ref: str) -> dict[str, Any]:
    actor = caller(request)
    return told(actor, canvas_of(actor, ref))


def told(actor: Actor, row: Canvas) -> dict[str, Any]:
    """`hidden` is how many notes others have written that are not shown yet. A note's `votes` are null while people
    vote; cells hold their notes in their order, and "" those without a place."""
    board, phase = board_of(actor, row), together.phase_of(row)
    cells: dict[str, list[dict[str, Any]]] = {place: [] for place in row.places()}
    for note in board.notes:
        place = str(note.item.fields.get("cell") or "")
        cells.setdefault(place if place in cells else "", []).append(note_told(note))
    return {
        "ref": row.item.ref, "title": row.item.title, "layout": row.layout, "shape": row.declared.shape,
        "phase": phase.slug if phase else None, "ends": row.options.get("ends") or None, "hidden": board.hidden,
        "columns": [{"slug": stage.slug, "name": str(stage.name)} for stage in row.columns], "cells": cells,
    }  # fmt: skip


def note_told(note: Note) -> dict[str, Any]:
    return {
        "ref": note.item.ref, "number": note.number, "text": joined(note.title, note.item.body), "under": note.under,
        "colour": note.colour or None, "evidence": note.evidence, "opinion": note.opinion, "stale": note.stale,
        "votes": note.votes, "mine": note.mine,
        "figures": {
            slug: {"value": one.value, "low": one.low, "high": one.high, "n": one.n, "source": one.source,
                   "said_on": one.said_on}
            for slug, one in note.figures.items()
        },
    }  # fmt: skip


@router.post("/items/{ref}/canvas/to-be", response={201: dict}, summary="Draw how it is to be, as a copy")
def to_be(request: HttpRequest, ref: str, idempotency_key: str | None = Header(None)) -> Any:
    """For layouts that are drawn twice: journey_map and service_blueprint."""
    actor = caller(request)
    row = canvas_of(actor, ref, "write")
    return once(request, lambda: (201, told(actor, draw_to_be(actor, row)[0])))


@router.get("/items/{ref}/canvas/comparison", response=dict, summary="As it is beside how it is to be")
def comparison(request: HttpRequest, ref: str) -> dict[str, Any]:
    """`notes` are those of the to-be map and those of the as-is map that are gone; `mark` is new, changed, moved, gone
    or same, `was` what an as-is note said."""
    actor = caller(request)
    row = canvas_of(actor, ref)
    as_is, future = pair_of(actor, row) if row.declared.paired else (None, None)
    if as_is is None or future is None:
        raise Http404
    found = compared(actor, as_is, future)
    notes = [{"ref": one.note.item.ref, "text": one.note.title, "cell": str(one.note.item.fields.get("cell") or ""),
              "mark": one.mark, "was": one.was or None} for one in found.changes]  # fmt: skip
    return {"as_is": as_is.item.ref, "to_be": future.item.ref, "counts": dict(found.counts), "notes": notes}


@router.get("/items/{ref}/canvas/export.{file}", response={200: str}, summary="A canvas as a file")
def export(request: HttpRequest, ref: str, file: str = Path(description="svg, png, pdf, pptx or md")) -> HttpResponse:
    """The words are in the language of the token's person."""
    actor = caller(request)
    row = canvas_of(actor, ref)
    if file not in FILES:
        raise Http404
    return file_response(content_of(actor, row), file)


@router.post("/items/{ref}/canvas/notes", response={201: dict}, summary="Put notes into a cell")
def add(request: HttpRequest, ref: str, payload: NotesIn, idempotency_key: str | None = Header(None)) -> Any:
    actor = caller(request)
    row = canvas_of(actor, ref, "write")
    under = note_of(actor, row, payload.under)

    def act() -> tuple[int, Any]:
        notes = actions.add_notes(actor, row, payload.cell, payload.texts, under=under, colour=payload.colour)
        return 201, {"notes": [note.ref for note in notes]}

    return once(request, act)


@router.put("/items/{ref}/canvas/notes/{int:number}/place", response=dict, summary="Move a note")
def place(request: HttpRequest, ref: str, number: int, payload: PlaceIn) -> dict[str, Any]:
    actor = caller(request)
    row = canvas_of(actor, ref, "write")
    near = {name: note_of(actor, row, getattr(payload, name)) for name in ("under", "after", "before")}
    note = note_of(actor, row, number)
    actions.move_note(actor, row, note, payload.cell, **near)  # type: ignore[arg-type]
    return told(actor, row)


@router.put("/items/{ref}/canvas/phase", response=dict, summary="Begin a phase of working together, or end them")
def phase(request: HttpRequest, ref: str, payload: PhaseIn) -> dict[str, Any]:
    actor = caller(request)
    row = canvas_of(actor, ref, "write")
    together.set_phase(actor, row, payload.phase)
    return told(actor, row)


@router.post("/items/{ref}/canvas/notes/{int:number}/vote", response=dict, summary="Put one's dot, or take it away")
def vote(request: HttpRequest, ref: str, number: int) -> dict[str, Any]:
    actor = caller(request)
    row = canvas_of(actor, ref, "write")
    note = note_of(actor, row, number)
    return {"mine": together.vote(actor, row, note), "put": together.dots_put(actor, row)}  # type: ignore[arg-type]


@router.put("/items/{ref}/canvas/notes/{int:number}/figures/{measure}", response=dict, summary="Give a note a number")
def figure(request: HttpRequest, ref: str, number: int, measure: str, payload: FigureIn) -> dict[str, Any]:
    actor = caller(request)
    row = canvas_of(actor, ref, "write")
    note = note_of(actor, row, number)
    given = {name: "" if value is None else value for name, value in payload.dict().items()}
    set_figure(actor, row, note, measure, given)  # type: ignore[arg-type]
    return told(actor, row)
