"""The first page of a survey: where it stands, how it is answered, what comes next."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pilothouse.people.access import Actor
from pilothouse.surveys.answering import collecting
from pilothouse.surveys.building.naming import language_names
from pilothouse.surveys.building.pages import head, survey_of
from pilothouse.surveys.models import Response, Survey, Version
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.views.common import Ref


@page
@require_safe
def overview(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    survey = survey_of(request, actor, ref)
    context = head(actor, survey)
    found = survey.questionnaire
    questions = sum(1 for _question in found.questions())
    versions = Version.objects.filter(survey=survey).annotate(answers=Count("responses")).select_related("created_by")
    started = Response.objects.filter(survey=survey, status=Response.STARTED).count()
    here = {
        "questions": questions, "started": started, "versions": versions.defer("definition").order_by("-number"),
        "languages": language_names(found), "address": collecting.address(survey),
        "step": step(survey, questions, context["finished"]),
    }  # fmt: skip
    return show(request, "surveys/build/overview.html", {**context, **here})


def step(survey: Survey, questions: int, finished: int) -> dict[str, Any]:
    """What comes next, in a sentence."""
    if not questions:
        text = _("Say what you want to decide with the answers, then ask only what the decision needs.")
        return {"state": "empty", "title": _("There is no question yet"), "text": text}
    if survey.live is None:
        text = _("Look it over on a phone, let the check find dead ends, and publish.")
        return {"state": "draft", "title": _("It is a draft: nobody can answer yet"), "text": text}
    if survey.item.state == "open":
        text = ngettext("%(n)s complete answer so far.", "%(n)s complete answers so far.", finished) % {"n": finished}
        return {"state": "open", "title": _("People can answer"), "text": text}
    if survey.item.state == "paused":
        text = _("Whoever follows the link reads that it is paused. What was begun is kept.")
        return {"state": "paused", "title": _("Paused"), "text": text}
    text = ngettext("%(n)s complete answer.", "%(n)s complete answers.", finished) % {"n": finished}
    return {"state": "closed", "title": _("Closed: nobody can answer any more"), "text": text}
