"""What all pages of one survey share: how it is found, its head, and the tabs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.people.access import Actor
from pilothouse.surveys.instruments.ranking import ranks_items
from pilothouse.surveys.models import Response, Survey
from pilothouse.surveys.rows import KIND, survey_for
from pilothouse.workbench.views.common import Ref, item_of
from pilothouse.workbench.views.item import shared


def survey_of(request: HttpRequest, actor: Actor, ref: Ref, verb: str = "read") -> Survey:
    """The survey an address names, else 404; what lies in the trash can be read, not changed."""
    return survey_for(item_of(request, actor, ref, verb, kind=KIND))


def number(text: str) -> int:
    """A whole number as a form or an address sends it back; 0 for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def head(actor: Actor, survey: Survey, tab: str = "overview") -> dict[str, Any]:
    """The context of `surveys/survey.html`: every page of a survey extends it and names its tab."""
    finished = Response.objects.filter(survey=survey, status=Response.COMPLETE).count()
    here = shared(actor, survey.item)
    return {
        **here,
        "survey": survey,
        "product": survey.item.product,
        "tab": tab,
        "tabs": tabs(survey, tab, finished, writable=here["writable"], inspects=actor.may("inspect")),
        "finished": finished,
        "ahead": is_ahead(survey),
    }


def tabs(survey: Survey, tab: str, finished: int, *, writable: bool, inspects: bool) -> list[dict[str, Any]]:
    """(slug, name, where): who may not write sees no pages for writing, a guest no single answers."""
    build = [
        ("edit", pgettext("survey", "Build"), "/edit"),
        ("languages", _("Languages"), "/languages"),
        ("collect", pgettext("survey", "Collect"), "/collect"),
    ]
    read = [("results", _("Results"), "/results")]
    if inspects:
        read.append(("responses", _("Responses"), "/responses"))
    if ranks_items(survey):
        read.append(("priority", _("Priority"), "/priority"))
    shown = [("overview", _("Overview"), ""), *(build if writable else []), *read]
    counts = {"responses": finished}
    return [
        {"label": label, "url": survey.url + path, "current": slug == tab, "count": counts.get(slug)}
        for slug, label, path in shown
    ]


def is_ahead(survey: Survey) -> bool:
    """The draft says something else than what people answer."""
    return survey.live is None or survey.live.definition != survey.draft
