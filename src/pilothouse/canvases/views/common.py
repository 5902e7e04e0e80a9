"""What the views of a canvas share: how it and its notes are found, and how a change is answered."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from pilothouse.canvases.actions import KIND, canvas_for
from pilothouse.canvases.models import Canvas
from pilothouse.people.access import Actor
from pilothouse.workbench.views.common import Ref, item_of


def canvas_of(request: HttpRequest, actor: Actor, ref: Ref, verb: str = "read") -> Canvas:
    """The canvas an address names, else 404."""
    item = item_of(request, actor, ref, verb)
    if item.kind != KIND or item.trashed_at:
        raise Http404
    return canvas_for(item)


def typed(request: HttpRequest) -> dict[str, Any]:
    return request.POST.dict()
