"""Layouts of a product's own: begun from a canvas, changed cell by cell, removed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pilothouse.canvases import own as owns
from pilothouse.canvases.definition import SIDE
from pilothouse.canvases.miniature import miniature
from pilothouse.canvases.models import OwnLayout
from pilothouse.canvases.views.common import canvas_of
from pilothouse.kinds.layouts.declare import TONES
from pilothouse.people.access import Actor
from pilothouse.workbench.pages import go, page, product_of, show
from pilothouse.workbench.views.common import Errors, Ref
from pilothouse.workbench.writing.cleaning import Invalid

PARTS = ("slug", "name", "asks", "example", "tone", "limit", "left", "top", "width", "height")
SPARE = 2  # empty rows to fill in below the last cell


@require_POST
@page
def save(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Keep the layout of a canvas as one of the product's own, and open it to be changed."""
    canvas = canvas_of(request, actor, ref, "write")
    try:
        made = owns.save_as_own(actor, canvas)
    except Invalid as invalid:
        return go(request, canvas.url, next(iter(invalid.errors.values())))
    return go(request, address(made), _("Saved as a layout of your own: change it here."))


def address(own: OwnLayout) -> str:
    return f"{own.product.url}canvases/layouts/{own.pk}"


@require_http_methods(["GET", "POST"])
@page
def layout(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    product = product_of(request, actor, key, "write")
    own = actor.find(OwnLayout, "write", pk=pk, product=product)
    own.product = product
    if request.method == "GET":
        return shown(request, own, own.definition, {})
    given = typed(request, own)
    try:
        owns.change_own(actor, own, given)
    except Invalid as invalid:
        return shown(request, own, given, invalid.errors)
    return go(request, address(own), _("Saved"))


def typed(request: HttpRequest, own: OwnLayout) -> dict[str, Any]:
    """The document that a form describes: rows without any name are left out."""
    columns = {part: request.POST.getlist(f"cell-{part}") for part in PARTS}
    rows = [
        {part: values[n] if n < len(values) else "" for part, values in columns.items()}
        for n in range(len(columns["name"]))
    ]
    kept = {cell["slug"]: cell for cell in own.definition["cells"]}
    cells = [
        {**row, "area": [row[side] for side in ("left", "top", "width", "height")],
         "cites": kept.get(row["slug"], {}).get("cites", [])}
        for row in rows if row["name"].strip()
    ]  # fmt: skip
    stages = [
        {"slug": slug, "name": name}
        for slug, name in zip(request.POST.getlist("stage-slug"), request.POST.getlist("stage-name"), strict=False)
        if name.strip()
    ]
    return {
        "name": request.POST.get("name", ""), "asks": request.POST.get("asks", ""), "cells": cells,
        "stages": stages, "claims": "claims" in request.POST,
    }  # fmt: skip


def shown(request: HttpRequest, own: OwnLayout, document: dict[str, Any], errors: dict[str, str]) -> HttpResponse:
    empty = {**dict.fromkeys(PARTS, ""), "area": ["", "", "", ""]}
    context = {
        "product": own.product, "own": own, "document": {**own.definition, **document}, "errors": Errors(errors),
        "cells": [*document["cells"], *[empty] * SPARE], "tones": [tone for tone in TONES if tone != "brass"],
        "miniature": miniature(own.declared), "side": SIDE,
        "stages": [*document.get("stages", []), *[{"slug": "", "name": ""}] * SPARE],
    }  # fmt: skip
    return show(request, "canvases/layout.html", context, status=422 if errors else 200)


@require_POST
@page
def removal(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    product = actor.product(key, "write")
    own = actor.find(OwnLayout, "write", pk=pk, product=product)
    own.product = product
    owns.remove_own(actor, own)
    text = _("“%(name)s” is not offered any more; canvases made from it stay.") % {"name": own.name}
    return go(request, f"{product.url}canvases/new", text)
