"""A canvas as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilothouse.canvases.export.content import content_of
from pilothouse.canvases.export.files import FILES, file_response
from pilothouse.canvases.views.common import canvas_of
from pilothouse.people.access import Actor
from pilothouse.workbench.pages import page
from pilothouse.workbench.views.common import Ref


@require_safe
@page
def export(request: HttpRequest, actor: Actor, ref: Ref, file: str) -> HttpResponse:
    canvas = canvas_of(request, actor, ref)
    if file not in FILES:
        raise Http404
    return file_response(content_of(actor, canvas), file)
