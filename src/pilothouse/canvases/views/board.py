"""The page of a canvas."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from pilothouse.canvases.board import board_of
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.views.common import canvas_of
from pilothouse.people.access import Actor
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.views.common import Ref
from pilothouse.workbench.views.item import shared


@require_http_methods(["GET"])
@page
def board(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    canvas = canvas_of(request, actor, ref)
    return show(request, "canvases/canvas.html", context(actor, canvas))


def context(actor: Actor, canvas: Canvas) -> dict[str, Any]:
    return {**shared(actor, canvas.item), "canvas": canvas, "layout": canvas.declared, "board": board_of(actor, canvas)}
