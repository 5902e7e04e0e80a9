"""The first page of a survey: where it stands, how it is answered, what comes next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilothouse.people.access import Actor
from pilothouse.surveys.building.pages import head, survey_of
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.views.common import Ref


@page
@require_safe
def overview(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    survey = survey_of(request, actor, ref)
    return show(request, "surveys/build/overview.html", head(actor, survey))
