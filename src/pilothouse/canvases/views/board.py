"""The page of a canvas, and what changed on it since somebody looked last."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pilothouse.canvases import live
from pilothouse.canvases.board import board_of
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.readings import reading_of
from pilothouse.canvases.together import dots_put, ends_at, is_private, phase_of, phases_of, votes_open
from pilothouse.canvases.views.common import canvas_of, fragments, note_context, switch
from pilothouse.kinds import KINDS
from pilothouse.kinds.canvas import COLOURS
from pilothouse.kinds.layouts import Phase
from pilothouse.people.access import Actor
from pilothouse.workbench.pages import is_fragment, page, say, show
from pilothouse.workbench.views.common import Errors, Ref
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing.cleaning import Invalid

PARTS = {
    "board": "canvases/board.html",
    "reading": "canvases/reading.html",
    "together": "canvases/together.html",
}
LIFTS = ("requirement", "task", "insight", "need", "decision")


@require_safe
@page
def board(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """The page, or a part of it for the script that keeps it fresh."""
    canvas = canvas_of(request, actor, ref)
    template = PARTS.get(request.GET.get("part", ""), "") if is_fragment(request) else ""
    return show(request, template or "canvases/canvas.html", context(actor, canvas))


def context(actor: Actor, canvas: Canvas) -> dict[str, Any]:
    since = live.cursor(canvas)
    found = board_of(actor, canvas, short=True)
    return {
        **shared(actor, canvas.item), **note_context(actor, canvas), **together(canvas, found.dots),
        **switch(actor, canvas), "board": found, "typed": {},
        "since": since, "colours": COLOURS, "lifts": [KINDS[slug] for slug in LIFTS],
        "reading": reading_of(canvas.layout_now, found.notes, actor.user.language),
    }  # fmt: skip


def together(canvas: Canvas, dots: int) -> dict[str, Any]:
    return {
        "phases": phases_of(canvas), "phase": phase_of(canvas), "private": is_private(canvas), "dots": dots,
        "ends": ends_at(canvas), "now": timezone.now(), "next_phase": after(canvas),
    }  # fmt: skip


def after(canvas: Canvas) -> Phase | None:
    """The phase that follows the one that runs; none after the last."""
    phases, running = list(phases_of(canvas)), phase_of(canvas)
    return phases[phases.index(running) + 1] if running and running is not phases[-1] else None


@require_safe
@page
def changes(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """What happened since event `since`: notes as fragments, the numbers of those that went, and all dots."""
    canvas = canvas_of(request, actor, ref)
    text = request.GET.get("since", "")
    news = live.news(actor, canvas, int(text) if text.isdecimal() and len(text) < 18 else 0)
    return JsonResponse({
        "since": news.since, "count": news.count, "hidden": news.hidden, "again": news.again,
        "notes": fragments(request, actor, canvas, news.notes) if news.notes else [], "gone": news.gone,
        "votes": live.votes(actor, canvas), "voting": votes_open(canvas), "dots": dots_put(actor, canvas),
        "ends": canvas.options.get("ends", ""), "now": timezone.now().isoformat(),
    })  # fmt: skip


def refuse(request: HttpRequest, actor: Actor, canvas: Canvas, invalid: Invalid) -> HttpResponse:
    """What is wrong, in a sentence; a plain form gets the page again, with what was typed still in it."""
    if is_fragment(request):
        return say(next(iter(invalid.errors.values())), 422)
    there = {**context(actor, canvas), "errors": Errors(invalid.errors), "typed": request.POST.dict()}
    return show(request, "canvases/canvas.html", there, status=422)
