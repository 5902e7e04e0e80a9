"""Weights: known shares of up to six questions, and what they cost in precision."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pilothouse.people.access import Actor
from pilothouse.surveys.analysis import figures
from pilothouse.surveys.analysis.frame import Frame, frame_of
from pilothouse.surveys.analysis.naming import asked_of, option_name
from pilothouse.surveys.analysis.weighting import CAP, weigh, weights_of
from pilothouse.surveys.building.pages import head, survey_of
from pilothouse.surveys.models import Survey
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.views.common import Errors, Ref, undo_url
from pilothouse.workbench.writing.cleaning import Invalid


@page
def weights(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    survey = survey_of(request, actor, ref, "read" if request.method == "GET" else "write")
    frame = frame_of(survey)
    if request.method != "POST":
        return form(request, actor, survey, frame)
    try:
        margins = {} if "off" in request.POST else typed(request, frame)
        event = weigh(actor, survey, margins, decimal(request.POST.get("cap", ""), "cap") or CAP)
    except Invalid as invalid:
        return form(request, actor, survey, frame, invalid.errors)
    text = _("Answers are weighted.") if margins else _("Answers count alike.")
    return go(request, f"{survey.url}/weights", text, undo=undo_url(actor, event.batch if event else None))


def form(
    request: HttpRequest, actor: Actor, survey: Survey, frame: Frame, errors: dict[str, Any] | None = None
) -> HttpResponse:
    kept = survey.analysis.get("weighting") or {}
    context = {
        **head(actor, survey, "results"),
        "margins": rows(frame, kept.get("margins", {}), request),
        "cap": kept.get("cap", CAP),
        "weights": weights_of(frame),
        "errors": Errors({name: str(text) for name, text in (errors or {}).items()}),
        "n": frame.n,
        "weighted": bool(kept),
    }
    return show(request, "surveys/analysis/weights.html", context, status=422 if errors else 200)


def rows(frame: Frame, kept: dict[str, Any], request: HttpRequest) -> list[dict[str, Any]]:
    """Every single choice with what was answered, what is kept, and what was just typed."""
    found = []
    for (id, key), asked in frame.book.by_key.items():
        if asked.column.measure != "nominal" or key or asked.question.type not in ("single", "picture"):
            continue
        name = f"q.{id}"
        shares = figures.shares(frame.column(id), list(asked.column.codes), frame.weights)
        options = [
            {
                "code": one.code,
                "label": option_name(asked, one.code),
                "share": one.share,
                "count": one.count,
                "value": request.POST.get(
                    f"{name}={one.code}", f"{kept[name].get(one.code, 0):g}" if name in kept else ""
                ),
            }
            for one in shares
        ]
        found.append({"name": name, "title": asked_of(asked.question), "options": options, "open": name in kept})
    return found


def typed(request: HttpRequest, frame: Frame) -> dict[str, dict[str, float]]:
    """Margins by question, of those where anything was typed."""
    found: dict[str, dict[str, float]] = {}
    for row in rows(frame, {}, request):
        given = {one["code"]: one["value"].strip() for one in row["options"]}
        if any(given.values()):
            found[row["name"]] = {code: decimal(text, row["name"]) or 0.0 for code, text in given.items() if text}
    return found


def decimal(text: str, name: str) -> float | None:
    try:
        value = float(text.replace("%", "").replace("，", ".").strip()) if text.strip() else None
    except ValueError:
        raise Invalid({name: _("A number is needed here, like 12 or 12.5.")}) from None
    if value is not None and not 0 <= value <= 1e6:
        raise Invalid({name: _("A number is needed here, like 12 or 12.5.")})
    return value
