"""What the pages of analysis share: the selection in their address, its chips, and what it can be narrowed by."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest

from pilothouse.people.access import Actor
from pilothouse.surveys.analysis.fields import Fields, fields_of
from pilothouse.surveys.analysis.frame import Frame
from pilothouse.surveys.analysis.naming import field_name, value_name
from pilothouse.surveys.analysis.picking import Selection, is_filter, selection_in
from pilothouse.surveys.analysis.summary import switched
from pilothouse.surveys.analysis.weighting import Weights, read
from pilothouse.surveys.building.pages import head
from pilothouse.surveys.models import Survey

FEWEST_FOR_GUESTS = 5


def page_of(
    request: HttpRequest, actor: Actor, survey: Survey, tab: str, path: str
) -> tuple[Frame, Selection, dict[str, Any]]:
    """The responses that are asked for, and the context of the bar above them."""
    selection = selection_in(request.GET)
    frame, weights = read(survey, selection)
    context = {**head(actor, survey, tab), **bar(frame, selection, survey.url + path, weights)}
    if not actor.may("inspect"):
        refuse_singling_out(frame, selection)
        context["fields"] = without_hidden(context["fields"])
    return frame, selection, context


def refuse_singling_out(frame: Frame, selection: Selection) -> None:
    """Guests see what many said together: hidden fields may name a person, and so may a filter that few pass."""
    named = any(is_hidden(name) for name in (*selection.grouped, selection.by))
    if named or (selection.pairs and frame.n < FEWEST_FOR_GUESTS):
        raise Http404


def is_hidden(name: str) -> bool:
    return name.startswith("h.")


def without_hidden(fields: Fields) -> Fields:
    filters, groups = (
        [one for one in listed if not is_hidden(one[0])] for listed in (fields.filters, fields.groups)
    )  # fmt: skip
    return replace(fields, filters=filters, groups=groups)


def bar(frame: Frame, selection: Selection, here: str, weights: Weights | None) -> dict[str, Any]:
    return {
        "frame": frame,
        "selection": selection,
        "here": here,
        "weights": weights,
        "chips": chips(frame, selection, here),
        "fields": fields_of(frame),
        "by_name": field_name(frame, selection.by) if selection.by else "",
        "unsplit_url": selection.url(here, by=""),
        "switch_url": switched(selection, here),
        "clear_url": Selection(flagged=selection.flagged, by=selection.by).url(here),
    }


def chips(frame: Frame, selection: Selection, here: str) -> list[dict[str, str]]:
    return [
        {
            "field": field_name(frame, name),
            "value": value_name(frame, name, value),
            "remove": selection.url(here, without=(name, value)),
        }
        for name, value in selection.pairs
    ]


def grouping(fields: Fields, wanted: str) -> str:
    """A name that makes groups, or nothing."""
    return wanted if is_filter(wanted) and wanted in dict(fields.groups) else ""
