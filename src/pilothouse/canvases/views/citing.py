"""What a note stands on: evidence found by words or number, and notes of another canvas that its cell cites."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pilothouse.canvases.actions import KIND, NOTE, seen_on
from pilothouse.canvases.board import EVIDENCE
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.views.board import refuse
from pilothouse.canvases.views.common import answer, canvas_of, seen_note
from pilothouse.kinds.layouts import Cell
from pilothouse.people.access import Actor
from pilothouse.workbench import search
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.pages import is_fragment, page, show
from pilothouse.workbench.products import with_products
from pilothouse.workbench.views.common import Errors, Ref, chosen, other_of
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid

MOST_CANVASES, MOST_FOUND = 20, 8


@require_http_methods(["GET", "POST"])
@page
def evidence(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    """GET: what supports the note, or with `target` what is found. POST: `target` supports it, and so do `ids`."""
    write = request.method == "POST"
    canvas = canvas_of(request, actor, ref, "write" if write else "read")
    note = seen_note(actor, canvas, number, "write" if write else "read")
    if "target" in request.GET:
        found = found_by(actor, note, request.GET["target"])
        return show(request, "items/item_link_found.html", {"found": found})
    if not write:
        return shown(request, actor, canvas, note)
    batch = uuid.uuid4()
    try:
        sources = given(request, actor, canvas)
        for source in sources:
            actions.link(actor, source, EVIDENCE, note, batch=batch)
    except Invalid as invalid:
        return (
            shown(request, actor, canvas, note, invalid.errors)
            if not is_fragment(request)
            else refuse(request, actor, canvas, invalid)
        )
    n = len(sources)
    text = ngettext("%(n)s piece of evidence linked", "%(n)s pieces of evidence linked", n) % {"n": n}
    return answer(request, actor, canvas, [note], text, batch)


def found_by(actor: Actor, note: Item, words: str) -> list[Item]:
    """By number any item; by words what people said, found out or measured, not what lies on canvases."""
    if len(words.strip()) < 2:
        return []
    try:
        return [other_of(actor, note.product, words)]
    except Invalid:
        rows = Item.objects.visible_to(actor).live().exclude(kind__in=(KIND, NOTE))
        found = search.best(rows, search.Asked(words, actor.product_ids), MOST_FOUND)
        return with_products(actor, [hit.item for hit in found])


def given(request: HttpRequest, actor: Actor, canvas: Canvas) -> list[Item]:
    product = canvas.item.product
    targets = [text for text in request.POST.getlist("target") if text.strip()]
    found = [other_of(actor, product, targets[-1].split(" ")[0])] if targets else []
    found += chosen(actor, product, request.POST.getlist("ids")) if request.POST.getlist("ids") else []
    if not found:
        raise Invalid({"target": _("Choose what supports this note.")})
    return found


def shown(
    request: HttpRequest, actor: Actor, canvas: Canvas, note: Item, errors: dict[str, str] | None = None
) -> HttpResponse:
    cell = canvas.declared.cell_by_slug.get(str(note.fields.get("cell") or "").partition(".")[0])
    context = {
        **shared(actor, canvas.item), "canvas": canvas, "note": note, "cell": cell, "errors": Errors(errors or {}),
        "backing": backing(actor, note), "cited": citable(actor, canvas, cell, request.GET.get("canvas", "")),
    }  # fmt: skip
    template = "canvases/evidence_body.html" if is_fragment(request) else "canvases/evidence.html"
    return show(request, template, context, status=422 if errors else 200)


def backing(actor: Actor, note: Item) -> list[Item]:
    rows = Item.objects.live().visible_to(actor).filter(links_out__target=note, links_out__relation=EVIDENCE)
    return with_products(actor, list(rows.order_by("-pk")[:200]))


def citable(actor: Actor, canvas: Canvas, cell: Cell | None, wanted: str) -> dict[str, Any] | None:
    """For a cell that cites others: the canvases that have those cells, and the notes there of the chosen one."""
    if cell is None or not cell.cites:
        return None
    sources = sources_of(actor, canvas, cell.cites)
    if not sources:
        return {"sources": [], "source": None, "cells": []}
    source = next((one for one in sources if str(one.item.number) == wanted), sources[0])
    notes = list(seen_on(actor, source))
    cells = [(source.declared.cell_by_slug[slug], [row for row in notes if row.fields.get("cell") == slug])
             for slug in cell.cites]  # fmt: skip
    return {"sources": sources, "source": source, "cells": cells}


def sources_of(actor: Actor, canvas: Canvas, cells: Sequence[str]) -> list[Canvas]:
    """The newest canvases of the product that have all these cells; this one itself last."""
    layout = canvas.declared.cites
    rows = Item.objects.live().visible_to(actor).filter(product=canvas.item.product, kind=KIND)
    rows = rows.filter(fields__layout=layout) if layout else rows
    items = list(rows.order_by("-pk")[:MOST_CANVASES])
    kept = {one.item_id: one for one in Canvas.objects.filter(item__in=items)}
    for item in items:
        item.product = canvas.item.product
        kept.setdefault(item.pk, Canvas(item=item)).item = item
    return [one for one in (kept[item.pk] for item in items) if set(cells) <= set(one.declared.cell_by_slug)]


@require_POST
@page
def removal(request: HttpRequest, actor: Actor, ref: Ref, number: int, source: int) -> HttpResponse:
    """The item of number `source` does not support the note any more."""
    canvas = canvas_of(request, actor, ref, "write")
    note = seen_note(actor, canvas, number, "write")
    rows = Link.objects.filter(target=note, relation=EVIDENCE).select_related("source__product", "target__product")
    batch = uuid.uuid4()
    actions.unlink(actor, actor.find(rows, "write", source__pk=source), batch=batch)
    return answer(request, actor, canvas, [note], _("Link removed"), batch)
