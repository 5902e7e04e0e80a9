"""The whole thread of an item on one page, and what of it stays bounded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pilothouse.kinds import STATIONS
from pilothouse.people.access import Actor
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.thread.whole import whole_thread
from pilothouse.workbench.views.common import Ref, item_of
from pilothouse.workbench.views.item import shared


@page
@require_GET
def thread(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    item = item_of(request, actor, ref)
    opened = request.GET.get("open", "")
    found = whole_thread(actor, item, opened if opened in STATIONS else "")
    return show(request, "thread/thread.html", {**shared(actor, item), "thread": found})
